//! The receiver of Data Connect events.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use relink_engine::webhooks::{ReceiveError, Received};
use relink_mastercard::event::signature;

use super::App;

/// Answers 200 only once the event is durable: everything after that may die
/// and loses nothing. Anything but 200 makes the sender come again for three
/// days.
pub(super) async fn receive(
    State(app): State<App>,
    Path(reference): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    // Text that none of ours can be is kept as no reference: the event itself
    // may still be looked at.
    let reference = super::reference(&reference).unwrap_or_default();
    let signatures: Vec<&str> = signature::HEADERS
        .iter()
        .filter_map(|name| headers.get(*name)?.to_str().ok())
        .collect();
    match app.webhooks.receive(reference, &signatures, &body).await {
        Ok(Received::Ping | Received::Stored | Received::Duplicate) => StatusCode::OK,
        Err(ReceiveError::BadSignature) => StatusCode::UNAUTHORIZED,
        Err(ReceiveError::Unreadable) => StatusCode::BAD_REQUEST,
        Err(error @ ReceiveError::Store(_)) => {
            tracing::error!(error = super::chain(&error), "an event could not be stored");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
