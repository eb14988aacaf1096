//! What every call passes first: faults that were asked for, then key and token.

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State as From};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use http::{HeaderValue, Method, StatusCode};

use super::fault::{Fault, Refused};
use super::operations;
use crate::state::{BrokenBody, CustomerId, OperationFault, Sandbox, TokenState, Work};

const KEY: &str = "finicity-app-key";
const TOKEN: &str = "finicity-app-token";

/// Plays a fault for this operation, if one was asked for.
pub(super) async fn play_faults(
    From(sandbox): From<Sandbox>,
    request: Request,
    next: Next,
) -> Response {
    let Some(fault) = wanted(&sandbox, &request) else {
        return next.run(request).await;
    };
    tokio::time::sleep(fault.latency()).await;
    if !fault.replaces_reply() {
        return next.run(request).await;
    }
    let real = match fault.work {
        Work::Done => Some(next.run(request).await.status()),
        Work::Undone => None,
    };
    broken(&fault, real)
}

fn wanted(sandbox: &Sandbox, request: &Request) -> Option<OperationFault> {
    let path = request.extensions().get::<MatchedPath>()?;
    let operation = operations::named(request.method(), path.as_str())?;
    let customer = customer_of(request.uri().path());
    sandbox.work(|state, _| state.faults.take_operation(operation, customer))
}

/// Whom a call is for, by its path.
fn customer_of(path: &str) -> Option<CustomerId> {
    let (_, rest) = path.split_once("/customers/")?;
    rest.split('/').next()?.parse().ok()
}

/// `real` is the status that the operation itself answered, when it was performed.
fn broken(fault: &OperationFault, real: Option<StatusCode>) -> Response {
    let status = fault
        .status
        .and_then(|status| StatusCode::from_u16(status).ok())
        .or(real)
        .unwrap_or(StatusCode::OK);
    let mut response = match fault.body.unwrap_or(BrokenBody::Error) {
        BrokenBody::Error => Fault::asked_for(status, fault.code.unwrap_or(14020)).into_response(),
        BrokenBody::Html => {
            let page = "<!doctype html><title>Gateway</title><h1>The page cannot be shown</h1>";
            (status, Html(page)).into_response()
        }
        BrokenBody::Nonsense => json(status, r#"{"weather":["sunny",3,null]}"#),
        BrokenBody::Truncated => json(status, r#"{"found":12,"accounts":[{"id":"50116"#),
        BrokenBody::Empty => (status, Body::empty()).into_response(),
    };
    if let Some(seconds) = fault.retry_after {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn json(status: StatusCode, text: &'static str) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], text).into_response()
}

/// Key and token of a call.
pub(super) async fn authorize(
    From(sandbox): From<Sandbox>,
    request: Request,
    next: Next,
) -> Response {
    match admitted(
        &sandbox,
        request.method(),
        request.uri().path(),
        request.headers(),
    ) {
        Ok(()) => next.run(request).await,
        Err(fault) => fault.into_response(),
    }
}

fn admitted(
    sandbox: &Sandbox,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Result<(), Refused> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let given = |name| header(name).filter(|value: &&str| !value.is_empty());
    let is_authentication = path == operations::AUTHENTICATION;
    // The description lets this one operation pass with either of the two.
    let is_either = method == Method::GET && path == "/connect/experiences";
    match given(KEY) {
        Some(key) if key == sandbox.config().app_key => {
            if is_authentication || (is_either && given(TOKEN).is_none()) {
                return Ok(());
            }
        }
        // Bare text is described for all operations but the authentication ones.
        Some(_) if is_authentication => {
            return Err(Fault::unauthorized(10021, "You are not authorized."));
        }
        Some(_) => return Err(Fault::bad_app_key()),
        None if is_either && given(TOKEN).is_some() => {}
        None => {
            return Err(Fault::unauthorized(
                10026,
                "Missing parameter (Finicity-App-Key)",
            ));
        }
    }
    let Some(token) = given(TOKEN) else {
        return Err(Fault::unauthorized(
            10024,
            "Missing parameter (Finicity-App-Token)",
        ));
    };
    match sandbox.work(|state, now| state.partner.token(token, now)) {
        TokenState::Good => Ok(()),
        TokenState::Expired => Err(Fault::unauthorized(10023, "Expired (Finicity-App-Token)")),
        TokenState::Unknown => Err(Fault::unauthorized(10022, "Invalid (Finicity-App-Token)")),
    }
}
