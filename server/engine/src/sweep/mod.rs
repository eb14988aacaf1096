//! The sweep: the accounts of all customers are read once a day.
//!
//! It reads, and never refreshes: Mastercard has refreshed by night. Customers
//! with an open break come first. What a sweep has done is known from the
//! customers' own rows, so that one that died goes on where it was, and memory
//! does not grow with their number.

mod daily;
mod pace;
mod pause;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use futures::{StreamExt, stream};
use relink_mastercard::{CustomerId, Error, model::SimpleAccount};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, mpsc};

pub use daily::read_by;
use pace::Pace;
pub use pace::rate;
use pause::{SliceError, pause, stopped, stops_all};

use crate::{
    connect::{DeleteCustomer, IN_FLIGHT, RemoveAccounts},
    ids::SweepId,
    jobs::{Due, Handle, Job, Jobs, Outcome, Run},
    random::Random,
    readings::Readings,
    store::{
        Store, StoreError,
        sweeps::{Ahead, Sweep},
    },
    time::Clock,
    upstream::{AccountsUpstream, is_unknown_customer},
};

/// Begins the day's sweep. What an unfinished one left is part of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Begin {}

impl Job for Begin {
    const KIND: &'static str = "begin_sweep";

    fn dedupe_key(&self) -> Option<String> {
        Some("begin_sweep".to_owned())
    }
}

/// Goes on with a sweep.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GoOn {
    /// Which one.
    pub sweep: SweepId,
}

impl Job for GoOn {
    const KIND: &'static str = "sweep";
    const BULK: bool = true;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.sweep.to_string())
    }
}

/// What the operator decides about the sweep.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// When a day's sweep begins, UTC.
    pub at: NaiveTime,
    /// Readings a second, at most.
    pub per_second: u32,
    /// Readings at once, at most.
    pub in_flight: u16,
    /// Over how long a sweep is spread.
    pub window: TimeDelta,
    /// For how long one job goes on before it queues the next: a stop of the
    /// program does not wait for a night's work.
    pub slice: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            at: NaiveTime::MIN,
            per_second: 10,
            in_flight: 8,
            window: TimeDelta::hours(4),
            slice: Duration::from_mins(1),
        }
    }
}

/// How many customers are taken from the database at a time.
const PAGE: u16 = 256;
/// How many readings are recorded in one unit of work.
const TOGETHER: usize = 64;

/// What one reading gave.
type Answer = (CustomerId, DateTime<Utc>, Result<Vec<SimpleAccount>, Error>);

/// The use case.
#[derive(Clone)]
pub struct Sweeps {
    store: Store,
    upstream: Arc<dyn AccountsUpstream>,
    readings: Readings,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    jobs: Jobs,
    settings: Settings,
}

impl Sweeps {
    /// `clock` is the domain clock.
    pub fn new(
        store: Store,
        upstream: Arc<dyn AccountsUpstream>,
        readings: Readings,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        jobs: Jobs,
        settings: Settings,
    ) -> Self {
        Self {
            store,
            upstream,
            readings,
            clock,
            random,
            jobs,
            settings,
        }
    }

    /// The latest sweep and how far it has come.
    pub async fn latest(&self) -> Result<Option<Sweep>, StoreError> {
        self.store.read().await?.latest_sweep().await
    }

    /// By when everybody's accounts are read next: what a person may be told.
    pub fn next_reading(&self) -> DateTime<Utc> {
        read_by(self.settings.at, self.settings.window, self.clock.now())
    }

    /// Begins a sweep and queues its first slice. Deletions that are still owed
    /// are tried again with it, also where their job has given up.
    pub async fn begin(&self) -> Result<Sweep, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let new = Sweep {
            id: SweepId(self.random.id(now)),
            started: now,
            due: now + self.settings.window,
            planned: unit.customers_to_read().await?,
            read: 0,
            failed: 0,
            finished: None,
        };
        unit.begin_sweep(&new).await?;
        let first = GoOn { sweep: new.id };
        self.jobs.enqueue(&mut unit, &first, Due::AtOnce).await?;
        for connection in unit.connections_leaving().await? {
            let owed = RemoveAccounts { connection };
            self.jobs.enqueue(&mut unit, &owed, Due::AtOnce).await?;
        }
        for user in unit.customers_to_delete(now - IN_FLIGHT).await? {
            let owed = DeleteCustomer { user };
            self.jobs.enqueue(&mut unit, &owed, Due::AtOnce).await?;
        }
        unit.save().await?;
        Ok(new)
    }

    /// One slice of a sweep; queues the next where more is ahead. A sweep that
    /// a later one has followed is over: what it left is part of that.
    pub async fn go_on(&self, id: SweepId) -> Result<(), StoreError> {
        let latest = self.latest().await?;
        let Some(sweep) = latest.filter(|sweep| sweep.id == id && sweep.finished.is_none()) else {
            return Ok(());
        };
        let next = match self.slice(&sweep).await {
            Ok(true) => None,
            Ok(false) => Some(Due::AtOnce),
            // Not a failed attempt of ours: it goes on when it can.
            Err(SliceError::Stopped(error)) => {
                tracing::warn!(%error, "the sweep pauses");
                Some(Due::At(self.clock.now() + pause(&error)))
            }
            Err(SliceError::Store(error)) => return Err(error),
        };
        let mut unit = self.store.write().await?;
        match next {
            None => unit.finish_sweep(id, self.clock.now()).await?,
            Some(due) => {
                let next = GoOn { sweep: id };
                self.jobs.enqueue(&mut unit, &next, due).await?;
            }
        }
        unit.save().await
    }

    /// Reads until the slice's time is over; true when nothing is ahead.
    async fn slice(&self, sweep: &Sweep) -> Result<bool, SliceError> {
        let until = tokio::time::Instant::now() + self.settings.slice;
        let planned = u64::try_from(sweep.planned).unwrap_or(0);
        let rate = rate(planned, self.settings.window, self.settings.per_second);
        let pace = Mutex::new(Pace::new(rate));
        for ahead in [Ahead::Broken, Ahead::All] {
            // Reading goes on while the database writes.
            let (given, taken) = mpsc::channel(TOGETHER);
            let reading = self.read_all(sweep, ahead, until, &pace, given);
            let recording = self.record_all(sweep.id, taken);
            futures::future::try_join(reading, recording).await?;
            if tokio::time::Instant::now() >= until {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn read_all(
        &self,
        sweep: &Sweep,
        ahead: Ahead,
        until: tokio::time::Instant,
        pace: &Mutex<Pace>,
        given: mpsc::Sender<Result<Answer, StoreError>>,
    ) -> Result<(), SliceError> {
        let customers = self
            .ahead(sweep, ahead, until)
            .take_while(|_| futures::future::ready(tokio::time::Instant::now() < until));
        let mut answers = std::pin::pin!(
            customers
                .map(|customer| self.read(customer, pace))
                .buffer_unordered(self.settings.in_flight.max(1).into())
        );
        while let Some(answer) = answers.next().await {
            if given.send(answer).await.is_err() {
                break;
            }
        }
        Ok(())
    }

    async fn record_all(
        &self,
        sweep: SweepId,
        mut taken: mpsc::Receiver<Result<Answer, StoreError>>,
    ) -> Result<(), SliceError> {
        let mut answers = Vec::with_capacity(TOGETHER);
        while taken.recv_many(&mut answers, TOGETHER).await > 0 {
            self.record(sweep, std::mem::take(&mut answers)).await?;
        }
        Ok(())
    }

    /// The customers that this sweep has not tried, page by page, until the
    /// slice is over. A page that cannot be had ends the stream: the next slice
    /// asks again.
    fn ahead<'a>(
        &'a self,
        sweep: &'a Sweep,
        ahead: Ahead,
        until: tokio::time::Instant,
    ) -> impl futures::Stream<Item = Result<CustomerId, StoreError>> + 'a {
        let pages = stream::unfold(Some(None), move |after| async move {
            let after: Option<CustomerId> = after?;
            if tokio::time::Instant::now() >= until {
                return None;
            }
            let page = async {
                let mut unit = self.store.read().await?;
                unit.customers_ahead(sweep.started, ahead, after.as_ref(), PAGE)
                    .await
            };
            match page.await {
                Ok(page) => {
                    let last = page.last()?.clone();
                    let page: Vec<_> = page.into_iter().map(Ok).collect();
                    Some((page, Some(Some(last))))
                }
                Err(error) => Some((vec![Err(error)], None)),
            }
        });
        pages.flat_map(stream::iter)
    }

    async fn read(
        &self,
        customer: Result<CustomerId, StoreError>,
        pace: &Mutex<Pace>,
    ) -> Result<Answer, StoreError> {
        let customer = customer?;
        pace.lock().await.turn().await;
        let now = self.clock.now();
        let answer = self.upstream.accounts(&customer).await;
        Ok((customer, now, answer))
    }

    /// Records what was read, all in one unit of work. Where that fails, one by
    /// one: a customer whose rows are at odds must not stop the others.
    async fn record(
        &self,
        sweep: SweepId,
        answers: Vec<Result<Answer, StoreError>>,
    ) -> Result<(), SliceError> {
        let mut answers = answers.into_iter().collect::<Result<Vec<Answer>, _>>()?;
        // Two units that take the same customers take them in one order.
        answers.sort_by(|(one, ..), (other, ..)| one.as_str().cmp(other.as_str()));
        let Err(error) = self.record_these(sweep, &answers).await else {
            return stopped(&answers);
        };
        tracing::warn!(%error, "readings are recorded one by one");
        for answer in &answers {
            let Err(error) = self.record_these(sweep, std::slice::from_ref(answer)).await else {
                continue;
            };
            tracing::error!(%error, "a reading could not be recorded");
            let mut unit = self.store.write().await?;
            unit.customer_failed(&answer.0, answer.1).await?;
            unit.sweep_went_on(sweep, 0, 1).await?;
            unit.save().await?;
        }
        stopped(&answers)
    }

    async fn record_these(&self, sweep: SweepId, answers: &[Answer]) -> Result<(), StoreError> {
        let (mut read, mut failed) = (0, 0);
        let mut unit = self.store.write().await?;
        for (customer, at, answer) in answers {
            match answer {
                Ok(listed) => {
                    self.readings
                        .record(&mut unit, customer, listed, *at)
                        .await?;
                    read += 1;
                }
                Err(error) if is_unknown_customer(error) => {
                    self.readings.lost(&mut unit, customer, *at).await?;
                    failed += 1;
                }
                // The customer stays ahead of this sweep.
                Err(error) if stops_all(error) => {}
                Err(error) => {
                    tracing::warn!(%error, "a customer could not be read");
                    unit.customer_failed(customer, *at).await?;
                    failed += 1;
                }
            }
        }
        unit.sweep_went_on(sweep, read, failed).await?;
        unit.save().await
    }
}

#[async_trait::async_trait]
impl Handle<Begin> for Sweeps {
    async fn handle(&self, _: Begin, _: Run) -> Outcome {
        self.begin().await?;
        Ok(())
    }
}

#[async_trait::async_trait]
impl Handle<GoOn> for Sweeps {
    async fn handle(&self, job: GoOn, _: Run) -> Outcome {
        Ok(self.go_on(job.sweep).await?)
    }
}
