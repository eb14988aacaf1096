//! The generate and send calls of Connect.

use axum::extract::State as From;
use bytes::Bytes;
use serde_json::json;

use super::fault::{Fault, Refused, Reply};
use super::input::Body;
use super::ok;
use super::order::{borrowers, check_partner, email as email_options, known_customer, order};
use crate::state::{Answer, Flow, InstitutionId, LinkOrder, LoginId, Sandbox};
use crate::webhooks;

pub(super) async fn full(From(sandbox): From<Sandbox>, body: Bytes) -> Reply {
    let body = Body::parse(&body)?;
    check_partner(&sandbox, &body)?;
    let customer = known_customer(&sandbox, &body)?;
    let link = generate(&sandbox, order(&sandbox, &body, customer, Flow::Full)?).await?;
    ok(json!({ "link": link }))
}

pub(super) async fn lite(From(sandbox): From<Sandbox>, body: Bytes) -> Reply {
    let body = Body::parse(&body)?;
    check_partner(&sandbox, &body)?;
    let customer = known_customer(&sandbox, &body)?;
    let number = body
        .integer("institutionId")?
        .ok_or_else(|| Fault::missing("institutionId"))?;
    let institution = u64::try_from(number)
        .ok()
        .map(InstitutionId::new)
        .filter(|id| sandbox.directory().get(*id).is_some())
        .ok_or_else(|| Fault::invalid("Institution ID does not exist"))?;
    // Any known institution, for a testing customer too, as in the official examples.
    let order = order(&sandbox, &body, customer, Flow::Lite { institution })?;
    ok(json!({ "link": generate(&sandbox, order).await? }))
}

pub(super) async fn fix(From(sandbox): From<Sandbox>, body: Bytes) -> Reply {
    let body = Body::parse(&body)?;
    check_partner(&sandbox, &body)?;
    let customer = known_customer(&sandbox, &body)?;
    let login: LoginId = body
        .required_text("institutionLoginId")?
        .parse()
        .map_err(|_| Fault::no_login())?;
    let owned = sandbox.work(|state, _| {
        state
            .accounts(customer)
            .iter()
            .any(|account| account.login == login)
    });
    if !owned {
        return Err(Fault::no_login());
    }
    let order = order(&sandbox, &body, customer, Flow::Fix { login })?;
    ok(json!({ "link": generate(&sandbox, order).await? }))
}

pub(super) async fn joint_borrower(From(sandbox): From<Sandbox>, body: Bytes) -> Reply {
    let body = Body::parse(&body)?;
    check_partner(&sandbox, &body)?;
    let customer = borrowers(&sandbox, &body)?;
    let order = order(&sandbox, &body, customer, Flow::JointBorrower)?;
    ok(json!({ "link": generate(&sandbox, order).await? }))
}

pub(super) async fn email(From(sandbox): From<Sandbox>, body: Bytes) -> Reply {
    let body = Body::parse(&body)?;
    check_partner(&sandbox, &body)?;
    let customer = known_customer(&sandbox, &body)?;
    body.required_text("consumerId")?;
    let options = email_options(&body)?;
    let order = order(&sandbox, &body, customer, Flow::Email)?;
    ok(json!({ "link": generate(&sandbox, order).await?, "emailConfig": options }))
}

pub(super) async fn joint_borrower_email(From(sandbox): From<Sandbox>, body: Bytes) -> Reply {
    let body = Body::parse(&body)?;
    check_partner(&sandbox, &body)?;
    let customer = borrowers(&sandbox, &body)?;
    let options = email_options(&body)?;
    // `experience` is required by the description and left out by its own example.
    let order = order(&sandbox, &body, customer, Flow::EmailJointBorrower)?;
    ok(json!({ "link": generate(&sandbox, order).await?, "emailConfig": options }))
}

/// Pings the receiver, then makes the link. The ping happens inside the call and
/// before anything is kept: no 200, no link.
async fn generate(sandbox: &Sandbox, order: LinkOrder) -> Result<String, Refused> {
    if let Some(webhook) = &order.webhook {
        let answer = webhooks::ping(sandbox, webhook).await;
        if answer != Answer::Status(200) {
            tracing::debug!(?answer, "a webhook refused its ping");
            // Which error this is has not been published.
            return Err(Fault::invalid(
                "\"webhook\" did not answer the ping with status 200",
            ));
        }
    }
    let config = sandbox.config();
    let query = sandbox.work(|state, now| {
        state
            .sign_link(order, &config.partner_id, now)
            .query()
            .to_owned()
    });
    let mut link = config.public_origin.clone();
    link.set_path("/");
    link.set_query(Some(&query));
    Ok(link.into())
}
