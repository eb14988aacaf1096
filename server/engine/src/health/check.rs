//! The figures against a recount, each night; and how what was there before
//! them enters.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{ALL, Key, Tally, hour_of, recount::Recounting};
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
    const TIME_LIMIT: TimeDelta = TimeDelta::hours(2);

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// Lets connections that were there before the figures enter them. A migration
/// queues it once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Enter {}

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

/// For how long the figures of single hours are kept.
pub const HOURS_KEPT: TimeDelta = TimeDelta::days(8);
/// How many customers enter the figures in one unit of work.
const TOGETHER: u16 = 64;
/// How many drifted figures are named in the log.
const NAMED: usize = 20;

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

    /// Recounts, and says by how much each figure is too small.
    pub async fn drift(&self) -> Result<Tally, StoreError> {
        let mut unit = self.store.read_still().await?;
        drift(&mut unit, self.clock.now()).await
    }

    /// Recounts, and adds what is missing. On SQLite nobody else writes while
    /// it lasts; on PostgreSQL it fails where somebody does, and changes nothing.
    pub async fn mend(&self) -> Result<Tally, StoreError> {
        let mut unit = self.store.write_still().await?;
        let missing = drift(&mut unit, self.clock.now()).await?;
        unit.tally().merge(&missing);
        unit.save().await?;
        Ok(missing)
    }

    /// Recounts and stores what was found, beside by how much each figure is too
    /// small.
    pub async fn check(&self) -> Result<(Checked, Tally), StoreError> {
        let drift = self.drift().await?;
        // Where a sandbox had moved the clock on, the latest stays the latest.
        let last = self.store.read().await?.latest_recount().await?;
        let now = self.clock.now();
        let now = last.map_or(now, |last| now.max(last.at));
        for (key, by) in drift.rows().take(NAMED) {
            tracing::error!(?key, ?by, "a figure has drifted");
        }
        let drifted = drift.rows().count();
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
        self.mend().await?;
        let (now, _) = self.check().await?;
        tracing::info!(connections = now.connections, "the figures have begun");
        Ok(())
    }
}

/// What is missing in the figures.
async fn drift(unit: &mut Read, now: DateTime<Utc>) -> Result<Tally, StoreError> {
    // Hours are forgotten by the clock of a recount, which a sandbox may have moved.
    let last = unit.latest_recount().await?.map_or(now, |it| it.at);
    let since = hour_of(now.max(last) - HOURS_KEPT);
    let (mut recounting, mut missing) = (Recounting::default(), Tally::default());
    for place in unit.counted_institutions().await? {
        let intervals = unit.intervals_at(place).await?;
        let episodes = unit.episodes_at(place).await?;
        let journeys = unit.journeys_at(place).await?;
        let mut counted = recounting.institution(place, &intervals, &episodes, &journeys);
        counted.subtract(&unit.kept_of(place, since).await?);
        missing.merge(&counted);
    }
    let mut all = recounting.all();
    // Hours before were forgotten.
    drop(all.split_off(|key| matches!(key, Key::Hour { hour, .. } if *hour < since)));
    all.subtract(&unit.kept_of(ALL, since).await?);
    missing.merge(&all);
    Ok(missing)
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
    async fn handle(&self, _: Enter, _: Run) -> Outcome {
        Ok(self.enter().await?)
    }
}
