//! Letters of the sandbox environment, to be read in the browser.

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use super::{App, visit::Asking};

/// `GET /outbox`: the letters, the newest first.
pub(super) async fn list(State(app): State<App>, Extension(asking): Extension<Asking>) -> Response {
    let Some(outbox) = &app.outbox else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match outbox.list() {
        Ok(letters) => {
            let letters: Vec<_> = letters
                .iter()
                .map(|letter| {
                    (
                        letter.file.as_str(),
                        letter.to.as_str(),
                        letter.subject.as_str(),
                    )
                })
                .collect();
            page(relink_app::outbox_page(
                &app.site,
                asking.language,
                &letters,
            ))
        }
        Err(error) => {
            tracing::error!(%error, "the outbox cannot be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// `GET /outbox/{letter}`: one letter as its reader sees it.
pub(super) async fn show(State(app): State<App>, Path(file): Path<String>) -> Response {
    let Some(outbox) = &app.outbox else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match outbox.html(&file) {
        Some(html) => page(html),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn page(html: String) -> Response {
    let mut response = Html(html).into_response();
    // Letters carry their style inside, as mail programs want it.
    let policy = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; base-uri 'none'; \
                  form-action 'none'; frame-ancestors 'none'";
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    response
}
