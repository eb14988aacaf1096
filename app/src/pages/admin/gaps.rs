//! For staff: what ought to have come and did not.

use leptos::prelude::*;

use super::events::{of_customer, of_visit};
use super::table::{Head::Text, cells, grid};
use super::{bad_address, menu};
use crate::api::gaps::{GapFilter, GapsPage, SilentVisit};
use crate::api::paths;
use crate::api::visit::Visit;
use crate::pages::form::Filter;
use crate::pages::parts::time;
use crate::pages::{Page, PageFault};
use crate::words::Words;

/// Visits without an end, and customers without a reading.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.gaps;
    let filter = match GapFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::GAPS)),
    };
    let it = admin.gaps(&filter).await?;
    let main = view! {
        {menu(&visit)}
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {visits(&it, &filter, all)}
        {customers(&it, &filter, all)}
        <p class="actions part"><a href=paths::EVENTS>{all.events.back}</a></p>
    };
    Ok(Page::new(words.title, main).wide())
}

fn visits(it: &GapsPage, filter: &GapFilter, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.gaps;
    let row = |row: &SilentVisit| {
        cells![
            of_visit(&row.reference),
            row.institution.clone(),
            time(&row.began),
        ]
    };
    let heads = [all.events.visit, all.health.institution, words.began].map(Text);
    let aside = |text| view! { <p class="aside">{text}</p> }.into_any();
    let table = match it.visits.as_deref() {
        None => aside(words.visits_untold),
        Some([]) => aside(words.visits_none),
        Some(rows) => grid(words.visits, "", heads, rows.iter().map(row)),
    };
    let next = it.next_visits.clone().map(|after| GapFilter {
        visits: Some(after),
        ..filter.clone()
    });
    view! {
        <section class="part" aria-labelledby="visits">
            <h2 id="visits">{words.visits}</h2>
            <p class="quiet">{words.visits_text}</p>
            {table}
            {further(next, all)}
        </section>
    }
}

fn customers(it: &GapsPage, filter: &GapFilter, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.gaps;
    let rows = it
        .customers
        .iter()
        .map(|row| cells![of_customer(&row.id), time(&row.since),]);
    let heads = [all.events.customer, words.unread_since].map(Text);
    let table = if it.customers.is_empty() {
        view! { <p class="aside">{words.customers_none}</p> }.into_any()
    } else {
        grid(words.customers, "", heads, rows)
    };
    let next = it.next_customers.clone().map(|after| GapFilter {
        customers: Some(after),
        ..filter.clone()
    });
    view! {
        <section class="part" aria-labelledby="customers">
            <h2 id="customers">{words.customers}</h2>
            <p class="quiet">{(words.customers_text)(filter.days.into())}</p>
            <form class="filters" method="get" action=paths::GAPS aria-label=words.customers>
                {Filter::number("days", words.days, 1, Some(filter.days))}
                <button class="button button-plain" type="submit">{all.rows.apply}</button>
            </form>
            {table}
            {further(next, all)}
        </section>
    }
}

fn further(next: Option<GapFilter>, all: &'static Words) -> Option<impl IntoView + use<>> {
    next.map(|next| {
        view! { <p class="actions"><a class="button" href=next.path()>{all.rows.next}</a></p> }
    })
}
