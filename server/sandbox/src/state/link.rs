//! Generated Connect links.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::{CustomerId, InstitutionId, LinkId, LoginId};
use crate::text::hmac_hex;

/// A link is good for two hours; the description shows it as `ttl`.
const LINK_LIFE: Duration = Duration::hours(2);
/// A link in an e-mail is good for three days.
const EMAIL_LIFE: Duration = Duration::days(3);

/// Which experience a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flow {
    /// One institution, given by the partner.
    Lite {
        /// Which.
        institution: InstitutionId,
    },
    /// One broken login.
    Fix {
        /// Which.
        login: LoginId,
    },
    /// With institution search and account management.
    Full,
    /// Two borrowers in one session.
    JointBorrower,
    /// Full, from an e-mail.
    Email,
    /// Joint borrower, from an e-mail.
    EmailJointBorrower,
}

impl Flow {
    /// The link's `type`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Lite { .. } => "lite",
            Self::Fix { .. } => "fix",
            Self::Full | Self::Email => "aggregation",
            Self::JointBorrower | Self::EmailJointBorrower => "jointBorrower",
        }
    }

    fn origin(&self) -> &'static str {
        match self {
            Self::Email | Self::EmailJointBorrower => "email",
            _ => "url",
        }
    }

    fn life(&self) -> Duration {
        match self {
            Self::Email | Self::EmailJointBorrower => EMAIL_LIFE,
            _ => LINK_LIFE,
        }
    }
}

/// Form of webhook bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContentType {
    /// `application/json`.
    #[default]
    Json,
    /// `application/xml`.
    Xml,
}

impl ContentType {
    /// The media type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
        }
    }
}

/// Where events of a session go.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The receiver.
    pub url: url::Url,
    /// Form of the bodies.
    pub content_type: ContentType,
    /// Echoed in every event.
    pub data: Option<Map<String, Value>>,
    /// Sent with every event.
    pub headers: Vec<(http::HeaderName, http::HeaderValue)>,
}

/// What a generate call asks for.
#[derive(Clone, Debug)]
pub struct LinkOrder {
    /// Which experience.
    pub flow: Flow,
    /// Whose accounts.
    pub customer: CustomerId,
    /// Whose reports; not checked.
    pub consumer: Option<String>,
    /// Where the browser goes at the end.
    pub redirect_uri: Option<String>,
    /// Where events go.
    pub webhook: Option<Webhook>,
    /// `default`, a GUID, or nothing.
    pub experience: Option<String>,
    /// `en`, `es`, `fr`, as given.
    pub language: String,
    /// Dies with the first success.
    pub single_use: bool,
}

/// A link and what became of it.
#[derive(Clone, Debug)]
pub struct ConnectLink {
    /// Its signature.
    pub id: LinkId,
    /// What was asked for.
    pub order: LinkOrder,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it ends.
    pub expires: DateTime<Utc>,
    /// When it was opened, each time.
    pub opened: Vec<DateTime<Utc>>,
    /// When a session of it succeeded.
    pub completed: Option<DateTime<Utc>>,
    /// Its place among all links.
    pub place: u64,
    query: String,
}

/// Why a link is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkProblem {
    /// Never issued, or changed since.
    #[error("the link is not one of ours")]
    Unknown,
    /// Older than its time.
    #[error("the link has expired")]
    Expired,
    /// Single use, and used.
    #[error("the link was used")]
    Used,
    /// Its customer or login is gone.
    #[error("what the link is for is gone")]
    Gone,
}

impl ConnectLink {
    /// Signs a new link. `now` must differ by a millisecond between two links, or
    /// two equal orders would get one signature.
    pub(super) fn sign(
        order: LinkOrder,
        partner: &str,
        key: &[u8],
        now: DateTime<Utc>,
        place: u64,
    ) -> Self {
        let expires = now + order.flow.life();
        let unsigned = query_of(&order, partner, now, expires);
        let signature = hmac_hex(key, unsigned.as_bytes());
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in pairs_of(&unsigned) {
            // The signature stands in the middle, as in the description's example.
            if name == "timestamp" {
                query.append_pair("signature", &signature);
            }
            query.append_pair(&name, &value);
        }
        Self {
            id: LinkId(signature),
            order,
            created: now,
            expires,
            opened: Vec::new(),
            completed: None,
            place,
            query: query.finish(),
        }
    }

    /// The link's query string.
    pub(crate) fn query(&self) -> &str {
        &self.query
    }

    /// Whether a session may begin.
    pub(super) fn check(&self, now: DateTime<Utc>) -> Result<(), LinkProblem> {
        if now >= self.expires {
            Err(LinkProblem::Expired)
        } else if self.order.single_use && self.completed.is_some() {
            Err(LinkProblem::Used)
        } else {
            Ok(())
        }
    }
}

/// The id that a link's query claims, when its signature is right.
pub(super) fn verify(query: &str, key: &[u8]) -> Option<LinkId> {
    let mut signature = None;
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs_of(query) {
        if name == "signature" {
            signature = Some(value);
        } else {
            rest.append_pair(&name, &value);
        }
    }
    let signature = signature?;
    let right = hmac_hex(key, rest.finish().as_bytes());
    bool::from(subtle::ConstantTimeEq::ct_eq(
        right.as_bytes(),
        signature.as_bytes(),
    ))
    .then_some(LinkId(signature))
}

fn query_of(order: &LinkOrder, partner: &str, now: DateTime<Utc>, ttl: DateTime<Utc>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("customerId", &order.customer.to_string());
    match &order.flow {
        Flow::Lite { institution } => {
            query.append_pair("institutionId", &institution.to_string());
        }
        Flow::Fix { login } => {
            query.append_pair("institutionLoginId", &login.to_string());
        }
        _ => {}
    }
    if let Some(experience) = &order.experience {
        query.append_pair("experience", experience);
    }
    query.append_pair("language", &order.language);
    query.append_pair("origin", order.flow.origin());
    query.append_pair("partnerId", partner);
    if let Some(redirect_uri) = &order.redirect_uri {
        query.append_pair("redirectUri", redirect_uri);
    }
    query.append_pair("timestamp", &now.timestamp_millis().to_string());
    query.append_pair("ttl", &ttl.timestamp_millis().to_string());
    query.append_pair("type", order.flow.as_str());
    // Published links carried the receiver in clear; partners must not hide anything in it.
    if let Some(webhook) = &order.webhook {
        query.append_pair("webhook", webhook.url.as_str());
    }
    let content_type = order.webhook.as_ref().map(|webhook| webhook.content_type);
    query.append_pair(
        "webhookContentType",
        content_type.unwrap_or_default().as_str(),
    );
    query.finish()
}

fn pairs_of(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"key";

    fn link(single_use: bool) -> ConnectLink {
        let order = LinkOrder {
            flow: Flow::Lite {
                institution: InstitutionId::new(102_105),
            },
            customer: CustomerId(5_025_024_821),
            consumer: None,
            redirect_uri: Some("https://app.example/return?a=b&c=d".to_owned()),
            webhook: None,
            experience: None,
            language: "en".to_owned(),
            single_use,
        };
        ConnectLink::sign(order, "2445583925753", KEY, at(0), 1)
    }

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap() + Duration::minutes(minutes)
    }

    #[test]
    fn a_link_verifies_until_a_letter_changes() {
        let link = link(false);
        assert_eq!(verify(link.query(), KEY), Some(link.id.clone()));
        assert_eq!(verify(link.query(), b"other"), None);
        let tampered = link.query().replace("102105", "102106");
        assert_ne!(tampered, link.query());
        assert_eq!(verify(&tampered, KEY), None);
        assert_eq!(verify(&format!("{}&more=1", link.query()), KEY), None);
        assert_eq!(verify("customerId=1", KEY), None);
        assert_eq!(verify("", KEY), None);
    }

    #[test]
    fn ttl_is_two_hours_in_milliseconds() {
        let link = link(false);
        let value = |name: &str| -> i64 {
            let pairs = pairs_of(link.query());
            let found = pairs.iter().find(|(n, _)| n == name).unwrap();
            found.1.parse().unwrap()
        };
        assert_eq!(value("ttl") - value("timestamp"), 7_200_000);
    }

    #[test]
    fn expiry_and_single_use() {
        let mut link = link(true);
        assert_eq!(link.check(at(119)), Ok(()));
        assert_eq!(link.check(at(120)), Err(LinkProblem::Expired));
        link.completed = Some(at(1));
        assert_eq!(link.check(at(2)), Err(LinkProblem::Used));
        link.order.single_use = false;
        assert_eq!(link.check(at(2)), Ok(()));
    }
}
