//! The state as the control page and its JSON door show it.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use crate::config::{FirstAggregation, LinkUse};
use crate::directory::Directory;
use crate::state::{
    Account, Answer, Break, ConnectLink, Customer, Delivery, Flow, HealsBy, InstitutionId, Login,
    Owed, Progress, Sandbox, State, Story, WebhookEffect, WebhookFault,
};

/// Everything, newest links and deliveries first.
pub(super) fn state(sandbox: &Sandbox) -> Value {
    let directory = sandbox.directory();
    let moved = sandbox.clock().moved().num_seconds();
    let mut view = sandbox.work(|state, now| {
        json!({
            "clock": { "now": time(now), "movedSeconds": moved },
            "settings": settings(state),
            "partner": { "locked": state.partner.is_locked() },
            "customers": customers(state, directory),
            "links": state.links().into_iter().take(50).map(|link| link_json(link, now)).collect::<Vec<_>>(),
            "deliveries": state.outbox.all().iter().rev().take(200).map(delivery).collect::<Vec<_>>(),
            "institutions": institutions(state, directory),
            "scenario": state.story().map(scenario),
            "faults": {
                "operations": state.faults.operations,
                "webhooks": state.faults.webhooks.iter().map(webhook_fault).collect::<Vec<_>>(),
                "logoHost": state.faults.logos,
            },
        })
    });
    view["visits"] = visits(sandbox);
    view
}

fn visits(sandbox: &Sandbox) -> Value {
    sandbox
        .visits()
        .list()
        .iter()
        .map(|visit| {
            json!({
                "id": visit.id,
                "customerId": visit.customer.to_string(),
                "institutionId": visit.institution,
                "institution": visit.institution_name,
                "flow": visit.flow,
                "step": visit.step,
                "opened": time(visit.opened),
                "seen": time(visit.seen),
                "end": visit.end,
            })
        })
        .collect()
}

fn settings(state: &State) -> Value {
    let (first, minutes) = match state.first_aggregation() {
        FirstAggregation::AtOnce => ("atOnce", 0),
        FirstAggregation::After(pause) => ("after", pause.num_minutes()),
        FirstAggregation::NextBatch => ("nextBatch", 0),
    };
    let links = match state.link_use {
        LinkUse::Many => "many",
        LinkUse::Single => "single",
    };
    json!({ "firstAggregation": first, "firstAggregationMinutes": minutes, "linkUse": links })
}

/// What is laid over institutions.
fn institutions(state: &State, directory: &Directory) -> Vec<Value> {
    let mut over: BTreeMap<InstitutionId, Map<String, Value>> = BTreeMap::new();
    let mut lay = |id, name: &str, value: Value| {
        over.entry(id).or_default().insert(name.to_owned(), value);
    };
    for (id, availability) in state.availabilities() {
        lay(id, "availability", json!(availability));
    }
    for (id, to) in state.successors() {
        lay(
            id,
            "successor",
            json!({ "id": to, "name": name_of(directory, to) }),
        );
    }
    for id in state.frozen() {
        lay(id, "frozen", json!(true));
    }
    over.into_iter()
        .map(|(id, mut laid)| {
            laid.insert("id".to_owned(), json!(id));
            laid.insert("name".to_owned(), json!(name_of(directory, id)));
            Value::Object(laid)
        })
        .collect()
}

fn scenario(story: &Story) -> Value {
    let steps: Vec<Value> = story
        .scenes()
        .enumerate()
        .map(|(index, (due, scene))| {
            json!({
                "due": time(due),
                "day": scene.day,
                "do": scene.verb,
                "note": scene.note,
                "played": index < story.played(),
            })
        })
        .collect();
    json!({ "name": story.plot.name, "began": time(story.began), "steps": steps })
}

fn customers(state: &State, directory: &Directory) -> Vec<Value> {
    state
        .customers()
        .into_iter()
        .map(|found| customer(state, directory, found))
        .collect()
}

fn customer(state: &State, directory: &Directory, found: &Customer) -> Value {
    let accounts = state.accounts(found.id);
    let logins: Vec<Value> = state
        .logins(found.id)
        .map(|login| {
            let under = accounts.iter().filter(|account| account.login == login.id);
            let under: Vec<Value> = under.map(|found| account(found)).collect();
            login_json(directory, login, &under)
        })
        .collect();
    json!({
        "id": found.id.to_string(),
        "username": found.username,
        "type": found.kind.as_str(),
        "logins": logins,
    })
}

fn login_json(directory: &Directory, login: &Login, accounts: &[Value]) -> Value {
    json!({
        "id": login.id,
        "institutionId": login.institution,
        "institution": name_of(directory, login.institution),
        "person": login.person,
        "forcedCode": login.broken.map(|broken| broken.code),
        "heals": login.broken.map(heals),
        "frozen": login.frozen,
        "movingTo": login.moving.map(|moving| moving.to),
        "fix": login.fix,
        "created": time(login.created),
        "accounts": accounts,
    })
}

/// `fix`, `never`, or when.
fn heals(broken: Break) -> String {
    match broken.heals {
        HealsBy::Fix => "fix".to_owned(),
        HealsBy::Never => "never".to_owned(),
        HealsBy::At(end) => time(end),
    }
}

fn account(account: &Account) -> Value {
    let latest = account.aggregation;
    json!({
        "id": account.id.to_string(),
        "name": account.facts.name,
        "type": account.facts.kind,
        "mask": account.facts.mask,
        "forcedCode": account.broken.map(|broken| broken.code),
        "heals": account.broken.map(heals),
        "authorizationEnds": account.authorization.map(|(_, end)| time(end)),
        "code": latest.map(|latest| latest.code),
        "attempt": latest.map(|latest| time(latest.attempt)),
        "success": latest.and_then(|latest| latest.success).map(time),
        "owed": match account.owed {
            Owed::Nothing => Value::Null,
            Owed::At(due) => json!(time(due)),
            Owed::NextBatch => json!("nextBatch"),
        },
    })
}

/// Without the link itself: it is a credential of its session.
fn link_json(link: &ConnectLink, now: DateTime<Utc>) -> Value {
    let (institution, login) = match link.order.flow {
        Flow::Lite { institution } => (Some(institution), None),
        Flow::Fix { login } => (None, Some(login)),
        _ => (None, None),
    };
    json!({
        "type": link.order.flow.as_str(),
        "customerId": link.order.customer.to_string(),
        "institutionId": institution,
        "institutionLoginId": login,
        "created": time(link.created),
        "expires": time(link.expires),
        "expired": now >= link.expires,
        "opened": link.opened.iter().copied().map(time).collect::<Vec<_>>(),
        "completed": link.completed.map(time),
        "singleUse": link.order.single_use,
        "language": link.order.language,
        "experience": link.order.experience,
        "redirectUri": link.order.redirect_uri,
        "webhook": link.order.webhook.as_ref().map(|webhook| webhook.url.as_str()),
        "webhookData": link.order.webhook.as_ref().and_then(|webhook| webhook.data.as_ref()),
    })
}

fn delivery(delivery: &Delivery) -> Value {
    let (progress, due) = match delivery.progress {
        Progress::Waiting(due) => ("waiting", Some(due)),
        Progress::Sending(due) => ("sending", Some(due)),
        Progress::Delivered => ("delivered", None),
        Progress::GivenUp => ("givenUp", None),
        Progress::Lost => ("lost", None),
    };
    let attempts: Vec<Value> = delivery
        .attempts
        .iter()
        .map(|attempt| match &attempt.answer {
            Answer::Status(status) => json!({ "at": time(attempt.at), "status": status }),
            Answer::None(why) => json!({ "at": time(attempt.at), "problem": why }),
        })
        .collect();
    json!({
        "id": delivery.id,
        "eventId": delivery.event_id,
        "eventType": delivery.event_type,
        "url": delivery.webhook.url.as_str(),
        "created": time(delivery.created),
        "progress": progress,
        "due": due.map(time),
        "attempts": attempts,
        "body": String::from_utf8_lossy(&delivery.body),
    })
}

fn webhook_fault(fault: &WebhookFault) -> Value {
    let (effect, seconds) = match fault.effect {
        WebhookEffect::Lose => ("lose", None),
        WebhookEffect::Delay(pause) => ("delay", Some(pause.num_seconds())),
        WebhookEffect::Double => ("double", None),
        WebhookEffect::Reorder => ("reorder", None),
    };
    json!({
        "effect": effect,
        "delaySeconds": seconds,
        "eventType": fault.event_type,
        "left": fault.left,
    })
}

fn name_of(directory: &Directory, id: InstitutionId) -> &str {
    directory
        .get(id)
        .map_or("", |institution| institution.shown_name())
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
