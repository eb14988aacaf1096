//! What is known of a user when it is decided what to tell.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Ask, Preferences, Subject, Way};
use crate::{
    ids::{ConnectionId, OutageId},
    status::Channels,
    store::breaks::Break,
};

/// Everything that [`super::decide`] looks at.
#[derive(Debug, Clone)]
pub struct Facts {
    /// How the user's connections stand.
    pub connections: Vec<Standing>,
    /// All breaks of them.
    pub breaks: Vec<Break>,
    /// Which of them are, or lately were, in an outage.
    pub outages: Vec<Affected>,
    /// What the user was told before.
    pub told: Vec<Told>,
    /// When letters and text messages went out in the last seven days.
    pub sent: Vec<DateTime<Utc>>,
    /// The ways out that the user has and wants.
    pub open: BTreeSet<Way>,
    /// What the user chose.
    pub preferences: Preferences,
    /// The user's zone.
    pub zone: Tz,
    /// Since when the user's mail server refuses our letters.
    pub email_refused: Option<DateTime<Utc>>,
}

/// How one connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub connection: ConnectionId,
    /// What its person would be asked to do; `None` when it is not broken.
    pub ask: Option<Ask>,
    /// Where its code is told, when it is broken.
    pub channels: Option<Channels>,
    /// Whether nothing that a person does at the institution works now.
    pub out_of_reach: bool,
    /// When the permission to read it ends.
    pub permission_ends: Option<DateTime<Utc>>,
    /// Whether its institution is about to change how it is connected.
    pub changes: bool,
    /// Until when its person wants to hear nothing of it.
    pub snoozed: Option<DateTime<Utc>>,
}

/// A connection's part in an outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Affected {
    /// The outage.
    pub outage: OutageId,
    /// The connection.
    pub connection: ConnectionId,
    /// When it was drawn in.
    pub joined: DateTime<Utc>,
    /// When it worked again, or the outage was over.
    pub over: Option<DateTime<Utc>>,
}

/// A notice that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it says.
    pub subject: Subject,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// The ways that it was put on, and when.
    pub on: BTreeMap<Way, DateTime<Utc>>,
    /// Those of them by which it may have arrived.
    pub tried: BTreeSet<Way>,
}

impl Facts {
    /// The notice with this key, if it was made.
    pub fn told(&self, key: &str) -> Option<&Told> {
        self.told.iter().find(|told| told.subject.key() == key)
    }

    /// The outages that draw in `connection` and are not over.
    pub(super) fn covered(&self, connection: ConnectionId) -> bool {
        let mut mine = self
            .outages
            .iter()
            .filter(|one| one.connection == connection);
        mine.any(|one| one.over.is_none())
    }
}
