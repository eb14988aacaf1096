//! Outages on both databases; counts against a recount, one by one.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};
use relink_mastercard::{
    AggregationStatusCode as Code, CustomerId, InstitutionId, model::Username,
};

use super::{
    Write,
    accounts::{Account, Choice},
    breaks::Break,
    connect_sessions::ConnectSession,
    connections::Connection,
    outage_counts::Scope,
    outages::Outage,
    testing::TestStore,
};
use crate::{
    connections::End,
    db_test,
    identity::{Role, testing::signed_in},
    ids::{AccountId, BreakId, ConnectSessionId, ConnectionId, OutageId, UserId},
    outages::{
        By, Codes, Whose,
        recount::{Broke, Fact, recount},
    },
    random::{Random, SeededRandom},
    status::{Acts, Table},
    time::FixedClock,
};

const PLACES: u64 = 4;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn window() -> DateTime<Utc> {
    now() - Duration::hours(6)
}

fn codes() -> Codes {
    Codes::of(&Table::shipped(), Acts::Institution)
}

/// People whose connections broke or not, in every way that matters.
struct Town {
    rng: StdRng,
    random: Arc<SeededRandom>,
    facts: Vec<Fact>,
    users: Vec<UserId>,
    connections: Vec<ConnectionId>,
}

impl Town {
    async fn new(db: &TestStore, seed: u64, customers: usize) -> Self {
        let mut town = Self {
            rng: StdRng::seed_from_u64(seed),
            random: Arc::new(SeededRandom::new(seed)),
            facts: Vec::new(),
            users: Vec::new(),
            connections: Vec::new(),
        };
        for customer in 0..customers {
            let clock = Arc::new(FixedClock::at(now()));
            let email = format!("user{customer}@example.com");
            let person = signed_in(&db.store, clock, town.random.clone(), &email, Role::User).await;
            town.users.push(person.user());
            let mut unit = db.store.write().await.unwrap();
            town.settle(&mut unit, customer, person.user()).await;
            unit.save().await.unwrap();
        }
        town
    }

    /// A customer with one or two logins, read within the last ten hours.
    async fn settle(&mut self, unit: &mut Write, customer: usize, user: UserId) {
        let id: CustomerId = format!("k{customer}").parse().unwrap();
        let username = Username::parse(format!("relink_{}", self.random.token())).unwrap();
        unit.begin_customer(user, &username, now()).await.unwrap();
        unit.customer_made(user, &id, None).await.unwrap();
        let read = now() - self.hours(10);
        assert!(unit.customer_read(&id, read).await.unwrap());
        for login in 0..=self.rng.next_u64() % 2 {
            let place = 1 + self.rng.next_u64() % PLACES;
            let kept = !self.rng.next_u64().is_multiple_of(8);
            let connection = self.connection(unit, &id, user, login, place, kept).await;
            let breaks = self.breaks(unit, connection, read).await;
            self.facts.push(Fact {
                customer,
                institution: usize::try_from(place).unwrap(),
                read,
                kept,
                breaks,
            });
            self.connections.push(connection);
        }
    }

    fn hours(&mut self, most: u64) -> Duration {
        let minutes = self.rng.next_u64() % (most * 60);
        Duration::minutes(i64::try_from(minutes).unwrap())
    }

    async fn connection(
        &mut self,
        unit: &mut Write,
        customer: &CustomerId,
        user: UserId,
        login: u64,
        place: u64,
        kept: bool,
    ) -> ConnectionId {
        let institution = InstitutionId::new(i64::try_from(place).unwrap());
        let visit = ConnectSession {
            id: ConnectSessionId(self.random.id(now())),
            user,
            customer: customer.clone(),
            institution,
            institution_name: "Bank".to_owned(),
            institutions: vec![institution],
            reference: self.random.token(),
            facts: crate::connect::session::Facts::default(),
            created: now(),
            refreshed: None,
            repairs: None,
            language: "en".to_owned(),
        };
        unit.insert_connect_session(&visit).await.unwrap();
        let connection = Connection {
            id: ConnectionId(self.random.id(now())),
            user,
            customer: customer.clone(),
            login: format!("{login}7").parse().unwrap(),
            institution,
            institution_name: "Bank".to_owned(),
            connected: now() - Duration::days(30),
        };
        unit.connect(&connection).await.unwrap();
        let account = Account {
            id: AccountId(self.random.id(now())),
            connection: connection.id,
            upstream: format!("{login}1").parse().unwrap(),
            connect_session: visit.id,
            name: "Checking".to_owned(),
            kind: "checking".to_owned(),
            mask: "1".to_owned(),
            currency: "USD".to_owned(),
            status_code: None,
            attempted: None,
            succeeded: None,
            authorization_ends: None,
            missed: None,
            gone: None,
            choice: Choice::Kept,
            arrived: now(),
        };
        unit.account_read(&account, customer).await.unwrap();
        let choice = if kept { Choice::Kept } else { Choice::Removed };
        unit.choose(account.id, choice, now()).await.unwrap();
        connection.id
    }

    /// Perhaps one that is over, perhaps one that is open.
    async fn breaks(
        &mut self,
        unit: &mut Write,
        connection: ConnectionId,
        read: DateTime<Utc>,
    ) -> Vec<Broke> {
        let mut breaks = Vec::new();
        if self.rng.next_u64().is_multiple_of(4) {
            let closed = read - self.hours(4);
            let opened = closed - self.hours(8);
            breaks.push((opened, Some(closed)));
        }
        match self.rng.next_u64() % 4 {
            0 => breaks.push((read, None)),
            1 if breaks.is_empty() => breaks.push((read - self.hours(30), None)),
            _ => {}
        }
        let mut told = Vec::new();
        for (opened, closed) in breaks {
            let institutions = !self.rng.next_u64().is_multiple_of(3);
            let code = Code::new(if institutions { 102 } else { 103 });
            let id = BreakId(self.random.id(opened));
            let new = Break {
                id,
                connection,
                code,
                last_good: None,
                failed: opened,
                opened,
                counted: true,
                fixable: true,
                ended: None,
            };
            unit.open_break(&new).await.unwrap();
            if let Some(closed) = closed {
                unit.close_break(&new, End::Repaired, closed).await.unwrap();
            }
            told.push(Broke {
                opened,
                closed,
                institutions,
            });
        }
        told
    }
}

db_test! { async fn counts_are_those_of_a_recount(db: &TestStore) {
    let town = Town::new(db, 1, 60).await;
    let codes = codes();
    let mut unit = db.store.read().await.unwrap();
    // Of a fresh look, and of an outage that counts from earlier on.
    for since in [window(), window() - Duration::hours(5)] {
        let naive = recount(&town.facts, since, window());
        for place in 1..=PLACES {
            let counts = naive[&usize::try_from(place).unwrap()];
            let whose = Whose::Institution(InstitutionId::new(i64::try_from(place).unwrap()));
            let scope = Scope { whose, codes: &codes, since };
            let (broken, spread) = unit.newly_broken(scope).await.unwrap();
            assert_eq!((broken, spread), (counts.broken, u32::from(counts.broken > 0)));
            assert_eq!(unit.customers_read(scope, window(), 1_000).await.unwrap(), counts.read);
            assert_eq!(unit.customers_read(scope, window(), 3).await.unwrap(), counts.read.min(3));
        }
        let mut everywhere = town.facts.clone();
        for fact in &mut everywhere {
            fact.institution = 0;
        }
        let counts = recount(&everywhere, since, window())[&0];
        let scope = Scope { whose: Whose::Mastercard, codes: &codes, since };
        let at = naive.values().filter(|counts| counts.broken > 0).count();
        let spread = u32::try_from(at).unwrap();
        assert_eq!(unit.newly_broken(scope).await.unwrap(), (counts.broken, spread));
        assert_eq!(unit.customers_read(scope, window(), 1_000).await.unwrap(), counts.read);
        let suspected = unit.institutions_suspected(&codes, since, 3).await.unwrap();
        let expected = naive.iter().filter(|(_, counts)| counts.broken >= 3);
        let expected: Vec<i64> = expected.map(|(place, _)| i64::try_from(*place).unwrap()).collect();
        assert_eq!(suspected.iter().map(|id| id.get()).collect::<Vec<_>>(), expected);
        assert!(counts.broken > 5 && counts.read > counts.broken, "{counts:?}");
    }
}}

fn outage(number: u128, whose: Whose, opened: DateTime<Utc>) -> Outage {
    Outage {
        id: OutageId(uuid::Uuid::from_u128(number)),
        whose,
        by: By::Failures,
        counted_from: window(),
        began: window(),
        opened,
        closed: None,
        affected: 0,
        part_of: None,
    }
}

db_test! { async fn one_is_open_at_a_time(db: &TestStore) {
    let here = Whose::Institution(InstitutionId::new(1));
    let there = Whose::Institution(InstitutionId::new(2));
    for (whose, number) in [(here, 1), (there, 2), (Whose::Mastercard, 3)] {
        let mut unit = db.store.write().await.unwrap();
        unit.open_new_outage(&outage(number, whose, now())).await.unwrap();
        unit.save().await.unwrap();
        let mut unit = db.store.write().await.unwrap();
        let second = outage(number + 50, whose, now());
        assert!(unit.open_new_outage(&second).await.unwrap_err().is_taken());
        drop(unit);
        let mut unit = db.store.write().await.unwrap();
        unit.close_outage(OutageId(uuid::Uuid::from_u128(number)), now()).await.unwrap();
        assert_eq!(unit.open_outage(whose).await.unwrap(), None);
        unit.open_new_outage(&second).await.unwrap();
        assert_eq!(unit.open_outage(whose).await.unwrap(), Some(second));
        unit.close_outage(second.id, now()).await.unwrap();
        unit.save().await.unwrap();
    }
}}

db_test! { async fn connections_join_and_come_back(db: &TestStore) {
    let town = Town::new(db, 2, 40).await;
    let codes = codes();
    let whose = Whose::Institution(InstitutionId::new(1));
    let new = outage(1, whose, now());
    let scope = Scope { whose, codes: &codes, since: new.counted_from };
    let counts = recount(&town.facts, new.counted_from, window())[&1];
    let mut unit = db.store.write().await.unwrap();
    unit.open_new_outage(&new).await.unwrap();
    for _ in 0..2 {
        // Twice: a look that is repeated changes nothing.
        unit.follow_outage(new.id, scope, now()).await.unwrap();
        assert_eq!(unit.fared(new.id).await.unwrap(), (0, counts.broken));
        assert_eq!(unit.cut_off(new.id).await.unwrap(), i64::from(counts.broken));
    }
    unit.set_affected(new.id, i64::from(counts.broken)).await.unwrap();

    let hit = |fact: &&Fact| {
        let mut one = [(*fact).clone()];
        one[0].institution = 1;
        fact.institution == 1 && recount(&one, new.counted_from, window()).get(&1).is_some_and(|counts| counts.broken > 0)
    };
    let index = town.facts.iter().position(|fact| hit(&fact)).unwrap();
    let (user, connection) = (town.users[town.facts[index].customer], town.connections[index]);
    let over = unit.open_outages_of(user).await.unwrap();
    let (_, over) = over.iter().find(|(over, _)| *over == connection).unwrap();
    assert_eq!((over.outage.id, over.others), (new.id, i64::from(counts.broken) - 1));

    let broken = unit.breaks(user).await.unwrap();
    let open = broken.iter().find(|one| one.connection == connection && one.ended.is_none());
    unit.close_break(open.unwrap(), End::Repaired, now()).await.unwrap();
    unit.follow_outage(new.id, scope, now()).await.unwrap();
    let (back, still) = unit.fared(new.id).await.unwrap();
    assert!(back == 1 && still < counts.broken);
    // It breaks again while the outage lasts.
    let again = Break { id: BreakId(uuid::Uuid::from_u128(9)), opened: now(), ..*open.unwrap() };
    unit.open_break(&again).await.unwrap();
    unit.follow_outage(new.id, scope, now()).await.unwrap();
    assert_eq!(unit.fared(new.id).await.unwrap(), (0, counts.broken));

    unit.close_outage(new.id, now()).await.unwrap();
    assert!(unit.open_outages_of(user).await.unwrap().is_empty());
    let past = unit.past_outages_of(user, now()).await.unwrap();
    assert!(past.iter().any(|past| past.connection == connection && past.back.is_none()));
    unit.save().await.unwrap();
}}
