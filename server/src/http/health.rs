//! Whether the program lives, and whether it can serve.

use axum::{Json, extract::State, http::StatusCode};
use relink_mastercard::client::{CircuitState, CredentialState};
use serde::Serialize;

use super::App;

/// `GET /healthz`: the process answers.
pub(super) async fn alive() -> &'static str {
    "ok\n"
}

/// What `GET /readyz` says.
#[derive(Serialize)]
pub(super) struct Ready {
    database: &'static str,
    /// Mastercard's view of our credentials. A rejected secret does not make
    /// us unready: pages still serve, and say what they can.
    credentials: &'static str,
    /// Groups of operations whose circuit is open.
    paused: Vec<String>,
}

/// `GET /readyz`: the database answers.
pub(super) async fn ready(State(app): State<App>) -> (StatusCode, Json<Ready>) {
    let database = app.store.ping().await;
    if let Err(error) = &database {
        tracing::error!(error = super::chain(error), "the database does not answer");
    }
    let credentials = match app.client.credential_state().await {
        CredentialState::Untried => "not tried yet",
        CredentialState::Accepted { .. } => "accepted",
        CredentialState::Rejected { .. } => "refused: not tried again until they change",
        CredentialState::Unchecked => "not tried: the memory of refusals does not answer",
    };
    let circuits = app.client.circuits();
    let paused = circuits
        .iter()
        .filter(|(_, state)| !matches!(state, CircuitState::Closed));
    let ready = Ready {
        database: if database.is_ok() { "ok" } else { "away" },
        credentials,
        paused: paused.map(|(group, _)| group.to_string()).collect(),
    };
    let status = if database.is_ok() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(ready))
}
