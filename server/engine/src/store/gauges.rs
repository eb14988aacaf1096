//! What runs beside requests, for machines that watch: no person is in it.

use chrono::{DateTime, Utc};

use super::{
    Read, StoreError,
    sql::{all, one},
};

/// The queue and the events, as they are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Backlog {
    /// Jobs that wait, those of a later time among them.
    pub jobs_waiting: i64,
    /// Of them, those whose time has come.
    pub jobs_due: i64,
    /// Since when the first of these is due.
    pub jobs_due_since: Option<DateTime<Utc>>,
    /// Jobs that run.
    pub jobs_running: i64,
    /// Jobs that were given up.
    pub jobs_dead: i64,
    /// Events that no handler has dealt with.
    pub events_waiting: i64,
    /// Since when the one waits that has waited longest: for its effect, or for one
    /// more.
    pub events_since: Option<DateTime<Utc>>,
    /// Events that were set aside.
    pub events_set_aside: i64,
    /// When the latest sweep that got through began.
    pub swept: Option<DateTime<Utc>>,
    /// Outages that are open.
    pub outages: i64,
}

macro_rules! due {
    () => {
        "FROM jobs WHERE status = 'waiting' AND (run_at IS NULL OR run_at <= $1)"
    };
}

const BACKLOG: &str = concat!(
    "SELECT
    (SELECT count(*) FROM jobs WHERE status = 'waiting') AS jobs_waiting,
    (SELECT count(*) ",
    due!(),
    ") AS jobs_due,
    (SELECT min(COALESCE(run_at, created_at)) ",
    due!(),
    ") AS jobs_due_since,
    (SELECT count(*) FROM jobs WHERE status = 'running') AS jobs_running,
    (SELECT count(*) FROM jobs WHERE status = 'dead') AS jobs_dead,
    (SELECT count(*) FROM events WHERE state = 'waiting') AS events_waiting,
    (SELECT min(COALESCE(queued_at, received_at)) FROM events WHERE state = 'waiting') AS events_since,
    (SELECT count(*) FROM events WHERE state = 'quarantined') AS events_set_aside,
    (SELECT max(started_at) FROM sweeps WHERE finished_at IS NOT NULL) AS swept,
    (SELECT count(*) FROM outages WHERE closed_at IS NULL) AS outages"
);

const BROKEN: &str = "SELECT code, n FROM standings_now
    WHERE institution_id = 0 AND standing = 'broken' AND n <> 0";

impl Read {
    /// The queue and the events at `now` (domain clock).
    pub async fn backlog(&mut self, now: DateTime<Utc>) -> Result<Backlog, StoreError> {
        Ok(one!(self, Backlog, BACKLOG, now)?)
    }

    /// How many connections are broken by which code.
    pub async fn broken_by_code(&mut self) -> Result<Vec<(i64, i64)>, StoreError> {
        Ok(all!(self, (i64, i64), BROKEN)?)
    }
}
