//! Figures of the whole installation, for admins.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Read, StoreError, sql::one};
use crate::identity::Viewer;

/// How many there are of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Figures {
    /// People with a sign-in.
    pub users: i64,
    /// Connections that still have an account.
    pub connections: i64,
    /// Accounts that are kept.
    pub accounts: i64,
    /// Events of the last 24 hours.
    pub events: i64,
    /// Events that no handler has dealt with.
    pub events_waiting: i64,
    /// Jobs that wait or run.
    pub jobs_waiting: i64,
    /// Jobs that were given up.
    pub jobs_dead: i64,
}

const FIGURES: &str = "SELECT
    (SELECT count(*) FROM users) AS users,
    (SELECT count(DISTINCT connection_id) FROM accounts WHERE choice <> 'removed') AS connections,
    (SELECT count(*) FROM accounts WHERE choice = 'kept') AS accounts,
    (SELECT count(*) FROM events WHERE received_at >= $1) AS events,
    (SELECT count(*) FROM events WHERE state = 'waiting') AS events_waiting,
    (SELECT count(*) FROM jobs WHERE status IN ('waiting', 'running')) AS jobs_waiting,
    (SELECT count(*) FROM jobs WHERE status = 'dead') AS jobs_dead";

impl Read {
    /// The figures at `now` (domain clock).
    pub async fn figures(&mut self, _: &Viewer, now: DateTime<Utc>) -> Result<Figures, StoreError> {
        Ok(one!(self, Figures, FIGURES, now - TimeDelta::days(1))?)
    }
}
