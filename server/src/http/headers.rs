//! Security headers of every answer.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// What an answer says that is no page: nothing may be loaded or run.
const CLOSED: &str =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    // A return carries our opaque reference in its path: it goes to nobody.
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    // A popup of Data Connect must stay reachable for the SDK.
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin-allow-popups"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];

/// Whether the site is https.
#[derive(Debug, Clone, Copy)]
pub(super) struct Secure(pub bool);

/// Sets what is the same for all answers, and the closed policy, where the
/// handler set nothing stricter.
pub(super) async fn security(
    State(secure): State<Secure>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in &ALWAYS {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(CLOSED));
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if secure.0 {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

/// The policy of a page. `frames` names the origin of Data Connect where it is
/// shown in a frame of ours; without a nonce no script runs.
///
/// `form-action 'self'` would also stop a POST that is answered by a redirect
/// to another origin; so links are left by a page with `Refresh`, see
/// [`super::leaving`].
pub(super) fn page_policy(nonce: Option<&str>, frames: Option<&str>) -> Option<HeaderValue> {
    let scripts = nonce.map_or_else(
        || "'none'".to_owned(),
        |nonce| format!("'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"),
    );
    let frames = frames.unwrap_or("'none'");
    HeaderValue::from_str(&format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; \
         img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src {frames}; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ))
    .ok()
}
