//! The first page.

use leptos::prelude::*;

use super::parts::flash;
use super::{Page, PageFault};
use crate::api::paths;
use crate::api::site::SignUpPolicy;
use crate::api::visit::Visit;

/// What this is, and the one next step.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.landing;
    let (sign_in, closed) = (words.have_account, words.closed);
    let next = match (&visit.person, visit.site.sign_up) {
        (Some(person), _) => view! {
            <p class="actions">
                <a class="button" href=paths::CONNECT>{words.start}</a>
                <a class="button button-plain" href=paths::CONNECTIONS>{all.frame.connections}</a>
            </p>
            <p class="quiet">{(words.signed_in)(&person.view.email)}</p>
        }
        .into_any(),
        (None, SignUpPolicy::Off) => view! {
            <p class="actions"><a class="button" href=paths::SIGN_IN>{sign_in}</a></p>
            <p class="quiet">{closed}</p>
        }
        .into_any(),
        (None, SignUpPolicy::Open | SignUpPolicy::Invitation) => view! {
            <p class="actions">
                <a class="button" href=paths::SIGN_UP>{words.start}</a>
                <a class="button button-plain" href=paths::SIGN_IN>{sign_in}</a>
            </p>
        }
        .into_any(),
    };
    let steps = [
        (words.step_find, words.step_find_text),
        (words.step_sign_in, words.step_sign_in_text),
        (words.step_choose, words.step_choose_text),
    ];
    let steps = steps.map(|(title, text)| view! { <li><h3>{title}</h3><p>{text}</p></li> });
    let main = view! {
        {flash(&visit.flash, all, &[])}
        <div class="hero">
            <h1>{words.title}</h1>
            <p class="lead">{words.lead}</p>
            {next}
        </div>
        <section aria-labelledby="how">
            <h2 id="how">{words.how}</h2>
            <ol class="how">{steps.into_iter().collect_view()}</ol>
        </section>
        <section class="promise" aria-labelledby="never">
            <h2 id="never">{words.never}</h2>
            <p>{words.never_text}</p>
        </section>
    };
    Ok(Page::new(words.title, main))
}
