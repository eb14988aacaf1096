//! Letters to users.
//!
//! A [`Letter`] says what happened and where it leads; the words and the
//! transport are the server's. Use cases queue
//! [`crate::identity::SendLetter`], which becomes a letter when it is sent. A
//! letter carries no account number, balance or Data Connect link.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    identity::{Client, FactorChange, Role},
    notify::Line,
};

/// What a letter says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum About {
    /// Prove that this address is yours.
    ConfirmEmail {
        /// The one-time token of the link.
        token: String,
    },
    /// Somebody signed up with an address that has a sign-in already.
    AlreadySignedUp,
    /// Choose a new password.
    ResetPassword {
        /// The one-time token of the link.
        token: String,
    },
    /// The password was changed.
    PasswordChanged,
    /// Something about the reader's second factors was changed.
    FactorChanged {
        /// What it was.
        change: FactorChange,
        /// When.
        at: DateTime<Utc>,
        /// The reader's time zone, if they chose one.
        zone: Option<String>,
        /// From where, if the reader did it.
        place: Option<Place>,
    },
    /// What named the reader is erased.
    Erased,
    /// You are invited.
    Invitation {
        /// The one-time token of the link.
        token: String,
        /// As what.
        role: Role,
        /// Who invited, by address; absent: somebody at the machine.
        by: Option<String>,
        /// Until when it is good (real clock).
        until: DateTime<Utc>,
    },
    /// Accounts arrived and wait to be kept or removed.
    ChoiceWaiting {
        /// The institution's name.
        institution: String,
        /// The visit that brought them.
        connect_session: crate::ids::ConnectSessionId,
    },
    /// What happened to the reader's connections.
    Notices {
        /// One or more.
        lines: Vec<Line>,
        /// The token that stops letters of this kind.
        unsubscribe: String,
    },
}

/// Without the tokens: whoever has one has the account.
impl std::fmt::Debug for About {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::ConfirmEmail { .. } => "ConfirmEmail",
            Self::AlreadySignedUp => "AlreadySignedUp",
            Self::ResetPassword { .. } => "ResetPassword",
            Self::PasswordChanged => "PasswordChanged",
            Self::FactorChanged { .. } => "FactorChanged",
            Self::Erased => "Erased",
            Self::Invitation { .. } => "Invitation",
            Self::ChoiceWaiting { .. } => "ChoiceWaiting",
            Self::Notices { .. } => "Notices",
        })
    }
}

/// Where something was done from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The network address.
    pub address: IpAddr,
    /// The browser, in its own words.
    pub user_agent: Option<String>,
}

impl From<&Client> for Place {
    fn from(client: &Client) -> Self {
        Self {
            address: client.address,
            user_agent: client.short_user_agent(),
        }
    }
}

/// A letter to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Where to.
    pub to: String,
    /// The reader's language, as a tag (`en`).
    pub language: String,
    /// What it says.
    pub about: About,
}

/// Why a letter was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Try again later: the server is away or busy.
    #[error("the mail server did not take the letter")]
    Later(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The letter will never be taken.
    #[error("the mail server refuses the letter")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No letter to this address will ever be taken.
    #[error("the mail server refuses the address")]
    NoSuchAddress(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Puts letters on their way.
#[async_trait::async_trait]
pub trait Mailer: Send + Sync {
    /// Sends `letter`; `id` is stable over retries and becomes its Message-ID.
    async fn send(&self, id: uuid::Uuid, letter: &Letter) -> Result<(), MailError>;
}
