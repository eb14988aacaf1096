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
        ConnectLink, Customer, CustomerKind, Enrolment, Institution, Language, LiteRequest,
        NewCustomer, SimpleAccount, Username,
    },
};
use secrecy::SecretString;
use serde_json::json;

use super::{
    Connect, Consent, Decision, ReadSession, RemoveAccounts, ReturnHint, ReviewError, Settings,
    Settle, StartError, Unanswered, Visit,
    session::{Failure, LinkRefused, State},
};
use crate::{
    db_test,
    identity::{Role, SignedIn, testing::signed_in},
    ids::ConnectSessionId,
    jobs::{Jobs, Worker, WorkerSettings},
    random::{Random, SeededRandom},
    store::{accounts::Choice, events::Counter, testing::TestStore},
    time::{Clock, Clocks, FixedClock},
    upstream::ConnectUpstream,
    webhooks::{ApplyEvent, ReceiveError, Received, Webhooks},
};

const SECRET: &str = "a partner secret";
const CHASE: i64 = 5;

/// What the fake Mastercard knows, and what it was asked.
#[derive(Default)]
struct World {
    customers: BTreeMap<String, String>,
    accounts: Vec<SimpleAccount>,
    deleted: Vec<String>,
    calls: Vec<&'static str>,
    /// The next calls of this name fail: before their effect, or after.
    fail: Option<(&'static str, Cause, Effect)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Effect {
    None,
    Done,
}

#[derive(Default)]
struct Fake(Mutex<World>);

impl Fake {
    fn with<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.0.lock().unwrap())
    }

    fn call<T>(&self, name: &'static str, work: impl FnOnce(&mut World) -> T) -> Result<T, Error> {
        self.with(|world| {
            world.calls.push(name);
            match world.fail.clone().filter(|(failing, ..)| *failing == name) {
                None => Ok(work(world)),
                Some((_, cause, effect)) => {
                    if effect == Effect::Done {
                        work(world);
                    }
                    Err(Error {
                        operation: Operation::AddCustomer,
                        reference: RequestReference::new("r"),
                        cause,
                    })
                }
            }
        })
    }

    fn count(&self, name: &str) -> usize {
        self.with(|world| world.calls.iter().filter(|call| **call == name).count())
    }

    fn opens(&self, id: &str, login: &str, code: Option<i64>) {
        let account = account(id, login, code);
        self.with(|world| {
            world.accounts.retain(|known| known.id != account.id);
            world.accounts.push(account);
        });
    }
}

fn account(id: &str, login: &str, code: Option<i64>) -> SimpleAccount {
    let mut account = json!({
        "id": id, "accountNumberDisplay": format!("xx{id}"), "name": "Checking", "type": "checking",
        "status": "active", "customerId": "c", "institutionId": CHASE.to_string(), "createdDate": 1_800_000_000,
        "currency": "USD", "institutionLoginId": login,
    });
    if let Some(code) = code {
        account["aggregationStatusCode"] = code.into();
        account["aggregationAttemptDate"] = 1_800_000_000.into();
    }
    serde_json::from_value(account).unwrap()
}

#[async_trait]
impl ConnectUpstream for Fake {
    async fn add_customer(&self, _: CustomerKind, new: &NewCustomer) -> Result<Enrolment, Error> {
        self.call("add", |world| {
            if world.customers.contains_key(new.username.as_str()) {
                return Enrolment::UsernameTaken;
            }
            let id = format!("c{}", world.customers.len());
            world.customers.insert(new.username.to_string(), id.clone());
            Enrolment::Created(customer(&id, new.username.as_str()))
        })
    }

    async fn find_customer(&self, username: &Username) -> Result<Option<Customer>, Error> {
        self.call("find", |world| {
            world
                .customers
                .get(username.as_str())
                .map(|id| customer(id, username.as_str()))
        })
    }

    async fn accounts(&self, _: &CustomerId) -> Result<Vec<SimpleAccount>, Error> {
        self.call("accounts", |world| world.accounts.clone())
    }

    async fn generate_lite(&self, request: &LiteRequest) -> Result<ConnectLink, Error> {
        let webhook = request
            .options
            .webhook
            .as_ref()
            .expect("a webhook")
            .url
            .clone();
        self.call("generate", |_| {
            let link = format!("https://connect2.finicity.com/?webhook={webhook}");
            ConnectLink::parse(SecretString::from(link)).unwrap()
        })
    }

    async fn refresh_login(
        &self,
        _: &CustomerId,
        _: &InstitutionLoginId,
        _: RefreshApi,
    ) -> Result<(), Error> {
        self.call("refresh", |_| ())
    }

    async fn delete_account(
        &self,
        _: &CustomerId,
        account: &UpstreamId,
    ) -> Result<Deletion, Error> {
        self.call("delete account", |world| {
            world.deleted.push(account.to_string());
            Deletion::Deleted
        })
    }

    async fn delete_login(
        &self,
        _: &CustomerId,
        login: &InstitutionLoginId,
    ) -> Result<Deletion, Error> {
        self.call("delete login", |world| {
            world.deleted.push(login.to_string());
            Deletion::Deleted
        })
    }
}

fn customer(id: &str, username: &str) -> Customer {
    serde_json::from_value(json!({ "id": id, "username": username, "createdDate": 1_800_000_000 }))
        .unwrap()
}

/// One program on a test database.
struct Bench {
    upstream: Arc<Fake>,
    clock: Arc<FixedClock>,
    connect: Connect,
    webhooks: Webhooks,
    worker: Worker,
    person: SignedIn,
    other: SignedIn,
    db: crate::store::Store,
}

impl Bench {
    async fn new(db: &TestStore) -> Self {
        let upstream = Arc::new(Fake::default());
        let clock = Arc::new(FixedClock::at(
            DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        ));
        let shared: Arc<dyn Clock> = clock.clone();
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(7));
        let store = db.store.clone();
        let jobs = Jobs::new(shared.clone(), random.clone());
        let connect = Connect::new(
            store.clone(),
            upstream.clone(),
            shared.clone(),
            random.clone(),
            jobs.clone(),
            settings(),
        );
        let keys: Arc<[SecretString]> = Arc::new([SECRET.into()]);
        let webhooks = Webhooks::new(store.clone(), connect.clone(), shared.clone(), jobs, keys);
        let worker = Worker::new(
            store.clone(),
            Clocks::one(shared.clone()),
            random.clone(),
            WorkerSettings::default(),
        )
        .handle::<ReadSession>(Arc::new(connect.clone()))
        .handle::<Settle>(Arc::new(connect.clone()))
        .handle::<RemoveAccounts>(Arc::new(connect.clone()))
        .handle::<ApplyEvent>(Arc::new(webhooks.clone()));
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
            webhooks,
            worker,
            person,
            other,
            db: store,
        }
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
            .receive(reference, Some(&sign(body.as_bytes())), body.as_bytes())
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

fn settings() -> Settings {
    Settings {
        customers: CustomerKind::Testing,
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

mod flow;
mod trouble;
