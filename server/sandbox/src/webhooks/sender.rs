//! Sending: signed over the exact bytes, one at a time per link, links side by side.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::event::ping_body;
use crate::state::{Answer, Delivery, LinkId, Sandbox, Webhook};
use crate::text::hmac_hex;

/// The name of the signature header.
const SIGNATURE: &str = "x-finicity-signature";
/// How long a receiver may take; the real figure is not published.
const PATIENCE: Duration = Duration::from_secs(10);

/// The client of the sender: no redirects (a receiver that moves has not taken
/// the event), no proxy (receivers are on this machine).
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the sandbox makes its client"
)]
pub(crate) fn sender() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
}

/// Asks the receiver of a link to be made whether it is there.
pub(crate) async fn ping(sandbox: &Sandbox, webhook: &Webhook) -> Answer {
    post(sandbox, webhook, ping_body(webhook.content_type)).await
}

/// Sends what is due until `stop`. What is on its way then is left to end by its
/// own time limit.
pub(crate) async fn run(sandbox: Sandbox, stop: CancellationToken) {
    let mut busy = HashSet::new();
    let mut sending = JoinSet::new();
    loop {
        let (due, next) = sandbox.work(|state, now| {
            (
                state.outbox.take_due(now, &busy),
                state.outbox.next_due(&busy),
            )
        });
        for (link, group) in by_link(due) {
            busy.insert(link.clone());
            sending.spawn(send_all(sandbox.clone(), link, group));
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = sandbox.woken() => {}
            () = due_at(&sandbox, next) => {}
            Some(ended) = sending.join_next() => match ended {
                Ok(link) => { busy.remove(&link); }
                Err(problem) => tracing::error!(%problem, "a webhook task ended early"),
            },
        }
    }
}

async fn due_at(sandbox: &Sandbox, next: Option<DateTime<Utc>>) {
    match next {
        Some(due) => sandbox.clock().sleep_until(due).await,
        None => std::future::pending().await,
    }
}

fn by_link(due: Vec<Delivery>) -> BTreeMap<LinkId, Vec<Delivery>> {
    let mut groups: BTreeMap<LinkId, Vec<Delivery>> = BTreeMap::new();
    for delivery in due {
        groups
            .entry(delivery.link.clone())
            .or_default()
            .push(delivery);
    }
    groups
}

async fn send_all(sandbox: Sandbox, link: LinkId, group: Vec<Delivery>) -> LinkId {
    for delivery in group {
        let answer = post(&sandbox, &delivery.webhook, delivery.body).await;
        sandbox.work(|state, now| state.outbox.answered(delivery.id, answer, now));
    }
    link
}

async fn post(sandbox: &Sandbox, webhook: &Webhook, body: Bytes) -> Answer {
    // The secret of now: after a change, repeated events carry the new signature.
    let signature = sandbox.work(|state, _| hmac_hex(state.partner.secret().as_bytes(), &body));
    let mut headers = HeaderMap::new();
    for (name, value) in &webhook.headers {
        headers.append(name, value.clone());
    }
    // After the custom ones, so that none of them stands in for ours.
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static(webhook.content_type.as_str()),
    );
    headers.insert(
        ACCEPT,
        HeaderValue::from_static("application/json, text/plain, */*"),
    );
    if let Ok(signature) = HeaderValue::try_from(signature) {
        headers.insert(SIGNATURE, signature);
    }
    let request = sandbox
        .sender()
        .post(webhook.url.clone())
        .headers(headers)
        .body(body);
    match request.send().await {
        Ok(reply) => Answer::Status(reply.status().as_u16()),
        Err(problem) if problem.is_timeout() => Answer::None("timed out"),
        Err(problem) if problem.is_connect() => Answer::None("not reachable"),
        Err(_) => Answer::None("no HTTP reply"),
    }
}
