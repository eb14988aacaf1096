//! The sandbox and everything it remembers.
//!
//! One lock around all of it, never held across an await: work on the state is
//! a closure, so it cannot be. Replies are made inside and leave as values.

mod account;
mod aggregate;
mod breaks;
mod connect;
mod customer;
mod deed;
mod delivery;
mod experience;
mod faults;
mod ids;
mod link;
mod memory;
mod partner;
mod perform;
mod random;
mod registry;
mod story;
mod world;

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

pub use account::{Account, Aggregation, Login, Owed};
pub use breaks::{Break, FixAnswer, HealsBy, Move, NewIds};
pub use customer::{Birthday, Consumer, ConsumerFacts, Customer, CustomerType};
pub use deed::{
    AccountDeed, Cure, Deed, InstitutionDeed, LoginDeed, Migration, Moves, Part, Percent, When,
    Who, Whom, Wound,
};
pub(crate) use delivery::Queued;
pub use delivery::{Answer, Attempt, Delivery, Outbox, Progress, pause_after};
pub(crate) use experience::APP_NAME;
pub use experience::{EXPERIENCES, Experience};
pub use faults::{BrokenBody, Faults, LogoHost, OperationFault, WebhookEffect, WebhookFault, Work};
pub use ids::{
    AccountId, ConsumerId, CustomerId, DeliveryId, LinkId, LoginId, NotAnId, StatusCode,
};
pub use link::{ConnectLink, ContentType, Flow, LinkOrder, LinkProblem, Webhook};
pub use memory::MemoryError;
pub(crate) use memory::keep;
pub use partner::{Changeover, Partner, Shown, TokenState, is_policy_secret};
pub(crate) use perform::NotThere;
pub use random::SandboxRandom;
pub(crate) use registry::NewCustomer;
pub(crate) use story::Story;

use crate::clock::SandboxClock;
use crate::config::{LinkUse, SandboxConfig, SandboxEnvironment};
pub use crate::directory::InstitutionId;
use crate::directory::{Directory, DirectoryError, Institution, ServiceStatus, Status};
use crate::scenario::ScenarioError;
use aggregate::Ledger;

/// Why a sandbox does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The institutions cannot be read.
    #[error(transparent)]
    Institutions(#[from] DirectoryError),
    /// The first customer's person or institution is missing from the data.
    #[error("the data lacks the first customer's {0}")]
    FirstCustomer(&'static str),
    /// What the last run left cannot be used.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// The scenario cannot be played.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The sender of webhooks cannot be set up.
    #[error("cannot set up the webhook sender")]
    Sender(#[from] reqwest::Error),
}

/// Availability of an institution, as set by the control page over its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Availability {
    /// Reachable, whatever the record says.
    Online,
    /// Not reachable.
    Offline,
    /// Planned work.
    Maintenance,
}

/// A handle of the sandbox; all clones are one.
#[derive(Clone)]
pub struct Sandbox(Arc<Inner>);

struct Inner {
    config: SandboxConfig,
    clock: SandboxClock,
    directory: Directory,
    state: Mutex<State>,
    wake: Notify,
    tasks: TaskTracker,
    sender: reqwest::Client,
    visits: Arc<crate::hosted::Visits>,
}

/// All that changes.
pub struct State {
    /// Seeded chance.
    pub random: SandboxRandom,
    /// The partner.
    pub partner: Partner,
    /// Faults in force.
    pub faults: Faults,
    /// Webhook events.
    pub outbox: Outbox,
    /// Default for links that do not say.
    pub link_use: LinkUse,
    customers: BTreeMap<CustomerId, Customer>,
    consumers: BTreeMap<ConsumerId, Consumer>,
    links: BTreeMap<LinkId, ConnectLink>,
    ledger: Ledger,
    story: Option<Story>,
    seed: u64,
    issued: HashSet<u64>,
    made: u64,
    last_link: DateTime<Utc>,
    link_key: [u8; 32],
}

impl Sandbox {
    /// Makes a sandbox with its first customer. `clock` may be shared with the app.
    pub fn new(
        _environment: SandboxEnvironment,
        config: SandboxConfig,
        clock: SandboxClock,
    ) -> Result<Self, StartError> {
        let origin = config.public_origin.as_str().trim_end_matches('/');
        let directory = Directory::load(origin, config.seed, config.institutions.as_deref())?;
        let scenario = config.scenario.as_ref();
        let plot = scenario.map(|it| it.plot(&directory)).transpose()?;
        let memory = config
            .memory
            .as_deref()
            .map(memory::Memory::read)
            .transpose()?
            .flatten();
        if let Some(memory) = &memory {
            memory.move_clock(&clock);
        }
        let now = clock.now();
        let mut state = State::new(&config, now);
        let story = memory.and_then(|memory| memory.restore(&mut state));
        state.story = Story::open(plot, story, &directory, state.ledger.settled());
        if state.customer(config.customer_id).is_none() {
            state.add_first_customer(config.customer_id, &directory, now)?;
        }
        Ok(Self(Arc::new(Inner {
            config,
            clock,
            directory,
            state: Mutex::new(state),
            wake: Notify::new(),
            tasks: TaskTracker::new(),
            sender: crate::webhooks::sender()?,
            visits: Arc::default(),
        })))
    }

    /// What the program prints at start, one value a line.
    pub fn banner(&self) -> String {
        self.0.config.banner()
    }

    /// The sandbox's clock.
    pub fn clock(&self) -> &SandboxClock {
        &self.0.clock
    }

    /// The settings it was started with.
    pub fn config(&self) -> &SandboxConfig {
        &self.0.config
    }

    /// The institutions, without what the control page has laid over them.
    pub fn directory(&self) -> &Directory {
        &self.0.directory
    }

    pub(crate) fn tasks(&self) -> &TaskTracker {
        &self.0.tasks
    }

    pub(crate) fn sender(&self) -> &reqwest::Client {
        &self.0.sender
    }

    pub(crate) fn visits(&self) -> &Arc<crate::hosted::Visits> {
        &self.0.visits
    }

    /// Works on the state as it is now: what became due has been played before.
    pub(crate) fn work<T>(&self, work: impl FnOnce(&mut State, DateTime<Utc>) -> T) -> T {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        // Read inside the lock, so that two callers see times in the order of their turns.
        let now = self.0.clock.now();
        state.settle(now);
        work(&mut state, now)
    }

    /// Wakes the sender after something was queued.
    pub(crate) fn wake_sender(&self) {
        self.0.wake.notify_one();
    }

    pub(crate) async fn woken(&self) {
        self.0.wake.notified().await;
    }

    /// The institution as replies show it: availability and announced move laid over.
    pub(crate) fn institution(&self, id: InstitutionId) -> Option<Institution> {
        let record = self.0.directory.get(id)?.clone();
        Some(self.work(|state, _| self.overlay(state, record)))
    }

    /// The same for many records, under one turn of the lock.
    pub(crate) fn overlaid<'a>(
        &self,
        records: impl IntoIterator<Item = &'a Institution>,
    ) -> Vec<Institution> {
        self.work(|state, _| {
            records
                .into_iter()
                .map(|record| self.overlay(state, record.clone()))
                .collect()
        })
    }

    /// A move that is announced shows under the availability, which may hide it.
    fn overlay(&self, state: &State, mut record: Institution) -> Institution {
        if let Some(to) = state.successor(record.id) {
            record.status = Status::Migrating;
            record.new_institution_id = Some(to);
            let to = self.0.directory.get(to);
            record.oauth_institution_id = to
                .filter(|to| to.oauth_enabled)
                .map(|to| to.id)
                .or(record.oauth_institution_id);
        }
        let (status, overall) = match state.availability(record.id) {
            None => return record,
            Some(Availability::Online) => (Status::Online, ServiceStatus::Online),
            Some(Availability::Offline) => (Status::Offline, ServiceStatus::Offline),
            Some(Availability::Maintenance) => (Status::Maintenance, ServiceStatus::Maintenance),
        };
        record.status = status;
        if let Some(production) = &mut record.production_status {
            production.overall_status = overall;
        }
        record
    }
}

impl State {
    fn new(config: &SandboxConfig, now: DateTime<Utc>) -> Self {
        let mut random = SandboxRandom::seeded(config.seed);
        let link_key = random.bytes();
        Self {
            random,
            partner: Partner::new(config.partner_secret.clone()),
            faults: Faults::default(),
            outbox: Outbox::default(),
            link_use: config.link_use,
            customers: BTreeMap::new(),
            consumers: BTreeMap::new(),
            links: BTreeMap::new(),
            ledger: Ledger::new(config.first_aggregation, now),
            story: None,
            seed: config.seed,
            issued: HashSet::new(),
            made: 0,
            last_link: DateTime::UNIX_EPOCH,
            link_key,
        }
    }

    fn add_first_customer(
        &mut self,
        id: CustomerId,
        directory: &Directory,
        now: DateTime<Utc>,
    ) -> Result<(), StartError> {
        const HOME: InstitutionId = InstitutionId::new(102_105);
        let missing = StartError::FirstCustomer;
        let person = crate::people::person("profile_03").ok_or(missing("person"))?;
        let institution = directory.get(HOME).ok_or(missing("institution"))?;
        let (first, last) = person.name.split_once(' ').unwrap_or((&person.name, ""));
        let created = now - Duration::days(30);
        self.issued.insert(id.0);
        self.customers.insert(
            id,
            Customer {
                id,
                username: "sandbox_customer_1".to_owned(),
                kind: CustomerType::Testing,
                first_name: Some(first.to_owned()),
                last_name: Some(last.to_owned()),
                phone: None,
                email: None,
                application_id: None,
                created,
                modified: created,
                place: 0,
            },
        );
        let seeds = crate::people::accounts_at(person, HOME);
        let ids = self.connect(id, institution, person, &seeds, created);
        for id in ids {
            // The setting is for accounts that are added; these have been there for a month.
            self.ledger.attempt(id, now);
        }
        Ok(())
    }

    /// An id that follows from `name`, or a further one when that was issued before.
    fn issue(&mut self, name: &str, base: u64, span: u64) -> u64 {
        let mut generation = 0;
        loop {
            let id = random::number_of(&format!("{name}/{generation}"), base, span);
            if self.issued.insert(id) {
                return id;
            }
            generation += 1;
        }
    }

    fn count(&mut self) -> u64 {
        self.made += 1;
        self.made
    }
}
