//! Aggregation: first runs, refreshes and the nightly batch.
//!
//! Nothing here waits. What was due since the last look is played, in the order
//! of its times, before anything else reads or changes the state; so a clock
//! that jumps a week makes seven batches, and a first aggregation between two
//! of them falls between them.

mod change;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveTime, Utc};

use super::{
    Account, AccountId, Aggregation, Availability, Break, InstitutionId, Login, LoginId, Owed,
    StatusCode,
};
use crate::config::FirstAggregation;

/// The batch starts at this time of day, UTC: night in all of the United States.
const BATCH_TIME: NaiveTime = match NaiveTime::from_hms_opt(8, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// What aggregation knows and changes.
pub(super) struct Ledger {
    pub(super) logins: BTreeMap<LoginId, Login>,
    pub(super) accounts: BTreeMap<AccountId, Account>,
    pub(super) availability: BTreeMap<InstitutionId, Availability>,
    /// Institutions that are announced to move, and where to.
    pub(super) successors: BTreeMap<InstitutionId, InstitutionId>,
    /// Institutions where nothing is aggregated unless a person asks.
    pub(super) frozen: BTreeSet<InstitutionId>,
    pub(super) first: FirstAggregation,
    settled: DateTime<Utc>,
}

/// Whether the nightly batch or a person asks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Batch {
    Nightly,
    Owed,
}

impl Ledger {
    pub(super) fn new(first: FirstAggregation, now: DateTime<Utc>) -> Self {
        Self {
            logins: BTreeMap::new(),
            accounts: BTreeMap::new(),
            availability: BTreeMap::new(),
            successors: BTreeMap::new(),
            frozen: BTreeSet::new(),
            first,
            settled: now,
        }
    }

    /// Up to when everything has been played.
    pub(super) fn settled(&self) -> DateTime<Utc> {
        self.settled
    }

    /// Goes on from a former end: the nights in between are played next.
    pub(super) fn resume(&mut self, settled: DateTime<Utc>) {
        self.settled = settled;
    }

    /// Plays everything that became due up to `now`.
    pub(super) fn settle(&mut self, now: DateTime<Utc>) {
        while let Some((due, batch)) = self.next_due().filter(|(due, _)| *due <= now) {
            let ids: Vec<AccountId> = self.accounts.keys().copied().collect();
            for id in ids {
                let wanted = match batch {
                    Batch::Nightly => self.in_batch(id, due),
                    Batch::Owed => self.accounts[&id].owed == Owed::At(due),
                };
                if wanted {
                    self.attempt(id, due);
                }
            }
            self.settled = due;
        }
        self.settled = self.settled.max(now);
    }

    fn next_due(&self) -> Option<(DateTime<Utc>, Batch)> {
        let owed = self
            .accounts
            .values()
            .filter_map(|account| match account.owed {
                Owed::At(due) => Some((due, Batch::Owed)),
                Owed::Nothing | Owed::NextBatch => None,
            });
        let batch = next_batch(self.settled).map(|due| (due, Batch::Nightly));
        owed.chain(batch).min_by_key(|(due, _)| *due)
    }

    /// The batch leaves accounts alone that need the person, until they were
    /// repaired or what they met has passed; and those that are frozen.
    fn in_batch(&self, id: AccountId, at: DateTime<Utc>) -> bool {
        let account = &self.accounts[&id];
        if self.is_frozen(account) {
            return false;
        }
        match (account.owed, account.aggregation) {
            (Owed::NextBatch, _) | (Owed::Nothing, None) => true,
            (Owed::At(_), _) => false,
            (Owed::Nothing, Some(latest)) => {
                !latest.code.is_fixable() || self.outcome(account, at) != latest.code
            }
        }
    }

    fn is_frozen(&self, account: &Account) -> bool {
        let login = self.logins.get(&account.login);
        self.frozen.contains(&account.institution) || login.is_some_and(|login| login.frozen)
    }

    /// What an attempt at that time ends with: the account's own break, its
    /// login's, an outage, an authorization that is over, or success.
    fn outcome(&self, account: &Account, at: DateTime<Utc>) -> StatusCode {
        let login = self.logins.get(&account.login);
        let held = |broken: Option<Break>| broken.filter(|broken| broken.holds(at));
        let broken = held(account.broken).or_else(|| held(login?.broken));
        let unreachable = matches!(
            self.availability.get(&account.institution),
            Some(Availability::Offline | Availability::Maintenance)
        );
        match broken {
            Some(broken) => broken.code,
            None if unreachable => StatusCode::UNREACHABLE,
            None if account.authorization.is_some_and(|(_, end)| end <= at) => StatusCode::EXPIRED,
            None => StatusCode::GOOD,
        }
    }

    /// One attempt for one account. Returns its code.
    pub(super) fn attempt(&mut self, id: AccountId, at: DateTime<Utc>) -> Option<StatusCode> {
        let code = self.outcome(self.accounts.get(&id)?, at);
        let account = self.accounts.get_mut(&id)?;
        let before = account.aggregation.and_then(|latest| latest.success);
        account.aggregation = Some(Aggregation {
            code,
            attempt: at,
            success: if code == StatusCode::GOOD {
                Some(at)
            } else {
                before
            },
        });
        account.owed = Owed::Nothing;
        account.updated = at;
        Some(code)
    }

    /// Owes an account its first aggregation, or the one after a repair.
    pub(super) fn owe(&mut self, id: AccountId, now: DateTime<Utc>) {
        let frozen = self.accounts.get(&id).is_some_and(|it| self.is_frozen(it));
        match self.first {
            _ if frozen => self.set_owed(id, Owed::NextBatch),
            FirstAggregation::AtOnce => {
                self.attempt(id, now);
            }
            FirstAggregation::After(pause) => self.set_owed(id, Owed::At(now + pause)),
            FirstAggregation::NextBatch => self.set_owed(id, Owed::NextBatch),
        }
    }

    fn set_owed(&mut self, id: AccountId, owed: Owed) {
        if let Some(account) = self.accounts.get_mut(&id) {
            account.owed = owed;
        }
    }
}

/// The first batch after `after`.
fn next_batch(after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = after.date_naive().and_time(BATCH_TIME).and_utc();
    if today > after {
        Some(today)
    } else {
        today.checked_add_signed(Duration::days(1))
    }
}

#[cfg(test)]
mod tests;
