//! Who may use the control page: a browser on its own pages, or no browser.

use axum::extract::{Request, State as From};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{Method, StatusCode};
use url::{Host, Url};

use crate::state::Sandbox;

/// Checks host and origin, and sets the page's headers.
pub(super) async fn guard(From(sandbox): From<Sandbox>, request: Request, next: Next) -> Response {
    let own = &sandbox.config().public_origin;
    if !is_our_host(request.headers(), own) {
        return (StatusCode::MISDIRECTED_REQUEST, "unknown host").into_response();
    }
    if !is_safe(request.method()) && !is_same_origin(request.headers()) {
        return (StatusCode::FORBIDDEN, "another site asked for this").into_response();
    }
    let mut response = next.run(request).await;
    for (name, value) in [
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
        ),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get(name)
        .map(|value| value.to_str().unwrap_or("unreadable"))
}

/// A page elsewhere can make a browser post here, but not hide where it is. What
/// sends neither header is no browser, and no page's tool.
fn is_same_origin(headers: &HeaderMap) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text(headers, ORIGIN.as_str()), text(headers, HOST.as_str())) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(origin), Some(host)) => ["http", "https"]
            .iter()
            .any(|scheme| origin == format!("{scheme}://{host}")),
    }
}

/// A name that merely points here (DNS rebinding) would make a foreign page same-origin.
fn is_our_host(headers: &HeaderMap, own: &Url) -> bool {
    let Some(host) = text(headers, HOST.as_str()) else {
        return true;
    };
    let Ok(asked) = Url::parse(&format!("http://{host}")) else {
        return false;
    };
    match asked.host() {
        Some(Host::Ipv4(address)) if address.is_loopback() => true,
        Some(Host::Ipv6(address)) if address.is_loopback() => true,
        Some(Host::Domain("localhost")) => true,
        other => other == own.host(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_our_own_pages_may_post() {
        let host = ("host", "127.0.0.1:4000");
        assert!(is_same_origin(&headers(&[host])));
        assert!(is_same_origin(&headers(&[
            host,
            ("origin", "http://127.0.0.1:4000")
        ])));
        assert!(is_same_origin(&headers(&[
            host,
            ("sec-fetch-site", "same-origin")
        ])));
        for foreign in [
            ("origin", "http://localhost:3000"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert!(!is_same_origin(&headers(&[host, foreign])), "{foreign:?}");
        }
    }

    #[test]
    fn only_our_own_names() {
        let own = Url::parse("http://sandbox.test:4000").unwrap();
        for good in [
            "127.0.0.1:4000",
            "[::1]:4000",
            "localhost:4000",
            "sandbox.test:4000",
        ] {
            assert!(is_our_host(&headers(&[("host", good)]), &own), "{good}");
        }
        for bad in [
            "evil.example",
            "127.0.0.1.evil.example:4000",
            "10.0.0.1:4000",
            "@@",
        ] {
            assert!(!is_our_host(&headers(&[("host", bad)]), &own), "{bad}");
        }
    }
}
