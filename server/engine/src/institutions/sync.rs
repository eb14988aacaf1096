//! Copying the directory, page by page.
//!
//! Progress is stored with each page, so that a copy goes on where it stopped;
//! it comes into use when it is whole, and until then the old one stays.

use std::{collections::HashSet, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use relink_mastercard::model::{Institution, InstitutionQuery};

use crate::{
    jobs::{Due, Jobs},
    notify::FindChanges,
    outages::Look,
    store::{
        Store, StoreError,
        institutions::{CopyProgress, Counting},
    },
    time::Clock,
    upstream::InstitutionUpstream,
};

/// Institutions a page: the most that Mastercard gives.
const PAGE: u16 = 1000;
/// An interrupted copy this old is begun anew: its first pages are stale.
const RESUME_WITHIN: TimeDelta = TimeDelta::hours(6);
/// How old the copy in use may become.
const FRESH_FOR: TimeDelta = TimeDelta::hours(24);
/// A bound on one run: 500 pages are half a million institutions.
const MOST_PAGES: usize = 500;

/// Why a copy did not go on.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// Mastercard did not give the page; it is asked for again next time.
    #[error("Mastercard did not give a page of the directory")]
    Upstream(#[from] relink_mastercard::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The list ended early, so the copy was thrown away.
    #[error("the directory ended after {copied} of {found} institutions")]
    Incomplete {
        /// How many came.
        copied: i64,
        /// How many there are, as Mastercard says.
        found: i64,
    },
    /// It did not end.
    #[error("the directory has no end")]
    Endless,
}

/// How a step of copying ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A page was stored; there are more.
    More,
    /// Another process stored the page meanwhile; this one was dropped.
    Overtaken,
    /// The copy is whole and in use.
    Whole {
        /// How many institutions it holds.
        institutions: i64,
    },
}

/// Copies the directory into the store.
#[derive(Clone)]
pub struct DirectorySync {
    store: Store,
    upstream: Arc<dyn InstitutionUpstream>,
    clock: Arc<dyn Clock>,
    jobs: Jobs,
}

impl DirectorySync {
    /// `clock` is the domain's.
    pub fn new(
        store: Store,
        upstream: Arc<dyn InstitutionUpstream>,
        clock: Arc<dyn Clock>,
        jobs: Jobs,
    ) -> Self {
        Self {
            store,
            upstream,
            clock,
            jobs,
        }
    }

    /// Whether the copy in use is missing or older than a day.
    pub async fn is_due(&self) -> Result<bool, StoreError> {
        let whole = self.store.read().await?.whole_copy().await?;
        Ok(whole.is_none_or(|whole| self.clock.now() - whole.completed_at >= FRESH_FOR))
    }

    /// Copies until the copy is whole; gives how many institutions it holds.
    pub async fn run(&self) -> Result<i64, SyncError> {
        for _ in 0..MOST_PAGES {
            match self.step().await? {
                Step::More => {}
                Step::Whole { institutions } => return Ok(institutions),
                Step::Overtaken => {
                    let mut unit = self.store.read().await?;
                    let open = unit.open_copy().await?;
                    if let (None, Some(whole)) = (open, unit.whole_copy().await?) {
                        return Ok(unit.institutions_in_copy(whole.copy).await?);
                    }
                }
            }
        }
        Err(SyncError::Endless)
    }

    /// Copies one page. No unit of work is open while Mastercard is asked; when
    /// another process has stored the page meanwhile, this one is dropped.
    pub async fn step(&self) -> Result<Step, SyncError> {
        let progress = self.begin_or_resume().await?;
        let start = u32::try_from(progress.next_start).map_err(|_| SyncError::Endless)?;
        let query = InstitutionQuery {
            start,
            limit: PAGE,
            ..InstitutionQuery::default()
        };
        let page = self.upstream.institutions(&query).await?;
        let mut unit = self.store.write().await?;
        // Taken before anything is judged: a page that is stored already has
        // nothing new, which would look like the end.
        if !unit.lock_copy(progress.copy, progress.next_start).await? {
            return Ok(Step::Overtaken);
        }
        let new = unit
            .add_institutions(progress.copy, &page.institutions)
            .await?;
        let got = Page {
            given: count(page.displaying).max(count(page.institutions.len())),
            distinct: distinct(&page.institutions),
            new: count(new),
            found: count(page.found),
            more: page.more_available,
        };
        if let Some(next) = advance(&progress, &got) {
            if !unit.advance_copy(progress.next_start, &next).await? {
                return Ok(Step::Overtaken);
            }
            unit.save().await?;
            return Ok(Step::More);
        }
        let institutions = unit.institutions_in_copy(progress.copy).await?;
        let found = progress.found.max(got.found);
        if !is_whole(institutions, found) {
            drop(unit);
            return self.give_up(progress.copy, institutions, found).await;
        }
        if !unit.complete_copy(&progress, self.clock.now()).await? {
            return Ok(Step::Overtaken);
        }
        // What institutions say of themselves may have changed.
        self.jobs.enqueue(&mut unit, &Look {}, Due::AtOnce).await?;
        self.jobs
            .enqueue(&mut unit, &FindChanges {}, Due::AtOnce)
            .await?;
        unit.save().await?;
        Ok(Step::Whole { institutions })
    }

    async fn begin_or_resume(&self) -> Result<CopyProgress, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        if let Some(open) = unit.open_copy().await? {
            if is_fresh(open.started_at, now) {
                return Ok(open);
            }
            unit.drop_copy(open.copy).await?;
        }
        match unit.begin_copy(now).await {
            Ok(progress) => {
                unit.save().await?;
                Ok(progress)
            }
            // Another process began it in the same moment.
            Err(error) if error.is_taken() => {
                drop(unit);
                let begun = self.store.read().await?.open_copy().await?;
                begun.ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    async fn give_up(&self, copy: i64, copied: i64, found: i64) -> Result<Step, SyncError> {
        let mut unit = self.store.write().await?;
        unit.drop_copy(copy).await?;
        unit.save().await?;
        Err(SyncError::Incomplete { copied, found })
    }
}

/// A clock that was moved back (the sandbox's can be) makes a copy old too.
fn is_fresh(started_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (TimeDelta::zero()..RESUME_WITHIN).contains(&(now - started_at))
}

fn count(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

fn distinct(institutions: &[Institution]) -> i64 {
    count(
        institutions
            .iter()
            .map(|institution| institution.id)
            .collect::<HashSet<_>>()
            .len(),
    )
}

/// Nine tenths of what Mastercard counts, since it may count duplicates and
/// records that nobody can read; and never nothing.
fn is_whole(copied: i64, found: i64) -> bool {
    copied > 0 && copied.saturating_mul(10) >= found.saturating_mul(9)
}

/// What a page brought.
#[derive(Debug, Clone, Copy)]
struct Page {
    /// Records on it.
    given: i64,
    /// Different institutions on it.
    distinct: i64,
    /// Institutions not seen before.
    new: i64,
    /// How many there are, as Mastercard says.
    found: i64,
    /// Whether Mastercard says that more follow.
    more: bool,
}

/// Where to go on after a page; `None` at the end of the list.
///
/// Whether `start` counts pages or records is found out on the second page: of
/// `start=2` most is known already when records count. Then the copy goes on
/// behind the records of the first page.
fn advance(at: &CopyProgress, got: &Page) -> Option<CopyProgress> {
    if !got.more || got.given == 0 {
        return None;
    }
    let found = at.found.max(got.found);
    if at.next_start == 1 {
        return Some(CopyProgress {
            next_start: 2,
            records: got.given,
            found,
            ..*at
        });
    }
    let mostly_known = got.new.saturating_mul(2) < got.distinct;
    match at.counting {
        Counting::Unknown if mostly_known => Some(CopyProgress {
            next_start: at.records + 1,
            counting: Counting::Records,
            found,
            ..*at
        }),
        Counting::Unknown | Counting::Pages if got.new > 0 => Some(CopyProgress {
            next_start: at.next_start + 1,
            counting: Counting::Pages,
            found,
            ..*at
        }),
        Counting::Records if got.new > 0 => {
            let records = at.records + got.given;
            Some(CopyProgress {
                next_start: records + 1,
                records,
                found,
                ..*at
            })
        }
        Counting::Unknown | Counting::Pages | Counting::Records => None,
    }
}

#[cfg(test)]
#[path = "sync_tests.rs"]
mod tests;
