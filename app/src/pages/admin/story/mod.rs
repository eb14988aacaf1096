//! One person's story, for support. Looking is put down by the port.

mod held;
mod line;

use leptos::prelude::*;

use super::table::{Head::Text, grid};
use super::{bad_address, helper, menu};
use crate::api::forms::Tone;
use crate::api::ids::UserRef;
use crate::api::paths;
use crate::api::shared::When;
use crate::api::story::{LineKind, StoryFilter, StoryPage};
use crate::api::visit::Visit;
use crate::pages::form::Filter;
use crate::pages::parts::{flash, notice, time};
use crate::pages::{Page, PageFault};
use crate::words::Words;

/// What they have, what can be done for them, and all that happened.
pub(crate) async fn page(visit: Visit, id: UserRef) -> Result<Page, PageFault> {
    let helper = helper(&visit)?;
    let all = visit.language.words();
    let words = &all.story;
    let filter = match StoryFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::story(id))),
    };
    let it = helper.story(id, &filter).await?;
    let refused = it.refused.as_ref();
    let refused = refused.map(|since| notice(Tone::Act, (words.refused)(&since.text)));
    let disabled = it.disabled.as_ref().map(|since| {
        let text = (all.people.disabled_since)(&since.text);
        view! { <div><dt>{all.people.disabled}</dt><dd>{text}</dd></div> }
    });
    let person = visit.keeper.is_some().then(|| {
        view! { <a href=paths::person(id)>{words.to_person}</a> }
    });
    let main = view! {
        {menu(&visit)}
        <h1>{it.email.clone()}</h1>
        {flash(&visit.flash, all, &[])}
        {refused}
        <dl class="facts">
            <div><dt>{all.people.since}</dt><dd>{time(&it.since)}</dd></div>
            {disabled}
            {fact(words.read, it.read.as_ref())}
            {fact(words.unanswered, it.tried.as_ref())}
        </dl>
        <p class="actions"><a href="#timeline">{words.timeline}</a>{person}</p>
        {held::part(&it, all)}
        {timeline(&it, &filter, all)}
    };
    let title = format!("{}: {}", words.story, it.email);
    Ok(Page::new(title, main).wide())
}

fn fact(name: &'static str, when: Option<&When>) -> Option<impl IntoView + use<>> {
    when.map(|when| view! { <div><dt>{name}</dt><dd>{time(when)}</dd></div> })
}

fn timeline(it: &StoryPage, filter: &StoryFilter, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.story;
    let mut kinds = vec![(String::new(), words.every_kind.to_owned())];
    kinds.extend(LineKind::ALL.map(|kind| (kind.name().to_owned(), (words.line_kind)(kind))));
    let chosen = filter.kind.map(LineKind::name).unwrap_or_default();
    let newest = filter.before.is_some().then(|| {
        let newest = StoryFilter {
            before: None,
            ..filter.clone()
        };
        view! { <a href=newest.path(it.id)>{words.newest}</a> }
    });
    let older = it.next.clone();
    let older = older.map(|href| view! { <a href=href rel="next">{words.older}</a> });
    view! {
        <section class="part" aria-labelledby="timeline">
            <h2 id="timeline">{words.timeline}</h2>
            <form class="filters" action=paths::story(it.id) method="get">
                {Filter::list("kind", words.kind, kinds, chosen)}
                <button class="button button-plain" type="submit">{words.apply}</button>
            </form>
            {table(it, all)}
            <p class="actions">{newest}{older}</p>
        </section>
    }
}

fn table(it: &StoryPage, all: &'static Words) -> AnyView {
    let words = &all.story;
    if it.lines.is_empty() {
        return view! { <p class="part">{words.nothing}</p> }.into_any();
    }
    let heads = [words.when, words.kind, all.health.institution, words.what];
    let rows = it.lines.iter().map(|line| line::row(line, all));
    grid(words.timeline, "part story", heads.map(Text), rows)
}
