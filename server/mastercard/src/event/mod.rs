//! Data Connect events (webhooks): who sent them, what kind they are, and what
//! may be kept of them.
//!
//! ```text
//! raw body ──▶ is_ping?  ──yes──▶ answer 200, keep nothing
//!                 │ no
//!                 ▼
//!          signature::verify (raw bytes, never re-serialised)
//!                 ▼
//!          redact ──▶ RedactedEvent: all that is stored and handled
//! ```

mod redact;
pub mod signature;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use redact::{NotAnEvent, REFERENCE_KEY, RedactedAccount, RedactedEvent, is_ping, redact};

/// What an event tells. Success of a repair has two faces: `Added` for OAuth
/// institutions, `CredentialsUpdated` for the others; `Done` alone proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// Sent while a link is being made; unanswered, there is no link.
    Ping,
    /// The link was opened.
    Started,
    /// Data Connect's own search found nothing.
    InstitutionNotFound,
    /// The chosen institution cannot be used.
    InstitutionNotSupported,
    /// The chosen institution can be used.
    InstitutionSupported,
    /// The person has signed in or is choosing accounts.
    Adding,
    /// The institution asked a second question.
    Mfa,
    /// The sign-in was refused.
    InvalidCredentials,
    /// The institution or the platform failed.
    UnableToConnect,
    /// Signed in, accounts found, not chosen yet.
    Discovered,
    /// Accounts are connected.
    Added,
    /// The sign-in of a login was renewed.
    CredentialsUpdated,
    /// The person removed accounts on Data Connect's manage screen.
    AccountsDeleted,
    /// The session is over.
    Done,
    /// A kind this crate does not know, under its name.
    Unknown(String),
}

/// Every known kind under its official name.
const NAMES: [(EventKind, &str); 14] = [
    (EventKind::Ping, "ping"),
    (EventKind::Started, "started"),
    (EventKind::InstitutionNotFound, "institutionNotFound"),
    (
        EventKind::InstitutionNotSupported,
        "institutionNotSupported",
    ),
    (EventKind::InstitutionSupported, "institutionSupported"),
    (EventKind::Adding, "adding"),
    (EventKind::Mfa, "mfa"),
    (EventKind::InvalidCredentials, "invalidCredentials"),
    (EventKind::UnableToConnect, "unableToConnect"),
    (EventKind::Discovered, "discovered"),
    (EventKind::Added, "added"),
    (EventKind::CredentialsUpdated, "credentialsUpdated"),
    (EventKind::AccountsDeleted, "accountsDeleted"),
    (EventKind::Done, "done"),
];

impl EventKind {
    /// The kind of this official name.
    pub fn parse(name: &str) -> Self {
        let known = NAMES.iter().find(|(_, known)| *known == name);
        known.map_or_else(|| Self::Unknown(name.to_owned()), |(kind, _)| kind.clone())
    }

    /// The official name.
    pub fn as_str(&self) -> &str {
        if let Self::Unknown(name) = self {
            return name;
        }
        NAMES
            .iter()
            .find(|(kind, _)| kind == self)
            .map_or("", |(_, name)| name)
    }
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for EventKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for EventKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self::parse(&name))
    }
}
