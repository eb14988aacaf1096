//! Anything that may happen to connections, and what is expected of each by the
//! plainest rules.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard},
};

use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;

use super::{
    testing::{House, Town},
    *,
};
use crate::{
    connect::session::{Facts, Hint, LinkRefused},
    identity::{Role, SignedIn, Support, testing::client},
    ids::ConnectSessionId,
    notify::Way,
    store::{accounts::Choice, testing::TestStore},
    time::Clock,
};

/// Something that happens. Numbers stand for one of those that there are.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Minutes pass.
    Passes(i64),
    /// A user's accounts are read.
    Reads(usize, [usize; 3]),
    /// A user removes a connection.
    Removes(usize),
    /// A mark is set, or taken away.
    Marks(usize, usize),
    /// Mastercard does not know a user's customer.
    Loses(usize),
    /// Somebody goes to repair what may not be broken at all.
    Repairs(usize),
    /// A user's first connection goes to another institution.
    Moves(usize, i64),
    /// A user is told of a break.
    Tells(usize, usize),
    /// A user signs in because of it.
    Comes(usize),
    /// A user chooses an institution.
    Chooses(usize, usize, i64),
    /// Whatever may be learned of any visit, however late.
    Learns(usize, usize),
}

const PLACES: i64 = 3;
const CODES: [i64; 5] = [0, 0, 103, 102, 987_654];

/// The institutions of each user's connections.
pub(super) fn street() -> impl Strategy<Value = Vec<Vec<i64>>> {
    prop::collection::vec(prop::collection::vec(1..=PLACES, 1..=3), 2..=6)
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let one = || 0..1_000_usize;
    prop_oneof![
        12 => (200..2_000_i64).prop_map(Step::Passes),
        6 => (one(), prop::array::uniform3(0..CODES.len())).prop_map(|(user, codes)| Step::Reads(user, codes)),
        1 => one().prop_map(Step::Removes),
        2 => (one(), 0..2_usize).prop_map(|(house, mark)| Step::Marks(house, mark)),
        1 => one().prop_map(Step::Loses),
        1 => one().prop_map(Step::Repairs),
        1 => (one(), 1..=PLACES).prop_map(|(user, place)| Step::Moves(user, place)),
        1 => (one(), 0..3_usize).prop_map(|(house, ways)| Step::Tells(house, ways)),
        1 => one().prop_map(Step::Comes),
        1 => (one(), 0..3_usize, 1..=PLACES + 1)
            .prop_map(|(house, language, place)| Step::Chooses(house, language, place)),
        4 => (one(), 0..10_usize).prop_map(|(visit, what)| Step::Learns(visit, what)),
    ]
}

/// What is expected of a house.
#[derive(Clone)]
struct Expected {
    code: Option<i64>,
    lost: bool,
    removed: bool,
    marks: BTreeSet<&'static str>,
    succeeded: Option<DateTime<Utc>>,
    /// At the latest look at its user.
    standing: Option<Standing>,
}

impl Expected {
    fn look(&mut self, now: DateTime<Utc>) {
        self.standing = self.standing_at(now);
    }

    fn standing_at(&self, now: DateTime<Utc>) -> Option<Standing> {
        let late = self
            .succeeded
            .is_none_or(|at| now - at > Duration::hours(36));
        if self.removed || !self.marks.is_empty() {
            return None;
        }
        Some(match (self.lost, self.code) {
            (true, _) => Standing::Broken(Code::new(14001)),
            (false, None) => Standing::SettingUp,
            (false, Some(0)) if late => Standing::Stale,
            (false, Some(0)) => Standing::Healthy,
            (false, Some(code)) => Standing::Broken(Code::new(code)),
        })
    }
}

/// A street where things happen, one after the other or at once.
pub(super) struct Walk {
    pub(super) town: Town,
    admin: Support,
    users: Vec<Vec<usize>>,
    houses: Mutex<Vec<House>>,
    expected: Mutex<Vec<Expected>>,
    visits: Mutex<Vec<ConnectSessionId>>,
}

fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap()
}

impl Walk {
    pub(super) async fn new(db: &TestStore, street: &[Vec<i64>]) -> Self {
        let mut town = Town::new(&db.store, 11);
        let (mut users, mut houses) = (Vec::new(), Vec::new());
        for (name, places) in street.iter().enumerate() {
            let user = town.user(&format!("user{name}")).await;
            let mut mine = Vec::new();
            for place in places {
                mine.push(houses.len());
                houses.push(town.connect(&user, *place).await);
            }
            users.push(mine);
        }
        let new = Expected {
            code: None,
            lost: false,
            removed: false,
            marks: BTreeSet::new(),
            succeeded: None,
            standing: Some(Standing::SettingUp),
        };
        let admin: SignedIn = town.person("root", Role::Support).await;
        Self {
            admin: admin.support().unwrap(),
            expected: Mutex::new(vec![new; houses.len()]),
            houses: Mutex::new(houses),
            visits: Mutex::default(),
            town,
            users,
        }
    }

    pub(super) fn house(&self, any: usize) -> House {
        let houses = held(&self.houses);
        houses[any % houses.len()].clone()
    }

    /// All connections are looked at.
    pub(super) fn look_at_all(&self) {
        for user in 0..self.users.len() {
            self.look(user);
        }
    }

    /// A user's connections are looked at, all of them.
    fn look(&self, user: usize) {
        let now = self.town.clock.now();
        let mut expected = held(&self.expected);
        for index in &self.users[user] {
            expected[*index].look(now);
        }
    }

    fn index(&self, any: usize) -> usize {
        any % held(&self.houses).len()
    }

    fn user_of(&self, index: usize) -> usize {
        let mut users = self.users.iter();
        users.position(|mine| mine.contains(&index)).unwrap()
    }

    pub(super) async fn all(&self, steps: &[Step]) {
        for step in steps {
            self.step(step).await;
        }
    }

    pub(super) async fn step(&self, step: &Step) {
        match *step {
            Step::Passes(minutes) => {
                self.town.pass(Duration::minutes(minutes));
            }
            Step::Reads(user, codes) => self.read(user, codes.map(|code| CODES[code])).await,
            Step::Removes(house) => self.remove(self.index(house)).await,
            Step::Marks(house, mark) => self.mark(self.index(house), Mark::ALL[mark]).await,
            Step::Loses(user) => self.lose(user % self.users.len()).await,
            Step::Repairs(house) => {
                let visit = self.town.goes_to_fix(&self.house(house)).await;
                held(&self.visits).push(visit);
            }
            Step::Moves(user, place) => {
                let first = self.users[user % self.users.len()][0];
                held(&self.houses)[first].moves(place);
                self.read(user, [0; 3]).await;
            }
            Step::Tells(house, ways) => {
                let ways: &[Way] = [&[][..], &[Way::Email], &[Way::Email, Way::Sms]][ways];
                self.town.tells(&self.house(house), ways).await;
            }
            Step::Comes(house) => self.town.comes(&self.house(house)).await,
            Step::Chooses(house, language, place) => {
                let house = self.house(house);
                let user = (house.user, house.customer);
                let language = ["en", "es-MX", ""][language];
                let visit = self.town.chooses(&user, place, language).await;
                held(&self.visits).push(visit);
            }
            Step::Learns(visit, what) => self.learn(visit, what).await,
        }
    }

    async fn learn(&self, visit: usize, what: usize) {
        let visit = {
            let visits = held(&self.visits);
            if visits.is_empty() {
                return;
            }
            visits[visit % visits.len()]
        };
        let learned = move |facts: &mut Facts, now| match what {
            0 | 1 => facts.link_made = facts.link_made.or(Some(now)),
            2 => facts.link_refused = Some(LinkRefused::Unreachable),
            3 => facts.read(now, vec!["7".parse().unwrap()], true),
            4 => facts.choose(now, true),
            5 => facts.choose(now, false),
            6 => facts.learn(&Hint::Opened, now),
            7 => facts.learn(&Hint::Added, now),
            8 => facts.learn(&Hint::Trouble(Some(108)), now),
            _ => facts.learn(&Hint::Left, now),
        };
        self.town.learns(visit, learned).await;
    }

    async fn remove(&self, index: usize) {
        let (house, now) = (self.house(index), self.town.clock.now());
        for choice in [Choice::Removing, Choice::Removed] {
            let mut unit = self.town.store.write().await.unwrap();
            unit.hold_customer(&house.customer).await.unwrap();
            unit.choose(house.account, choice, now).await.unwrap();
            let readings = &self.town.readings;
            if choice == Choice::Removing {
                let stands = readings.stand_again(&mut unit, &house.customer, now).await;
                stands.unwrap();
            } else {
                let judged = readings.judge_again(&mut unit, &house.customer, now).await;
                judged.unwrap();
            }
            unit.save().await.unwrap();
        }
        held(&self.expected)[index].removed = true;
        self.look(self.user_of(index));
    }

    async fn mark(&self, index: usize, mark: Mark) {
        let on = held(&self.expected)[index].marks.insert(mark.name());
        let reason = on.then_some("a demonstration");
        let connection = self.house(index).connection;
        let marks = &self.town.marks;
        let client = client();
        let done = marks.mark(&self.admin, &client, connection, mark, reason);
        done.await.unwrap();
        if !on {
            held(&self.expected)[index].marks.remove(mark.name());
        }
        self.look(self.user_of(index));
    }

    async fn lose(&self, user: usize) {
        let customer = self.house(self.users[user][0]).customer;
        let mut unit = self.town.store.write().await.unwrap();
        let now = self.town.clock.now();
        let lost = self.town.readings.lost(&mut unit, &customer, now).await;
        lost.unwrap();
        unit.save().await.unwrap();
        for index in &self.users[user] {
            held(&self.expected)[*index].lost = true;
        }
        self.look(user);
    }

    async fn read(&self, user: usize, codes: [i64; 3]) {
        let user = user % self.users.len();
        let now = self.town.clock.now();
        let mut listed = Vec::new();
        for (index, code) in self.users[user].iter().zip(codes) {
            let it = &mut held(&self.expected)[*index];
            it.lost = false;
            if !it.removed {
                it.code = Some(code);
                if code == 0 {
                    it.succeeded = Some(now);
                }
                listed.push((self.house(*index), code));
            }
        }
        let listed = listed.iter().map(|(house, code)| (house, *code));
        self.town.read(&listed.collect::<Vec<_>>()).await;
        self.look(user);
    }

    /// What is kept, against the recount alone.
    pub(super) async fn recount(&self) {
        let drift = self.town.checks.drift().await.unwrap();
        assert_eq!(drift.some, []);
        assert_eq!(drift.count, 0);
    }

    /// What is kept, against the recount and against the plain rules.
    pub(super) async fn check(&self) {
        self.recount().await;
        let mut expected: BTreeMap<(i64, Standing), i64> = BTreeMap::new();
        let mut people: BTreeSet<(i64, crate::ids::UserId)> = BTreeSet::new();
        let houses = held(&self.houses).clone();
        for (house, it) in houses.iter().zip(held(&self.expected).iter()) {
            let Some(standing) = it.standing else {
                continue;
            };
            for place in [ALL, house.place] {
                *expected.entry((place, standing)).or_default() += 1;
                if standing.broken().is_some() {
                    people.insert((place, house.user.user()));
                }
            }
        }
        let mut unit = self.town.store.read().await.unwrap();
        let (mut kept, mut counted) = (BTreeMap::new(), 0);
        for place in 0..=PLACES {
            for (key, sums) in unit.kept_of(place, 0).await.unwrap().rows() {
                match *key {
                    Key::Now { place, standing } if sums[0] != 0 => {
                        kept.insert((place, standing), sums[0]);
                    }
                    Key::Place { .. } => counted += sums[3],
                    _ => {}
                }
            }
        }
        assert_eq!(kept, expected);
        assert_eq!(counted, i64::try_from(people.len()).unwrap());
    }
}
