//! For staff: how all connections are, in five seconds.

use leptos::prelude::*;

use super::chart::{Names, Point, bars, lines};
use super::menu;
use super::numbers::{counts, grouped, linked, share, took};
use super::operations::operations;
use super::outage::name;
use super::table::{
    Head::{Number, Text},
    cells, grid,
};
use crate::api::admin::{Age, Upstream};
use crate::api::breaks::{BreakFilter, Did};
use crate::api::forms::Tone;
use crate::api::health::{HealthView, Record, Repairs, Share, Standing};
use crate::api::ids::InstitutionId;
use crate::api::outages::CutOffFilter;
use crate::api::paths;
use crate::api::places::PlaceFilter;
use crate::api::rows::RowFilter;
use crate::api::visit::Visit;
use crate::pages::parts::{notice, time};
use crate::pages::{Needs, Page, PageFault};
use crate::words::{HealthWords, Words};

/// A headline, what needs somebody, figures, then tables and charts.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let it = admin.health().await?;
    let all = visit.language.words();
    let words = &all.health;
    let troubles = troubles(&it, all).into_iter();
    let troubles = troubles.map(|text| notice(Tone::Act, text)).collect_view();
    let main = view! {
        {menu(&visit)}
        <h1>{headline(&it.record, words)}</h1>
        <p class="quiet">{time(&it.at)}</p>
        {troubles}
        {figures(&it.record, None, words)}
        <div class="halves">
            {standings(&it, words)}
            {broken(&it, words)}
        </div>
        {trend(&it.record, words)}
        <section class="part" aria-labelledby="breaks">
            <h2 id="breaks">{words.breaks_title}</h2>
            {repairs(&it.record, None, words)}
            <p class="quiet">{words.breaks_note}</p>
            {breaks_chart(&it.record, None, words)}
        </section>
        {outages(&it, all)}
        {operations(&it, all)}
    };
    Ok(Page::new(words.title, main).wide().needs(Needs::Live))
}

fn headline(it: &Record, words: &HealthWords) -> String {
    match it.now.permille {
        Some(_) => (words.headline)(&share(it.now, words), &grouped(it.now.sample)),
        None if it.now.sample == 0 => words.empty.to_owned(),
        None => words.not_enough.to_owned(),
    }
}

/// What somebody has to look at, each in a sentence.
fn troubles(it: &HealthView, all: &'static Words) -> Vec<String> {
    let (words, admin) = (&all.health, &all.admin);
    let mut found = Vec::new();
    if !it.outages.is_empty() {
        let names: Vec<String> = it.outages.iter().map(|row| name(row, all)).collect();
        found.push((words.trouble_at)(&names, it.open_outages));
    }
    match &it.upstream {
        Upstream::Fine { .. } => {}
        Upstream::SecretRejected { since } => {
            let since = (admin.rejected_since)(&since.text);
            found.push(format!(
                "{}. {since} {}",
                admin.rejected, admin.rejected_text
            ));
        }
        Upstream::CircuitOpen { groups, next } => {
            let groups = (admin.circuit_groups)(&groups.join(", "));
            let next = next.as_ref().map(|when| (admin.circuit_next)(&when.text));
            let next = next.unwrap_or_default();
            found.push(format!("{}. {groups} {next}", admin.circuit));
        }
    }
    match it.directory.age {
        Age::Fresh => {}
        Age::Never => found.push(admin.directory_never.into()),
        Age::Old => found.push(admin.directory_old.into()),
    }
    // One may be an accident; more are somebody's wrong key, or somebody.
    if it.webhooks.bad_signatures > 1 {
        found.push((words.forged)(&grouped(it.webhooks.bad_signatures)));
    }
    if it.jobs_dead > 0 {
        found.push((words.dead)(&grouped(it.jobs_dead)));
    }
    if let Some(recount) = it.recount.as_ref().filter(|recount| recount.drifted > 0) {
        found.push((words.drifted)(&grouped(recount.drifted), &recount.at.text));
    }
    if it.recount_late {
        found.push(words.recount_late.into());
    }
    found
}

/// The share now and over time, each with what it is a share of.
pub(super) fn figures(
    it: &Record,
    at: Option<InstitutionId>,
    words: &'static HealthWords,
) -> impl IntoView + use<> {
    let figure = |name: String, of: Share, href: String| {
        let class = of.permille.is_none().then_some("unknown");
        view! {
            <div>
                <dt>{name}</dt>
                <dd class=class><a href=href>{share(of, words)}</a></dd>
                <dd class="quiet">{(words.sample)(&grouped(of.sample))}</dd>
            </div>
        }
    };
    let judged = RowFilter {
        judged: true,
        institution: at,
        ..RowFilter::default()
    };
    let now = figure(words.now.into(), it.now, judged.path());
    let shares = it.shares.iter().map(|(window, share)| {
        let name = (words.window)(*window);
        figure(name, *share, "#trend".into())
    });
    view! {
        <section aria-labelledby="figures">
            <h2 class="visually-hidden" id="figures">{words.figures}</h2>
            <dl class="figures shares">{now}{shares.collect_view()}</dl>
            <p class="quiet">{words.figures_note}</p>
        </section>
    }
}

fn standings(it: &HealthView, words: &'static HealthWords) -> AnyView {
    let rows = it.record.standings.iter().map(|(standing, count)| {
        let name = match standing {
            Standing::RenewSoon => (words.renew_within)(it.renew_days),
            standing => (words.standing)(*standing),
        };
        let filter = RowFilter {
            standing: Some(*standing),
            ..RowFilter::default()
        };
        (name, *count, filter.path())
    });
    counts(
        words.standing_title,
        [words.what, words.number],
        rows.collect(),
    )
}

fn broken(it: &HealthView, words: &'static HealthWords) -> AnyView {
    if it.acts.is_empty() {
        return view! { <p class="quiet">{words.acts_none}</p> }.into_any();
    }
    let acts = it.acts.iter().map(|(acts, count)| {
        let filter = RowFilter {
            acts: Some(*acts),
            ..RowFilter::default()
        };
        ((words.acts)(*acts), *count, filter.path())
    });
    let causes = it.causes.iter().map(|(cause, count)| {
        let filter = RowFilter {
            cause: Some(*cause),
            ..RowFilter::default()
        };
        ((words.cause)(*cause), *count, filter.path())
    });
    let columns = [words.what, words.number];
    view! {
        <div>
            {counts(words.acts_title, columns, acts.collect())}
            {counts(words.cause_title, columns, causes.collect())}
        </div>
    }
    .into_any()
}

pub(super) fn trend(it: &Record, words: &'static HealthWords) -> AnyView {
    let points: Vec<Point> = it
        .days
        .iter()
        .map(|day| Point {
            label: day.day.text.clone(),
            values: vec![day.share.permille.map(u32::from)],
            texts: vec![share(day.share, words), grouped(day.share.sample)],
            links: Vec::new(),
        })
        .collect();
    let names = Names {
        id: "trend",
        title: words.trend_title,
        note: Some(words.trend_note),
        columns: vec![words.day, words.share, words.sample_column],
        table: words.table,
        series: 1,
        top: (words.permille)(1_000),
        none: words.not_enough,
    };
    lines(names, &points, 1_000)
}

/// The breaks behind a number of a page of figures.
fn breaks_since(did: Did, day: &str, at: Option<InstitutionId>) -> BreakFilter {
    BreakFilter {
        from: Some(day.to_owned()),
        institution: at,
        ..BreakFilter::of(did)
    }
}

pub(super) fn breaks_chart(
    it: &Record,
    at: Option<InstitutionId>,
    words: &'static HealthWords,
) -> AnyView {
    let points: Vec<Point> = it
        .breaks
        .iter()
        .map(|day| Point {
            label: day.day.text.clone(),
            values: vec![Some(day.opened), Some(day.repaired)],
            texts: vec![grouped(day.opened), grouped(day.repaired)],
            links: [Did::Opened, Did::Repaired]
                .map(|did| BreakFilter {
                    until: Some(day.day.iso.clone()),
                    ..breaks_since(did, &day.day.iso, at)
                })
                .map(|filter| filter.path())
                .into(),
        })
        .collect();
    let both = it.breaks.iter().map(|day| day.opened.max(day.repaired));
    let most = both.max().unwrap_or_default().max(1);
    let names = Names {
        id: "breaks-by-day",
        title: words.breaks_chart,
        note: None,
        columns: vec![words.day, words.opened, words.repaired],
        table: words.table,
        series: 2,
        top: grouped(most),
        none: words.chart_none,
    };
    bars(names, &points, most)
}

pub(super) fn repairs(
    it: &Record,
    at: Option<InstitutionId>,
    words: &'static HealthWords,
) -> impl IntoView + use<> {
    // So many days: today, and those before it.
    let row = |name: &'static str, of: Repairs, days: usize| {
        let first = it.breaks.len().saturating_sub(days);
        let first = it.breaks.get(first).map(|day| &*day.day.iso);
        let there = |did| breaks_since(did, first.unwrap_or_default(), at).path();
        cells![
            name,
            linked(of.opened, there(Did::Opened)),
            linked(of.repaired, there(Did::Repaired)),
            linked(of.fixed, there(Did::Fixed)),
            view! { <a href=there(Did::Repaired)>{took(of.median, words)}</a> },
            view! { <a href=there(Did::Repaired)>{took(of.p90, words)}</a> },
        ]
    };
    let heads = [
        Text(words.period),
        Number(words.opened),
        Number(words.repaired),
        Number(words.fixed),
        Number(words.median),
        Number(words.p90),
    ];
    let rows = [
        row(words.last_week, it.week, 7),
        row(words.last_month, it.month, 30),
    ];
    grid(words.breaks_title, "", heads, rows)
}

fn outages(it: &HealthView, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.health;
    let rows = it.outages.iter().map(|row| {
        let still = CutOffFilter {
            still: true,
            after: None,
        };
        cells![
            view! { <a href=paths::admin_outage(row.id)>{name(row, all)}</a> },
            time(&row.since),
            linked(row.affected, still.path(row.id)),
        ]
    });
    let shown = u32::try_from(it.outages.len()).unwrap_or(u32::MAX);
    let more = (it.open_outages > shown).then(|| {
        let troubled = PlaceFilter {
            outage: true,
            ..PlaceFilter::default()
        };
        view! { <p class="actions"><a href=troubled.path()>{words.outages_all}</a></p> }
    });
    let table = if it.outages.is_empty() {
        view! { <p class="quiet">{words.outages_none}</p> }.into_any()
    } else {
        let heads = [
            Text(words.institution),
            Text(words.since),
            Number(words.affected),
        ];
        grid(words.outages_title, "", heads, rows)
    };
    view! {
        <section class="part" aria-labelledby="outages">
            <h2 id="outages">{words.outages_title}</h2>
            {table}
            {more}
        </section>
    }
}
