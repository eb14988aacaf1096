//! The return from Data Connect.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use relink_app::api::{ids::SessionRef, paths};
use relink_engine::connect::ReturnHint;

use super::{App, pages, visit::Asking};

/// `GET /connect/return/{reference}`: learns the hint and shows the visit. A
/// GET that changes something, because Data Connect knows no other way; it can
/// be repeated and forged without harm, since a hint proves nothing.
pub(super) async fn arrive(
    State(app): State<App>,
    Extension(asking): Extension<Asking>,
    Path(reference): Path<String>,
) -> Response {
    let Some(reference) = super::reference(&reference) else {
        return pages::not_found(&app, &asking);
    };
    let said = |name: &str| {
        asking
            .query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    let hint = ReturnHint {
        reason: said("reason"),
        code: said("code"),
    };
    let Some(person) = &asking.person else {
        return Redirect::to(paths::SIGN_IN).into_response();
    };
    match app.connect.returned(person, reference, &hint).await {
        Ok(Some(session)) => {
            let page = paths::session(SessionRef::new(session.0.as_u128()));
            Redirect::to(&page).into_response()
        }
        Ok(None) => pages::not_found(&app, &asking),
        Err(error) => {
            tracing::error!(
                error = super::chain(&error),
                "a return could not be taken in"
            );
            pages::broken(&app, &asking)
        }
    }
}
