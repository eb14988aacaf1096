//! One line of a story.

use leptos::prelude::*;

use super::super::numbers::took;
use super::super::table::cells;
use crate::api::audit::Actor;
use crate::api::health::{Acts, Cause};
use crate::api::paths;
use crate::api::shared::When;
use crate::api::story::{Became, Line, Purpose, Step, VisitEnd, What};
use crate::pages::parts::time;
use crate::words::Words;

/// When, of which kind, where, and what; details below.
pub(super) fn row(line: &Line, all: &'static Words) -> [AnyView; 4] {
    let (text, details) = told(line, all);
    let event = match &line.what {
        What::Event { id: Some(id), .. } => Some(paths::event(id)),
        _ => None,
    };
    let event = event.map(|href| view! { <a href=href>{all.story.to_event}</a> });
    cells![
        time(&line.at),
        (all.story.line_kind)(line.what.kind()),
        line.institution.clone(),
        view! { {text}
        {(!details.is_empty()).then(|| view! { <span class="quiet">{details}</span> })}
        {event.map(|link| view! { <span class="quiet">{link}</span> })} },
    ]
}

/// The sentence, and what stands below it.
fn told(line: &Line, all: &'static Words) -> (String, String) {
    let words = &all.story;
    match &line.what {
        What::Visit {
            purpose,
            end,
            code,
            reference,
            steps,
        } => {
            let known = (reference.as_str(), steps.as_slice());
            visit((*purpose, *end), *code, known, all)
        }
        What::Event {
            kind, code, became, ..
        } => {
            let mut said = vec![(words.event)(kind), (words.became)(*became)];
            if let Became::PutAside(reason) = became {
                said.push((all.events.reason)(*reason));
            }
            (joined(&said), coded(*code, all).unwrap_or_default())
        }
        What::Change(change) => ((words.change)(change), String::new()),
        What::Broke {
            code,
            acts,
            cause,
            before,
            seen,
        } => broke((*code, *acts, *cause), *before, seen.as_ref(), all),
        What::Ended { repaired, after } => {
            let lasted = after.map(|after| (words.lasted)(&took(Some(after), &all.health)));
            ((words.ended)(*repaired), lasted.unwrap_or_default())
        }
        What::Notice { told, seen } => {
            let seen = seen.as_ref();
            let seen = seen.map_or(words.not_seen.to_owned(), |when| (words.seen)(&when.text));
            let name = line.institution.as_deref().unwrap_or_default();
            ((all.notices.told)(told, name), seen)
        }
        What::Delivery {
            letter,
            notices,
            went,
        } => {
            let with = if *letter {
                words.letter_with
            } else {
                words.text_with
            };
            (with(*notices), (words.went)(went))
        }
        What::Act {
            act,
            actor,
            change,
            reason,
        } => {
            let actor = match actor {
                Actor::Machine => all.audit.machine.to_owned(),
                Actor::Person(name) => name.clone().unwrap_or_else(|| all.audit.erased.to_owned()),
            };
            let change = all.audit.told(&change.0, &change.1);
            let mut details: Vec<String> = Some(change)
                .filter(|text| !text.is_empty())
                .into_iter()
                .collect();
            details.extend(reason.as_deref().map(all.audit.reason));
            (
                format!("{actor}: {}", (all.audit.act)(*act)),
                details.join(" · "),
            )
        }
    }
}

fn visit(
    (purpose, end): (Purpose, VisitEnd),
    code: Option<i64>,
    (reference, steps): (&str, &[(Step, When)]),
    all: &'static Words,
) -> (String, String) {
    let words = &all.story;
    let mut details: Vec<String> = coded(code, all).into_iter().collect();
    let steps = steps.iter();
    details.extend(steps.map(|(step, when)| (words.step)(*step, &when.text)));
    details.push(format!("{}: {reference}", all.rows.reference));
    let text = joined(&[(words.purpose)(purpose), (words.end)(end)]);
    (text, details.join(" · "))
}

fn broke(
    (code, acts, cause): (i64, Acts, Cause),
    before: Option<i64>,
    seen: Option<&(When, Option<When>)>,
    all: &'static Words,
) -> (String, String) {
    let named = |code: i64| (all.rows.broken_by)(&code.to_string());
    let text = match before {
        None => (all.story.broke)(&named(code)),
        Some(before) => (all.story.other_cause)(&named(before), &named(code)),
    };
    let who = (all.health.acts)(acts);
    let mut details = vec![
        (all.health.cause)(cause),
        format!("{}: {who}", all.places.who),
    ];
    if let Some((failed, last_good)) = seen {
        let last_good = last_good.as_ref();
        let last_good = last_good.map_or(all.cases.never, |when| &*when.text);
        details.push((all.story.first_failed)(&failed.text));
        details.push(format!("{}: {last_good}", all.story.data));
    }
    (text, details.join(" · "))
}

fn coded(code: Option<i64>, all: &'static Words) -> Option<String> {
    code.map(|code| (all.rows.broken_by)(&code.to_string()))
}

fn joined(sentences: &[String]) -> String {
    sentences.join(" ")
}
