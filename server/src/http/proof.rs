//! What a handler must know of who asks.

use axum::{
    Extension,
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use relink_engine::identity::{Admin, SignedIn, Support, Viewer};

use super::{App, pages, visit::Asking};

/// A proof that somebody may do something.
pub(super) trait Proof: Sized {
    /// `None` for who may not.
    fn of(person: &SignedIn) -> Option<Self>;
}

impl Proof for SignedIn {
    fn of(person: &SignedIn) -> Option<Self> {
        Some(person.clone())
    }
}

impl Proof for Viewer {
    fn of(person: &SignedIn) -> Option<Self> {
        person.viewer()
    }
}

impl Proof for Support {
    fn of(person: &SignedIn) -> Option<Self> {
        person.support()
    }
}

impl Proof for Admin {
    fn of(person: &SignedIn) -> Option<Self> {
        person.admin()
    }
}

/// Who gets something that is no page. Others are told that this is not for them.
pub(super) struct To<P> {
    pub(super) person: P,
    pub(super) asking: Asking,
}

impl<P: Proof> FromRequestParts<App> for To<P> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let asking = Extension::<Asking>::from_request_parts(parts, app).await;
        let Extension(asking) = asking.map_err(IntoResponse::into_response)?;
        match asking.person.as_ref().and_then(P::of) {
            Some(person) => Ok(Self { person, asking }),
            None => Err(pages::forbidden(app, &asking)),
        }
    }
}
