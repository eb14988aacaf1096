//! Leaving for Data Connect.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use relink_app::api::shared::InstitutionName;

use super::{App, headers, visit::Asking};

/// The answer to the POST that made the link: a page that leaves at once.
///
/// Refused: 303. Browsers apply `form-action` to the redirects that follow a
/// form's POST, at the first hop and at later ones, whose origins we cannot
/// know; `Refresh` is a navigation of its own. The link stands in this answer
/// and nowhere else.
pub(super) fn page(
    app: &App,
    asking: &Asking,
    institution: &InstitutionName,
    link: &str,
) -> Response {
    let Ok(refresh) = HeaderValue::from_str(&format!("0; url={link}")) else {
        tracing::error!("Mastercard's link cannot stand in a header");
        return super::pages::broken(app, asking);
    };
    let html = relink_app::leaving_page(&app.site, asking.language, institution, link);
    let mut response = (StatusCode::OK, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::REFRESH, refresh);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Not even our origin: the link is the person's, the way to it is ours.
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    if let Some(policy) = headers::page_policy(None, None) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
