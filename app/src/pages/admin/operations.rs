//! What runs beside requests, on the health page.

use leptos::prelude::*;

use super::numbers::{grouped, length};
use crate::api::admin::Upstream;
use crate::api::events::{EventFilter, EventState};
use crate::api::forms::Tone;
use crate::api::health::{HealthView, SweepView};
use crate::api::jobs::{JobFilter, JobState};
use crate::api::paths;
use crate::pages::parts::badge;
use crate::words::{Admin, HealthWords, Words};

/// The sweep, webhooks, jobs, Mastercard, the directory, the recount.
pub(super) fn operations(it: &HealthView, all: &'static Words) -> impl IntoView + use<> {
    let (words, admin) = (&all.health, &all.admin);
    let (sweep_tone, sweep) = sweep(it.sweep.as_ref(), words);
    let waiting = EventFilter {
        state: Some(EventState::Waiting),
        ..EventFilter::default()
    };
    let refused = format!("{}#refused", paths::EVENTS);
    let [due, dead] = [JobState::Waiting, JobState::Dead].map(JobFilter::of);
    let oldest = it.webhooks.waiting_since.as_ref();
    let oldest = oldest.map(|when| format!(" ({})", (words.oldest)(&when.text)));
    // What waits says more than what has waited.
    let waited = it.webhooks.waited.filter(|_| it.webhooks.waiting == 0);
    let waited = waited.map(|seconds| format!(" ({})", worked_off(seconds, words)));
    let copied = it.directory.copied.as_ref();
    let copied = copied.map(|when| format!(", {}", (admin.copied)(&when.text)));
    let recount = match &it.recount {
        None => (None, words.recount_never.to_owned()),
        Some(recount) => {
            let [users, connections, accounts] =
                [recount.users, recount.connections, recount.accounts].map(grouped);
            let totals = (words.totals)(&users, &connections, &accounts);
            let text = format!("{} {totals}", (words.recounted)(&recount.at.text));
            let fine = recount.drifted == 0 && !it.recount_late;
            let fine = fine.then(|| badge(Tone::Fine, words.recount_fine));
            (fine, text)
        }
    };
    view! {
        <section class="part" aria-labelledby="operations">
            <h2 id="operations">{words.operations}</h2>
            <dl class="facts">
                <div><dt>{words.sweep_title}</dt><dd>{sweep_tone}" "<a href=paths::GAPS>{sweep}</a></dd></div>
                <div>
                    <dt>{words.webhooks_title}</dt>
                    <dd>
                        {named(words.received, it.webhooks.received, paths::EVENTS)}", "
                        {named(words.waiting, it.webhooks.waiting, waiting.path())}{oldest}{waited}", "
                        {named(words.bad_signatures, it.webhooks.bad_signatures, refused)}
                    </dd>
                </div>
                <div>
                    <dt>{words.jobs_title}</dt>
                    <dd>
                        {named(words.jobs_due, it.jobs_due, due.path())}{it.jobs_more.then_some("+")}", "
                        {named(words.jobs_dead, it.jobs_dead, dead.path())}
                    </dd>
                </div>
                <div><dt>{words.upstream_title}</dt><dd>{upstream(&it.upstream, admin)}</dd></div>
                <div>
                    <dt>{words.directory_title}</dt>
                    <dd><a href=paths::CONNECT>{grouped(it.directory.size)}</a>{copied}</dd>
                </div>
                <div><dt>{words.recount_title}</dt><dd>{recount.0}" "{recount.1}</dd></div>
            </dl>
        </section>
    }
}

/// How long webhooks waited for their effect.
fn worked_off(seconds: u32, words: &HealthWords) -> String {
    let time = match seconds {
        0..120 => (words.seconds)(seconds),
        _ => length(seconds / 60, words),
    };
    (words.worked_off)(&time)
}

fn named(name: &'static str, count: u32, href: impl Into<String>) -> impl IntoView {
    let href: String = href.into();
    view! { {format!("{name}: ")} <a href=href>{grouped(count)}</a> }
}

fn sweep(it: Option<&SweepView>, words: &'static HealthWords) -> (Option<AnyView>, String) {
    let Some(it) = it else {
        return (None, words.sweep_never.to_owned());
    };
    let tone = if it.late {
        badge(Tone::Act, words.sweep_late).into_any()
    } else {
        badge(Tone::Fine, words.sweep_fine).into_any()
    };
    let [read, planned, failed] = [it.read, it.planned, it.failed].map(grouped);
    let read = (words.sweep_read)(&read, &planned, &failed);
    let begun = (words.sweep_begun)(&it.started.text);
    let through = it.finished.as_ref();
    let through = through.map(|when| format!(" {}", (words.sweep_through)(&when.text)));
    let text = format!("{read} {begun}{}", through.unwrap_or_default());
    (Some(tone), text)
}

fn upstream(it: &Upstream, words: &'static Admin) -> AnyView {
    match it {
        Upstream::Fine { last } => {
            let last = last.as_ref().map(|when| (words.upstream_last)(&when.text));
            let last = last.unwrap_or_else(|| words.upstream_never.into());
            view! { {badge(Tone::Fine, words.upstream_fine)} " " {last} }.into_any()
        }
        Upstream::SecretRejected { .. } => badge(Tone::Act, words.rejected).into_any(),
        Upstream::CircuitOpen { .. } => badge(Tone::Act, words.circuit).into_any(),
    }
}
