//! Connecting against a fake Mastercard, on both databases.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use hmac::{Hmac, KeyInit, Mac};
use relink_mastercard::{
    AccountId as UpstreamId, AggregationStatusCode, Cause, CustomerId, Error, InstitutionId,
    InstitutionLoginId, Operation, RequestReference,
    client::{Deletion, RefreshApi},
    model::{
        ConnectLink, Customer, CustomerKind, Enrolment, FixRequest, Institution, Language,
        LiteRequest, NewCustomer, SimpleAccount, Username,
    },
};
use secrecy::SecretString;
use serde_json::json;

use super::{
    Connect, Consent, Decision, ReturnHint, ReviewError, Settings, StartError, Unanswered, Visit,
    handle,
    session::{Failure, LinkRefused, State},
};
use crate::{
    connections::{Card, Connections, Limits},
    db_test,
    identity::{Role, SignedIn, testing::signed_in},
    ids::{ConnectSessionId, ConnectionId},
    jobs::{Jobs, Worker, WorkerSettings},
    mail::Letter,
    notify::{self, Message, Notices, Preferences, Seal},
    outages::{Look, Outages, Settings as OutageSettings},
    random::{Random, SeededRandom},
    readings::Readings,
    repair::Repairs,
    status::Table,
    store::{accounts::Choice, events::Counter, testing::TestStore},
    sweep::{self, GoOn, Sweeps},
    time::{Clock, Clocks, FixedClock},
    upstream::{AccountsUpstream, ConnectUpstream},
    webhooks::{ApplyEvent, EventKeys, ReceiveError, Received, Webhooks},
};

const SECRET: &str = "a partner secret";
const CHASE: i64 = 5;

use fake::{Effect, Fake, account};
use outside::Outside;

/// One program on a test database.
struct Bench {
    upstream: Arc<Fake>,
    clock: Arc<FixedClock>,
    connect: Connect,
    connections: Connections,
    notices: Notices,
    post: Arc<Outside<Letter>>,
    gateway: Arc<Outside<Message>>,
    repairs: Repairs,
    sweeps: Sweeps,
    outages: Outages,
    webhooks: Webhooks,
    worker: Worker,
    person: SignedIn,
    other: SignedIn,
    db: crate::store::Store,
}

/// A sweep that nothing holds back.
fn at_once() -> sweep::Settings {
    sweep::Settings {
        per_second: 10_000,
        window: Duration::zero(),
        ..sweep::Settings::default()
    }
}

impl Bench {
    async fn new(db: &TestStore) -> Self {
        Self::making(db, CustomerKind::Testing).await
    }

    /// One that makes such customers.
    async fn making(db: &TestStore, customers: CustomerKind) -> Self {
        let upstream = Arc::new(Fake::default());
        let clock = Arc::new(FixedClock::at(
            DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        ));
        let shared: Arc<dyn Clock> = clock.clone();
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(7));
        let store = db.store.clone();
        let jobs = Jobs::new(shared.clone(), random.clone());
        let readings = readings_of(&random, &jobs);
        let connect = Connect::new(
            store.clone(),
            upstream.clone(),
            shared.clone(),
            random.clone(),
            jobs.clone(),
            readings.clone(),
            settings(customers),
        );
        let repairs = Repairs::new(
            store.clone(),
            upstream.clone(),
            shared.clone(),
            random.clone(),
            readings.clone(),
            connect.clone(),
        );
        let sweeps = Sweeps::new(
            store.clone(),
            upstream.clone(),
            readings.clone(),
            shared.clone(),
            random.clone(),
            jobs.clone(),
            at_once(),
        );
        let clocks = Clocks::one(shared.clone());
        let notices = notices_of(&store, &clocks, &random, &readings);
        let (post, gateway) = (Arc::new(Outside::default()), Arc::new(Outside::default()));
        let outages = outages_of(&store, &shared, &random, &jobs);
        let connections = Connections::new(store.clone(), readings, shared.clone());
        let keys: Arc<dyn EventKeys> = Arc::new(vec![SecretString::from(SECRET)]);
        let webhooks = Webhooks::new(store.clone(), connect.clone(), shared.clone(), jobs, keys);
        let worker = Worker::new(
            store.clone(),
            clocks,
            random.clone(),
            WorkerSettings::default(),
        )
        .handle::<GoOn>(Arc::new(sweeps.clone()))
        .handle::<Look>(Arc::new(outages.clone()))
        .handle::<ApplyEvent>(Arc::new(webhooks.clone()));
        let worker = handle(worker, &connect);
        let sign_in = async |email| {
            signed_in(&store, shared.clone(), random.clone(), email, Role::User).await
        };
        let (person, other) = (
            sign_in("ada@example.com").await,
            sign_in("eve@example.com").await,
        );
        Self {
            upstream,
            clock,
            connect,
            connections,
            notices,
            post,
            gateway,
            repairs,
            sweeps,
            outages,
            webhooks,
            worker,
            person,
            other,
            db: store,
        }
    }

    /// Another recorder of readings on the same database.
    fn readings(&self, seed: u64) -> Readings {
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(seed));
        let jobs = Jobs::new(self.clock.clone(), random.clone());
        readings_of(&random, &jobs)
    }

    async fn start(&self) -> (ConnectSessionId, String) {
        let started = self
            .connect
            .start(&self.person, &institution(), &consent())
            .await
            .unwrap();
        let reference = started
            .return_url
            .path()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        (started.session, reference)
    }

    /// Connects an account and keeps it.
    async fn connected(&self, id: &str, login: &str) -> ConnectionId {
        let (visit, reference) = self.start().await;
        self.upstream.opens(id, login, Some(0));
        self.event(&reference, &format!("added {id}"), "added")
            .await
            .unwrap();
        self.pass(Duration::zero()).await;
        let accounts = self.visit(visit).await.accounts;
        let all: Vec<_> = accounts.iter().map(|account| account.id).collect();
        self.connect
            .review(&self.person, visit, &all, &all)
            .await
            .unwrap();
        accounts[0].connection
    }

    /// The person's only card.
    async fn card(&self) -> Card {
        let mut cards = self.connections.overview(&self.person).await.unwrap();
        assert_eq!(cards.len(), 1);
        cards.remove(0)
    }

    /// Runs a whole sweep, `after` the last thing that happened.
    async fn sweep(&self, after: Duration) {
        self.clock.advance(after);
        self.sweeps.begin().await.unwrap();
        self.worker.run_due().await.unwrap();
    }

    async fn visit(&self, id: ConnectSessionId) -> Visit {
        self.connect.visit(&self.person, id).await.unwrap().unwrap()
    }

    async fn state(&self, id: ConnectSessionId) -> State {
        self.visit(id)
            .await
            .session
            .standing(self.clock.now())
            .state
    }

    async fn event(&self, reference: &str, id: &str, kind: &str) -> Result<Received, ReceiveError> {
        let body = json!({ "customerId": "c0", "eventType": kind, "eventId": id, "payload": {} })
            .to_string();
        self.webhooks
            .receive(reference, &[&sign(body.as_bytes())], body.as_bytes())
            .await
    }

    async fn pass(&self, time: Duration) {
        self.clock.advance(time);
        self.worker.run_due().await.unwrap();
    }
}

fn sign(body: &[u8]) -> String {
    let mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes())
        .unwrap()
        .chain_update(body);
    crate::webhooks::hex(&mac.finalize().into_bytes())
}

fn readings_of(random: &Arc<dyn Random>, jobs: &Jobs) -> Readings {
    let (table, limits) = (Table::shipped(), Limits::default());
    Readings::new(table, limits, random.clone(), jobs.clone())
}

fn notices_of(
    store: &crate::store::Store,
    clocks: &Clocks,
    random: &Arc<dyn Random>,
    readings: &Readings,
) -> Notices {
    let (clocks, random) = (clocks.clone(), random.clone());
    let seal = Seal::new(vec![7; 32].into());
    Notices::new(
        store.clone(),
        clocks,
        random,
        readings.clone(),
        seal,
        telling(),
    )
}

/// Outages that a small town is enough for.
fn outages_of(
    store: &crate::store::Store,
    clock: &Arc<dyn Clock>,
    random: &Arc<dyn Random>,
    jobs: &Jobs,
) -> Outages {
    let settings = OutageSettings {
        sample: 20,
        ..OutageSettings::default()
    };
    let (clock, random) = (clock.clone(), random.clone());
    Outages::new(
        store.clone(),
        Table::shipped(),
        clock,
        random,
        jobs.clone(),
        settings,
    )
}

fn settings(customers: CustomerKind) -> Settings {
    Settings {
        customers,
        public_url: "https://relink.example".parse().unwrap(),
        webhook: true,
        experience: None,
        refresh: RefreshApi::V1,
        unanswered: Unanswered {
            remind_after: Duration::days(1),
            decide_after: Duration::days(7),
            decision: Decision::Remove,
        },
    }
}

/// Without quiet hours: what is told when does not hang on the hour here.
fn telling() -> notify::Settings {
    let settings = notify::Settings::default();
    notify::Settings {
        preferences: Preferences {
            quiet: None,
            ..settings.preferences
        },
        sms: true,
        ..settings
    }
}

fn institution() -> Institution {
    serde_json::from_value(json!({
        "id": CHASE, "name": "Chase", "transAgg": true, "ach": true, "stateAgg": false, "voi": false, "voa": false,
        "aha": false, "availBalance": false, "accountOwner": false, "oauthEnabled": true, "status": "online",
        "currency": "USD",
    }))
    .unwrap()
}

fn consent() -> Consent {
    Consent {
        text_version: "1".to_owned(),
        language: Language::English,
    }
}

mod erasing;
mod fake;
mod flow;
mod outages;
mod outside;
mod readings;
mod repairing;
mod sweeping;
mod telling;
mod trouble;
