//! How long sessions of browsers last.

use chrono::{DateTime, TimeDelta, Utc};

/// The longest visit to Data Connect (a link of 2 hours, a session of 1) and a
/// margin: a sign-in must be there at the return.
const SHORTEST_IDLE: TimeDelta = TimeDelta::hours(4);

/// How long a session lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLifetimes {
    idle: TimeDelta,
    absolute: TimeDelta,
}

/// A sign-in would be gone at the return from Data Connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sessions must last 4 hours unused, and in all no less than unused")]
pub struct LifetimeTooShort;

impl SessionLifetimes {
    /// `idle` without use, `absolute` with.
    pub fn new(idle: TimeDelta, absolute: TimeDelta) -> Result<Self, LifetimeTooShort> {
        if idle < SHORTEST_IDLE || absolute < idle {
            Err(LifetimeTooShort)
        } else {
            Ok(Self { idle, absolute })
        }
    }

    /// How long a session lasts without use.
    pub fn idle(&self) -> TimeDelta {
        self.idle
    }

    /// How long a session lasts at most, however much it is used.
    pub fn absolute(&self) -> TimeDelta {
        self.absolute
    }

    pub(super) fn end(&self, created: DateTime<Utc>, seen: DateTime<Utc>) -> DateTime<Utc> {
        (created + self.absolute).min(seen + self.idle)
    }
}

impl Default for SessionLifetimes {
    fn default() -> Self {
        Self {
            idle: TimeDelta::hours(24),
            absolute: TimeDelta::days(30),
        }
    }
}
