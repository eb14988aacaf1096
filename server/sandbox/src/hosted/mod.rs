//! The pages behind a generated link: Data Connect Lite and Fix as the sandbox
//! plays them, and the site of an OAuth institution.
//!
//! Rendered by the server, without cookies: the name of a visit in the path is
//! the session. `visit` and its neighbours decide, `flow` and `site` are
//! the edge that carries a decision out through a [`World`].

mod assets;
mod away;
mod end;
mod event;
mod flow;
mod limits;
mod page;
mod site;
mod stage;
mod step;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod visit;
mod words;
mod world;

use std::sync::Arc;

use axum::Router;

pub use store::{VisitId, VisitSummary, Visits};
pub use world::{Flow, Institution, Link, LinkFault, Login, LoginAccount, Reach, World};

/// Everything at `/` (the link), `/connect`, `/institution` and `/connect-assets`.
pub fn router_with(world: Arc<dyn World>, visits: Arc<Visits>) -> Router {
    let stage = stage::Stage::new(world, visits);
    Router::new()
        .merge(flow::router())
        .nest("/institution/{visit}", site::router())
        .nest("/connect-assets", assets::router())
        .with_state(stage)
}
