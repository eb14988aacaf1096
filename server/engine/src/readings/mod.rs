//! The one place where a reading of a customer's accounts is recorded.
//!
//! A visit, the daily sweep and a repair all come here, so that dates, codes,
//! breaks and history follow from the same facts in the same unit of work. A
//! reading that changes nothing only moves dates.

mod alike;
mod judge;
mod rules;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use relink_mastercard::{CustomerId, InstitutionId, InstitutionLoginId, model::SimpleAccount};

pub use alike::Alike;
pub(crate) use rules::is_renewed;
use rules::{adopted, changed, told, works_again};

use crate::{
    connections::{Change, Customer, Evidence, Limits, State, Step, state},
    ids::{AccountId, ConnectionId, HistoryId},
    institutions::with_successors,
    jobs::{Due, Jobs},
    notify::Consider,
    random::Random,
    status::Table,
    store::{
        Read, StoreError, Write,
        accounts::{Account, Choice},
        connections::Connection,
    },
};

/// A break that opened or closed with a reading: what notices hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turned {
    /// The connection.
    pub connection: ConnectionId,
    /// What happened to its break.
    pub step: Step,
}

/// What a reading made of the accounts that were known.
#[derive(Debug)]
pub struct Taken {
    /// All that are not removed, as they are now.
    pub known: Vec<Account>,
    /// Those of them that came back under new ids, may be read for longer, or
    /// work again.
    pub restored: Vec<AccountId>,
}

/// Records readings.
#[derive(Clone)]
pub struct Readings {
    table: Table,
    limits: Limits,
    random: Arc<dyn Random>,
    jobs: Jobs,
}

impl Readings {
    /// With the status table in force.
    pub fn new(table: Table, limits: Limits, random: Arc<dyn Random>, jobs: Jobs) -> Self {
        Self {
            table,
            limits,
            random,
            jobs,
        }
    }

    /// The status table in force.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// From when on a fact means something.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Records a reading that brings no new accounts, with all that follows.
    pub async fn record(
        &self,
        unit: &mut Write,
        customer: &CustomerId,
        listed: &[SimpleAccount],
        at: DateTime<Utc>,
    ) -> Result<Vec<Turned>, StoreError> {
        match self.take(unit, customer, listed, at).await? {
            None => Ok(Vec::new()),
            Some(Taken { known, .. }) => {
                self.judge(unit, customer, Customer::Known, &known, at)
                    .await
            }
        }
    }

    /// Records that Mastercard does not know a customer.
    pub async fn lost(
        &self,
        unit: &mut Write,
        customer: &CustomerId,
        at: DateTime<Utc>,
    ) -> Result<Vec<Turned>, StoreError> {
        if !unit.lose_customer(customer, at).await? {
            return Ok(Vec::new());
        }
        let accounts = unit.accounts_of_customer(customer).await?;
        self.judge(unit, customer, Customer::Lost, &accounts, at)
            .await
    }

    /// Records what a reading at `at` lists of a customer's known accounts, and
    /// gives them as they are now. An older reading than the latest recorded
    /// says nothing: `None`.
    pub async fn take(
        &self,
        unit: &mut Write,
        customer: &CustomerId,
        listed: &[SimpleAccount],
        at: DateTime<Utc>,
    ) -> Result<Option<Taken>, StoreError> {
        // Also makes two readings of one customer wait for each other.
        if !unit.customer_read(customer, at).await? {
            return Ok(None);
        }
        let known = unit.accounts_of_customer(customer).await?;
        let connections = unit.connections_of_customer(customer).await?;
        let by_id = |account: &Account| listed.iter().find(|one| one.id == account.upstream);
        let missing: Vec<&Account> = known
            .iter()
            .filter(|account| account.choice != Choice::Removing && by_id(account).is_none())
            .collect();
        let mut strangers: Vec<&SimpleAccount> = listed
            .iter()
            .filter(|one| known.iter().all(|account| account.upstream != one.id))
            .collect();
        let moved = if missing.is_empty() || strangers.is_empty() {
            Vec::new()
        } else {
            // One that was removed here keeps its row, and is nobody's new id.
            let claimed = unit.claimed_accounts(customer).await?;
            strangers.retain(|one| claimed.iter().all(|(id, _)| *id != one.id));
            let places = self.places(unit, &connections).await?;
            adopted(&missing, &strangers, |account, one| {
                let place = places.get(&account.connection);
                place.is_some_and(|place| place.contains(&one.institution_id))
            })
        };
        let seen = |account: &Account| {
            let new_id = moved.iter().find(|(moved, _)| moved.id == account.id);
            new_id.map_or_else(|| by_id(account), |(_, one)| Some(*one))
        };
        let mut logins: Vec<InstitutionLoginId> = connections
            .iter()
            .map(|connection| connection.login.clone())
            .collect();
        for connection in &connections {
            let mut mine = known
                .iter()
                .filter(|account| account.connection == connection.id)
                .filter_map(seen);
            let elsewhere = mine.next().filter(|one| {
                one.institution_login_id != connection.login
                    && mine.all(|other| other.institution_login_id != connection.login)
            });
            if let Some(now_at) = elsewhere {
                self.move_connection(unit, &mut logins, connection, now_at, at)
                    .await?;
            }
        }
        let mut restored: Vec<AccountId> = moved.iter().map(|(account, _)| account.id).collect();
        let mut renewed = BTreeSet::new();
        let mut permissions_moved = false;
        let mut now_known = Vec::with_capacity(known.len());
        for account in &known {
            let told = told(account, seen(account), &self.table, at);
            if told != *account {
                unit.move_account(&told, at).await?;
            }
            let change = changed(account, &told);
            if change == Some(Change::Renewed) || works_again(account, &told) {
                restored.push(told.id);
            }
            // A permission is the login's: its accounts renew it once.
            let change = change
                .filter(|change| *change != Change::Renewed || renewed.insert(told.connection));
            if let Some(change) = change {
                self.remember(unit, told.connection, &change, at).await?;
            }
            permissions_moved |= told.authorization_ends != account.authorization_ends;
            now_known.push(told);
        }
        if permissions_moved {
            self.consider(unit, customer).await?;
        }
        Ok(Some(Taken {
            known: now_known,
            restored,
        }))
    }

    /// Has it considered what a customer's user is to be told.
    pub(crate) async fn consider(
        &self,
        unit: &mut Write,
        customer: &CustomerId,
    ) -> Result<(), StoreError> {
        if let Some(user) = unit.user_of_customer(customer).await? {
            self.jobs
                .enqueue(unit, &Consider { user }, Due::AtOnce)
                .await?;
        }
        Ok(())
    }

    /// Where the accounts of each connection may show up: at its institution or
    /// a successor.
    async fn places(
        &self,
        unit: &mut Read,
        connections: &[Connection],
    ) -> Result<BTreeMap<ConnectionId, Vec<InstitutionId>>, StoreError> {
        let mut places = BTreeMap::new();
        for connection in connections {
            let institution = unit.institution(connection.institution).await?;
            let place = institution.as_ref().map(with_successors);
            places.insert(
                connection.id,
                place.unwrap_or_else(|| vec![connection.institution]),
            );
        }
        Ok(places)
    }

    /// Takes a connection along to the login where its accounts are now.
    async fn move_connection(
        &self,
        unit: &mut Write,
        logins: &mut Vec<InstitutionLoginId>,
        connection: &Connection,
        now_at: &SimpleAccount,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let login = &now_at.institution_login_id;
        // A login that has a connection of its own keeps it: the accounts are
        // its matter then, and nothing is merged silently.
        if logins.contains(login) {
            return Ok(());
        }
        logins.push(login.clone());
        unit.move_connection(connection.id, login, now_at.institution_id)
            .await?;
        self.remember(unit, connection.id, &Change::Moved, at).await
    }

    /// Adds to a connection's history.
    pub(crate) async fn remember(
        &self,
        unit: &mut Write,
        connection: ConnectionId,
        change: &Change,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let id = HistoryId(self.random.id(at));
        unit.remember(id, connection, at, change).await
    }

    /// How a connection stands; what pages and the sweep ask.
    pub fn state(&self, evidence: &Evidence<'_>, now: DateTime<Utc>) -> State {
        state(evidence, &self.table, self.limits, now)
    }
}
