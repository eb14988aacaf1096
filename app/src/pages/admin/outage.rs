//! For staff: one outage, and whom it has cut off.

use leptos::prelude::*;

use super::numbers::{grouped, linked};
use super::table::{
    Head::{Number, Text},
    cells, grid, reference,
};
use super::{bad_address, menu, whose};
use crate::api::health::OutageRow;
use crate::api::ids::OutageRef;
use crate::api::outages::{CutOffFilter, CutOffRow, OutageView};
use crate::api::paths;
use crate::api::shared::Whose;
use crate::api::visit::Visit;
use crate::pages::parts::time;
use crate::pages::{Page, PageFault};
use crate::words::Words;

/// Since when and how we know, what belongs to it, and a page of connections.
pub(crate) async fn page(visit: Visit, id: OutageRef) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.outage;
    let filter = match CutOffFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::admin_outage(id))),
    };
    let it = admin.outage(id, filter).await?;
    let title = (words.title)(&name(&it.row, all));
    let main = view! {
        {menu(&visit)}
        <h1>{title.clone()}</h1>
        {facts(&it, all)}
        {parts(&it, all)}
        <section class="part" aria-labelledby="cut-off">
            <h2 id="cut-off">{words.rows}</h2>
            <p class="quiet">{words.rows_note}</p>
            <form class="filters" method="get" action=paths::admin_outage(id) aria-label=words.rows>
                <div class="field field-check">
                    <input id="still" name="still" type="checkbox" value="yes" checked=filter.still/>
                    <label for="still">{words.still}</label>
                </div>
                <button class="button button-plain" type="submit">{all.rows.apply}</button>
            </form>
            {table(&it, visit.helper.is_some(), all)}
            {it.next.map(|next| view! { <p class="actions"><a class="button" href=next>{all.rows.next}</a></p> })}
        </section>
    };
    Ok(Page::new(title, main).wide())
}

/// Whose it is.
pub(super) fn name(row: &OutageRow, all: &'static Words) -> String {
    match (&row.whose, &row.institution) {
        (Whose::Institution, Some((_, name))) => name.clone(),
        _ => all.health.everywhere.to_owned(),
    }
}

fn facts(it: &OutageView, all: &'static Words) -> impl IntoView + use<> {
    let (words, places) = (&all.outage, &all.places);
    let until = match &it.until {
        Some(until) => time(until).into_any(),
        None => places.goes_on.into_any(),
    };
    let place = it.row.institution.as_ref().map(|(id, name)| {
        view! {
            <div>
                <dt>{all.health.institution}</dt>
                <dd><a href=paths::admin_institution(*id)>{name.clone()}</a></dd>
            </div>
        }
    });
    let whole = it.part_of.map(|id| {
        view! { <div><dt>{words.part_of}</dt><dd><a href=paths::admin_outage(id)>{all.health.everywhere}</a></dd></div> }
    });
    let still = CutOffFilter {
        still: true,
        after: None,
    };
    let still = still.path(it.row.id);
    let affected = it.until.is_none().then(|| {
        view! { <div><dt>{all.health.affected}</dt><dd>{linked(it.row.affected, still)}</dd></div> }
    });
    view! {
        <dl class="facts">
            {place}
            {whole}
            <div><dt>{all.health.since}</dt><dd>{time(&it.row.since)}</dd></div>
            <div><dt>{places.until}</dt><dd>{until}</dd></div>
            <div><dt>{words.seen}</dt><dd>{(words.seen_by)(it.seen_by)}</dd></div>
            {affected}
        </dl>
    }
}

fn parts(it: &OutageView, all: &'static Words) -> Option<AnyView> {
    let words = &all.outage;
    if it.parts.is_empty() {
        return None;
    }
    let rows = it.parts.iter().map(|part| {
        cells![
            view! { <a href=paths::admin_outage(part.id)>{name(part, all)}</a> },
            time(&part.since),
            grouped(part.affected),
        ]
    });
    let heads = [
        Text(all.health.institution),
        Text(all.health.since),
        Number(all.health.affected),
    ];
    let table = grid(words.parts, "", heads, rows);
    let view = view! {
        <section class="part" aria-labelledby="parts">
            <h2 id="parts">{words.parts}</h2>
            {table}
        </section>
    };
    Some(view.into_any())
}

fn table(it: &OutageView, helps: bool, all: &'static Words) -> AnyView {
    let words = &all.outage;
    if it.rows.is_empty() {
        return view! { <p>{all.rows.none}</p> }.into_any();
    }
    let rows = it.rows.iter().map(|row| line(row, helps, all));
    let heads = [
        all.health.institution,
        all.rows.customer,
        words.joined,
        words.back,
        words.now,
        all.rows.reference,
    ];
    grid(words.rows, "", heads.map(Text), rows)
}

fn line(row: &CutOffRow, helps: bool, all: &'static Words) -> [AnyView; 6] {
    let words = &all.outage;
    let (place, name) = row.institution.clone();
    let now = row.standing.map(all.health.standing);
    cells![
        view! { <a href=paths::admin_institution(place)>{name}</a> },
        whose(&row.customer, helps),
        time(&row.since),
        row.back.as_ref().map(time),
        now.unwrap_or_else(|| words.not_counted.to_owned()),
        reference(row.id),
    ]
}
