//! What can go wrong in a call. Nothing here holds a secret, a token, a link
//! or a body, so all of it may be logged.

use std::fmt;

use chrono::{DateTime, Utc};

use crate::{AggregationStatusCode, ErrorCode, Operation};

/// Our name for one call, sent as `X-External-Request-Id`; 32 hex digits.
/// Mastercard's support can find the call by it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestReference(pub(crate) String);

impl RequestReference {
    /// A reference that was noted somewhere, or that a fake made up.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The 32 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A call that did not give its answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{operation} ({reference}): {cause}")]
pub struct Error {
    /// What was called. A failed sign-in of ours shows as [`Operation::CreateToken`].
    pub operation: Operation,
    /// Under which reference.
    pub reference: RequestReference,
    /// Why it failed.
    pub cause: Cause,
}

/// Why a call failed. Exhaustive on purpose: a new cause must be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// No answer within the call's time limit. The call may still have taken effect.
    #[error("no answer within the time limit")]
    TimedOut,
    /// No connection, or it broke before the answer was complete.
    #[error("no connection to Mastercard")]
    Unreachable,
    /// Mastercard answered with an error.
    #[error("refused with status {status}{}", Coded(*code))]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// The code in the body, when it was readable.
        code: Option<ErrorCode>,
    },
    /// The institution could not be read: an answer about that login, not a
    /// fault of the call. Neither retried nor counted by the breaker.
    #[error("the aggregation failed with code {code}")]
    Aggregation {
        /// Why.
        code: AggregationStatusCode,
    },
    /// Mastercard refused one of our credentials just now.
    #[error("Mastercard refused our {credential}{}", Coded(*code))]
    CredentialsRejected {
        /// Which one.
        credential: Credential,
        /// The code in the body, when it was readable.
        code: Option<ErrorCode>,
    },
    /// A configured credential was refused before and is not tried again: five
    /// failures lock the partner.
    #[error("our {credential} was refused at {since} and is not tried again")]
    CredentialsBlocked {
        /// Which one.
        credential: Credential,
        /// When they were refused.
        since: DateTime<Utc>,
    },
    /// Whether the credentials were refused before is not known, so they are not tried.
    #[error("the memory of rejected credentials does not answer")]
    CredentialsUnchecked,
    /// Calls of this group failed again and again, or Mastercard asked for a pause.
    #[error("calls of this kind are paused until {until}")]
    CircuitOpen {
        /// When the next call may go out.
        until: DateTime<Utc>,
    },
    /// The answer is not what the description promises: HTML, nonsense, or too long.
    #[error("unreadable answer with status {status}")]
    Unreadable {
        /// The HTTP status.
        status: u16,
    },
    /// Too many calls were in flight for too long.
    #[error("too many calls in flight")]
    Saturated,
    /// No link was made, and nothing but an unanswered `ping` to the given
    /// webhook explains it (see [`crate::client`] for the rule).
    #[error("no link was made (status {status}{}): our webhook did not answer", Coded(*code))]
    LinkRefusedByWebhook {
        /// The HTTP status.
        status: u16,
        /// The code in the body, when there was one.
        code: Option<ErrorCode>,
    },
}

impl Cause {
    /// A short name, for metrics.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::TimedOut => "timed_out",
            Self::Unreachable => "unreachable",
            Self::Rejected { .. } => "rejected",
            Self::Aggregation { .. } => "aggregation_failed",
            Self::CredentialsRejected { .. } => "credentials_rejected",
            Self::CredentialsBlocked { .. } => "credentials_blocked",
            Self::CredentialsUnchecked => "credentials_unchecked",
            Self::CircuitOpen { .. } => "circuit_open",
            Self::Unreadable { .. } => "unreadable",
            Self::Saturated => "saturated",
            Self::LinkRefusedByWebhook { .. } => "webhook_unanswered",
        }
    }

    /// Whether signing in failed, or was not tried, because of what is configured.
    pub const fn is_about_credentials(&self) -> bool {
        matches!(
            self,
            Self::CredentialsRejected { .. }
                | Self::CredentialsBlocked { .. }
                | Self::CredentialsUnchecked
        )
    }
}

/// One of our credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Credential {
    /// The partner id with its secret.
    PartnerSecret,
    /// The application key.
    AppKey,
}

impl Credential {
    /// Both.
    pub const ALL: [Self; 2] = [Self::PartnerSecret, Self::AppKey];
}

impl fmt::Display for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PartnerSecret => "partner secret",
            Self::AppKey => "application key",
        })
    }
}

struct Coded(Option<ErrorCode>);

impl fmt::Display for Coded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(code) => write!(f, ", code {code}"),
            None => Ok(()),
        }
    }
}
