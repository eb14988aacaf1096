//! The queue as staff look at it.

use chrono::{DateTime, Utc};

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, run},
};
use crate::{ids::JobId, jobs::JobState};

/// A job that is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedJob {
    /// The job.
    pub id: JobId,
    /// What kind of work.
    pub kind: String,
    /// How far it is.
    pub state: JobState,
    /// How often it was begun.
    pub attempt: i32,
    /// Of so many.
    pub max_attempts: i32,
    /// From when on it runs (domain clock); absent: at once.
    pub run_at: Option<DateTime<Utc>>,
    /// What its latest failure said.
    pub last_error: Option<String>,
    /// When it was queued (real clock).
    pub created: DateTime<Utc>,
}

/// Up to where jobs of a kind are counted on the page of jobs.
pub const MOST_COUNTED: i64 = 10_000;

/// Jobs of one kind that are equally far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobCount {
    /// What kind of work.
    pub kind: String,
    /// How far they are.
    pub state: JobState,
    /// How many: up to one more than was asked for.
    pub count: i64,
    /// Since when the oldest is there (real clock).
    pub oldest: DateTime<Utc>,
}

/// Something that comes back.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Planned {
    /// Its name.
    pub name: String,
    /// When it was queued last (domain clock).
    #[sqlx(rename = "last_run_at")]
    pub last: Option<DateTime<Utc>>,
    /// When it is queued next (domain clock).
    #[sqlx(rename = "next_run_at")]
    pub next: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: JobId,
    kind: String,
    status: String,
    attempt: i32,
    max_attempts: i32,
    run_at: Option<DateTime<Utc>>,
    last_error: Option<String>,
    created_at: DateTime<Utc>,
}

impl TryFrom<Row> for ListedJob {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            kind: row.kind,
            state: state(&row.status)?,
            attempt: row.attempt,
            max_attempts: row.max_attempts,
            run_at: row.run_at,
            last_error: row.last_error,
            created: row.created_at,
        })
    }
}

fn state(status: &str) -> Result<JobState, StoreError> {
    let read = JobState::read(status);
    read.ok_or_else(|| StoreError::bad("jobs", "status")("an unknown status"))
}

macro_rules! jobs {
    ($rest:literal) => {
        concat!(
            "SELECT id, kind, status, attempt, max_attempts, run_at, last_error, created_at
            FROM jobs WHERE status <> 'done' AND ",
            $rest
        )
    };
}

const ONE: &str = jobs!("id = $1");
const LIST: &str = jobs!(
    "status = $1 AND ($2 = '' OR kind = $2) AND (created_at, id) > ($3, $4)
    ORDER BY created_at, id LIMIT $5"
);

// From kind to kind by the index, and of each so many at most: tens of thousands
// wait for the morning.
const COUNTS: &str = "WITH RECURSIVE kinds (kind) AS (
        SELECT min(kind) FROM jobs WHERE status <> 'done'
        UNION ALL SELECT (SELECT min(j.kind) FROM jobs j WHERE j.status <> 'done' AND j.kind > kinds.kind)
            FROM kinds WHERE kinds.kind IS NOT NULL
    ), states (status) AS (VALUES ('dead'), ('running'), ('waiting'))
    SELECT kind, status, n, oldest FROM (SELECT k.kind, s.status,
        (SELECT count(*) FROM (SELECT 1 FROM jobs j WHERE j.status <> 'done' AND j.kind = k.kind
            AND j.status = s.status LIMIT $1 + 1) AS counted) AS n,
        (SELECT min(j.created_at) FROM jobs j WHERE j.status <> 'done' AND j.kind = k.kind
            AND j.status = s.status) AS oldest
        FROM kinds k CROSS JOIN states s WHERE k.kind IS NOT NULL) AS counted
    WHERE n > 0 ORDER BY kind, status";

const PLANNED: &str = "SELECT name, last_run_at, next_run_at FROM schedules ORDER BY name";

// A worker whose job is gone from under it loses the lease and stops. One that
// was given up is put away, and pruned as those that are done.
const CANCEL: &str = "
    UPDATE jobs SET status = CASE WHEN status = 'dead' THEN 'done' ELSE 'dead' END,
        last_error = CASE WHEN status = 'dead' THEN last_error ELSE 'cancelled by staff' END,
        finished_at = $2, lease_until = NULL
    WHERE id = $1 AND status = $3";

impl Read {
    /// Jobs of a state, the oldest first.
    pub(crate) async fn list_jobs(
        &mut self,
        state: JobState,
        kind: &str,
        after: (DateTime<Utc>, JobId),
        limit: i64,
    ) -> Result<Vec<ListedJob>, StoreError> {
        let rows = all!(
            self,
            Row,
            LIST,
            state.as_str(),
            kind,
            after.0,
            after.1,
            limit
        )?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// One job, unless it is done.
    pub(crate) async fn listed_job(&mut self, id: JobId) -> Result<Option<ListedJob>, StoreError> {
        maybe!(self, Row, ONE, id)?
            .map(TryInto::try_into)
            .transpose()
    }

    /// How many of each kind are how far. Whether there are more than `most` is
    /// known, but not how many.
    pub async fn count_jobs(&mut self, most: i64) -> Result<Vec<JobCount>, StoreError> {
        type Count = (String, String, i64, DateTime<Utc>);
        let rows = all!(self, Count, COUNTS, most)?;
        let count = |(kind, status, count, oldest): Count| {
            Ok(JobCount {
                kind,
                state: state(&status)?,
                count,
                oldest,
            })
        };
        rows.into_iter().map(count).collect()
    }

    /// What comes back, and when.
    pub(crate) async fn planned(&mut self) -> Result<Vec<Planned>, StoreError> {
        Ok(all!(self, Planned, PLANNED)?)
    }
}

impl Write {
    /// Takes a job out of the queue; false if it is not as far any more.
    pub(crate) async fn cancel_job(
        &mut self,
        id: JobId,
        before: JobState,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, CANCEL, id, now, before.as_str())? == 1)
    }
}
