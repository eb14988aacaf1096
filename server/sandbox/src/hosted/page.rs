//! The templates, and the headers that every page carries.

use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use http::{HeaderValue, StatusCode};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../templates/hosted/", $name)))),+]
    };
}

const TEMPLATES: &[(&str, &str)] = &templates![
    "layout.html",
    "parts.html",
    "picture.html",
    "terms.html",
    "sign_in.html",
    "challenge.html",
    "hand_off.html",
    "discovering.html",
    "accounts.html",
    "trouble.html",
    "end.html",
    "idle.html",
    "notice.html",
    "institution_layout.html",
    "institution_sign_in.html",
    "institution_consent.html",
    "institution_notice.html",
];

// The templates are compiled in: one that does not parse is met by every test.
static PAGES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut pages = Environment::new();
    pages.set_auto_escape_callback(|_| AutoEscape::Html);
    pages.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    for (name, source) in TEMPLATES {
        pages
            .add_template(name, source)
            .expect("the templates parse");
    }
    pages
});

/// Who may frame a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frames {
    /// Any partner's page: the SDK shows Data Connect in a frame.
    Anyone,
    /// Nobody: an institution's own site.
    Nobody,
}

impl Frames {
    fn policy(self) -> &'static str {
        match self {
            Self::Anyone => {
                "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                 form-action 'self'; base-uri 'none'; frame-ancestors *"
            }
            Self::Nobody => {
                "default-src 'none'; style-src 'self'; script-src 'self'; \
                 form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            }
        }
    }
}

/// Renders a template; one that fails is a mistake of ours, logged here.
pub(super) fn page(status: StatusCode, frames: Frames, template: &str, values: Value) -> Response {
    let rendered = PAGES
        .get_template(template)
        .and_then(|found| found.render(values));
    let mut response = match rendered {
        // The engine escapes slashes too, which no attribute or text needs.
        Ok(html) => (
            status,
            [(CONTENT_TYPE, "text/html; charset=utf-8")],
            html.replace("&#x2f;", "/"),
        )
            .into_response(),
        Err(error) => {
            tracing::error!(template, %error, "a hosted page did not render");
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                "This page could not be made.",
            )
                .into_response()
        }
    };
    protect(&mut response, frames);
    response
}

/// The headers of every answer: nothing is kept, sniffed, or told to other sites.
pub(super) fn protect(response: &mut Response, frames: Frames) {
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(frames.policy()),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Not `no-referrer`: it would turn the Origin of our own forms into `null`.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if frames == Frames::Nobody {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
}
