//! For staff: how each code, and each cause, is doing.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::chart::spark;
use super::menu;
use super::numbers::{grouped, linked, share, took};
use super::table::{
    Head::{Number, Text},
    grid,
};
use crate::api::breaks::{BreakFilter, Did};
use crate::api::forms::Tone;
use crate::api::funnels::{Funnel, FunnelFilter, Of};
use crate::api::health::Cause;
use crate::api::places::{CodeRow, CodesView, TableRow};
use crate::api::rows::RowFilter;
use crate::api::visit::Visit;
use crate::pages::parts::badge;
use crate::pages::{Page, PageFault};
use crate::words::Words;

/// Codes, causes, and the table in force.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let it = admin.codes().await?;
    let all = visit.language.words();
    let words = &all.codes;
    let main = view! {
        {menu(&visit)}
        <h1>{words.title}</h1>
        <p class="quiet">{words.lead}</p>
        {codes(&it, all)}
        {causes(&it.rows, all)}
        {in_force(&it.table, all)}
    };
    Ok(Page::new(words.title, main).wide())
}

fn codes(it: &CodesView, all: &'static Words) -> AnyView {
    let (words, health) = (&all.codes, &all.health);
    if it.rows.is_empty() {
        return view! { <p>{words.none}</p> }.into_any();
    }
    let heads = [
        health.number,
        health.opened,
        health.repaired,
        words.fix_rate,
        health.median,
        health.p90,
    ];
    let heads = [all.rows.code, words.means, all.places.who]
        .map(Text)
        .into_iter()
        .chain(heads.map(Number))
        .chain([Text(health.last_month)]);
    let rows = it.rows.iter().map(|row| line(row, &it.since.iso, all));
    let rows = rows.collect_view();
    grid(words.title, "scroll-page", heads, rows)
}

fn line(row: &CodeRow, since: &str, all: &'static Words) -> impl IntoView + use<> {
    let (words, health) = (&all.codes, &all.health);
    let filter = RowFilter {
        code: Some(row.code),
        ..RowFilter::default()
    };
    let there = |did| {
        let filter = BreakFilter {
            from: Some(since.to_owned()),
            code: Some(row.code),
            ..BreakFilter::of(did)
        };
        filter.path()
    };
    let unknown = row.name.is_none();
    let name = row.name.clone().map(|name| format!(" ({name})"));
    let alarm = unknown.then(|| badge(Tone::Act, words.unknown));
    let most = row.days.iter().copied().max().unwrap_or_default().max(1);
    let tall = |day: &u32| u16::try_from(day * 1_000 / most).ok();
    let days: Vec<Option<u16>> = row.days.iter().map(tall).collect();
    let said = (words.most_a_day)(&grouped(most));
    view! {
        <tr>
            <th scope="row" class="code">{row.code.to_string()}</th>
            <td>{(health.cause)(row.cause)}{name}" "{alarm}</td>
            <td>{(health.acts)(row.acts)}</td>
            <td class="number">{linked(row.now, filter.path())}</td>
            <td class="number">{linked(row.month.opened, there(Did::Opened))}</td>
            <td class="number">{linked(row.month.repaired, there(Did::Repaired))}</td>
            <td class="number">
                {fix_rate(row, all)}
            </td>
            <td class="number"><a href=there(Did::Repaired)>{took(row.month.median, health)}</a></td>
            <td class="number"><a href=there(Did::Repaired)>{took(row.month.p90, health)}</a></td>
            <td>{spark(&days, &said)}</td>
        </tr>
    }
}

/// How many went through Fix; it leads to where the others stopped.
fn fix_rate(row: &CodeRow, all: &'static Words) -> AnyView {
    if !row.fixable {
        return all.codes.no_fix.into_any();
    }
    let there = FunnelFilter {
        of: Of::Code(row.code),
        ..FunnelFilter::of(Funnel::Repair)
    };
    view! { <a href=there.path()>{share(row.through_fix, &all.health)}</a> }.into_any()
}

/// The same by cause.
fn causes(rows: &[CodeRow], all: &'static Words) -> impl IntoView + use<> {
    let health = &all.health;
    let mut causes: BTreeMap<Cause, [u32; 3]> = BTreeMap::new();
    for row in rows {
        let sums = causes.entry(row.cause).or_default();
        let more = [row.now, row.month.opened, row.month.repaired];
        for (sum, more) in sums.iter_mut().zip(more) {
            *sum += more;
        }
    }
    let rows = causes.into_iter().map(|(cause, [now, opened, repaired])| {
        let filter = RowFilter {
            cause: Some(cause),
            ..RowFilter::default()
        };
        view! {
            <tr>
                <th scope="row">{(health.cause)(cause)}</th>
                <td class="number">{linked(now, filter.path())}</td>
                <td class="number">{grouped(opened)}</td>
                <td class="number">{grouped(repaired)}</td>
            </tr>
        }
    });
    let heads = [
        Text(health.what),
        Number(health.number),
        Number(health.opened),
        Number(health.repaired),
    ];
    view! {
        <section class="part" aria-labelledby="causes">
            <h2 id="causes">{all.codes.causes}</h2>
            {grid(all.codes.causes, "", heads, rows.collect_view())}
        </section>
    }
}

fn in_force(rows: &[TableRow], all: &'static Words) -> impl IntoView + use<> {
    let (words, health) = (&all.codes, &all.health);
    let rows = rows.iter().map(|row| {
        let changed = row.overridden.then(|| badge(Tone::Wait, words.overridden));
        let fix = if row.fixable { words.fix } else { words.no_fix };
        view! {
            <tr>
                <th scope="row" class="code">{row.code.to_string()}</th>
                <td><code>{row.name.clone()}</code>" "{changed}</td>
                <td>{(health.cause)(row.cause)}</td>
                <td>{(health.acts)(row.acts)}</td>
                <td>{fix}</td>
            </tr>
        }
    });
    view! {
        <section class="part" aria-labelledby="table">
            <h2 id="table">{words.table}</h2>
            <p class="quiet">{words.table_note}</p>
            {grid(words.table, "", [all.rows.code, words.name, words.means, all.places.who, words.fix_title].map(Text), rows.collect_view())}
        </section>
    }
}
