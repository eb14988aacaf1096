//! Durable work: what must happen, also when this process dies.
//!
//! A job is queued in the unit of work that makes it necessary and runs at
//! least once, so running it twice must do no harm. A lease keeps two workers
//! apart; when it runs out (crash, stall), another worker begins the next
//! attempt, and the number of the attempt fences off the first.
//!
//! To add a job: (1) a struct with what it needs to know (ids, nothing secret)
//! and [`Job`]; (2) a [`Handle`] on whatever has what the work needs; (3)
//! [`Worker::handle`] where the program is put together.
//!
//! Refused: a ready-made queue. None lets the caller's transaction queue a job
//! on both databases.

mod backoff;
mod desk;
mod prune;
mod schedule;
mod worker;

pub use backoff::Backoff;
pub use desk::{JobCount, JobDesk, JobState, ListedJob, MOST_COUNTED, Planned};
pub use prune::{Prune, Pruner};
pub use schedule::Schedule;
pub use worker::{Held, Worker, WorkerSettings};

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, de::DeserializeOwned};

pub use crate::store::jobs::DeadJob;
use crate::{
    identity::{Admin, Viewer},
    ids::JobId,
    random::Random,
    store::{Read, StoreError, Write, jobs::NewJob},
    time::Clock,
};

/// The cause of a failed attempt.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Work that can be queued. The fields are stored as JSON and read back by a
/// later version of this program: add fields with a default, or a new kind.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name of this kind of work; never changes.
    const KIND: &'static str;
    /// After so many attempts it is dead.
    const MAX_ATTEMPTS: u16 = 12;
    /// How long one attempt may take.
    const TIME_LIMIT: TimeDelta = TimeDelta::minutes(5);
    /// How long until the next attempt.
    const BACKOFF: Backoff = Backoff::STANDARD;

    /// Whether it comes by the thousand, and nobody waits for one of them: it rests
    /// while a [`Job::QUIET`] one runs.
    const BULK: bool = false;
    /// Whether it reads one instant for minutes. What is written meanwhile stays in
    /// SQLite's log, and is then a burden to whoever writes.
    const QUIET: bool = false;

    /// While a job of this kind with the same key waits, no second is queued;
    /// the earlier of both times holds. A running one does not count: it may
    /// have looked before the fact that asks for this one.
    fn dedupe_key(&self) -> Option<String> {
        None
    }
}

/// When a job is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// As soon as a worker is free, whatever the domain clock says.
    AtOnce,
    /// From this instant of the domain clock on.
    At(DateTime<Utc>),
}

/// What became of a request to queue a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queued {
    /// It waits.
    New(JobId),
    /// This one with the same dedupe key waited already.
    Already(JobId),
}

/// How an attempt ends.
pub type Outcome = Result<(), JobError>;

/// Why an attempt did not do its work. The texts of the cause are stored and
/// logged: nothing secret in them.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may work later.
    #[error("the attempt failed")]
    Retry {
        /// When the outside said when; else [`Job::BACKOFF`] says.
        after: Option<TimeDelta>,
        /// Why.
        source: Cause,
    },
    /// It will never work.
    #[error("the job cannot be done")]
    Fail {
        /// Why.
        source: Cause,
    },
}

impl JobError {
    /// Try again after the usual time.
    pub fn retry(cause: impl Into<Cause>) -> Self {
        Self::Retry {
            after: None,
            source: cause.into(),
        }
    }

    /// Try again after `after`.
    pub fn retry_after(after: TimeDelta, cause: impl Into<Cause>) -> Self {
        Self::Retry {
            after: Some(after),
            source: cause.into(),
        }
    }

    /// Never try again.
    pub fn fail(cause: impl Into<Cause>) -> Self {
        Self::Fail {
            source: cause.into(),
        }
    }
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Database(_) => Self::retry(error),
            StoreError::BadData { .. } => Self::fail(error),
        }
    }
}

/// The attempt that runs.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// Stable over all attempts: an idempotency key for the outside.
    pub id: JobId,
    /// From 1.
    pub attempt: u16,
    /// Of so many.
    pub max_attempts: u16,
}

impl Run {
    /// Whether the job is dead after this one fails.
    pub fn is_last(&self) -> bool {
        self.attempt >= self.max_attempts
    }
}

/// Does the work of one kind of job.
#[async_trait::async_trait]
pub trait Handle<J: Job>: Send + Sync + 'static {
    /// One attempt. Dropped at [`Job::TIME_LIMIT`] or when the lease is lost.
    async fn handle(&self, job: J, run: Run) -> Outcome;
}

/// Puts jobs into the queue. Cheap to clone.
#[derive(Clone)]
pub struct Jobs {
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Jobs {
    /// `clock` is the real one: it dates the queue's own rows.
    pub fn new(clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self { clock, random }
    }

    /// Queues `job` within `unit`: it exists when, and only when, `unit` is
    /// saved.
    pub async fn enqueue<J: Job>(
        &self,
        unit: &mut Write,
        job: &J,
        due: Due,
    ) -> Result<Queued, StoreError> {
        let payload = serde_json::to_value(job).map_err(StoreError::bad("jobs", "payload"))?;
        self.add(
            unit,
            J::KIND,
            payload,
            job.dedupe_key(),
            J::MAX_ATTEMPTS,
            due,
        )
        .await
    }

    async fn add(
        &self,
        unit: &mut Write,
        kind: &'static str,
        payload: serde_json::Value,
        dedupe_key: Option<String>,
        max_attempts: u16,
        due: Due,
    ) -> Result<Queued, StoreError> {
        let now = self.clock.now();
        let id = JobId(self.random.id(now));
        let run_at = match due {
            Due::AtOnce => None,
            Due::At(instant) => Some(instant),
        };
        let job = NewJob {
            id,
            kind,
            payload,
            dedupe_key,
            max_attempts: max_attempts.into(),
            run_at,
            created_at: now,
        };
        let waiting = unit.add_job(job).await?;
        Ok(if waiting == id {
            Queued::New(id)
        } else {
            Queued::Already(waiting)
        })
    }

    /// The dead jobs, the newest first.
    pub async fn dead(
        &self,
        _: &Viewer,
        unit: &mut Read,
        limit: u16,
    ) -> Result<Vec<DeadJob>, StoreError> {
        unit.dead_jobs(limit.into()).await
    }

    /// Gives a dead job all its attempts again; `false` if it is not dead.
    pub async fn revive(
        &self,
        _: &Admin,
        unit: &mut Write,
        job: JobId,
    ) -> Result<bool, StoreError> {
        unit.revive_job(job).await
    }
}
