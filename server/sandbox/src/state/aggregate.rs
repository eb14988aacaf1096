//! Aggregation: first runs, refreshes, the nightly batch, breaks and repairs.
//!
//! Nothing here waits. What was due since the last look is played, in the order
//! of its times, before anything else reads or changes the state; so a clock
//! that jumps a week makes seven batches, and a first aggregation between two
//! of them falls between them.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveTime, Utc};

use super::{
    Account, AccountId, Aggregation, Availability, InstitutionId, Login, LoginId, Owed, StatusCode,
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
                    Batch::Nightly => self.in_batch(id),
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

    /// The batch leaves accounts alone that need the person, until they were repaired.
    fn in_batch(&self, id: AccountId) -> bool {
        let account = &self.accounts[&id];
        match (account.owed, account.aggregation) {
            (Owed::NextBatch, _) | (Owed::Nothing, None) => true,
            (Owed::At(_), _) => false,
            (Owed::Nothing, Some(latest)) => !latest.code.is_fixable(),
        }
    }

    /// One attempt for one account. Returns its code.
    pub(super) fn attempt(&mut self, id: AccountId, at: DateTime<Utc>) -> Option<StatusCode> {
        let account = self.accounts.get_mut(&id)?;
        let login = self.logins.get(&account.login);
        let unreachable = matches!(
            self.availability.get(&account.institution),
            Some(Availability::Offline | Availability::Maintenance)
        );
        let code = account
            .forced
            .or_else(|| login.and_then(|login| login.forced))
            .or(unreachable.then_some(StatusCode::UNREACHABLE))
            .unwrap_or(StatusCode::GOOD);
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
        match self.first {
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

    pub(super) fn ids_under(&self, login: LoginId) -> Vec<AccountId> {
        self.accounts
            .values()
            .filter(|account| account.login == login)
            .map(|account| account.id)
            .collect()
    }

    /// Breaks a login with `code` from now on, as though the institution had just
    /// answered so; code 0 heals it.
    pub(super) fn break_login(
        &mut self,
        id: LoginId,
        code: StatusCode,
        now: DateTime<Utc>,
    ) -> bool {
        let Some(login) = self.logins.get_mut(&id) else {
            return false;
        };
        login.forced = (code != StatusCode::GOOD).then_some(code);
        for account in self.ids_under(id) {
            if let Some(account) = self.accounts.get_mut(&account) {
                account.forced = None;
            }
            self.attempt(account, now);
        }
        true
    }

    /// The same for one account.
    pub(super) fn break_account(
        &mut self,
        id: AccountId,
        code: StatusCode,
        now: DateTime<Utc>,
    ) -> bool {
        let Some(account) = self.accounts.get_mut(&id) else {
            return false;
        };
        account.forced = (code != StatusCode::GOOD).then_some(code);
        self.attempt(id, now);
        true
    }

    /// The person signed in again: what Fix can heal is healed, and the accounts
    /// are owed an aggregation. An outage or a blocked account stays what it was.
    pub(super) fn repair(&mut self, id: LoginId, now: DateTime<Utc>) {
        let healable = |forced: Option<StatusCode>| forced.filter(|code| !code.is_fixable());
        if let Some(login) = self.logins.get_mut(&id) {
            login.forced = healable(login.forced);
        }
        for account in self.ids_under(id) {
            if let Some(account) = self.accounts.get_mut(&account) {
                account.forced = healable(account.forced);
            }
            self.owe(account, now);
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
