//! The same-origin check on every request that can change something.
//!
//! A request of another site is refused before anything reads it. Browsers say
//! where a request comes from in `Sec-Fetch-Site`, older ones in `Origin`; a
//! request that says neither comes from no browser we serve. (Refused: a token
//! in each form, which has to be carried through every page and every cache.)

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use relink_app::api::paths;

/// Paths whose callers are no browsers: each proves itself by a signature.
const SIGNED: [&str; 3] = [
    "/webhooks/mastercard/",
    super::callbacks::BOUNCES,
    super::callbacks::TEXTS,
];

/// What a mail program posts to without saying where from (RFC 8058): the token
/// is the proof, and all that it can do is to stop letters.
const ONE_CLICK: &str = paths::UNSUBSCRIBE;

/// Our own origin, as browsers write it.
#[derive(Debug, Clone)]
pub(super) struct OwnOrigin(pub String);

/// Refuses unsafe requests of other sites.
pub(super) async fn same_origin(
    State(own): State<OwnOrigin>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let free = is_safe(request.method())
        || path == ONE_CLICK
        || SIGNED.iter().any(|signed| path.starts_with(signed));
    if free || is_own(request.headers(), &own.0) {
        return next.run(request).await;
    }
    tracing::warn!(http.path = path, "a request of another site was refused");
    // A line of text: no page of ours leads here, so nobody comes back to one.
    let text =
        "This request came from another site, so it was not carried out. Go back and try again.";
    (StatusCode::FORBIDDEN, text).into_response()
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_own(headers: &HeaderMap, own: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    // `same-site` is not enough: another port of localhost is the same site.
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) if site != "same-origin" => false,
        (_, Some(origin)) => origin == own,
        (Some(_), None) => true,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::browser(&[("sec-fetch-site", "same-origin"), ("origin", "https://a.example")], true)]
    #[case::old_browser(&[("origin", "https://a.example")], true)]
    #[case::no_origin(&[("sec-fetch-site", "same-origin")], true)]
    #[case::other_site(&[("sec-fetch-site", "cross-site"), ("origin", "https://b.example")], false)]
    #[case::other_port(&[("sec-fetch-site", "same-site"), ("origin", "https://a.example:8443")], false)]
    #[case::typed_in(&[("sec-fetch-site", "none")], false)]
    #[case::opaque(&[("origin", "null")], false)]
    #[case::lying_site(&[("sec-fetch-site", "same-origin"), ("origin", "https://b.example")], false)]
    #[case::nothing_said(&[], false)]
    fn who_may_change_something(#[case] said: &[(&'static str, &'static str)], #[case] own: bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.insert(*name, value.parse().unwrap());
        }
        assert_eq!(is_own(&headers, "https://a.example"), own);
    }
}
