//! For staff: the log of events.

use leptos::prelude::*;

use super::numbers::grouped;
use super::table::{
    Head::{Number, Text},
    cells, grid,
};
use super::{bad_address, menu};
use crate::api::events::{EventFilter, EventRow, EventState, EventsPage, KINDS, Refused};
use crate::api::paths;
use crate::api::visit::Visit;
use crate::pages::form::Filter;
use crate::pages::parts::{badge, flash, time};
use crate::pages::{Page, PageFault};
use crate::words::{EventWords, Words};

/// What is asked for, a page of events, what was refused, and a replay.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.events;
    let filter = match EventFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::EVENTS)),
    };
    let it = admin.events(&filter).await?;
    let next = it.next.clone().map(|after| {
        let next = EventFilter {
            after: Some(after),
            ..filter.clone()
        };
        view! { <a class="button" href=next.path()>{all.rows.next}</a> }
    });
    let replay = (it.may_replay && !it.rows.is_empty()).then(|| replay(&filter, words));
    let main = view! {
        {menu(&visit)}
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {flash(&visit.flash, all, &[])}
        {form(&filter, all)}
        {table(&it, words)}
        <p class="actions">{next}<a class="button button-plain" href=paths::GAPS>{words.gaps}</a></p>
        {replay}
        {refused(it.refused, words)}
    };
    Ok(Page::new(words.title, main).wide())
}

fn form(filter: &EventFilter, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.events;
    let any = (String::new(), all.rows.any.to_owned());
    let mut kinds = vec![any.clone()];
    kinds.extend(KINDS.map(|kind| (kind.to_owned(), kind.to_owned())));
    let mut states = vec![any];
    states.extend(
        EventState::ALL
            .iter()
            .map(|state| (state.name().to_owned(), (words.state)(*state))),
    );
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let (kind, state) = (text(&filter.kind), filter.state.map(EventState::name));
    if !kind.is_empty() && !KINDS.contains(&&*kind) {
        kinds.push((kind.clone(), kind.clone()));
    }
    view! {
        <form class="filters" method="get" action=paths::EVENTS aria-label=words.filter>
            {Filter::list("kind", words.kind, kinds, &kind)}
            {Filter::list("state", words.state_title, states, state.unwrap_or_default())}
            {Filter::text("reference", words.visit, &text(&filter.reference))}
            {Filter::text("customer", words.customer, &text(&filter.customer))}
            {Filter::day("from", words.from, &text(&filter.from))}
            {Filter::day("until", words.until, &text(&filter.until))}
            <button class="button button-plain" type="submit">{all.rows.apply}</button>
            <a href=paths::EVENTS>{all.rows.clear}</a>
        </form>
    }
}

fn table(it: &EventsPage, words: &'static EventWords) -> AnyView {
    if it.rows.is_empty() {
        return view! { <p class="aside">{words.none}</p> }.into_any();
    }
    let heads = [
        words.event,
        words.when,
        words.state_title,
        words.changed,
        words.visit,
        words.customer,
    ];
    let rows = it.rows.iter().map(|row| line(row, words));
    grid(words.table, "acts", heads.map(Text), rows)
}

fn line(row: &EventRow, words: &'static EventWords) -> [AnyView; 6] {
    cells![
        view! { <a href=paths::event(&row.id)>{row.kind.clone()}</a> },
        time(&row.received),
        badge(row.state.tone(), (words.state)(row.state)),
        outcome(row, words),
        of_visit(&row.reference),
        row.customer.as_deref().map(of_customer),
    ]
}

/// What it changed, or why it cannot.
pub(super) fn outcome(row: &EventRow, words: &'static EventWords) -> String {
    let reason = row.reason.map(words.reason);
    reason
        .or_else(|| row.effect.map(words.effect))
        .unwrap_or_default()
}

/// The events of a visit.
pub(super) fn of_visit(reference: &str) -> impl IntoView + use<> {
    let filter = EventFilter {
        reference: Some(reference.to_owned()),
        ..EventFilter::default()
    };
    view! { <a href=filter.path()><code>{reference.to_owned()}</code></a> }
}

/// The events of a customer.
pub(super) fn of_customer(customer: &str) -> impl IntoView + use<> {
    let filter = EventFilter {
        customer: Some(customer.to_owned()),
        ..EventFilter::default()
    };
    view! { <a href=filter.path()><code>{customer.to_owned()}</code></a> }
}

fn replay(filter: &EventFilter, words: &'static EventWords) -> impl IntoView + use<> {
    let kept = filter
        .parts()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! {
        <section class="part" aria-labelledby="replay">
            <h2 id="replay">{words.replay_title}</h2>
            <p class="quiet">{words.replay_all_text}</p>
            <form class="actions" method="post" action=paths::EVENTS_REPLAY>
                {kept.collect_view()}
                <button class="button button-plain" type="submit">{words.replay_all}</button>
            </form>
        </section>
    }
}

fn refused(counts: [Refused; 2], words: &'static EventWords) -> impl IntoView + use<> {
    let rows = counts.into_iter().zip([words.today, words.month]);
    let rows = rows.map(|(count, name)| {
        cells![
            name,
            grouped(count.bad_signature),
            grouped(count.unreadable),
        ]
    });
    let heads = [
        Text(words.refused_when),
        Number(words.bad_signature),
        Number(words.unreadable),
    ];
    view! {
        <section class="part narrow" aria-labelledby="refused">
            <h2 id="refused">{words.refused_title}</h2>
            {grid(words.refused_title, "", heads, rows)}
            <p class="quiet">{words.refused_note}</p>
        </section>
    }
}
