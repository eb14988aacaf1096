//! For staff: one institution.

use leptos::prelude::*;

use super::health::{breaks_chart, figures, repairs, trend};
use super::menu;
use super::numbers::{counts, grouped, linked, share};
use super::places::status;
use super::table::{
    Head::{Number, Text},
    cells, grid,
};
use crate::api::breaks::{BreakFilter, Did};
use crate::api::campaigns::NewFilter;
use crate::api::funnels::{Funnel, FunnelFilter, Of};
use crate::api::ids::InstitutionId;
use crate::api::paths;
use crate::api::places::{PastOutage, PlaceRow, PlaceView};
use crate::api::rows::RowFilter;
use crate::api::visit::{Person, Visit};
use crate::pages::parts::time;
use crate::pages::{Page, PageFault};
use crate::words::Words;

/// Its figures and charts, its breaks by code, its outages.
pub(crate) async fn page(visit: Visit, _: Person, id: InstitutionId) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let it = admin.institution(id).await?;
    let all = visit.language.words();
    let health = &all.health;
    let name = it.row.name.clone();
    let ask = NewFilter {
        institution: Some(id),
        code: None,
    };
    let main = view! {
        {menu(&visit)}
        <h1>{name.clone()}</h1>
        <p>{status(&it.row, &all.places)}</p>
        {figures(&it.record, Some(id), health)}
        {tries(&it.row, all)}
        {trend(&it.record, health)}
        <div class="halves">
            {standings(&it, all)}
            {codes(&it, all)}
        </div>
        <section class="part" aria-labelledby="breaks">
            <h2 id="breaks">{health.breaks_title}</h2>
            {repairs(&it.record, Some(id), health)}
            <p class="quiet">{health.breaks_note}</p>
            {breaks_chart(&it.record, Some(id), health)}
        </section>
        {outages(&it.outages, all)}
        <p class="actions">
            <a class="button button-plain" href=paths::ADMIN_INSTITUTIONS>{all.places.all}</a>
            {visit.keeper.is_some().then(|| view! { <a href=ask.path()>{all.campaigns.new}</a> })}
            {funnels(id, all)}
        </p>
    };
    Ok(Page::new(name, main).wide())
}

/// How many of those who tried connected.
fn tries(row: &PlaceRow, all: &'static Words) -> impl IntoView + use<> {
    let (words, health) = (&all.places, &all.health);
    let class = row.tries.permille.is_none().then_some("unknown");
    let sample = (health.sample)(&grouped(row.tries.sample));
    view! {
        <section class="part" aria-labelledby="tries">
            <h2 id="tries">{words.tries_title}</h2>
            <dl class="figures">
                <div>
                    <dt>{words.tries}</dt>
                    <dd class=class>{share(row.tries, health)}</dd>
                    <dd class="quiet">{sample}</dd>
                </div>
            </dl>
            <p class="quiet">{words.tries_note}</p>
        </section>
    }
}

/// The ways to its funnels.
fn funnels(id: InstitutionId, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.funnels;
    let links = Funnel::ALL.map(|funnel| {
        let there = FunnelFilter {
            of: Of::Institution(id),
            ..FunnelFilter::of(funnel)
        };
        let text = format!("{}: {}", words.title, (words.funnel)(funnel));
        view! { <a class="button button-plain" href=there.path()>{text}</a> }
    });
    links.into_iter().collect_view()
}

fn standings(it: &PlaceView, all: &'static Words) -> AnyView {
    let words = &all.health;
    let rows = it.record.standings.iter().map(|(standing, count)| {
        let filter = RowFilter {
            standing: Some(*standing),
            institution: Some(it.row.id),
            ..RowFilter::default()
        };
        ((words.standing)(*standing), *count, filter.path())
    });
    let columns = [words.what, words.number];
    counts(words.standing_title, columns, rows.collect())
}

fn codes(it: &PlaceView, all: &'static Words) -> AnyView {
    let (words, health) = (&all.places, &all.health);
    let first = it.record.breaks.first();
    if it.codes.is_empty() {
        return view! { <p class="quiet">{words.codes_none}</p> }.into_any();
    }
    let rows = it.codes.iter().map(|row| {
        let there = |did| {
            let filter = BreakFilter {
                from: first.map(|day| day.day.iso.clone()),
                institution: Some(it.row.id),
                code: Some(row.code),
                ..BreakFilter::of(did)
            };
            filter.path()
        };
        let by = (all.rows.broken_by)(&row.code.to_string());
        let cause = format!("{} ({by})", (health.cause)(row.cause));
        cells![
            cause,
            (health.acts)(row.acts),
            linked(row.opened, there(Did::Opened)),
            linked(row.repaired, there(Did::Repaired)),
        ]
    });
    let heads = [
        Text(health.what),
        Text(words.who),
        Number(health.opened),
        Number(health.repaired),
    ];
    view! {
        <h3>{words.codes_title}</h3>
        {grid(words.codes_title, "", heads, rows)}
    }
    .into_any()
}

fn outages(rows: &[PastOutage], all: &'static Words) -> impl IntoView + use<> {
    let words = &all.places;
    let table = if rows.is_empty() {
        view! { <p class="quiet">{words.outages_none}</p> }.into_any()
    } else {
        let rows = rows.iter().map(|row| {
            let until = match &row.until {
                Some(until) => time(until).into_any(),
                None => view! { {words.goes_on} }.into_any(),
            };
            cells![
                view! { <a href=paths::admin_outage(row.id)>{time(&row.since)}</a> },
                until,
                grouped(row.affected),
            ]
        });
        grid(
            words.outages_title,
            "",
            [
                Text(all.health.since),
                Text(words.until),
                Number(all.health.affected),
            ],
            rows,
        )
    };
    view! {
        <section class="part" aria-labelledby="outages">
            <h2 id="outages">{words.outages_title}</h2>
            {table}
        </section>
    }
}
