//! Deeds done.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::deed::{
    AccountDeed, Cure, Deed, InstitutionDeed, LoginDeed, Migration, Moves, Percent, Who, Whom,
    Wound,
};
use super::{AccountId, InstitutionId, LoginId, Move, NewIds, State};

/// Named by a deed, and not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such {0}")]
pub(crate) struct NotThere(pub(crate) &'static str);

impl State {
    /// Does a deed, as though it happened at `now`.
    pub(crate) fn perform(&mut self, deed: &Deed, now: DateTime<Utc>) -> Result<(), NotThere> {
        match deed {
            Deed::Logins(whom, deed) => {
                let logins = self.pick(whom)?;
                if let (Who::Institutions(ids), LoginDeed::Migrate(plan)) = (&whom.who, deed) {
                    self.announce(ids, Some(plan.to));
                }
                self.befall_logins(&logins, deed, now);
            }
            Deed::Account(id, deed) => {
                self.account(*id).ok_or(NotThere("account"))?;
                self.befall_account(*id, *deed, now);
            }
            Deed::Institutions(ids, deed) => self.befall_institutions(ids, *deed),
            Deed::DeleteCustomers(whom) => {
                let picked = self.pick(whom)?;
                let mut customers: BTreeSet<_> = picked
                    .iter()
                    .filter_map(|id| self.login(*id))
                    .map(|login| login.customer)
                    .collect();
                // A customer without logins can be named as well.
                if let Who::Customer(id) = whom.who {
                    customers.insert(id);
                }
                for customer in customers {
                    self.delete_customer(customer);
                }
            }
        }
        Ok(())
    }

    /// The logins, in the order in which the seed puts them.
    fn pick(&self, whom: &Whom) -> Result<Vec<LoginId>, NotThere> {
        match &whom.who {
            Who::Login(id) if self.login(*id).is_none() => return Err(NotThere("login")),
            Who::Customer(id) if self.customer(*id).is_none() => return Err(NotThere("customer")),
            _ => {}
        }
        let mut found: Vec<LoginId> = self
            .ledger
            .logins
            .values()
            .filter(|login| match &whom.who {
                Who::Everybody => true,
                Who::Customer(id) => login.customer == *id,
                Who::Person(name) => login.person == *name,
                Who::Institutions(ids) => ids.contains(&login.institution),
                Who::Login(id) => login.id == *id,
            })
            .map(|login| login.id)
            .collect();
        found.sort_by_cached_key(|id| self.rank("login", id.0));
        Ok(whom.part.keep(found))
    }

    fn rank(&self, kind: &str, id: u64) -> u64 {
        super::random::number_of(&format!("{}/{kind}/{id}", self.seed), 0, u64::MAX)
    }

    fn befall_logins(&mut self, logins: &[LoginId], deed: &LoginDeed, now: DateTime<Utc>) {
        let all: BTreeSet<LoginId> = logins.iter().copied().collect();
        match deed {
            LoginDeed::Accounts(Percent::ALL, AccountDeed::Break(wound)) => {
                let broken = wound.map(|wound| wound.at(now));
                self.ledger.break_logins(&all, broken, now);
            }
            LoginDeed::Accounts(percent, deed) => {
                for id in self.share(&all, *percent) {
                    self.befall_account(id, *deed, now);
                }
            }
            LoginDeed::Freeze => self.ledger.freeze(&all),
            LoginDeed::Thaw => self.ledger.thaw(&all),
            LoginDeed::Migrate(plan) => self.migrate(logins, *plan, now),
            LoginDeed::ChangeIds(ids) => {
                for login in logins {
                    self.renumber(*login, *ids, now);
                }
            }
            LoginDeed::Fix(answer) => {
                for login in logins {
                    if let Some(login) = self.ledger.logins.get_mut(login) {
                        login.fix = *answer;
                    }
                }
            }
            LoginDeed::SignIn => {
                for login in logins {
                    self.repair(*login, false, now);
                }
            }
        }
    }

    /// A share of each login's accounts.
    fn share(&self, logins: &BTreeSet<LoginId>, percent: Percent) -> Vec<AccountId> {
        let mut under: BTreeMap<LoginId, Vec<AccountId>> = BTreeMap::new();
        for account in self.ledger.accounts.values() {
            if logins.contains(&account.login) {
                under.entry(account.login).or_default().push(account.id);
            }
        }
        let mut share = Vec::new();
        for mut ids in under.into_values() {
            ids.sort_by_cached_key(|id| self.rank("account", id.0));
            ids.truncate(percent.of(ids.len()));
            share.extend(ids);
        }
        share
    }

    fn befall_account(&mut self, id: AccountId, deed: AccountDeed, now: DateTime<Utc>) {
        match deed {
            AccountDeed::Break(wound) => {
                let broken = wound.map(|wound| wound.at(now));
                self.ledger.break_account(id, broken, now);
            }
            AccountDeed::Expire(end) => self.ledger.expire(id, end.from(now)),
            AccountDeed::Close => self.delete_account(id),
        }
    }

    fn befall_institutions(&mut self, ids: &[InstitutionId], deed: InstitutionDeed) {
        match deed {
            InstitutionDeed::Availability(over) => {
                for id in ids {
                    self.set_availability(*id, over);
                }
            }
            InstitutionDeed::Successor(to) => self.announce(ids, to),
            InstitutionDeed::Freeze => self.ledger.freeze_institutions(ids),
            InstitutionDeed::Thaw => self.ledger.thaw_institutions(ids),
        }
    }

    fn announce(&mut self, ids: &[InstitutionId], to: Option<InstitutionId>) {
        for id in ids {
            match to {
                Some(to) if to != *id => self.ledger.successors.insert(*id, to),
                Some(_) => None,
                None => self.ledger.successors.remove(id),
            };
        }
    }

    /// The accounts get their code at once, as the migration service sets it.
    fn migrate(&mut self, logins: &[LoginId], plan: Migration, now: DateTime<Utc>) {
        let mut moving = BTreeSet::new();
        for id in logins {
            let Some(login) = self.ledger.logins.get_mut(id) else {
                continue;
            };
            if login.institution == plan.to {
                continue;
            }
            login.moving = Some(Move {
                to: plan.to,
                oauth: plan.oauth,
                ids: plan.ids,
            });
            let from = login.institution;
            self.announce(&[from], Some(plan.to));
            moving.insert(match plan.moves {
                Moves::WithFix => *id,
                Moves::AtOnce => self.arrive(*id, now),
            });
        }
        let wound = Wound {
            code: plan.code,
            cure: Cure::of(plan.code),
        };
        self.ledger.break_logins(&moving, Some(wound.at(now)), now);
    }

    /// Ends a login's move, if it has one under way; answers its id from then on.
    pub(super) fn arrive(&mut self, id: LoginId, now: DateTime<Utc>) -> LoginId {
        let Some(login) = self.ledger.logins.get_mut(&id) else {
            return id;
        };
        let Some(moving) = login.moving.take() else {
            return id;
        };
        login.institution = moving.to;
        for account in self.ledger.accounts.values_mut() {
            if account.login == id {
                account.institution = moving.to;
                account.updated = now;
            }
        }
        self.renumber(id, moving.ids, now)
    }

    /// Gives new ids; answers the login's id from then on.
    fn renumber(&mut self, id: LoginId, ids: NewIds, now: DateTime<Utc>) -> LoginId {
        if matches!(ids, NewIds::Accounts | NewIds::Both) {
            for account in self.ledger.ids_under(id) {
                self.renumber_account(account, now);
            }
        }
        if matches!(ids, NewIds::Login | NewIds::Both) {
            self.renumber_login(id)
        } else {
            id
        }
    }

    /// A record of its own, made now: the old id is unknown from then on.
    fn renumber_account(&mut self, id: AccountId, now: DateTime<Utc>) {
        let Some(mut account) = self.ledger.accounts.remove(&id) else {
            return;
        };
        account.id = self.new_account_id(account.login, &account.facts.key);
        account.created = now;
        account.updated = now;
        self.ledger.accounts.insert(account.id, account);
    }

    fn renumber_login(&mut self, id: LoginId) -> LoginId {
        let Some(mut login) = self.ledger.logins.remove(&id) else {
            return id;
        };
        login.id = self.new_login_id(login.customer, login.institution, &login.person);
        for account in self.ledger.accounts.values_mut() {
            if account.login == id {
                account.login = login.id;
            }
        }
        let new = login.id;
        self.ledger.logins.insert(new, login);
        new
    }
}
