//! For staff: the breaks behind a number.

use leptos::prelude::*;

use super::numbers::{grouped, took};
use super::table::{
    Head::{Number, Text},
    cells, grid, reference,
};
use super::{bad_address, menu, whose};
use crate::api::breaks::{BreakFilter, BreakRow, BreaksPage, Did};
use crate::api::health::Cause;
use crate::api::paths;
use crate::api::visit::Visit;
use crate::pages::form::Filter;
use crate::pages::parts::time;
use crate::pages::{Page, PageFault};
use crate::words::Words;

/// How many there are, a form to ask otherwise, and a page of rows.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.breaks;
    let filter = match BreakFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::ADMIN_BREAKS)),
    };
    let it = admin.breaks(&filter).await?;
    let title = match &it.institution {
        Some(name) => format!("{}. {}", words.title, (all.rows.at)(name)),
        None => words.title.to_owned(),
    };
    let main = view! {
        {menu(&visit)}
        <h1>{title.clone()}</h1>
        <p class="lead">{(words.total)(filter.did, &grouped(it.total))}</p>
        <p class="quiet">{words.lead}</p>
        {form(&filter, all)}
        {table(&it, visit.helper.is_some(), all)}
        {it.next.map(|next| view! { <p class="actions"><a class="button" href=next>{all.rows.next}</a></p> })}
    };
    Ok(Page::new(title, main).wide())
}

fn form(filter: &BreakFilter, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.breaks;
    let options = Did::ALL.iter().map(|did| {
        let (value, text) = (did.name().to_owned(), (words.did)(*did));
        (value, text)
    });
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let mut causes = vec![(String::new(), all.rows.any.to_owned())];
    causes.extend(Cause::ALL.map(|it| (it.name().to_owned(), (all.health.cause)(it))));
    let cause = filter.cause.map(Cause::name).unwrap_or_default();
    let place = filter.institution.map(|place| place.to_string());
    view! {
        <form class="filters" method="get" action=paths::ADMIN_BREAKS aria-label=words.filter>
            {Filter::list("did", words.what, options.collect(), filter.did.name())}
            {Filter::day("from", all.events.from, &text(&filter.from))}
            {Filter::day("until", all.events.until, &text(&filter.until))}
            {Filter::number("code", all.rows.code, 1, filter.code)}
            {Filter::list("cause", all.codes.means, causes, cause)}
            {place.map(|place| view! { <input type="hidden" name="institution" value=place/> })}
            <button class="button button-plain" type="submit">{all.rows.apply}</button>
            <a href=paths::ADMIN_BREAKS>{all.rows.clear}</a>
        </form>
    }
}

fn table(it: &BreaksPage, helps: bool, all: &'static Words) -> AnyView {
    let (words, health) = (&all.breaks, &all.health);
    if it.rows.is_empty() {
        return view! { <p>{words.none}</p> }.into_any();
    }
    let rows = it.rows.iter().map(|row| line(row, helps, all));
    let heads = [
        Text(health.institution),
        Text(all.codes.means),
        Text(all.places.who),
        Text(words.opened_at),
        Text(words.ended_at),
        Text(words.how),
        Number(words.took),
        Text(all.rows.customer),
        Text(all.rows.reference),
    ];
    grid(words.title, "", heads, rows)
}

fn line(row: &BreakRow, helps: bool, all: &'static Words) -> [AnyView; 9] {
    let (words, health) = (&all.breaks, &all.health);
    let (place, name) = row.institution.clone();
    let (code, acts, cause) = row.why;
    let by = (all.rows.broken_by)(&code.to_string());
    let ended = row.ended.as_ref();
    let how = ended.map(|(_, ending, _)| (words.ending)(*ending));
    let how = how.unwrap_or_else(|| words.goes_on.to_owned());
    cells![
        view! { <a href=paths::admin_institution(place)>{name}</a> },
        format!("{} ({by})", (health.cause)(cause)),
        (health.acts)(acts),
        time(&row.opened),
        ended.map(|(at, ..)| time(at)),
        how,
        ended.map(
            |(_, _, length)| view! { <span class="length">{took(Some(*length), health)}</span> }
        ),
        whose(&row.customer, helps),
        reference(row.connection),
    ]
}
