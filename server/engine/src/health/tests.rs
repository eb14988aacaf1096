//! The figures on both databases, against a recount and against a naive model.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{
    testing::{House, Town},
    *,
};
use crate::{
    connect::session::{Facts, Hint, LinkRefused},
    db_test,
    identity::{Role, SignedIn, Support, testing::client},
    ids::ConnectSessionId,
    notify::Way,
    store::{accounts::Choice, sql::run, testing::TestStore},
    time::Clock,
};

/// What is expected of a house, by the plainest rules.
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

struct Walk {
    town: Town,
    rng: StdRng,
    admin: Support,
    users: Vec<Vec<usize>>,
    houses: Vec<House>,
    expected: Vec<Expected>,
    visits: Vec<ConnectSessionId>,
}

const PLACES: u64 = 3;
const CODES: [i64; 5] = [0, 0, 103, 102, 987_654];

impl Walk {
    async fn new(db: &TestStore, seed: u64) -> Self {
        let mut town = Town::new(&db.store, seed);
        let mut rng = StdRng::seed_from_u64(seed);
        let (mut users, mut houses) = (Vec::new(), Vec::new());
        for name in 0..6 {
            let user = town.user(&format!("user{name}")).await;
            let mut mine = Vec::new();
            for _ in 0..=rng.next_u64() % 3 {
                mine.push(houses.len());
                let place = 1 + i64::try_from(rng.next_u64() % PLACES).unwrap();
                houses.push(town.connect(&user, place).await);
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
            rng,
            expected: vec![new; houses.len()],
            visits: Vec::new(),
            town,
            users,
            houses,
        }
    }

    fn pick(&mut self, of: usize) -> usize {
        usize::try_from(self.rng.next_u64() % u64::try_from(of).unwrap()).unwrap()
    }

    /// A user's connections are looked at, all of them.
    fn look(&mut self, user: usize) {
        let now = self.town.clock.now();
        for index in &self.users[user] {
            self.expected[*index].look(now);
        }
    }

    fn listed(&mut self, index: usize, code: i64) {
        let it = &mut self.expected[index];
        it.code = Some(code);
        if code == 0 {
            it.succeeded = Some(self.town.clock.now());
        }
    }

    fn user_of(&self, index: usize) -> usize {
        let mut users = self.users.iter();
        users.position(|mine| mine.contains(&index)).unwrap()
    }

    async fn step(&mut self) {
        let minutes = i64::try_from(self.rng.next_u64() % 2_000).unwrap();
        // Now and then the clock stands still.
        self.town
            .pass(Duration::minutes(if minutes < 200 { 0 } else { minutes }));
        let index = self.pick(self.houses.len());
        match self.rng.next_u64() % 18 {
            0 => self.remove(index).await,
            1 | 2 => self.mark(index).await,
            3 => self.lose().await,
            4 => self.repair(index).await,
            5 => self.move_away().await,
            6 => self.tell(index).await,
            7 => self.town.comes(&self.houses[index]).await,
            8 => self.choose(index).await,
            9..=11 => self.learn().await,
            _ => self.read().await,
        }
    }

    async fn read(&mut self) {
        let user = self.pick(self.users.len());
        let mine = self.users[user].clone();
        let codes: Vec<i64> = mine.iter().map(|_| CODES[self.pick(CODES.len())]).collect();
        self.read_user(user, &codes).await;
    }

    /// Somebody goes to repair what may not be broken at all.
    async fn repair(&mut self, index: usize) {
        let visit = self.town.goes_to_fix(&self.houses[index]).await;
        self.visits.push(visit);
    }

    async fn choose(&mut self, index: usize) {
        let house = self.houses[index].clone();
        let user = (house.user, house.customer);
        let language = ["en", "es-MX", ""][self.pick(3)];
        let place = 1 + i64::try_from(self.pick(4)).unwrap();
        self.visits
            .push(self.town.chooses(&user, place, language).await);
    }

    async fn tell(&mut self, index: usize) {
        let ways: &[Way] = [&[][..], &[Way::Email], &[Way::Email, Way::Sms]][self.pick(3)];
        self.town.tells(&self.houses[index], ways).await;
    }

    /// Whatever may be learned of any visit, however late.
    async fn learn(&mut self) {
        if self.visits.is_empty() {
            return;
        }
        let chosen = self.pick(self.visits.len());
        let visit = self.visits[chosen];
        let what = self.pick(10);
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

    async fn remove(&mut self, index: usize) {
        if !self.rng.next_u64().is_multiple_of(4) {
            return;
        }
        let (house, now) = (&self.houses[index], self.town.clock.now());
        let mut unit = self.town.store.write().await.unwrap();
        unit.choose(house.account, Choice::Removing, now)
            .await
            .unwrap();
        self.town
            .readings
            .stand_again(&mut unit, &house.customer, now)
            .await
            .unwrap();
        unit.save().await.unwrap();
        let mut unit = self.town.store.write().await.unwrap();
        unit.choose(house.account, Choice::Removed, now)
            .await
            .unwrap();
        self.town
            .readings
            .judge_again(&mut unit, &house.customer, now)
            .await
            .unwrap();
        unit.save().await.unwrap();
        self.expected[index].removed = true;
        self.look(self.user_of(index));
    }

    async fn mark(&mut self, index: usize) {
        let mark = Mark::ALL[self.pick(2)];
        let on = self.expected[index].marks.insert(mark.name());
        let reason = on.then_some("a demonstration");
        self.town
            .marks
            .mark(
                &self.admin,
                &client(),
                self.houses[index].connection,
                mark,
                reason,
            )
            .await
            .unwrap();
        if !on {
            self.expected[index].marks.remove(mark.name());
        }
        self.look(self.user_of(index));
    }

    async fn lose(&mut self) {
        let user = self.pick(self.users.len());
        let first = self.users[user][0];
        let mut unit = self.town.store.write().await.unwrap();
        let now = self.town.clock.now();
        self.town
            .readings
            .lost(&mut unit, &self.houses[first].customer, now)
            .await
            .unwrap();
        unit.save().await.unwrap();
        for index in &self.users[user] {
            self.expected[*index].lost = true;
        }
        self.look(user);
    }

    /// A user's first connection goes to another institution.
    async fn move_away(&mut self) {
        let user = self.pick(self.users.len());
        let first = self.users[user][0];
        self.houses[first].moves(1 + i64::try_from(self.rng.next_u64() % PLACES).unwrap());
        self.read_user(user, &[0; 3]).await;
    }

    async fn read_user(&mut self, user: usize, codes: &[i64]) {
        let mut listed = Vec::new();
        for (index, code) in self.users[user].clone().into_iter().zip(codes) {
            self.expected[index].lost = false;
            if !self.expected[index].removed {
                self.listed(index, *code);
                listed.push((index, *code));
            }
        }
        let listed = listed
            .iter()
            .map(|(index, code)| (&self.houses[*index], *code));
        self.town.read(&listed.collect::<Vec<_>>()).await;
        self.look(user);
    }

    /// What is kept, against the recount and against the plain rules.
    async fn check(&self) {
        let drift = self.town.checks.drift().await.unwrap();
        assert_eq!(drift.some, []);
        assert_eq!(drift.count, 0);
        let mut expected: BTreeMap<(i64, Standing), i64> = BTreeMap::new();
        let mut people: BTreeSet<(i64, crate::ids::UserId)> = BTreeSet::new();
        for (house, it) in self.houses.iter().zip(&self.expected) {
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
        for place in 0..=i64::try_from(PLACES).unwrap() {
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

db_test! { async fn any_order_of_readings_removals_and_marks_equals_the_recount(db: &TestStore) {
    let mut walk = Walk::new(db, 11).await;
    walk.check().await;
    for step in 0..400 {
        walk.step().await;
        if step % 8 == 0 {
            walk.check().await;
        }
    }
    walk.check().await;
    // Nothing is drifted, so nothing is mended; what somebody breaks is.
    let mut unit = walk.town.store.write().await.unwrap();
    unit.tally().stands(1, Standing::Stale, walk.town.clock.now(), 2);
    unit.save().await.unwrap();
    let (found, _) = walk.town.checks.check().await.unwrap();
    assert_eq!(found.drifted, 7);
    walk.town.checks.mend().await.unwrap();
    walk.check().await;
    // What is lost is there again, with its names.
    let place = walk.houses[0].place;
    let mut unit = walk.town.store.write().await.unwrap();
    let name = unit.institution_name(place).await.unwrap();
    assert!(name.is_some());
    run!(unit, "DELETE FROM institution_figures").unwrap();
    assert_eq!(unit.institution_name(place).await.unwrap(), None);
    unit.save().await.unwrap();
    walk.town.checks.mend().await.unwrap();
    walk.check().await;
    let mut unit = walk.town.store.read().await.unwrap();
    assert_eq!(unit.institution_name(place).await.unwrap(), name);
    drop(unit);
    let (again, _) = walk.town.checks.check().await.unwrap();
    assert_eq!(again.drifted, 0);
    assert_eq!(walk.town.store.read().await.unwrap().latest_recount().await.unwrap(), Some(again));
}}

db_test! { async fn a_reading_that_changes_nothing_touches_no_figure(db: &TestStore) {
    let mut town = Town::new(&db.store, 3);
    let user = town.user("ada").await;
    let house = town.connect(&user, 5).await;
    town.read(&[(&house, 0)]).await;
    town.pass(Duration::days(1));
    let mut unit = db.store.write().await.unwrap();
    let listed = [town.listed(&house, 0)];
    town.readings.record(&mut unit, &house.customer, &listed, town.clock.now()).await.unwrap();
    assert_eq!(unit.tally().rows().count(), 0);
}}

db_test! { async fn what_was_there_before_enters_once(db: &TestStore) {
    let mut walk = Walk::new(db, 5).await;
    for _ in 0..60 {
        walk.step().await;
    }
    // As a database of before: no intervals, no figures.
    let mut unit = db.store.write().await.unwrap();
    unit.forget_figures().await.unwrap();
    unit.save().await.unwrap();
    walk.town.pass(Duration::hours(1));
    walk.town.checks.enter().await.unwrap();
    for user in 0..walk.users.len() {
        walk.look(user);
    }
    walk.check().await;
    walk.town.checks.enter().await.unwrap();
    walk.check().await;
    for _ in 0..60 {
        walk.step().await;
    }
    walk.check().await;
}}
