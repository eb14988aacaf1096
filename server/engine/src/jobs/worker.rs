//! Runs what is due.

use std::{
    any::Any,
    collections::HashMap,
    marker::PhantomData,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use futures::FutureExt;
use tokio::sync::Semaphore;

use super::{Backoff, Handle, Job, JobError, Jobs, Outcome, Run, Schedule};
use crate::{
    random::Random,
    store::{
        Store, StoreError,
        jobs::{Claim, ClaimedJob, End},
    },
    tasks::Tasks,
    time::Clocks,
};

/// How a worker works.
#[derive(Debug, Clone, Copy)]
pub struct WorkerSettings {
    /// How many jobs run at once.
    pub at_once: u16,
    /// How often the queue is looked at without a call: other nodes' jobs,
    /// times that have come, a clock that was moved.
    pub poll: Duration,
    /// For how long a job is claimed; extended while it runs.
    pub lease: TimeDelta,
}

impl Default for WorkerSettings {
    fn default() -> Self {
        Self {
            at_once: 4,
            poll: Duration::from_secs(1),
            lease: TimeDelta::seconds(60),
        }
    }
}

/// Claims jobs and runs them.
pub struct Worker {
    store: Store,
    clocks: Clocks,
    random: Arc<dyn Random>,
    jobs: Jobs,
    settings: WorkerSettings,
    name: String,
    kinds: Vec<&'static str>,
    /// Those of them that do not come in bulk.
    few: Vec<&'static str>,
    handlers: HashMap<&'static str, Handler>,
    schedules: Vec<Schedule>,
    holds: AtomicUsize,
    /// Jobs beside which bulk work rests.
    quiet: AtomicUsize,
}

/// While it lives, its worker queues nothing by schedule, or takes up no bulk work.
pub struct Held<'a>(&'a AtomicUsize);

impl<'a> Held<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[derive(Clone)]
struct Handler {
    run: Arc<dyn Erased>,
    time_limit: TimeDelta,
    backoff: Backoff,
    quiet: bool,
}

#[async_trait::async_trait]
trait Erased: Send + Sync {
    async fn run(&self, payload: serde_json::Value, run: Run) -> Outcome;
}

struct Typed<J, H>(Arc<H>, PhantomData<fn() -> J>);

#[async_trait::async_trait]
impl<J: Job, H: Handle<J>> Erased for Typed<J, H> {
    async fn run(&self, payload: serde_json::Value, run: Run) -> Outcome {
        let job = serde_json::from_value(payload).map_err(JobError::fail)?;
        self.0.handle(job, run).await
    }
}

/// Why an attempt ended without its handler's word.
#[derive(Debug, thiserror::Error)]
enum CutShort {
    #[error("the time limit was reached")]
    TimeLimit,
    #[error("the handler panicked: {0}")]
    Panic(String),
}

impl Worker {
    /// A worker without handlers: it claims only kinds that it handles.
    pub fn new(
        store: Store,
        clocks: Clocks,
        random: Arc<dyn Random>,
        settings: WorkerSettings,
    ) -> Self {
        let jobs = Jobs::new(Arc::clone(&clocks.real), Arc::clone(&random));
        let name = random.token();
        let (kinds, few, handlers, schedules) = Default::default();
        Self {
            store,
            clocks,
            random,
            jobs,
            settings,
            name,
            kinds,
            few,
            handlers,
            schedules,
            holds: AtomicUsize::new(0),
            quiet: AtomicUsize::new(0),
        }
    }

    /// Lets `handler` do the jobs of kind `J`.
    #[must_use]
    pub fn handle<J: Job>(mut self, handler: Arc<impl Handle<J>>) -> Self {
        let run = Arc::new(Typed::<J, _>(handler, PhantomData));
        let known = self.handlers.insert(
            J::KIND,
            Handler {
                run,
                time_limit: J::TIME_LIMIT,
                backoff: J::BACKOFF,
                quiet: J::QUIET,
            },
        );
        debug_assert!(known.is_none(), "two handlers for {}", J::KIND);
        self.kinds.push(J::KIND);
        if !J::BULK {
            self.few.push(J::KIND);
        }
        self
    }

    /// Queues jobs by `schedule`.
    #[must_use]
    pub fn every(mut self, schedule: Schedule) -> Self {
        self.schedules.push(schedule);
        self
    }

    /// Queues nothing by schedule for a while, and catches up after it: whoever
    /// plays a past says what happens on each of its days.
    pub fn hold_schedules(&self) -> Held<'_> {
        Held::new(&self.holds)
    }

    /// Works until `tasks` stops; jobs begun are tasks of their own, and are
    /// waited for by [`Tasks::stop`].
    pub async fn run(self: Arc<Self>, tasks: Tasks) {
        let stop = tasks.stop_signal().clone();
        let slots = Arc::new(Semaphore::new(self.settings.at_once.max(1).into()));
        while let Some(Ok(slot)) = stop
            .run_until_cancelled(Arc::clone(&slots).acquire_owned())
            .await
        {
            // The slot was only waited for: each job takes its own below.
            drop(slot);
            let free = slots.available_permits();
            let claimed = self.claim(free).await.unwrap_or_else(|error| {
                tracing::error!(error = chain(&error), "the job queue cannot be read");
                Vec::new()
            });
            let more = claimed.len() == free;
            for job in claimed {
                let (worker, slot) = (Arc::clone(&self), Arc::clone(&slots).acquire_owned().await);
                drop(tasks.spawn("job", async move {
                    worker.run_one(job).await;
                    drop(slot);
                }));
            }
            if !more {
                let wait = tokio::time::timeout(self.settings.poll, self.store.job_queued());
                if stop.run_until_cancelled(wait).await.is_none() {
                    break;
                }
            }
        }
    }

    /// Runs what is due now, and what that queues, one after the other; how
    /// many attempts it took. For tests, and for commands that end.
    pub async fn run_due(&self) -> Result<usize, StoreError> {
        let mut runs = 0;
        loop {
            let claimed = self.claim(1).await?;
            if claimed.is_empty() {
                return Ok(runs);
            }
            for job in claimed {
                self.run_one(job).await;
                runs += 1;
            }
        }
    }

    /// Begins the next attempt of at most `limit` jobs.
    pub(super) async fn claim(&self, limit: usize) -> Result<Vec<ClaimedJob>, StoreError> {
        let (domain_now, real_now) = (self.clocks.domain.now(), self.clocks.real.now());
        if self.holds.load(Ordering::Relaxed) == 0 {
            Schedule::queue_due(&self.schedules, &self.store, &self.jobs, domain_now).await?;
        }
        let kinds = match self.quiet.load(Ordering::Relaxed) {
            0 => &self.kinds,
            _ => &self.few,
        };
        let claim = Claim {
            worker: &self.name,
            kinds,
            domain_now,
            real_now,
            lease_until: real_now + self.settings.lease,
            limit: i64::try_from(limit).unwrap_or(i64::MAX),
        };
        // A look costs nothing; a claim takes SQLite's only writer.
        if !self.store.read().await?.any_job_due(&claim).await? {
            return Ok(Vec::new());
        }
        let mut unit = self.store.write().await?;
        let buried = unit.bury_jobs(real_now).await?;
        let claimed = unit.claim_jobs(&claim).await?;
        unit.save().await?;
        for job in buried {
            tracing::error!(job.id = %job.id, job.kind = job.kind, job.attempt = job.attempt, "a job's worker was lost too often");
        }
        Ok(claimed)
    }

    async fn run_one(&self, job: ClaimedJob) {
        let Some(handler) = self.handlers.get(job.kind.as_str()).cloned() else {
            return;
        };
        let quiet = handler.quiet.then(|| Held::new(&self.quiet));
        let run = Run {
            id: job.id,
            attempt: small(job.attempt),
            max_attempts: small(job.max_attempts),
        };
        let work = handler.run.run(job.payload.0.clone(), run);
        let limit = handler.time_limit.to_std().unwrap_or_default();
        let work = tokio::time::timeout(limit, AssertUnwindSafe(work).catch_unwind());
        let outcome = tokio::select! {
            done = work => match done {
                Ok(Ok(outcome)) => outcome,
                Ok(Err(panic)) => Err(JobError::retry(CutShort::Panic(words(&*panic)))),
                Err(_) => Err(JobError::retry(CutShort::TimeLimit)),
            },
            () = self.keep_lease(&job) => {
                tracing::warn!(job.id = %job.id, job.kind = job.kind, job.attempt = job.attempt, "a job's lease was lost");
                return;
            }
        };
        drop(quiet);
        match self.settle(&job, handler.backoff, outcome).await {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!(job.id = %job.id, job.kind = job.kind, job.attempt = job.attempt, "a job ended after its lease");
            }
            Err(error) => {
                // The lease runs out, and the job is run again.
                tracing::error!(job.id = %job.id, job.kind = job.kind, error = chain(&error), "a job's end cannot be stored");
            }
        }
    }

    /// Returns when the lease is lost.
    async fn keep_lease(&self, job: &ClaimedJob) {
        let pause = (self.settings.lease / 3).to_std().unwrap_or_default();
        loop {
            tokio::time::sleep(pause).await;
            match self.extend(job).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    tracing::warn!(job.id = %job.id, error = chain(&error), "a lease cannot be extended");
                }
            }
        }
    }

    async fn extend(&self, job: &ClaimedJob) -> Result<bool, StoreError> {
        let mut unit = self.store.write().await?;
        let until = self.clocks.real.now() + self.settings.lease;
        let held = unit.extend_lease(job.id, job.attempt, until).await?;
        unit.save().await?;
        Ok(held)
    }

    /// Stores how the attempt ended; `false` if it is no longer the current
    /// one.
    pub(super) async fn settle(
        &self,
        job: &ClaimedJob,
        backoff: Backoff,
        outcome: Outcome,
    ) -> Result<bool, StoreError> {
        let now = self.clocks.real.now();
        let mut unit = self.store.write().await?;
        let current = match outcome {
            Ok(()) => {
                unit.finish_job(job.id, job.attempt, End::Done, None, now)
                    .await?
            }
            Err(JobError::Retry { after, source }) if job.attempt < job.max_attempts => {
                let after =
                    after.unwrap_or_else(|| backoff.after(small(job.attempt), &*self.random));
                let error = chain(&*source);
                tracing::warn!(
                    job.id = %job.id, job.kind = job.kind, job.attempt = job.attempt,
                    job.retry_after_ms = after.num_milliseconds(), error, "a job's attempt failed"
                );
                unit.retry_job(
                    job.id,
                    job.attempt,
                    self.clocks.domain.now() + after,
                    &error,
                )
                .await?
            }
            Err(JobError::Retry { source, .. } | JobError::Fail { source }) => {
                let error = chain(&*source);
                tracing::error!(job.id = %job.id, job.kind = job.kind, job.attempt = job.attempt, error, "a job is dead");
                unit.finish_job(job.id, job.attempt, End::Dead, Some(&error), now)
                    .await?
            }
        };
        unit.save().await?;
        Ok(current)
    }
}

fn small(count: i32) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no words")
        .to_owned()
}

/// The error and its causes on one line, of bounded length.
fn chain(error: &dyn std::error::Error) -> String {
    const LONGEST: usize = 500;
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text.truncate(text.floor_char_boundary(LONGEST));
    text
}

#[cfg(test)]
#[path = "worker_tests.rs"]
mod tests;

#[cfg(test)]
mod bulk_tests;
