//! `CreateToken`, `ModifyPartnerSecret`.

use axum::extract::State as From;
use bytes::Bytes;
use serde_json::json;

use super::fault::{Fault, Refused, Reply};
use super::input::Body;
use super::{no_content, ok};
use crate::state::{Changeover, Sandbox, Shown, State, is_policy_secret};

pub(super) async fn create_token(From(sandbox): From<Sandbox>, body: Bytes) -> Reply {
    let body = Body::parse(&body)?;
    let secret = credentials(&sandbox, &body)?;
    let token = sandbox.work(|state, now| {
        show(state, secret, now)?;
        let token = state.random.token();
        state.partner.issue(token.clone(), now);
        Ok::<_, Refused>(token)
    })?;
    ok(json!({ "token": token }))
}

pub(super) async fn modify_secret(From(sandbox): From<Sandbox>, body: Bytes) -> Reply {
    let body = Body::parse(&body)?;
    let secret = credentials(&sandbox, &body)?;
    let new = body.required_text("newPartnerSecret")?;
    let changeover = match body.boolean("immediate")? {
        Some(false) => Changeover::WithGrace,
        Some(true) | None => Changeover::Immediate,
    };
    sandbox.work(|state, now| {
        show(state, secret, now)?;
        if !is_policy_secret(new) {
            return Err(Fault::bad(24437, "New password is not as per policy"));
        }
        state.partner.change(new.to_owned(), changeover, now);
        Ok(())
    })?;
    no_content()
}

/// The secret that is shown, by a known partner.
fn credentials<'a>(sandbox: &Sandbox, body: &'a Body) -> Result<&'a str, Refused> {
    let partner = body.required_text("partnerId")?;
    let secret = body.required_text("partnerSecret")?;
    // Nobody to lock: an unknown id is not one of the five attempts.
    if partner != sandbox.config().partner_id {
        return Err(Fault::not_found(12401, "partner not found"));
    }
    Ok(secret)
}

fn show(
    state: &mut State,
    secret: &str,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), Refused> {
    match state.partner.show(secret, now) {
        Shown::Accepted => Ok(()),
        Shown::Refused => Err(Fault::unauthorized(10001, "Invalid credentials")),
        Shown::Locked => Err(Fault::unauthorized(10021, "You are not authorized.")),
    }
}
