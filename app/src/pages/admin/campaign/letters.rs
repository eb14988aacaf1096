//! What a campaign sends, as it goes out.

use leptos::prelude::*;

use crate::api::campaigns::{About, Channel};
use crate::api::visit::Visit;
use crate::words::{
    About as LetterAbout, CampaignWords, Language, News, NewsLine, Text as Message,
};

/// The letter, or the text message, in every language that it may go out in:
/// about one connection, and about several of one person.
pub(super) fn preview(about: &About, visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().campaigns;
    let product = &*visit.site.product;
    let languages = Language::ALL.into_iter();
    let languages = languages.filter(|one| {
        let only = about.language.as_deref();
        only.is_none_or(|only| only == one.tag())
    });
    let each = languages.map(|language| {
        let usual = &language.words().campaigns;
        let named = |index: usize, example| {
            about
                .institutions
                .get(index)
                .map_or(example, |name| &**name)
        };
        let line = |institution| NewsLine {
            institution,
            news: News::Fix,
        };
        let lines = [
            line(named(0, usual.example)),
            line(named(1, usual.example_other)),
        ];
        let tag = language.tag();
        let said = |lines| said(about.channel, lines, (language, product), words);
        view! {
            <article class="card letter">
                <h3 lang=tag>{language.name()}</h3>
                <h4>{words.of_one}</h4>
                {said(&lines[..1])}
                <h4>{words.of_several}</h4>
                {said(&lines)}
                <p class="quiet">{words.leads_to}</p>
            </article>
        }
    });
    let each = each.collect_view();
    view! {
        <section class="part" aria-labelledby="letter">
            <h2 id="letter">{words.letter_title}</h2>
            <p class="quiet">{words.letter_text}</p>
            <div class="cards letters">{each}</div>
        </section>
    }
}

fn said(
    channel: Channel,
    lines: &[NewsLine<'_>],
    (language, product): (Language, &str),
    words: &CampaignWords,
) -> AnyView {
    let tag = language.tag();
    match channel {
        Channel::Letter => {
            let letter = language.letter(&LetterAbout::News(lines), product);
            let paragraphs = letter.paragraphs.into_iter();
            view! {
                <p><span class="quiet">{words.subject}": "</span><strong lang=tag>{letter.subject}</strong></p>
                {paragraphs.map(|text| view! { <p lang=tag>{text}</p> }).collect_view()}
                <p lang=tag><strong>{letter.button}</strong></p>
                <p class="quiet" lang=tag>{letter.why}" "<u>{letter.stop}</u></p>
            }
            .into_any()
        }
        Channel::Text => {
            let message = Message::News { lines, link: "…" };
            let text = language.text(&message, product);
            view! { <p lang=tag>{text}</p> }.into_any()
        }
    }
}
