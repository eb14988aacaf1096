//! What came of a campaign: how far it is with each connection, what followed
//! the letters, and the connections themselves.

use leptos::prelude::*;

use super::super::numbers::{grouped, length, linked, share};
use super::super::table::{
    Head::{Number, Text},
    cells, grid, reference,
};
use super::super::whose;
use crate::api::campaigns::{
    CampaignPage, CampaignState, Fate, TargetFilter, TargetRow, TargetStep,
};
use crate::api::ids::CampaignRef;
use crate::api::paths;
use crate::api::visit::Visit;
use crate::pages::parts::time;
use crate::words::{CampaignWords, Words};

/// How many connections have which fate: together, all of them.
pub(super) fn fates(
    it: &CampaignPage,
    id: CampaignRef,
    all: &'static Words,
) -> impl IntoView + use<> {
    let words = &all.campaigns;
    let rows = it.fates.iter().map(|(fate, count)| {
        let href = rows_of(TargetFilter::with(*fate), id);
        cells![(words.fate)(*fate), linked(*count, href)]
    });
    let sum = cells![
        view! { <strong>{words.targets}</strong> },
        view! { <strong>{grouped(it.row.targets)}</strong> },
    ];
    let rows = rows.chain([sum]);
    let heads = [Text(words.state), Number(words.number)];
    let runs = matches!(
        it.row.state,
        CampaignState::Sending | CampaignState::Stopping
    );
    // A moment after it was sent its connections are still being put together.
    let gathering = runs && it.row.targets == 0;
    let waits = it
        .fates
        .iter()
        .any(|(fate, count)| matches!(fate, Fate::Waiting | Fate::OnItsWay) && *count > 0);
    let sending = it.row.state == CampaignState::Sending;
    let stop = (it.may_act && sending && (gathering || waits)).then(|| {
        view! {
            <form class="part narrow" action=paths::campaign_stop(id) method="post">
                <p class="quiet">{words.stop_text}</p>
                <p class="actions">
                    <button class="button button-loss" type="submit">{words.stop}</button>
                </p>
            </form>
        }
    });
    view! {
        <section class="part" aria-labelledby="fates">
            <h2 id="fates">{words.fates_title}</h2>
            <p class="quiet">{if gathering { words.gathering } else { words.fates_note }}</p>
            {grid(words.fates_title, "narrow", heads, rows)}
            {runs.then(|| view! {
                <p class="actions"><a href=paths::campaign(id)>{words.look_again}</a></p>
            })}
            {stop}
        </section>
    }
}

/// The address of some of its connections.
fn rows_of(filter: TargetFilter, id: CampaignRef) -> String {
    format!("{}#targets", filter.path(id))
}

/// What a step is called, and what it counts.
fn told(step: TargetStep, words: &CampaignWords) -> (&'static str, &'static str) {
    match step {
        TargetStep::Came => (words.came, words.came_text),
        TargetStep::Started => (words.started, words.started_text),
        TargetStep::Finished => (words.finished, words.finished_text),
        TargetStep::Proven => (words.proven, words.proven_text),
        TargetStep::Healed => (words.healed, words.healed_text),
        TargetStep::Gone => (words.gone, words.gone_text),
        TargetStep::Bounced => (words.bounced, words.bounced_text),
    }
}

/// What came of the letters that were sent.
pub(super) fn results(
    it: &CampaignPage,
    id: CampaignRef,
    all: &'static Words,
) -> impl IntoView + use<> {
    let words = &all.campaigns;
    let sent = (words.sent, words.sent_text);
    let sent = (sent, it.row.sent, TargetFilter::with(Fate::Sent), None);
    let steps = it.followed.iter().map(|one| {
        let filter = TargetFilter::reached(one.step);
        (told(one.step, words), one.number, filter, Some(one.share))
    });
    let rows = std::iter::once(sent).chain(steps);
    let rows = rows.map(|((name, meaning), number, filter, of_sent)| {
        let of_sent = of_sent.map_or_else(|| "–".to_owned(), |of| share(of, &all.health));
        cells![name, linked(number, rows_of(filter, id)), of_sent, meaning]
    });
    let heads = [
        Text(words.step),
        Number(words.number),
        Number(words.of_sent),
        Text(words.meaning),
    ];
    let took = |minutes: Option<u32>| {
        minutes.map_or_else(
            || all.health.not_enough.to_owned(),
            |minutes| length(minutes, &all.health),
        )
    };
    let (median, p90) = (it.took.map(|(half, _)| half), it.took.map(|(_, most)| most));
    view! {
        <section class="part" aria-labelledby="results">
            <h2 id="results">{words.results_title}</h2>
            <p class="quiet">{words.results_note}</p>
            {grid(words.results_title, "results", heads, rows)}
            <p class="quiet">
                {words.funnel_note}" "<a href=it.funnel.path()>{words.to_funnel}</a>
            </p>
            <h3 class="part">{words.time_title}</h3>
            <p class="quiet">{words.time_note}</p>
            <dl class="facts">
                <div><dt>{words.median}</dt><dd>{took(median)}</dd></div>
                <div><dt>{words.p90}</dt><dd>{took(p90)}</dd></div>
            </dl>
        </section>
    }
}

/// A page of its connections.
pub(super) fn targets(
    it: &CampaignPage,
    filter: TargetFilter,
    id: CampaignRef,
    visit: &Visit,
) -> impl IntoView + use<> {
    let all = visit.language.words();
    let words = &all.campaigns;
    let helps = visit.helper.is_some();
    let table = if it.targets.is_empty() {
        view! { <p>{words.targets_none}</p> }.into_any()
    } else {
        let heads = [
            words.connection,
            all.health.institution,
            words.customer,
            words.state,
            words.since,
            words.outcome,
        ];
        let rows = it.targets.iter().map(|row| line(row, helps, all));
        let name = words.targets_title;
        grid(name, "acts", heads.map(Text), rows)
    };
    let only = filter.step.map(|step| told(step, words).0.to_owned());
    let only = only.or(filter.fate.map(words.fate));
    let only = only.map(|name| {
        view! {
            <p>{name}" · "<a href=rows_of(TargetFilter::default(), id)>{words.all_targets}</a></p>
        }
    });
    let next = it.next.clone();
    view! {
        <section class="part" aria-labelledby="targets">
            <h2 id="targets">{words.targets_title}</h2>
            {only}
            {table}
            <p class="actions">
                {next.map(|href| view! { <a href=format!("{href}#targets") rel="next">{all.rows.next}</a> })}
                <a href=filter.csv(id)>{words.csv}</a>
            </p>
        </section>
    }
}

fn line(row: &TargetRow, helps: bool, all: &'static Words) -> [AnyView; 6] {
    let words = &all.campaigns;
    let [came, started, finished] = &row.steps;
    let steps = [
        (words.came, came),
        (words.started, started),
        (words.finished, finished),
    ];
    let steps = steps.into_iter().filter_map(|(name, when)| {
        let when = when.as_ref()?;
        Some(format!("{name} {}", when.text))
    });
    let settled = row.settled.as_ref();
    let settled = settled.map(|(when, how)| (words.settled)(*how, &when.text));
    let after: Vec<String> = steps.chain(settled).collect();
    let customer = row.customer.as_deref();
    let customer = customer.map(|customer| whose(customer, helps));
    cells![
        reference(row.connection),
        row.institution.clone(),
        customer,
        (words.fate)(row.fate),
        row.ended.as_ref().map(time),
        (!after.is_empty()).then(|| after.join(" · ")),
    ]
}
