//! What a notice is about.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{BreakId, CampaignId, ConnectionId, OutageId};

/// What a notice is about, as it was when it was made: ids and dates, no words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// A connection broke.
    Broke {
        /// The break.
        of: BreakId,
        /// The connection.
        connection: ConnectionId,
        /// Which of its notices.
        stage: Stage,
        /// What the person was asked to do.
        ask: Ask,
    },
    /// A break that was told of is over.
    Repaired {
        /// The break.
        of: BreakId,
        /// The connection.
        connection: ConnectionId,
    },
    /// The institution is in trouble; nothing for the person to do.
    Outage {
        /// The outage.
        of: OutageId,
        /// The first of the person's connections in it.
        connection: ConnectionId,
    },
    /// An outage that was told of is over.
    Back {
        /// The outage.
        of: OutageId,
        /// The connection that was named.
        connection: ConnectionId,
    },
    /// The permission to read ends.
    PermissionEnds {
        /// The connection.
        connection: ConnectionId,
        /// When.
        by: DateTime<Utc>,
        /// The lead time that came: so many days before, or less.
        days: u16,
    },
    /// The institution changes how it is connected.
    InstitutionChanges {
        /// The connection.
        connection: ConnectionId,
    },
    /// The mail server of the person's address refuses letters.
    EmailRefused {
        /// Since when.
        since: DateTime<Utc>,
    },
}

/// Which notice of a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The first.
    First,
    /// The one that reminds.
    Reminder,
    /// One of a campaign.
    Campaign {
        /// Which.
        of: CampaignId,
    },
    /// One that somebody of support sent.
    ByHand {
        /// From 1.
        number: u16,
    },
}

/// What a person is asked to do about a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Data Connect Fix.
    Fix,
    /// Something elsewhere: at the institution, or a fresh connection.
    Elsewhere,
    /// Nothing: others are on it.
    Nothing,
}

impl Subject {
    /// What makes two notices one: a user is told once a key.
    pub fn key(&self) -> String {
        match self {
            Self::Broke { of, stage, ask, .. } => {
                // That others are on it, and that it is the person's turn after
                // all, are two things to tell.
                let which = match (stage, ask) {
                    (Stage::First, Ask::Nothing) => "news",
                    (Stage::First, Ask::Fix | Ask::Elsewhere) => "first",
                    (Stage::Reminder, _) => "reminder",
                    (Stage::Campaign { of }, _) => &format!("campaign:{of}"),
                    (Stage::ByHand { number }, _) => &format!("by_hand:{number}"),
                };
                format!("broke:{of}:{which}")
            }
            Self::Repaired { of, .. } => format!("repaired:{of}"),
            Self::Outage { of, .. } => format!("outage:{of}"),
            Self::Back { of, .. } => format!("back:{of}"),
            Self::PermissionEnds {
                connection,
                by,
                days,
            } => format!("permission:{connection}:{}:{days}", by.date_naive()),
            Self::InstitutionChanges { connection } => format!("changes:{connection}"),
            Self::EmailRefused { since } => format!("refused:{}", since.timestamp_micros()),
        }
    }

    /// The connection that it is about, where it is about one.
    pub fn connection(&self) -> Option<ConnectionId> {
        match self {
            Self::Broke { connection, .. }
            | Self::Repaired { connection, .. }
            | Self::Outage { connection, .. }
            | Self::Back { connection, .. }
            | Self::PermissionEnds { connection, .. }
            | Self::InstitutionChanges { connection } => Some(*connection),
            Self::EmailRefused { .. } => None,
        }
    }
}
