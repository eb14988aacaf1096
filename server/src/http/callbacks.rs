//! What mail providers and text message gateways tell us.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use relink_engine::notify::Phone;
use relink_mastercard::event::signature;
use secrecy::SecretString;
use serde::Deserialize;
use url::form_urlencoded;

use super::App;
use crate::sms;

/// Where a gateway reports.
pub(super) const TEXTS: &str = "/webhooks/sms";
/// Where refused addresses are named.
pub(super) const BOUNCES: &str = "/webhooks/mail/bounces";

/// The header with the signature of a bounce.
const SIGNATURE: &str = "x-relink-signature";

/// What those who call us back sign with; without it they are not listened to.
#[derive(Debug, Clone, Default)]
pub struct Callers {
    /// Who names refused addresses.
    pub bounces: Option<SecretString>,
    /// The gateway for text messages.
    pub texts: Option<SecretString>,
}

#[derive(Deserialize)]
struct Bounce {
    address: String,
    permanent: bool,
}

/// `POST /webhooks/mail/bounces`: an address that a mail server refused.
pub(super) async fn bounce(State(app): State<App>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(key) = &app.callers.bounces else {
        return StatusCode::NOT_FOUND;
    };
    let signature = text(&headers, SIGNATURE);
    if signature::verify(&body, signature, std::slice::from_ref(key)).is_none() {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(bounce) = serde_json::from_slice::<Bounce>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    if !bounce.permanent {
        return StatusCode::OK;
    }
    match app.notices.bounced(&bounce.address).await {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            tracing::error!(error = super::chain(&error), "a bounce could not be stored");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

/// `POST /webhooks/sms`: what somebody answered to a text message.
pub(super) async fn reply(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(token) = &app.callers.texts else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let url = format!("{}{TEXTS}", app.settings.origin);
    let signature = text(&headers, sms::signature::HEADER);
    if !sms::signature::is_good(token, &url, &fields, signature) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let field = |name: &str| {
        let mut all = fields.iter();
        all.find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    };
    // A sender without a number of the usual kind (a short code) is nobody of
    // ours.
    if let Ok(phone) = Phone::parse(field("From"))
        && let Err(error) = app.notices.sms_received(&phone, field("Body")).await
    {
        tracing::error!(error = super::chain(&error), "a reply could not be stored");
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    // Nothing is answered: the carrier confirms a STOP by itself.
    ([(header::CONTENT_TYPE, "text/xml")], "<Response/>").into_response()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}
