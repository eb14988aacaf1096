//! Connections that a person wants to hear nothing of for a while.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

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

impl SnoozeFor {
    pub(super) fn span(self) -> TimeDelta {
        TimeDelta::days(match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
        })
    }
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
        let until = self.clocks.domain.now() + how_long.span();
        let mut unit = self.store.write().await?;
        if !unit.snooze(person.user(), connection, until).await? {
            return Ok(None);
        }
        self.look_at(&mut unit, person.user()).await?;
        unit.save().await?;
        Ok(Some(until))
    }

    /// Ends it; `false` if there was nothing to end.
    pub async fn unsnooze(
        &self,
        person: &SignedIn,
        connection: ConnectionId,
    ) -> Result<bool, StoreError> {
        let mut unit = self.store.write().await?;
        let ended = unit.unsnooze(person.user(), connection).await?;
        self.look_at(&mut unit, person.user()).await?;
        unit.save().await?;
        Ok(ended)
    }

    /// The person's connections that are snoozed now, and until when.
    pub async fn snoozed(
        &self,
        person: &SignedIn,
    ) -> Result<BTreeMap<ConnectionId, DateTime<Utc>>, StoreError> {
        let now = self.clocks.domain.now();
        let mut unit = self.store.read().await?;
        let mut snoozes = unit.snoozes(person.user()).await?;
        snoozes.retain(|_, until| *until > now);
        Ok(snoozes)
    }
}
