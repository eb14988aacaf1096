//! The queue, for staff: what waits, runs and was given up; another try, or
//! none.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Jobs;
pub use crate::store::job_list::{JobCount, ListedJob, MOST_COUNTED, Planned};
use crate::{
    audit::{Act, Actor, Audit},
    identity::{Admin, Client, Viewer},
    ids::JobId,
    store::{Store, StoreError},
    time::Clock,
};

/// How far a job is that is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// In the queue.
    Waiting,
    /// A worker has it.
    Running,
    /// Given up.
    Dead,
}

impl JobState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Running, Self::Dead];

    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Dead => "dead",
        }
    }

    /// Reads it back.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// What staff do with the queue.
#[derive(Clone)]
pub struct JobDesk {
    store: Store,
    jobs: Jobs,
    clock: Arc<dyn Clock>,
    audit: Audit,
}

impl JobDesk {
    /// `clock` is the real one.
    pub fn new(store: Store, jobs: Jobs, clock: Arc<dyn Clock>, audit: Audit) -> Self {
        Self {
            store,
            jobs,
            clock,
            audit,
        }
    }

    /// How many of each kind are how far, and what comes back.
    pub async fn overview(&self, _: &Viewer) -> Result<(Vec<JobCount>, Vec<Planned>), StoreError> {
        let mut unit = self.store.read().await?;
        Ok((unit.count_jobs(MOST_COUNTED).await?, unit.planned().await?))
    }

    /// Jobs of a state, the oldest first; of one kind, if it is named.
    pub async fn list(
        &self,
        _: &Viewer,
        state: JobState,
        kind: Option<&str>,
        after: Option<(DateTime<Utc>, JobId)>,
        limit: i64,
    ) -> Result<Vec<ListedJob>, StoreError> {
        let after = after.unwrap_or((DateTime::UNIX_EPOCH, JobId(Uuid::nil())));
        let mut unit = self.store.read().await?;
        unit.list_jobs(state, kind.unwrap_or_default(), after, limit)
            .await
    }

    /// Gives a job that was given up all its attempts again; false if it was not.
    pub async fn retry(
        &self,
        admin: &Admin,
        client: &Client,
        id: JobId,
    ) -> Result<bool, StoreError> {
        let mut unit = self.store.write().await?;
        let Some(job) = unit.listed_job(id).await? else {
            return Ok(false);
        };
        if !self.jobs.revive(admin, &mut unit, id).await? {
            return Ok(false);
        }
        let act = Act::JobRetried {
            job: id,
            kind: job.kind,
        };
        let actor = Actor::person(admin.as_ref(), client);
        self.audit.record(&mut unit, &actor, &act).await?;
        unit.save().await?;
        Ok(true)
    }

    /// Gives up on a job that waits or runs, and puts away one that was given
    /// up; false if there is none, or it has moved on.
    pub async fn cancel(
        &self,
        admin: &Admin,
        client: &Client,
        id: JobId,
    ) -> Result<bool, StoreError> {
        let mut unit = self.store.write().await?;
        let Some(job) = unit.listed_job(id).await? else {
            return Ok(false);
        };
        if !unit.cancel_job(id, job.state, self.clock.now()).await? {
            return Ok(false);
        }
        let act = Act::JobCancelled {
            job: id,
            kind: job.kind,
            before: job.state,
        };
        let actor = Actor::person(admin.as_ref(), client);
        self.audit.record(&mut unit, &actor, &act).await?;
        unit.save().await?;
        Ok(true)
    }
}
