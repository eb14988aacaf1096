//! The figures against a recount, each night; and how what was there before
//! them enters.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{ALL, Key, Sums, Tally, hour_of, recount::Recounting};
use crate::{
    jobs::{Handle, Job, Outcome, Run},
    readings::Readings,
    store::{Read, Store, StoreError},
    time::Clock,
};

/// Holds the figures against a recount, and forgets hours that are long over.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recount {}

impl Job for Recount {
    const KIND: &'static str = "health.recount";
    const QUIET: bool = true;
    const TIME_LIMIT: TimeDelta = TimeDelta::hours(2);

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Lets what was there before the figures enter them. A migration queues it once.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Enter {
    /// Only figures are new, of what is kept already.
    pub figures_only: bool,
}

impl Job for Enter {
    const KIND: &'static str = "health.enter";
    const TIME_LIMIT: TimeDelta = TimeDelta::hours(2);

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// What a recount found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Checked {
    /// When.
    pub at: DateTime<Utc>,
    /// Figures that were not what they should be.
    pub drifted: i64,
    /// Connections that still have an account.
    pub connections: i64,
    /// Accounts that are kept.
    pub accounts: i64,
    /// People with a sign-in.
    pub users: i64,
}

/// The latest recount, and since when there has been none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recounted {
    /// What it found.
    pub latest: Option<Checked>,
    /// When it was, or the first start where there was none; absent before that.
    pub since: Option<DateTime<Utc>>,
}

/// One is made each night; after two days it was missed.
const OVERDUE: TimeDelta = TimeDelta::days(2);

impl Recounted {
    /// Whether one ought to have been made.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.since.is_some_and(|since| now - since > OVERDUE)
    }
}

/// For how long the figures of single hours are kept.
pub const HOURS_KEPT: TimeDelta = TimeDelta::days(8);
/// How many customers enter the figures in one unit of work.
const TOGETHER: u16 = 64;
/// How many drifted figures are named.
const NAMED: usize = 20;

/// Figures that are not what they should be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drift {
    /// How many.
    pub count: usize,
    /// Some of them, and by how much each is too small.
    pub some: Vec<(Key, Sums)>,
}

impl Drift {
    /// The latest first: those of all together come last.
    fn note(&mut self, missing: &Tally) {
        let some = missing.rows().take(NAMED).map(|(key, by)| (*key, *by));
        drop(self.some.splice(..0, some));
        self.some.truncate(NAMED);
        self.count += missing.rows().count();
    }
}

/// The use case.
#[derive(Clone)]
pub struct Checks {
    store: Store,
    readings: Readings,
    clock: Arc<dyn Clock>,
}

impl Checks {
    /// `clock` is the domain clock.
    pub fn new(store: Store, readings: Readings, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            readings,
            clock,
        }
    }

    /// Recounts, and says which figures are too small, and by how much.
    pub async fn drift(&self) -> Result<Drift, StoreError> {
        let mut unit = self.store.read_still().await?;
        let mut missing = Missing::of(&mut unit, self.clock.now()).await?;
        let mut drift = Drift::default();
        while let Some(some) = missing.next(&mut unit).await? {
            drift.note(&some);
        }
        Ok(drift)
    }

    /// Recounts, and adds what is missing. On SQLite nobody else writes while
    /// it lasts; on PostgreSQL it fails where somebody does, and changes nothing.
    pub async fn mend(&self) -> Result<Drift, StoreError> {
        let mut unit = self.store.write_still().await?;
        let mut missing = Missing::of(&mut unit, self.clock.now()).await?;
        let mut drift = Drift::default();
        while let Some(some) = missing.next(&mut unit).await? {
            drift.note(&some);
            // Written in the end, in the order of all figures: others would wait
            // for what was mended first until the last is recounted.
            unit.tally().merge(&some);
        }
        unit.save().await?;
        Ok(drift)
    }

    /// Recounts and stores what was found, beside which figures are too small.
    pub async fn check(&self) -> Result<(Checked, Drift), StoreError> {
        let drift = self.drift().await?;
        // Where a sandbox had moved the clock on, the latest stays the latest.
        let last = self.store.read().await?.latest_recount().await?;
        let now = self.clock.now();
        let now = last.map_or(now, |last| now.max(last.at));
        for (key, by) in &drift.some {
            tracing::error!(?key, ?by, "a figure has drifted");
        }
        let drifted = drift.count;
        let (connections, accounts, users) = self.store.read().await?.count_all().await?;
        let checked = Checked {
            at: now,
            drifted: i64::try_from(drifted).unwrap_or(i64::MAX),
            connections,
            accounts,
            users,
        };
        let mut unit = self.store.write().await?;
        unit.checked(&checked).await?;
        unit.forget_hours(hour_of(now - HOURS_KEPT)).await?;
        unit.save().await?;
        tracing::info!(drifted, connections, "the figures were recounted");
        Ok((checked, drift))
    }

    /// Lets every connection enter that never did, as it stands now; the breaks
    /// before count as they were, and what Fix helps is as the table says now.
    pub async fn enter(&self) -> Result<(), StoreError> {
        let mut after = String::new();
        loop {
            let mut unit = self.store.write().await?;
            let customers = unit.customers_unentered(&after, TOGETHER).await?;
            let Some(last) = customers.last() else { break };
            last.as_str().clone_into(&mut after);
            let now = self.clock.now();
            for customer in &customers {
                unit.hold_customer(customer).await?;
                self.readings.stand_again(&mut unit, customer, now).await?;
            }
            unit.save().await?;
        }
        let mut unit = self.store.write().await?;
        for code in unit.break_codes().await? {
            let fixable = self.readings.table().row(code).fixable;
            unit.set_fixable(code, fixable).await?;
        }
        unit.save().await?;
        self.begin().await
    }

    /// Adds to the figures what they do not have yet.
    async fn begin(&self) -> Result<(), StoreError> {
        self.mend().await?;
        let (now, _) = self.check().await?;
        tracing::info!(connections = now.connections, "the figures have begun");
        Ok(())
    }
}

/// What is missing in the figures, of one institution after the other.
struct Missing {
    recounting: Option<Recounting>,
    places: std::vec::IntoIter<i64>,
    /// Hours before were forgotten.
    since: i64,
}

impl Missing {
    async fn of(unit: &mut Read, now: DateTime<Utc>) -> Result<Self, StoreError> {
        // Hours are forgotten by the clock of a recount, which a sandbox may have moved.
        let last = unit.latest_recount().await?.map_or(now, |it| it.at);
        Ok(Self {
            recounting: Some(Recounting::default()),
            places: unit.counted_institutions().await?.into_iter(),
            since: hour_of(now.max(last) - HOURS_KEPT),
        })
    }

    /// Of all together in the end: that is known last.
    async fn next(&mut self, unit: &mut Read) -> Result<Option<Tally>, StoreError> {
        let Some(mut recounting) = self.recounting.take() else {
            return Ok(None);
        };
        if let Some(place) = self.places.next() {
            let intervals = unit.intervals_at(place).await?;
            let episodes = unit.episodes_at(place).await?;
            let journeys = unit.journeys_at(place).await?;
            let mut counted = recounting.institution(place, &intervals, &episodes, &journeys);
            counted.subtract(&unit.kept_of(place, self.since).await?);
            if counted.rows().next().is_some()
                && unit.institution_name(place).await?.is_none()
                && let Some(name) = unit.name_at(place).await?
            {
                counted.name(place, &name);
            }
            self.recounting = Some(recounting);
            return Ok(Some(counted));
        }
        let mut all = recounting.all();
        let old = |key: &Key| matches!(key, Key::Hour { hour, .. } if *hour < self.since);
        all.merge(&unit.events_by_hour(self.since).await?);
        drop(all.split_off(old));
        all.subtract(&unit.kept_of(ALL, self.since).await?);
        Ok(Some(all))
    }
}

#[async_trait::async_trait]
impl Handle<Recount> for Checks {
    async fn handle(&self, _: Recount, _: Run) -> Outcome {
        self.check().await?;
        Ok(())
    }
}

#[async_trait::async_trait]
impl Handle<Enter> for Checks {
    async fn handle(&self, job: Enter, _: Run) -> Outcome {
        if job.figures_only {
            return Ok(self.begin().await?);
        }
        Ok(self.enter().await?)
    }
}
