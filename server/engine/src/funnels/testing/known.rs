//! Known journeys: fourteen visits and fourteen breaks, twelve of which count.
//! What they add up to is in the tests that use them.

use chrono::{DateTime, Duration, Utc};
use relink_mastercard::CustomerId;

use crate::{
    connect::session::{Facts, Hint, LinkRefused},
    health::{
        Mark,
        testing::{House, Town},
    },
    identity::{Role, SignedIn, testing::client},
    ids::ConnectSessionId,
    notify::Way,
    store::accounts::Choice,
    time::Clock as _,
};

type User = (SignedIn, CustomerId);

fn hints(facts: &mut Facts, now: DateTime<Utc>, all: &[Hint]) {
    facts.link_made = Some(now);
    for hint in all {
        facts.learn(hint, now);
    }
}

fn arrives(facts: &mut Facts, now: DateTime<Utc>) {
    if let Ok(account) = "7".parse() {
        facts.read(now, vec![account], true);
    }
}

#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test without its town must fail"
)]
impl Town {
    /// Twelve visits at institution 1 and two, in Spanish, at institution 2. The
    /// clock goes on for ten days.
    pub async fn known_visits(&self) {
        let mut visits = Vec::new();
        for number in 0..14 {
            let user: User = self.user(&format!("visitor{number}")).await;
            let (place, language) = if number < 12 { (1, "en") } else { (2, "es") };
            visits.push(self.chooses(&user, place, language).await);
        }
        let learn = async |number: usize, all: &[Hint]| {
            self.learns(visits[number], |facts, now| hints(facts, now, all))
                .await;
        };
        self.pass(Duration::minutes(5));
        self.no_link(visits[0], LinkRefused::Webhook).await;
        learn(1, &[]).await;
        learn(2, &[Hint::Opened, Hint::Left]).await;
        learn(3, &[Hint::Opened, Hint::Trouble(Some(108))]).await;
        learn(4, &[Hint::Opened, Hint::TimedOut]).await;
        for number in 5..=12 {
            learn(number, &[Hint::Opened]).await;
        }
        self.no_link(visits[13], LinkRefused::Refused).await;
        self.pass(Duration::minutes(5));
        for visit in &visits[5..=9] {
            self.learns(*visit, arrives).await;
        }
        self.chose(visits[5], false).await;
        for visit in &visits[7..=9] {
            self.chose(*visit, true).await;
        }
        self.pass(Duration::days(2));
        self.learns(visits[10], arrives).await;
        self.pass(Duration::days(8));
        self.learns(visits[12], arrives).await;
        self.chose(visits[12], true).await;
    }

    async fn no_link(&self, visit: ConnectSessionId, why: LinkRefused) {
        self.learns(visit, |facts, _| facts.link_refused = Some(why))
            .await;
    }

    async fn chose(&self, visit: ConnectSessionId, keeps: bool) {
        self.learns(visit, |facts, now| facts.choose(now, keeps))
            .await;
    }

    /// Mastercard told of a visit from its beginning to its end, and its user kept
    /// what came.
    pub async fn goes_through(&self, visit: ConnectSessionId) {
        self.learns(visit, |facts, now| {
            hints(facts, now, &[Hint::Opened]);
            arrives(facts, now);
            facts.choose(now, true);
        })
        .await;
    }

    /// Fourteen connections at institution 3 break; twelve of them by a code that
    /// Fix helps, while they count. The clock goes on for three days and an hour.
    pub async fn known_breaks(&mut self) {
        let mut houses = Vec::new();
        for number in 0..14 {
            let user: User = self.user(&format!("owner{number}")).await;
            houses.push(self.connect(&user, 3).await);
        }
        for house in &houses {
            self.read(&[(house, 0)]).await;
        }
        self.takes_out(&houses[13]).await;
        self.pass(Duration::hours(1));
        for (number, house) in houses.iter().enumerate() {
            let code = if number == 12 { 102 } else { 103 };
            self.read(&[(house, code)]).await;
        }
        self.pass(Duration::minutes(5));
        let (letter, both): (&[Way], &[Way]) = (&[Way::Email], &[Way::Email, Way::Sms]);
        for (number, ways) in [
            (1, &[][..]),
            (2, letter),
            (3, letter),
            (4, both),
            (5, letter),
            (6, letter),
            (7, &[]),
            (9, &[]),
            (10, &[]),
            (11, &[]),
            (12, letter),
            (13, letter),
        ] {
            self.tells(&houses[number], ways).await;
        }
        self.pass(Duration::minutes(5));
        self.takes_out(&houses[9]).await;
        for number in [2, 3, 9] {
            self.comes(&houses[number]).await;
        }
        self.repairs_with(&houses[3], &[]).await;
        self.repairs_with(&houses[4], &[Hint::Opened, Hint::Left])
            .await;
        for number in [5, 6, 8, 9] {
            self.repairs_with(&houses[number], &[Hint::Opened, Hint::Added])
                .await;
        }
        self.pass(Duration::hours(1));
        self.read(&[(&houses[5], 0)]).await;
        self.read(&[(&houses[7], 0)]).await;
        self.read(&[(&houses[9], 0)]).await;
        self.read(&[(&houses[11], 185)]).await;
        self.leaves(&houses[10]).await;
        self.pass(Duration::days(3));
        self.read(&[(&houses[6], 0)]).await;
    }

    async fn repairs_with(&self, house: &House, all: &[Hint]) {
        let visit = self.goes_to_fix(house).await;
        self.learns(visit, |facts, now| hints(facts, now, all))
            .await;
    }

    async fn takes_out(&self, house: &House) {
        let name = format!("sam{}", house.connection);
        let support = self.person(&name, Role::Support).await.support();
        let (support, connection) = (support.expect("support"), house.connection);
        let marked = self
            .marks
            .mark(&support, &client(), connection, Mark::Mute, Some("Ours."))
            .await;
        marked.expect("a mark");
    }

    /// Its user removes the account of a house.
    pub async fn leaves(&self, house: &House) {
        let now = self.clock.now();
        for choice in [Choice::Removing, Choice::Removed] {
            let mut unit = self.store.write().await.expect("a unit");
            unit.hold_customer(&house.customer).await.expect("a hold");
            let chosen = unit.choose(house.account, choice, now).await;
            chosen.expect("a choice");
            let judged = match choice {
                Choice::Removed => self
                    .readings
                    .judge_again(&mut unit, &house.customer, now)
                    .await
                    .map(drop),
                _ => {
                    self.readings
                        .stand_again(&mut unit, &house.customer, now)
                        .await
                }
            };
            judged.expect("figures");
            unit.save().await.expect("rows that stay");
        }
    }
}
