//! The queue's rows.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{Both, all, one, run},
};
use crate::ids::JobId;

pub(crate) struct NewJob {
    pub(crate) id: JobId,
    pub(crate) kind: &'static str,
    pub(crate) payload: serde_json::Value,
    pub(crate) dedupe_key: Option<String>,
    pub(crate) max_attempts: i32,
    pub(crate) run_at: Option<DateTime<Utc>>,
    pub(crate) created_at: DateTime<Utc>,
}

/// Of two jobs with one key the earlier time holds.
const ADD: &str = "
    INSERT INTO jobs (id, kind, payload, dedupe_key, status, attempt, max_attempts, run_at, created_at)
    VALUES ($1, $2, $3, $4, 'waiting', 0, $5, $6, $7)
    ON CONFLICT (kind, dedupe_key) WHERE status = 'waiting' DO UPDATE SET run_at = CASE
        WHEN jobs.run_at IS NULL OR excluded.run_at IS NULL THEN NULL
        WHEN excluded.run_at < jobs.run_at THEN excluded.run_at
        ELSE jobs.run_at END
    RETURNING id";

/// What a worker asks for.
pub(crate) struct Claim<'a> {
    pub(crate) worker: &'a str,
    pub(crate) kinds: &'a [&'static str],
    pub(crate) domain_now: DateTime<Utc>,
    pub(crate) real_now: DateTime<Utc>,
    pub(crate) lease_until: DateTime<Utc>,
    pub(crate) limit: i64,
}

impl Claim<'_> {
    fn latest(&self) -> DateTime<Utc> {
        self.domain_now.max(self.real_now)
    }
}

#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ClaimedJob {
    pub(crate) id: JobId,
    pub(crate) kind: String,
    pub(crate) payload: Json<serde_json::Value>,
    pub(crate) attempt: i32,
    pub(crate) max_attempts: i32,
    run_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
}

// A job of one of its kinds that waited long enough, by the index that has them in
// the order in which they are taken: however many wait, none is sorted. One without
// a time is taken at once, and was queued on the real clock; so $3, the later of
// both, bounds the index, and what is due is said beside it.
macro_rules! waiting {
    ($jobs:literal, $kinds:literal) => {
        concat!(
            "FROM ",
            $jobs,
            " WHERE status = 'waiting' AND COALESCE(run_at, created_at) <= $3
             AND (run_at IS NULL OR run_at <= $1) AND kind IN (",
            $kinds,
            ")"
        )
    };
}

/// One whose worker was lost.
macro_rules! lost {
    ($kinds:literal) => {
        concat!(
            "FROM jobs WHERE status = 'running' AND lease_until <= $2 AND kind IN (",
            $kinds,
            ")"
        )
    };
}

/// Of the two databases only one needs to be told to leave the rows alone that
/// another transaction is claiming: SQLite has one writer at a time.
macro_rules! claim {
    ($jobs:literal, $kinds:literal, $lock:literal) => {
        concat!(
            "WITH lost AS (SELECT id AS due_id ",
            lost!($kinds),
            " ORDER BY lease_until, id LIMIT $5 ",
            $lock,
            "), waiting AS (SELECT id AS due_id ",
            waiting!($jobs, $kinds),
            " ORDER BY COALESCE(run_at, created_at), id LIMIT $5 ",
            $lock,
            "), due AS (SELECT due_id FROM lost UNION ALL SELECT due_id FROM waiting LIMIT $5)
            UPDATE jobs SET status = 'running', attempt = attempt + 1, lease_until = $6, worker = $7
            FROM due WHERE id = due_id
            RETURNING id, kind, payload, attempt, max_attempts, run_at, created_at"
        )
    };
}

macro_rules! any {
    ($jobs:literal, $kinds:literal) => {
        concat!(
            "SELECT EXISTS (SELECT 1 ",
            waiting!($jobs, $kinds),
            ") OR EXISTS (SELECT 1 ",
            lost!($kinds),
            ")"
        )
    };
}

const CLAIM: Both = Both {
    sqlite: claim!(
        "jobs INDEXED BY jobs_due",
        "SELECT value FROM json_each($4)",
        ""
    ),
    postgres: claim!(
        "jobs",
        "SELECT jsonb_array_elements_text($4)",
        "FOR UPDATE SKIP LOCKED"
    ),
};
const ANY: Both = Both {
    sqlite: any!(
        "jobs INDEXED BY jobs_due",
        "SELECT value FROM json_each($4)"
    ),
    postgres: any!("jobs", "SELECT jsonb_array_elements_text($4)"),
};

const BURY: &str = "
    UPDATE jobs SET status = 'dead', finished_at = $1, lease_until = NULL, last_error = 'its worker was lost'
    WHERE status = 'running' AND lease_until <= $1 AND attempt >= max_attempts
    RETURNING id, kind, attempt, last_error, created_at, finished_at";

const EXTEND: &str = "
    UPDATE jobs SET lease_until = $3 WHERE id = $1 AND attempt = $2 AND status = 'running'";

const FINISH: &str = "
    UPDATE jobs SET status = $3, finished_at = $4, last_error = COALESCE($5, last_error), lease_until = NULL
    WHERE id = $1 AND attempt = $2 AND status = 'running'";

/// A job with the same key may have been queued meanwhile: both run then.
const RETRY: &str = "
    UPDATE jobs SET status = 'waiting', run_at = $3, last_error = $4, lease_until = NULL, worker = NULL,
        dedupe_key = CASE WHEN EXISTS (
            SELECT 1 FROM jobs newer WHERE newer.kind = jobs.kind
            AND newer.dedupe_key = jobs.dedupe_key AND newer.status = 'waiting'
        ) THEN NULL ELSE dedupe_key END
    WHERE id = $1 AND attempt = $2 AND status = 'running'";

const DEAD: &str = "
    SELECT id, kind, attempt, last_error, created_at, finished_at
    FROM jobs WHERE status = 'dead' ORDER BY finished_at DESC, id DESC LIMIT $1";

const REVIVE: &str = "
    UPDATE jobs SET status = 'waiting', attempt = 0, run_at = NULL, dedupe_key = NULL, finished_at = NULL
    WHERE id = $1 AND status = 'dead'";

const PRUNE: &str = "DELETE FROM jobs WHERE status = 'done' AND finished_at < $1";

const SCHEDULES: &str = "SELECT name, next_run_at FROM schedules";

const PLAN: &str = "
    INSERT INTO schedules (name, next_run_at, last_run_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";

const MOVE: &str = "
    UPDATE schedules SET next_run_at = $2, last_run_at = $3 WHERE name = $1 AND next_run_at = $4";

/// How a running job ends for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Done,
    Dead,
}

/// A job that is never tried again by itself.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DeadJob {
    /// The job.
    pub id: JobId,
    /// What kind of work.
    pub kind: String,
    /// How often it was begun.
    pub attempt: i32,
    /// What the last attempt said.
    pub last_error: Option<String>,
    /// When it was queued, on the real clock.
    pub created_at: DateTime<Utc>,
    /// When it died, on the real clock.
    pub finished_at: Option<DateTime<Utc>>,
}

#[derive(Debug, sqlx::FromRow)]
pub(crate) struct ScheduleRow {
    pub(crate) name: String,
    pub(crate) next_run_at: DateTime<Utc>,
}

impl Read {
    pub(crate) async fn any_job_due(&mut self, claim: &Claim<'_>) -> Result<bool, StoreError> {
        let sql = ANY.on(self);
        let found: (bool,) = one!(
            self,
            (bool,),
            sql,
            claim.domain_now,
            claim.real_now,
            claim.latest(),
            Json(claim.kinds)
        )?;
        Ok(found.0)
    }

    pub(crate) async fn dead_jobs(&mut self, limit: i64) -> Result<Vec<DeadJob>, StoreError> {
        Ok(all!(self, DeadJob, DEAD, limit)?)
    }

    pub(crate) async fn schedules(&mut self) -> Result<Vec<ScheduleRow>, StoreError> {
        Ok(all!(self, ScheduleRow, SCHEDULES)?)
    }
}

impl Write {
    /// The id of the job that waits now: the new one's or its twin's.
    pub(crate) async fn add_job(&mut self, job: NewJob) -> Result<JobId, StoreError> {
        self.1.queued = true;
        let (id,) = one!(
            self,
            (JobId,),
            ADD,
            job.id,
            job.kind,
            Json(&job.payload),
            &job.dedupe_key,
            job.max_attempts,
            job.run_at,
            job.created_at
        )?;
        Ok(id)
    }

    /// Begins an attempt of each job that is due, the longest waiting first.
    pub(crate) async fn claim_jobs(
        &mut self,
        claim: &Claim<'_>,
    ) -> Result<Vec<ClaimedJob>, StoreError> {
        let sql = CLAIM.on(self);
        let mut jobs = all!(
            self,
            ClaimedJob,
            sql,
            claim.domain_now,
            claim.real_now,
            claim.latest(),
            Json(claim.kinds),
            claim.limit,
            claim.lease_until,
            claim.worker
        )?;
        jobs.sort_by_key(|job| (job.run_at.unwrap_or(job.created_at), job.id));
        Ok(jobs)
    }

    /// Gives up on jobs whose last attempt's lease ran out.
    pub(crate) async fn bury_jobs(
        &mut self,
        real_now: DateTime<Utc>,
    ) -> Result<Vec<DeadJob>, StoreError> {
        Ok(all!(self, DeadJob, BURY, real_now)?)
    }

    /// `false`: the lease is lost.
    pub(crate) async fn extend_lease(
        &mut self,
        id: JobId,
        attempt: i32,
        until: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, EXTEND, id, attempt, until)? == 1)
    }

    /// `false`: the lease is lost, nothing was changed.
    pub(crate) async fn finish_job(
        &mut self,
        id: JobId,
        attempt: i32,
        end: End,
        error: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let status = match end {
            End::Done => "done",
            End::Dead => "dead",
        };
        Ok(run!(self, FINISH, id, attempt, status, now, error)? == 1)
    }

    /// `false`: the lease is lost, nothing was changed.
    pub(crate) async fn retry_job(
        &mut self,
        id: JobId,
        attempt: i32,
        run_at: DateTime<Utc>,
        error: &str,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, RETRY, id, attempt, run_at, error)? == 1)
    }

    pub(crate) async fn revive_job(&mut self, id: JobId) -> Result<bool, StoreError> {
        self.1.queued = true;
        Ok(run!(self, REVIVE, id)? == 1)
    }

    pub(crate) async fn prune_jobs(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(run!(self, PRUNE, before)?)
    }

    /// Moves a schedule on from the run `planned` that was read; `false` if
    /// another node did.
    pub(crate) async fn move_schedule(
        &mut self,
        name: &str,
        planned: Option<DateTime<Utc>>,
        next: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let moved = match planned {
            None => run!(self, PLAN, name, next, now)?,
            Some(planned) => run!(self, MOVE, name, next, now, planned)?,
        };
        Ok(moved == 1)
    }
}
