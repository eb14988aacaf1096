//! The control page and its JSON door, under `/sandbox` on the sandbox's own
//! listener.
//!
//! * `GET /sandbox` is the page; its forms post to `/sandbox/do` and come back.
//! * `GET /sandbox/api/state` answers everything: `clock` (`now`,
//!   `movedSeconds`), `settings`, `partner.locked`, `customers[].logins[].accounts[]`,
//!   `links`, `visits`, `deliveries` (newest first, with `attempts` and the exact
//!   `body`), `institutions` (what is laid over them), `scenario`, `faults`.
//! * `POST /sandbox/api/do` takes one wish as JSON, answers the new state, or 400
//!   with `{"error": "…"}`:
//!
//! | `do` | Members |
//! | --- | --- |
//! | `advanceClock` | `days`, `hours`, `minutes`, `seconds`: forward only |
//! | `setClock` | `to`, RFC 3339: forward only |
//! | `faultWebhooks` | `effect`: `lose`, `delay`, `double`, `reorder`; `events` (1), `eventType`, `delaySeconds` |
//! | `clearWebhookFaults` | |
//! | `faultOperation` | `operation` (an `operationId` or `*`), `customer` (only calls for this one), `status`, `code`, `body`: `error`, `html`, `nonsense`, `truncated`, `empty`; `latencyMs` (real time), `retryAfter` (seconds), `work`: `undone`, `done`; `times` (all when absent) |
//! | `clearOperationFaults` | |
//! | `setLogoHost` | `host`: `up`, `dead` |
//! | `setFirstAggregation` | `when`: `atOnce`, `after` (with `minutes`), `nextBatch` |
//! | `setLinkUse` | `links`: `many`, `single` |
//! | `unlockPartner` | |
//! | `startScenario` | `scenario`: the name of one that is compiled in, or its text; it begins now |
//! | `stopScenario` | |
//!
//! All that a step of a scenario can do can be wished for as well, by the same
//! members: see [`crate::scenario`].
//!
//! Unsafe requests of a browser must come from the page itself; a program sends
//! neither `Origin` nor `Sec-Fetch-Site` and is let through.

mod command;
mod guard;
mod page;
mod view;

use axum::extract::State as From;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use bytes::Bytes;
use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::state::Sandbox;
use command::{Asked, Refusal};

/// Everything under `/sandbox`.
pub(crate) fn router(sandbox: &Sandbox) -> Router {
    Router::new()
        .route("/sandbox", get(page::show))
        .route("/sandbox/style.css", get(page::style))
        .route("/sandbox/do", post(from_form))
        .route("/sandbox/api/state", get(state))
        .route("/sandbox/api/do", post(from_json))
        .layer(middleware::from_fn_with_state(
            sandbox.clone(),
            guard::guard,
        ))
        .with_state(sandbox.clone())
}

async fn state(From(sandbox): From<Sandbox>) -> Json<Value> {
    Json(view::state(&sandbox))
}

async fn from_json(From(sandbox): From<Sandbox>, body: Bytes) -> Response {
    let value = serde_json::from_slice::<Value>(&body).map_err(Refusal::from);
    let asked = value.and_then(Asked::read);
    match asked.and_then(|asked| asked.grant(&sandbox)) {
        Ok(()) => Json(view::state(&sandbox)).into_response(),
        Err(refusal) => (
            StatusCode::BAD_REQUEST,
            Json(json!({ "error": refusal.to_string() })),
        )
            .into_response(),
    }
}

async fn from_form(From(sandbox): From<Sandbox>, body: Bytes) -> Redirect {
    let fields: Map<String, Value> = url::form_urlencoded::parse(&body)
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect();
    match Asked::read(Value::Object(fields)).and_then(|asked| asked.grant(&sandbox)) {
        Ok(()) => Redirect::to("/sandbox"),
        Err(refusal) => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            query.append_pair("problem", &refusal.to_string());
            Redirect::to(&format!("/sandbox?{}", query.finish()))
        }
    }
}
