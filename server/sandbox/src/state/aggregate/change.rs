//! What changes the outcome of later attempts: breaks, repairs, expiry, frost.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::super::{AccountId, Break, InstitutionId, LoginId, Owed};
use super::Ledger;

impl Ledger {
    pub(in super::super) fn ids_under(&self, login: LoginId) -> Vec<AccountId> {
        self.accounts
            .values()
            .filter(|account| account.login == login)
            .map(|account| account.id)
            .collect()
    }

    /// Breaks logins from now on, as though the institution had just answered
    /// so; without a break they heal.
    pub(in super::super) fn break_logins(
        &mut self,
        ids: &BTreeSet<LoginId>,
        broken: Option<Break>,
        now: DateTime<Utc>,
    ) {
        for id in ids {
            if let Some(login) = self.logins.get_mut(id) {
                login.broken = broken;
            }
        }
        for account in self.ids_where(|login, _| ids.contains(&login)) {
            self.break_account(account, None, now);
        }
    }

    /// The same for one account.
    pub(in super::super) fn break_account(
        &mut self,
        id: AccountId,
        broken: Option<Break>,
        now: DateTime<Utc>,
    ) {
        if let Some(account) = self.accounts.get_mut(&id) {
            account.broken = broken;
        }
        self.attempt(id, now);
    }

    /// The person signed in again: what that heals is healed, and the accounts
    /// are owed an aggregation. An outage or a blocked account stays what it was.
    pub(in super::super) fn repair(&mut self, id: LoginId, now: DateTime<Utc>) {
        if let Some(login) = self.logins.get_mut(&id) {
            // A login that moves waits for a visit at its new institution.
            if login.moving.is_none() {
                login.broken = login.broken.and_then(Break::after_sign_in);
            }
        }
        for account in self.ids_under(id) {
            if let Some(account) = self.accounts.get_mut(&account) {
                account.broken = account.broken.and_then(Break::after_sign_in);
            }
            self.owe(account, now);
        }
    }

    /// The authorization of an account ends at that time: batches from then on fail.
    pub(in super::super) fn expire(&mut self, id: AccountId, end: DateTime<Utc>) {
        if let Some(account) = self.accounts.get_mut(&id) {
            let start = account
                .authorization
                .map_or(account.created, |(start, _)| start);
            account.authorization = Some((start.min(end), end));
        }
    }

    /// Accounts that had an authorization have a new one.
    pub(in super::super) fn renew(
        &mut self,
        login: LoginId,
        end: DateTime<Utc>,
        now: DateTime<Utc>,
    ) {
        for account in self.accounts.values_mut() {
            if account.login == login && account.authorization.is_some() {
                account.authorization = Some((now, end));
            }
        }
    }

    /// Nothing is aggregated under these logins, unless a person asks for it.
    pub(in super::super) fn freeze(&mut self, ids: &BTreeSet<LoginId>) {
        for id in ids {
            if let Some(login) = self.logins.get_mut(id) {
                login.frozen = true;
            }
        }
        for account in self.ids_where(|login, _| ids.contains(&login)) {
            self.put_off(account);
        }
    }

    /// The same for institutions, and for logins that are yet to come there.
    pub(in super::super) fn freeze_institutions(&mut self, ids: &[InstitutionId]) {
        self.frozen.extend(ids);
        for account in self.ids_where(|_, institution| ids.contains(&institution)) {
            self.put_off(account);
        }
    }

    /// Ends the frost with the next batch.
    pub(in super::super) fn thaw(&mut self, ids: &BTreeSet<LoginId>) {
        for id in ids {
            if let Some(login) = self.logins.get_mut(id) {
                login.frozen = false;
            }
        }
    }

    /// The same for institutions, and for every login there.
    pub(in super::super) fn thaw_institutions(&mut self, ids: &[InstitutionId]) {
        self.frozen.retain(|id| !ids.contains(id));
        for login in self.logins.values_mut() {
            login.frozen &= !ids.contains(&login.institution);
        }
    }

    fn ids_where(&self, wanted: impl Fn(LoginId, InstitutionId) -> bool) -> Vec<AccountId> {
        self.accounts
            .values()
            .filter(|account| wanted(account.login, account.institution))
            .map(|account| account.id)
            .collect()
    }

    /// An aggregation that was owed at a time waits for the first batch that takes it.
    fn put_off(&mut self, id: AccountId) {
        if let Some(account) = self.accounts.get_mut(&id)
            && let Owed::At(_) = account.owed
        {
            account.owed = Owed::NextBatch;
        }
    }
}
