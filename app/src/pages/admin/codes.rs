//! For staff: how each code, and each cause, is doing.

use leptos::prelude::*;

use super::chart::{by_day, spark};
use super::menu;
use super::numbers::{grouped, linked, share, took};
use super::table::{
    Head::{self, Number, Text},
    cells, grid,
};
use crate::api::breaks::{BreakFilter, Did};
use crate::api::codes::{CauseRow, CodeRow, CodesView, Meaning, TableRow};
use crate::api::forms::Tone;
use crate::api::funnels::{Funnel, FunnelFilter, Of};
use crate::api::health::Share;
use crate::api::rows::RowFilter;
use crate::api::shared::When;
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
        {causes(&it, all)}
        {in_force(&it.table, all)}
    };
    Ok(Page::new(words.title, main).wide())
}

fn codes(it: &CodesView, all: &'static Words) -> AnyView {
    let words = &all.codes;
    if it.rows.is_empty() {
        return view! { <p>{words.none}</p> }.into_any();
    }
    let rows = it.rows.iter().map(|row| line(row, &it.days, all));
    grid(words.title, "", heads(all.rows.code, all), rows)
}

/// Of both tables: a line is a code, or a cause.
fn heads(line: &'static str, all: &'static Words) -> [Head; 10] {
    let (words, health) = (&all.codes, &all.health);
    [
        Text(line),
        Text(words.means),
        Text(all.places.who),
        Number(health.number),
        Number(health.opened),
        Number(health.repaired),
        Number(words.fix_rate),
        Number(health.median),
        Number(health.p90),
        Text(health.last_month),
    ]
}

fn line(row: &CodeRow, days: &[When], all: &'static Words) -> [AnyView; 10] {
    let (words, health) = (&all.codes, &all.health);
    let filter = RowFilter {
        code: Some(row.code),
        ..RowFilter::default()
    };
    let there = |did| {
        let filter = BreakFilter {
            code: Some(row.code),
            ..since(days, did)
        };
        filter.path()
    };
    let unknown = row.name.is_none();
    let name = row.name.clone().map(|name| format!(" ({name})"));
    let alarm = unknown.then(|| badge(Tone::Act, words.unknown));
    let id = format!("days-{}", row.code);
    cells![
        row.code.to_string(),
        view! { {(health.cause)(row.cause)}{name}" "{alarm} },
        (health.acts)(row.acts),
        linked(row.now, filter.path()),
        linked(row.month.opened, there(Did::Opened)),
        linked(row.month.repaired, there(Did::Repaired)),
        fix_rate(row, all),
        view! { <a href=there(Did::Repaired)>{took(row.month.median, health)}</a> },
        view! { <a href=there(Did::Repaired)>{took(row.month.p90, health)}</a> },
        opened(&id, &row.days, days, all),
    ]
}

/// The breaks behind a number of some days until now.
fn since(days: &[When], did: Did) -> BreakFilter {
    BreakFilter {
        from: days.first().map(|day| day.iso.clone()),
        ..BreakFilter::of(did)
    }
}

/// Breaks that opened on each of some days.
fn opened(id: &str, each: &[u32], days: &[When], all: &'static Words) -> AnyView {
    let most = each.iter().copied().max().unwrap_or_default();
    let tall = |day: &u32| u16::try_from(day * 1_000 / most.max(1)).ok();
    let values: Vec<Option<u16>> = each.iter().map(tall).collect();
    let title = (all.codes.most_a_day)(&grouped(most));
    spark(
        id,
        &values,
        title,
        by_day(days, each.iter().copied().map(grouped)),
    )
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
fn causes(it: &CodesView, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.codes;
    let heads = heads(all.health.what, all);
    let rows = it.causes.iter().map(|row| cause(row, &it.days, all));
    view! {
        <section class="part" aria-labelledby="causes">
            <h2 id="causes">{words.causes}</h2>
            <p class="quiet">{words.causes_note}</p>
            {grid(words.causes, "", heads, rows)}
        </section>
    }
}

fn cause(row: &CauseRow, days: &[When], all: &'static Words) -> [AnyView; 10] {
    let (words, health) = (&all.codes, &all.health);
    let filter = RowFilter {
        cause: Some(row.cause),
        ..RowFilter::default()
    };
    let there = |did| {
        let filter = BreakFilter {
            cause: Some(row.cause),
            ..since(days, did)
        };
        filter.path()
    };
    let acts = row.acts.map(health.acts);
    let id = format!("days-{}", row.cause.name());
    cells![
        (health.cause)(row.cause),
        (words.cause_means)(row.cause),
        acts.unwrap_or_else(|| words.differs.to_owned()),
        linked(row.now, filter.path()),
        linked(row.month.opened, there(Did::Opened)),
        linked(row.month.repaired, there(Did::Repaired)),
        row.through_fix
            .map_or_else(|| words.no_fix.into_any(), |of| sampled(of, all)),
        view! { <a href=there(Did::Repaired)>{took(row.month.median, health)}</a> },
        view! { <a href=there(Did::Repaired)>{took(row.month.p90, health)}</a> },
        opened(&id, &row.days, days, all),
    ]
}

/// A share, and of how many.
fn sampled(of: Share, all: &'static Words) -> AnyView {
    let sample = (all.health.sample)(&grouped(of.sample));
    view! { {share(of, &all.health)} " " <span class="quiet">{sample}</span> }.into_any()
}

fn in_force(rows: &[TableRow], all: &'static Words) -> impl IntoView + use<> {
    let (words, health) = (&all.codes, &all.health);
    let fix = |means: Meaning| {
        if means.fixable {
            words.fix
        } else {
            words.no_fix
        }
    };
    let rows = rows.iter().map(|row| {
        let changed = row.shipped.is_some();
        let changed = changed.then(|| badge(Tone::Wait, words.overridden));
        let cell = |say: &dyn Fn(Meaning) -> String| {
            let now = say(row.means);
            let before = row.shipped.map(say).filter(|before| *before != now);
            let before = before.map(|before| (words.shipped)(&before));
            let before = before.map(|text| view! { <div class="quiet">{text}</div> });
            view! { {now}{before} }
        };
        cells![
            row.code.to_string(),
            view! { <code>{row.name.clone()}</code>" "{changed} },
            cell(&|means| (health.cause)(means.cause)),
            cell(&|means| (health.acts)(means.acts)),
            cell(&|means| fix(means).to_owned()),
        ]
    });
    view! {
        <section class="part" aria-labelledby="table">
            <h2 id="table">{words.table}</h2>
            <p class="quiet">{words.table_note}</p>
            {grid(words.table, "", [all.rows.code, words.name, words.means, all.places.who, words.fix_title].map(Text), rows)}
        </section>
    }
}
