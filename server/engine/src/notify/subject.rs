//! What a notice is about.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{BreakId, ConnectionId, OutageId};

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
