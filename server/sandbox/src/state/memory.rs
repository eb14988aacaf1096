//! What outlives a restart, in a file if the operator names one: customers,
//! consumers, logins, accounts, what was laid over institutions, the scenario
//! under way and how far the clock was moved.
//!
//! Without it an app that keeps its own rows would meet an empty sandbox, and a
//! clock that has gone back, after each start. Links, visits and events end with
//! the process, as does a changed secret: the app's settings name the first one.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration as RealDuration;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::{
    Account, AccountId, Aggregation, Availability, Break, Consumer, Customer, InstitutionId, Login,
    LoginId, Owed, Sandbox, State,
};
use crate::clock::SandboxClock;
use crate::people;

/// How often the file is brought up to date.
const PAUSE: RealDuration = RealDuration::from_secs(1);

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    /// It cannot be read.
    #[error("cannot read {path}", path = .0.display())]
    Read(PathBuf, #[source] io::Error),
    /// It was not written by a sandbox of this version.
    #[error("{path} is not a sandbox's memory; delete it to begin anew", path = .0.display())]
    Form(PathBuf, #[source] serde_json::Error),
}

#[derive(Serialize, Deserialize)]
pub(super) struct Memory {
    moved_millis: i64,
    settled: DateTime<Utc>,
    made: u64,
    issued: HashSet<u64>,
    customers: Vec<Customer>,
    consumers: Vec<Consumer>,
    logins: Vec<Login>,
    accounts: Vec<AccountRow>,
    availability: BTreeMap<InstitutionId, Availability>,
    #[serde(default)]
    successors: BTreeMap<InstitutionId, InstitutionId>,
    #[serde(default)]
    frozen: BTreeSet<InstitutionId>,
    #[serde(default)]
    story: Option<StoryRow>,
}

/// A scenario under way. How far it is follows from what has been played.
#[derive(Serialize, Deserialize)]
struct StoryRow {
    text: String,
    began: DateTime<Utc>,
}

/// An account without what its institution says: that is the people's data.
#[derive(Serialize, Deserialize)]
struct AccountRow {
    id: AccountId,
    login: LoginId,
    key: String,
    #[serde(default)]
    home: Option<InstitutionId>,
    place: usize,
    created: DateTime<Utc>,
    updated: DateTime<Utc>,
    aggregation: Option<Aggregation>,
    owed: Owed,
    #[serde(default)]
    broken: Option<Break>,
    authorization: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Memory {
    /// Reads the file; `None` when there is none yet.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, MemoryError> {
        match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|problem| MemoryError::Form(path.to_owned(), problem)),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(problem) => Err(MemoryError::Read(path.to_owned(), problem)),
        }
    }

    /// Brings the clock as far forward as it was.
    pub(super) fn move_clock(&self, clock: &SandboxClock) {
        let missing = Duration::milliseconds(self.moved_millis) - clock.moved();
        if missing > Duration::zero() && clock.advance(missing).is_err() {
            tracing::warn!("the sandbox's clock could not be brought to where it was");
        }
    }

    /// Puts everything back but the scenario, whose text and begin are answered.
    /// Accounts of people who have left the data are dropped.
    pub(super) fn restore(self, state: &mut State) -> Option<(String, DateTime<Utc>)> {
        state.made = self.made;
        state.issued = self.issued;
        state.customers = self
            .customers
            .into_iter()
            .map(|customer| (customer.id, customer))
            .collect();
        state.consumers = self
            .consumers
            .into_iter()
            .map(|consumer| (consumer.id.clone(), consumer))
            .collect();
        let logins: BTreeMap<LoginId, Login> = self
            .logins
            .into_iter()
            .map(|login| (login.id, login))
            .collect();
        let accounts = self
            .accounts
            .into_iter()
            .filter_map(|row| row.account(&logins));
        state.ledger.accounts = accounts.map(|account| (account.id, account)).collect();
        state.ledger.logins = logins;
        state.ledger.availability = self.availability;
        state.ledger.successors = self.successors;
        state.ledger.frozen = self.frozen;
        state.ledger.resume(self.settled);
        self.story.map(|story| (story.text, story.began))
    }

    fn of(state: &State, moved: Duration) -> Self {
        Self {
            moved_millis: moved.num_milliseconds(),
            settled: state.ledger.settled(),
            made: state.made,
            issued: state.issued.clone(),
            customers: state.customers.values().cloned().collect(),
            consumers: state.consumers.values().cloned().collect(),
            logins: state.ledger.logins.values().cloned().collect(),
            accounts: state.ledger.accounts.values().map(AccountRow::of).collect(),
            availability: state.ledger.availability.clone(),
            successors: state.ledger.successors.clone(),
            frozen: state.ledger.frozen.clone(),
            story: state.story.as_ref().map(|story| StoryRow {
                text: story.plot.text.clone(),
                began: story.began,
            }),
        }
    }
}

impl AccountRow {
    fn of(account: &Account) -> Self {
        Self {
            id: account.id,
            login: account.login,
            key: account.facts.key.clone(),
            home: Some(account.facts.home),
            place: account.place,
            created: account.created,
            updated: account.updated,
            aggregation: account.aggregation,
            owed: account.owed,
            broken: account.broken,
            authorization: account.authorization,
        }
    }

    fn account(self, logins: &BTreeMap<LoginId, Login>) -> Option<Account> {
        let login = logins.get(&self.login)?;
        let home = self.home.unwrap_or(login.institution);
        let seeds = people::accounts_at(people::person(&login.person)?, home);
        let facts = seeds.into_iter().find(|seed| seed.key == self.key)?;
        Some(Account {
            id: self.id,
            login: self.login,
            customer: login.customer,
            institution: login.institution,
            facts,
            place: self.place,
            created: self.created,
            updated: self.updated,
            aggregation: self.aggregation,
            owed: self.owed,
            broken: self.broken,
            authorization: self.authorization,
        })
    }
}

/// Keeps the file up to date until `stop`, and once more then.
pub(crate) async fn keep(sandbox: Sandbox, path: PathBuf, stop: CancellationToken) {
    let mut written = Vec::new();
    loop {
        let last = tokio::select! {
            () = stop.cancelled() => true,
            () = tokio::time::sleep(PAUSE) => false,
        };
        let memory = sandbox.work(|state, _| Memory::of(state, sandbox.clock().moved()));
        match serde_json::to_vec(&memory) {
            Ok(bytes) if bytes != written => match replace(&path, &bytes).await {
                Ok(()) => written = bytes,
                Err(problem) => tracing::error!(%problem, "the sandbox's memory is not written"),
            },
            Ok(_) => {}
            Err(problem) => tracing::error!(%problem, "the sandbox's memory has no JSON form"),
        }
        if last {
            return;
        }
    }
}

/// Whole or not at all: a process may die at any time.
async fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    tokio::fs::write(&beside, bytes).await?;
    tokio::fs::rename(&beside, path).await
}
