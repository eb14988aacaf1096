//! For staff: the queue.

use leptos::prelude::*;

use super::numbers::{length, linked};
use super::table::{
    Head::{Number, Text},
    cells, grid, grid_of,
};
use super::{bad_address, menu};
use crate::api::jobs::{JobFilter, JobRow, JobState, JobsPage};
use crate::api::paths;
use crate::api::visit::Visit;
use crate::pages::parts::{badge, flash, time};
use crate::pages::{Page, PageFault};
use crate::words::{JobWords, Words};

/// How many there are, those that are asked for, and what comes back.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.jobs;
    let filter = match JobFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::JOBS)),
    };
    let it = admin.jobs(&filter).await?;
    let next = it.next.map(|after| {
        let next = JobFilter {
            after: Some(after),
            ..filter.clone()
        };
        view! { <p class="actions"><a class="button" href=next.path()>{all.rows.next}</a></p> }
    });
    let main = view! {
        {menu(&visit)}
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {flash(&visit.flash, all, &[])}
        {counts(&it, all)}
        <section class="part" aria-labelledby="jobs">
            <h2 id="jobs">{heading(&filter, words)}</h2>
            {table(&it, filter.state, all)}
            {next}
        </section>
        {schedules(&it, words)}
    };
    Ok(Page::new(words.title, main).wide())
}

fn heading(filter: &JobFilter, words: &'static JobWords) -> String {
    let list = (words.list)(filter.state);
    match &filter.kind {
        None => list,
        Some(kind) => format!("{list}: {kind}"),
    }
}

fn counts(it: &JobsPage, all: &'static Words) -> AnyView {
    let words = &all.jobs;
    if it.counts.is_empty() {
        return view! { <p class="aside">{words.empty}</p> }.into_any();
    }
    let rows = it.counts.iter().map(|row| {
        let there = JobFilter {
            kind: Some(row.kind.clone()),
            ..JobFilter::of(row.state)
        };
        cells![
            view! { <code>{row.kind.clone()}</code> },
            badge(row.state.tone(), (words.state)(row.state)),
            view! { {linked(row.count, there.path())}{row.more.then_some("+")} },
            length(row.age, &all.health),
        ]
    });
    let ways = JobState::ALL.iter().map(|state| {
        let href = JobFilter::of(*state).path();
        view! { <a href=href>{(words.list)(*state)}</a> }
    });
    let heads = [
        Text(words.kind),
        Text(words.state_title),
        Number(words.number),
        Number(words.oldest),
    ];
    view! {
        <section class="part" aria-labelledby="counts">
            <h2 id="counts">{words.counts}</h2>
            {grid(words.counts, "", heads, rows)}
            <p class="actions">{ways.collect_view()}</p>
        </section>
    }
    .into_any()
}

fn table(it: &JobsPage, state: JobState, all: &'static Words) -> AnyView {
    let words = &all.jobs;
    if it.rows.is_empty() {
        return view! { <p class="aside">{words.none}</p> }.into_any();
    }
    let heads = [
        words.kind,
        words.attempts,
        words.queued,
        words.due,
        words.error,
    ];
    let act = it.may_act.then_some(words.act);
    let heads: Vec<_> = heads.into_iter().chain(act).map(Text).collect();
    let rows = it.rows.iter().map(|row| {
        let act = it.may_act.then(|| buttons(row, state, words).into_any());
        line(row, state, all).into_iter().chain(act).collect()
    });
    view! {
        {it.may_act.then(|| view! { <p class="quiet">{words.cancel_text}</p> })}
        {grid_of((words.list)(state), "acts", &heads, rows)}
    }
    .into_any()
}

fn line(row: &JobRow, state: JobState, all: &'static Words) -> [AnyView; 5] {
    let words = &all.jobs;
    let (attempt, most) = row.attempts;
    let due = match (&row.due, state) {
        (_, JobState::Running | JobState::Dead) => None,
        (None, JobState::Waiting) => Some(words.at_once.into_any()),
        (Some(due), JobState::Waiting) => Some(time(due).into_any()),
    };
    let age = length(row.age, &all.health);
    cells![
        view! { <code>{row.kind.clone()}</code> },
        (words.tried)(attempt, most),
        view! { {time(&row.queued)} " (" {age} ")" },
        due,
        row.error.clone(),
    ]
}

fn buttons(row: &JobRow, state: JobState, words: &'static JobWords) -> impl IntoView + use<> {
    let id = row.id;
    let button = |action: String, text: &'static str| {
        let label = format!("{text}: {} {}", row.kind, row.queued.text);
        view! {
            <form method="post" action=action>
                <button class="button button-plain" type="submit" aria-label=label>{text}</button>
            </form>
        }
    };
    let retry = (state == JobState::Dead).then(|| button(paths::job_retry(id), words.retry));
    let away = if state == JobState::Dead {
        words.put_away
    } else {
        words.cancel
    };
    view! { <div class="actions">{retry}{button(paths::job_cancel(id), away)}</div> }
}

fn schedules(it: &JobsPage, words: &'static JobWords) -> impl IntoView + use<> {
    let rows = it.schedules.iter().map(|row| {
        let last = match &row.last {
            Some(last) => time(last).into_any(),
            None => words.never.into_any(),
        };
        cells![
            view! { <code>{row.name.clone()}</code> },
            last,
            time(&row.next),
        ]
    });
    let table = if it.schedules.is_empty() {
        view! { <p class="aside">{words.schedules_none}</p> }.into_any()
    } else {
        let heads = [words.name, words.last, words.next].map(Text);
        grid(words.schedules, "", heads, rows)
    };
    view! {
        <section class="part" aria-labelledby="schedules">
            <h2 id="schedules">{words.schedules}</h2>
            {table}
        </section>
    }
}
