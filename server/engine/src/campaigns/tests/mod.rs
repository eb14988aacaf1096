//! Campaigns, from the count to the last end.

mod followed;
mod texts;
mod vanishing;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex},
};

use chrono::{Duration, Utc};
use uuid::Uuid;

use super::{
    BadCriteria, Campaign, CampaignError, Campaigns, CountOn, Criteria, Fate, GoOn, LeftOut,
    MakeError, Pace, Parts, Settled, State, Step, Which, run::Next,
};
use crate::{
    audit::Audit,
    db_test,
    health::{
        Mark,
        testing::{House, Town},
    },
    identity::{Admin, Role, testing::client},
    ids::{CampaignId, OutageId},
    jobs::{Jobs, Worker, WorkerSettings},
    mail::{About, Letter, MailError, Mailer},
    notify::{self, Deliver, Deliveries, News, Notices, Preferences, Seal, SnoozeFor, Way},
    outages::{By, Whose},
    random::{Random, SeededRandom},
    status::{Code, Table},
    store::{outages::Outage, testing::TestStore},
    time::{Clock as _, Clocks},
};

/// A mail server that takes everything, unless it is told to do otherwise.
#[derive(Default)]
struct Post {
    taken: Mutex<Vec<(Uuid, Letter)>>,
    answers: Mutex<VecDeque<MailError>>,
}

#[async_trait::async_trait]
impl Mailer for Post {
    async fn send(&self, id: Uuid, letter: &Letter) -> Result<(), MailError> {
        self.taken.lock().unwrap().push((id, letter.clone()));
        match self.answers.lock().unwrap().pop_front() {
            Some(answer) => Err(answer),
            None => Ok(()),
        }
    }
}

/// A town with campaigns.
struct Fair {
    town: Town,
    notices: Notices,
    campaigns: Campaigns,
    post: Arc<Post>,
    by: Admin,
    random: Arc<SeededRandom>,
}

impl Fair {
    async fn new(db: &TestStore, seed: u64, per_minute: u16) -> Self {
        let town = Town::new(&db.store, seed);
        let by = town.person("root", Role::Admin).await.admin().unwrap();
        let random = Arc::new(SeededRandom::new(seed + 1_000));
        let clocks = Clocks::one(town.clock.clone());
        let usual = notify::Settings::default();
        let preferences = Preferences {
            quiet: None,
            ..usual.preferences
        };
        let settings = notify::Settings {
            preferences,
            sms: true,
            ..usual
        };
        let seal = Seal::new(vec![7; 32].into());
        let notices = Notices::new(
            db.store.clone(),
            clocks,
            random.clone(),
            town.readings.clone(),
            seal,
            settings,
        );
        let parts = Parts {
            store: db.store.clone(),
            clock: town.clock.clone(),
            random: random.clone(),
            jobs: Jobs::new(town.clock.clone(), random.clone()),
            notices: notices.clone(),
            table: Table::shipped(),
            audit: Audit::new(db.store.clone(), town.clock.clone(), random.clone()),
        };
        Self {
            campaigns: Campaigns::new(parts, Pace::of(per_minute)),
            town,
            notices,
            post: Arc::default(),
            by,
            random,
        }
    }

    /// A program that was just started.
    fn worker(&self) -> Worker {
        let (store, clocks) = (
            self.town.store.clone(),
            Clocks::one(self.town.clock.clone()),
        );
        let settings = WorkerSettings::default();
        Worker::new(store, clocks, self.random.clone(), settings)
            .handle::<GoOn>(Arc::new(self.campaigns.clone()))
            .handle::<CountOn>(Arc::new(self.campaigns.clone()))
    }

    /// The same, with a mail server.
    fn posting(&self) -> Worker {
        let deliveries = Deliveries::new(self.notices.clone(), self.post.clone(), None);
        self.worker().handle::<Deliver>(Arc::new(deliveries))
    }

    /// So many users, each with a connection that broke a day ago.
    async fn broken(&mut self, count: usize, place: i64, code: i64) -> Vec<House> {
        let mut houses = Vec::new();
        for _ in 0..count {
            let name = format!("user{}", self.random.token());
            let user = self.town.user(&name).await;
            let house = self.town.connect(&user, place).await;
            self.town.read(&[(&house, code)]).await;
            houses.push(house);
        }
        self.town.pass(Duration::days(1));
        houses
    }

    async fn make(&self, criteria: Criteria) -> CampaignId {
        let made = self.campaigns.make(&self.by, &client(), criteria).await;
        made.unwrap()
    }

    async fn send(&self, id: CampaignId) -> Result<(), CampaignError> {
        self.campaigns.send(&self.by, &client(), id).await
    }

    async fn sent(&self, criteria: Criteria) -> CampaignId {
        let id = self.make(criteria).await;
        self.send(id).await.unwrap();
        id
    }

    async fn it(&self, id: CampaignId) -> Campaign {
        let found = self.campaigns.one(self.by.as_ref(), id).await.unwrap();
        found.unwrap().0
    }

    async fn fates(&self, id: CampaignId) -> BTreeMap<Fate, i64> {
        let found = self.campaigns.one(self.by.as_ref(), id).await.unwrap();
        found.unwrap().2.fates
    }

    /// The ids of all letters that were offered, and to whom.
    fn letters(&self) -> Vec<(Uuid, String)> {
        let taken = self.post.taken.lock().unwrap();
        taken
            .iter()
            .map(|(id, letter)| (*id, letter.to.clone()))
            .collect()
    }

    /// Runs what is due until a campaign is over.
    async fn through(&self, id: CampaignId) {
        self.ends(id, self.posting()).await;
    }

    async fn ends(&self, id: CampaignId, worker: Worker) {
        for _ in 0..500 {
            worker.run_due().await.unwrap();
            if self.it(id).await.ended.is_some() {
                return;
            }
            self.town.pass(Duration::seconds(15));
        }
        panic!("it does not end: {:?}", self.fates(id).await);
    }
}

fn criteria() -> Criteria {
    Criteria {
        institutions: Vec::new(),
        codes: vec![Code::new(103), Code::new(108)],
        days_from: 0,
        days_to: None,
        language: None,
        way: Way::Email,
        told_days: 7,
    }
}

fn counted(it: &Campaign) -> BTreeMap<Fate, i64> {
    let (_, count) = &it.count;
    assert!(count.done);
    let left = count.left_out.iter();
    let mut all: BTreeMap<Fate, i64> = left.map(|(why, n)| (Fate::LeftOut(*why), *n)).collect();
    all.insert(Fate::Sent, count.write);
    all
}

db_test! { async fn what_is_counted_is_what_sending_does(db: &TestStore) {
    let mut fair = Fair::new(db, 1, 6_000).await;
    let houses = fair.broken(9, 5, 103).await;
    let (store, now) = (&db.store, fair.town.clock.now());
    let (support, user) = (AsRef::<crate::identity::Support>::as_ref(&fair.by).clone(), |at: usize| &houses[at].user);
    fair.town.marks.mark(&support, &client(), houses[0].connection, Mark::Test, Some("A test.")).await.unwrap();
    fair.notices.snooze(user(1), houses[1].connection, SnoozeFor::Week).await.unwrap();
    fair.notices.bounced(user(2).email().as_str()).await.unwrap();
    let unwanted = Preferences { email: false, ..fair.notices.settings().preferences };
    fair.notices.set_preferences(user(3), unwanted).await.unwrap();
    fair.notices.write_by_hand(&support, &client(), houses[4].connection).await.unwrap();
    let mut unit = store.write().await.unwrap();
    unit.set_disabled(user(5).user(), Some(now)).await.unwrap();
    for number in 0..6 {
        let delivery = crate::store::deliveries::Delivery {
            id: crate::ids::DeliveryId(Uuid::from_u128(number + 1)),
            user: user(6).user(),
            way: Way::Email,
        };
        unit.add_delivery(&delivery, &[], now).await.unwrap();
    }
    unit.save().await.unwrap();
    // A place in trouble, one where another campaign is, and what is not asked for.
    fair.broken(2, 6, 108).await;
    fair.broken(3, 7, 103).await;
    fair.broken(2, 5, 168).await;
    let open = Outage {
        id: OutageId(fair.random.id(now)), whose: Whose::Institution(relink_mastercard::InstitutionId::new(6)),
        by: By::Failures, counted_from: now, began: now, opened: now, closed: None, affected: 2, part_of: None,
    };
    let mut unit = store.write().await.unwrap();
    unit.open_new_outage(&open).await.unwrap();
    unit.save().await.unwrap();
    let other = fair.sent(Criteria { institutions: vec![7], ..criteria() }).await;
    fair.campaigns.step(other).await.unwrap();
    // One of the houses has two connections: one letter.
    let twin = fair.town.connect(&(houses[7].user.clone(), houses[7].customer.clone()), 8).await;
    fair.town.read(&[(&houses[7], 103), (&twin, 103)]).await;

    let id = fair.make(criteria()).await;
    let expected = counted(&fair.it(id).await);
    assert_eq!(expected, BTreeMap::from([
        (Fate::Sent, 3),
        (Fate::LeftOut(LeftOut::OtherCampaign), 3), (Fate::LeftOut(LeftOut::Marked), 1),
        (Fate::LeftOut(LeftOut::NoAccess), 1), (Fate::LeftOut(LeftOut::Outage), 2),
        (Fate::LeftOut(LeftOut::Snoozed), 1), (Fate::LeftOut(LeftOut::Refused), 1),
        (Fate::LeftOut(LeftOut::Unwanted), 1), (Fate::LeftOut(LeftOut::Told), 1), (Fate::LeftOut(LeftOut::Full), 1),
    ]));
    fair.send(id).await.unwrap();
    // Before the other writes: to whom it has written is told, and no more its own.
    while fair.campaigns.step(id).await.unwrap() == Next::Step {}
    fair.through(id).await;
    assert_eq!(fair.fates(id).await, expected);
    assert_eq!(fair.it(id).await.state, State::Done);
    let of: Vec<_> = fair.letters().into_iter().map(|(_, to)| to).collect();
    let twins = of.iter().filter(|to| *to == houses[7].user.email().as_str());
    assert_eq!(twins.count(), 1, "one letter about both");
    fair.through(other).await;
    assert_eq!(fair.fates(other).await, BTreeMap::from([(Fate::Sent, 3)]));
}}

db_test! { async fn whom_it_is_about_is_what_was_chosen(db: &TestStore) {
    let mut fair = Fair::new(db, 2, 60).await;
    let old = fair.broken(2, 5, 103).await;
    fair.town.pass(Duration::days(9));
    fair.broken(3, 5, 108).await;
    fair.broken(4, 6, 103).await;
    let spanish = crate::identity::Language::parse("es").unwrap();
    let mut unit = db.store.write().await.unwrap();
    unit.set_preferences(old[0].user.user(), &spanish, None).await.unwrap();
    unit.save().await.unwrap();
    for (chosen, count) in [
        (criteria(), 9),
        (Criteria { institutions: vec![5], ..criteria() }, 5),
        (Criteria { institutions: vec![6, 5], ..criteria() }, 9),
        (Criteria { codes: vec![Code::new(108)], ..criteria() }, 3),
        (Criteria { days_from: 5, ..criteria() }, 2),
        (Criteria { days_to: Some(5), ..criteria() }, 7),
        (Criteria { language: Some(spanish), ..criteria() }, 1),
        (Criteria { institutions: vec![6], days_from: 5, ..criteria() }, 0),
    ] {
        let id = fair.make(chosen.clone()).await;
        assert_eq!(fair.it(id).await.count.1.write, count, "{chosen:?}");
        assert_eq!(fair.it(id).await.criteria.codes, chosen.codes);
        if count == 0 {
            assert!(matches!(fair.send(id).await, Err(CampaignError::Nobody)));
        }
    }
    let id = fair.make(criteria()).await;
    fair.town.pass(Duration::minutes(61));
    assert!(matches!(fair.send(id).await, Err(CampaignError::OldCount)), "others may be broken by now");
    fair.campaigns.count_again(&fair.by, id).await.unwrap();
    fair.send(id).await.unwrap();
    let elsewhere = Criteria { institutions: vec![99], ..criteria() };
    let refused = fair.campaigns.make(&fair.by, &client(), elsewhere).await;
    assert!(matches!(refused, Err(MakeError::Criteria(BadCriteria::Institutions))));
}}

db_test! { async fn what_was_sent_or_is_over_is_not_sent_again(db: &TestStore) {
    let mut fair = Fair::new(db, 3, 60).await;
    fair.broken(2, 5, 103).await;
    let id = fair.sent(criteria()).await;
    assert!(matches!(fair.send(id).await, Err(CampaignError::Sent)));
    assert!(matches!(fair.campaigns.count_again(&fair.by, id).await, Err(CampaignError::Sent)));
    fair.through(id).await;
    assert_eq!(fair.letters().len(), 2);
    for refused in [fair.send(id).await, fair.campaigns.stop(&fair.by, &client(), id).await] {
        assert!(matches!(refused, Err(CampaignError::Over)));
    }
    // What is told is counted when it is counted again.
    let next = fair.make(criteria()).await;
    assert_eq!(fair.it(next).await.count.1.left_out, BTreeMap::from([(LeftOut::Told, 2)]));
    fair.town.pass(Duration::days(8));
    fair.campaigns.count_again(&fair.by, next).await.unwrap();
    assert_eq!(fair.it(next).await.count.1.write, 2);
    fair.campaigns.stop(&fair.by, &client(), next).await.unwrap();
    assert!(matches!(fair.send(next).await, Err(CampaignError::Over)), "a draft that was put away");
    assert_eq!((fair.it(next).await.state, fair.fates(next).await.len()), (State::Stopped, 0));
    let nobody = CampaignId(Uuid::from_u128(1));
    assert!(matches!(fair.send(nobody).await, Err(CampaignError::NotFound)));
    let (listed, more) = fair.campaigns.list(fair.by.as_ref(), None).await.unwrap().unwrap();
    let listed: Vec<_> = listed.iter().map(|(it, ..)| it.id).collect();
    assert_eq!((listed, more), (vec![next, id], false));
    let (earlier, _) = fair.campaigns.list(fair.by.as_ref(), Some(next)).await.unwrap().unwrap();
    assert_eq!(earlier.len(), 1);
    assert!(fair.campaigns.list(fair.by.as_ref(), Some(nobody)).await.unwrap().is_none());
}}

db_test! { async fn letters_leave_no_faster_than_they_may(db: &TestStore) {
    let mut fair = Fair::new(db, 4, 12).await;
    fair.broken(9, 5, 103).await;
    let id = fair.sent(criteria()).await;
    let worker = fair.posting();
    worker.run_due().await.unwrap();
    assert_eq!(fair.letters().len(), 2);
    fair.town.pass(Duration::seconds(9));
    worker.run_due().await.unwrap();
    assert_eq!(fair.letters().len(), 2);
    // A clock that jumps makes up for nothing.
    fair.town.pass(Duration::days(2));
    worker.run_due().await.unwrap();
    assert_eq!(fair.letters().len(), 4);
    fair.through(id).await;
    assert_eq!(fair.letters().len(), 9);
}}

db_test! { async fn who_sleeps_is_written_to_in_the_morning(db: &TestStore) {
    let mut fair = Fair::new(db, 5, 600).await;
    let houses = fair.broken(3, 5, 103).await;
    let hour = |hour| chrono::NaiveTime::MIN + Duration::hours(hour);
    let asleep = Preferences { quiet: notify::Quiet::new(hour(0), hour(12)), ..fair.notices.settings().preferences };
    fair.notices.set_preferences(&houses[0].user, asleep).await.unwrap();
    // Seven in the morning in New York.
    let id = fair.sent(criteria()).await;
    let worker = fair.posting();
    worker.run_due().await.unwrap();
    assert_eq!(fair.fates(id).await, BTreeMap::from([(Fate::Sent, 2), (Fate::Waiting, 1)]));
    // It is looked at then, not now.
    fair.town.read(&[(&houses[0], 0)]).await;
    fair.town.pass(Duration::hours(5));
    worker.run_due().await.unwrap();
    let expected = BTreeMap::from([(Fate::Sent, 2), (Fate::LeftOut(LeftOut::Healed), 1)]);
    assert_eq!((fair.fates(id).await, fair.it(id).await.state), (expected, State::Done));
}}
