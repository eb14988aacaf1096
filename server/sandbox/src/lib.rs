//! A stand-in for Mastercard Open Finance (US) on this machine: the API, the
//! hosted Data Connect pages, webhooks, a clock that can be moved, and faults on
//! request. It reads the official description for itself and shares no code with
//! any client of it, so that the two cannot share a misunderstanding.

mod api;
pub mod clock;
pub mod config;
mod control;
pub mod directory;
pub mod hosted;
mod logos;
pub mod people;
mod png;
pub mod scenario;
pub mod state;
mod text;
mod webhooks;
mod wish;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

pub use clock::{MoveRefused, SandboxClock};
pub use config::{
    FirstAggregation, LinkUse, NotSandbox, SandboxConfig, SandboxEnvironment, StartIs,
};
pub use scenario::{Ends, Going, Scenario, ScenarioError};
pub use state::{Sandbox, StartError};
pub use text::hmac_hex;

/// How long open requests may take to end after a stop was asked for.
const LAST_REQUESTS: Duration = Duration::from_secs(5);

/// Everything the sandbox answers, for a caller that serves it itself. Webhooks
/// are sent by [`serve`] only.
pub fn router(sandbox: &Sandbox) -> Router {
    let world: Arc<dyn hosted::World> = Arc::new(sandbox.clone());
    Router::new()
        .merge(api::router(sandbox))
        .merge(control::router(sandbox))
        .merge(logos::router(sandbox))
        .merge(hosted::router_with(world, Arc::clone(sandbox.visits())))
        .fallback(api::unknown_path)
}

/// Serves the sandbox and sends its webhooks until `shutdown`.
pub async fn serve(
    listener: TcpListener,
    sandbox: Sandbox,
    shutdown: CancellationToken,
) -> io::Result<()> {
    let tasks = sandbox.tasks().clone();
    // Our own, so that a listener that fails does not stop the caller as well.
    let shutdown = shutdown.child_token();
    tasks.spawn(webhooks::run(sandbox.clone(), shutdown.child_token()));
    if let Some(path) = sandbox.config().memory.clone() {
        tasks.spawn(state::keep(sandbox.clone(), path, shutdown.child_token()));
    }
    let listener = listener.tap_io(|stream| {
        if let Err(problem) = stream.set_nodelay(true) {
            tracing::debug!(%problem, "a connection keeps its delay");
        }
    });
    let stop = shutdown.clone();
    let serving = axum::serve(listener, router(&sandbox))
        .with_graceful_shutdown(async move { stop.cancelled().await });
    // A reply that is held up on purpose (latency, dead logo host) must not hold up the stop.
    let patience = async {
        shutdown.cancelled().await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    let served = tokio::select! {
        served = async { serving.await } => served,
        () = patience => Ok(()),
    };
    shutdown.cancel();
    tasks.close();
    tasks.wait().await;
    served
}
