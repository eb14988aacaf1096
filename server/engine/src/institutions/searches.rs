//! How many searches were sent, until that is put down: some at a time, because
//! a durable write for each was most of what a search cost.

use std::{
    collections::BTreeMap,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::Institutions;
use crate::store::{StoreError, events::Counter};

/// Those that are not put down yet, by day.
#[derive(Default)]
pub(super) struct Searches(Mutex<BTreeMap<NaiveDate, i64>>);

impl Searches {
    /// One more.
    pub(super) fn add(&self, now: DateTime<Utc>) {
        *self.all().entry(now.date_naive()).or_default() += 1;
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<NaiveDate, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Institutions {
    /// Puts down how many searches were sent; who sent them is not kept. A process
    /// that dies loses those since the last time: a figure of use, and nobody's.
    pub async fn save_searches(&self) -> Result<(), StoreError> {
        let taken = mem::take(&mut *self.searches.all());
        if taken.is_empty() {
            return Ok(());
        }
        let saved = async {
            let mut unit = self.store.write().await?;
            for (day, n) in &taken {
                let at = day.and_time(NaiveTime::MIN).and_utc();
                unit.count_many(Counter::Search, at, *n).await?;
            }
            unit.save().await
        };
        let saved = saved.await;
        if saved.is_err() {
            let mut all = self.searches.all();
            for (day, n) in taken {
                *all.entry(day).or_default() += n;
            }
        }
        saved
    }
}
