//! Connections that a person wants to hear nothing of for a while.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::Notices;
use crate::{identity::SignedIn, ids::ConnectionId, store::StoreError};

/// For how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SnoozeFor {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
}

impl Notices {
    /// Tells nothing of a connection for so long; the end, or `None` if it is
    /// not this person's.
    pub async fn snooze(
        &self,
        person: &SignedIn,
        connection: ConnectionId,
        how_long: SnoozeFor,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        todo!()
    }

    /// Ends it; `false` if there was nothing to end.
    pub async fn unsnooze(
        &self,
        person: &SignedIn,
        connection: ConnectionId,
    ) -> Result<bool, StoreError> {
        todo!()
    }

    /// The person's connections that are snoozed now, and until when.
    pub async fn snoozed(
        &self,
        person: &SignedIn,
    ) -> Result<BTreeMap<ConnectionId, DateTime<Utc>>, StoreError> {
        todo!()
    }
}
