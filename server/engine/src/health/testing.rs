//! A small town for tests of the figures: users with connections of one account
//! each, read when the test says so.

use std::sync::Arc;

use chrono::{DateTime, Duration, SubsecRound, Utc};
use relink_mastercard::{
    CustomerId, InstitutionId,
    model::{SimpleAccount, Username},
};
use serde_json::json;

use super::{Checks, Marks};
use crate::{
    audit::Audit,
    connect::session::Hint,
    connections::Limits,
    identity::{Role, SignedIn, testing::signed_in},
    ids::{AccountId, ConnectSessionId, ConnectionId},
    jobs::Jobs,
    random::{Random, SeededRandom},
    readings::Readings,
    status::Table,
    store::{
        Store, Write,
        accounts::{Account, Choice},
        connect_sessions::ConnectSession,
        connections::Connection,
    },
    time::{Clock, FixedClock},
};

/// A connection of the town.
#[derive(Debug, Clone)]
pub struct House {
    /// Whose it is.
    pub user: SignedIn,
    /// Their customer.
    pub customer: CustomerId,
    /// The connection.
    pub connection: ConnectionId,
    /// Its account.
    pub account: AccountId,
    /// Where it is.
    pub place: i64,
    /// The visit that connected it.
    pub visit: ConnectSessionId,
    login: String,
    upstream: String,
}

impl House {
    /// What Mastercard calls its account.
    pub fn upstream(&self) -> &str {
        &self.upstream
    }

    /// Its institution moves it to another.
    pub fn moves(&mut self, place: i64) {
        if place != self.place {
            self.place = place;
            self.login.push('1');
        }
    }
}

/// The town, and what is tested on it.
pub struct Town {
    /// The database.
    pub store: Store,
    /// The only clock.
    pub clock: Arc<FixedClock>,
    /// Records what is read.
    pub readings: Readings,
    /// Holds the figures against a recount.
    pub checks: Checks,
    /// Takes connections out of the figures.
    pub marks: Marks,
    pub(crate) random: Arc<SeededRandom>,
    built: u64,
}

#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test without its town must fail"
)]
impl Town {
    /// An empty one, at noon of a day.
    pub fn new(store: &Store, seed: u64) -> Self {
        let noon = DateTime::from_timestamp(1_800_014_400, 0).expect("an instant");
        Self::at(store, seed, noon)
    }

    /// An empty one, at an instant.
    pub fn at(store: &Store, seed: u64, now: DateTime<Utc>) -> Self {
        let clock = Arc::new(FixedClock::at(now.trunc_subsecs(0)));
        let random = Arc::new(SeededRandom::new(seed));
        let jobs = Jobs::new(clock.clone(), random.clone());
        let limits = Limits::default();
        let readings = Readings::new(Table::shipped(), limits, random.clone(), jobs.clone());
        Self {
            store: store.clone(),
            checks: Checks::new(store.clone(), readings.clone(), clock.clone()),
            marks: Marks::new(
                store.clone(),
                readings.clone(),
                clock.clone(),
                jobs,
                Audit::new(store.clone(), clock.clone(), random.clone()),
            ),
            clock,
            readings,
            random,
            built: 0,
        }
    }

    /// Signs somebody in.
    pub async fn person(&self, name: &str, role: Role) -> SignedIn {
        let (clock, random) = (self.clock.clone(), self.random.clone());
        let email = format!("{name}@example.com");
        signed_in(&self.store, clock, random, &email, role).await
    }

    /// A user with a customer.
    pub async fn user(&self, name: &str) -> (SignedIn, CustomerId) {
        let person = self.person(name, Role::User).await;
        let now = self.clock.now();
        let username = Username::parse(format!("relink_{}", self.random.token()));
        let customer: CustomerId = format!("k{name}").parse().expect("an id");
        let mut unit = self.store.write().await.expect("a unit");
        let username = username.expect("a name");
        let begun = unit.begin_customer(person.user(), &username, now).await;
        begun.expect("a customer");
        let made = unit.customer_made(person.user(), &customer, None).await;
        made.expect("a customer");
        unit.save().await.expect("rows that stay");
        (person, customer)
    }

    /// Connects one account, kept and not yet read, at `place`.
    pub async fn connect(
        &mut self,
        (user, customer): &(SignedIn, CustomerId),
        place: i64,
    ) -> House {
        self.built += 1;
        let now = self.clock.now();
        let mut unit = self.store.write().await.expect("a unit");
        let visit = self.visit(&mut unit, (user, customer, place), None).await;
        let house = House {
            user: user.clone(),
            customer: customer.clone(),
            connection: ConnectionId(self.random.id(now)),
            account: AccountId(self.random.id(now)),
            place,
            visit,
            login: format!("{}", 70_000 + self.built),
            upstream: format!("{}", 90_000 + self.built),
        };
        let connection = Connection {
            id: house.connection,
            user: user.user(),
            customer: customer.clone(),
            login: house.login.parse().expect("a login"),
            institution: InstitutionId::new(place),
            institution_name: format!("Bank {place}"),
            connected: now,
        };
        unit.connect(&connection).await.expect("a connection");
        let account = Account {
            id: house.account,
            connection: house.connection,
            upstream: house.upstream.parse().expect("an id"),
            connect_session: visit,
            name: "Checking".to_owned(),
            kind: "checking".to_owned(),
            mask: "4821".to_owned(),
            currency: "USD".to_owned(),
            status_code: None,
            attempted: None,
            succeeded: None,
            authorization_ends: None,
            missed: None,
            gone: None,
            choice: Choice::Waiting,
            arrived: now,
        };
        unit.account_read(&account, customer).await.expect("a row");
        let kept = unit.choose(account.id, Choice::Kept, now).await;
        kept.expect("a choice");
        let stands = self.readings.stand_again(&mut unit, customer, now).await;
        stands.expect("figures");
        unit.save().await.expect("rows that stay");
        house
    }

    /// Its user removes it.
    pub async fn removes(&self, house: &House) {
        let now = self.clock.now();
        let mut unit = self.store.write().await.expect("a unit");
        let gone = unit.choose(house.account, Choice::Removed, now).await;
        gone.expect("a choice");
        let stands = self
            .readings
            .stand_again(&mut unit, &house.customer, now)
            .await;
        stands.expect("figures");
        unit.save().await.expect("rows that stay");
    }

    /// Its user goes to Data Connect Fix, and signs in there.
    pub async fn repairs(&self, house: &House) {
        let visit = self.goes_to_fix(house).await;
        self.learns(visit, |facts, now| {
            facts.link_made = Some(now);
            facts.learn(&Hint::Opened, now);
        })
        .await;
    }

    /// Its user asks for Data Connect Fix; gives the visit.
    pub async fn goes_to_fix(&self, house: &House) -> ConnectSessionId {
        let mut unit = self.store.write().await.expect("a unit");
        let at = (&house.user, &house.customer, house.place);
        let visit = self.visit(&mut unit, at, Some(house.connection)).await;
        unit.save().await.expect("rows that stay");
        visit
    }

    async fn visit(
        &self,
        unit: &mut Write,
        (user, customer, place): (&SignedIn, &CustomerId, i64),
        repairs: Option<ConnectionId>,
    ) -> ConnectSessionId {
        let now = self.clock.now();
        let institution = InstitutionId::new(place);
        let visit = ConnectSession {
            id: ConnectSessionId(self.random.id(now)),
            user: user.user(),
            customer: customer.clone(),
            institution,
            institution_name: format!("Bank {place}"),
            institutions: vec![institution],
            reference: self.random.token(),
            facts: crate::connect::session::Facts::default(),
            created: now,
            refreshed: None,
            repairs,
            language: "en".to_owned(),
        };
        unit.insert_connect_session(&visit).await.expect("a visit");
        visit.id
    }

    /// What Mastercard lists of a house whose latest reading gave `code`.
    pub fn listed(&self, house: &House, code: i64) -> SimpleAccount {
        let now = self.clock.now().timestamp();
        let mut account = json!({
            "id": house.upstream, "accountNumberDisplay": "4821", "name": "Checking", "type": "checking",
            "status": "active", "customerId": "1", "institutionId": house.place.to_string(), "createdDate": now,
            "currency": "USD", "institutionLoginId": house.login, "aggregationStatusCode": code,
            "aggregationAttemptDate": now,
        });
        if code == 0 {
            account["aggregationSuccessDate"] = now.into();
        }
        serde_json::from_value(account).expect("an account")
    }

    /// Reads a customer: each house with its code.
    pub async fn read(&self, houses: &[(&House, i64)]) {
        let listed: Vec<SimpleAccount> = houses
            .iter()
            .map(|(house, code)| self.listed(house, *code))
            .collect();
        let Some((first, _)) = houses.first() else {
            return;
        };
        let mut unit = self.store.write().await.expect("a unit");
        let now = self.clock.now();
        let read = self
            .readings
            .record(&mut unit, &first.customer, &listed, now);
        read.await.expect("a reading");
        unit.save().await.expect("rows that stay");
    }

    /// Time goes on.
    pub fn pass(&self, time: Duration) -> DateTime<Utc> {
        self.clock.advance(time);
        self.clock.now()
    }
}
