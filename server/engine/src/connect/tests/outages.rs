//! Trouble that is not the users' own, from the first failures to the end.

use relink_mastercard::model::InstitutionStatus;

use super::{sweeping::customer_at, *};
use crate::{
    audit::Audit,
    connections::{State as Standing, Turn},
    health::{Health, Mark, Marks},
    identity::testing::client,
    ids::UserId,
    jobs::{Due, Handle, Outcome, Run},
    notify::{Consider, FindChanges, Now, Subject},
    outages::{By, Whose},
    status::Table,
    store::outages::Outage,
};

const OTHER: i64 = 6;
const THIRD: i64 = 7;

/// Who was to be considered.
#[derive(Default)]
struct Considered(Mutex<Vec<UserId>>);

#[async_trait]
impl Handle<Consider> for Considered {
    async fn handle(&self, job: Consider, _: Run) -> Outcome {
        self.0.lock().unwrap().push(job.user);
        Ok(())
    }
}

impl Bench {
    /// So many customers at an institution, all well.
    async fn customers(&self, place: i64, count: usize) -> Vec<SignedIn> {
        let base = usize::try_from(place).unwrap() * 100;
        let mut people = Vec::new();
        for number in base..base + count {
            people.push(customer_at(self, place, number, 0).await);
        }
        people
    }

    /// What Mastercard says from now on of some of them.
    fn say(&self, place: i64, which: std::ops::Range<usize>, code: i64) {
        let base = usize::try_from(place).unwrap() * 100;
        self.upstream.with(|world| {
            for number in which {
                let number = base + number;
                let id = format!("9{number}");
                let listed = world.accounts.iter_mut().find(|one| one.id.as_str() == id);
                let listed = listed.unwrap();
                let customer = listed.customer_id.clone();
                *listed = account(&id, &format!("8{number}"), Some(code));
                listed.customer_id = customer;
                listed.institution_id = InstitutionId::new(place);
            }
        });
    }

    /// A sweep, and the look after it.
    async fn sweep_and_look(&self, after: Duration) {
        self.sweep(after).await;
        self.pass(Duration::minutes(1)).await;
    }

    async fn turn(&self, person: &SignedIn) -> Option<Turn> {
        self.first_card(person)
            .await
            .state
            .broken()
            .map(|broken| broken.turn)
    }

    async fn first_card(&self, person: &SignedIn) -> Card {
        let cards = self.connections.overview(person).await.unwrap();
        cards.into_iter().next().unwrap()
    }

    async fn outage(&self, place: i64) -> Option<Outage> {
        self.outages.at(InstitutionId::new(place)).await.unwrap()
    }

    /// How many rows staff see of those that it has cut off, or still does.
    async fn cut_off(&self, place: i64, still: bool) -> usize {
        let now = u64::try_from(self.clock.now().timestamp()).unwrap();
        let (random, clock) = (Arc::new(SeededRandom::new(now + 1)), self.clock.clone());
        let email = format!("vera{now}@example.com");
        let vera = signed_in(&self.db, clock.clone(), random, &email, Role::Viewer);
        let viewer = vera.await.viewer().unwrap();
        let health = Health::new(self.db.clone(), clock, Table::shipped());
        let id = self.outage(place).await.unwrap().id;
        let found = health.outage(&viewer, id, still, None).await.unwrap();
        found.unwrap().rows.len()
    }

    /// Support marks somebody's connection or takes the mark away, and a look
    /// follows.
    async fn mark(&self, person: &SignedIn, mark: Mark, is_set: bool) {
        let connection = self.first_card(person).await.connection.id;
        let seed = u64::try_from(self.clock.now().timestamp()).unwrap();
        let random = Arc::new(SeededRandom::new(seed));
        let jobs = Jobs::new(self.clock.clone(), random.clone());
        let audit = Audit::new(self.db.clone(), self.clock.clone(), random.clone());
        let (db, clock) = (self.db.clone(), self.clock.clone());
        let marks = Marks::new(db.clone(), self.readings(seed), clock.clone(), jobs, audit);
        let email = format!("sam{seed}@example.com");
        let sam = signed_in(&db, clock, random, &email, Role::Support).await;
        let (sam, why) = (sam.support().unwrap(), is_set.then_some("Ours."));
        let done = marks.mark(&sam, &client(), connection, mark, why).await;
        done.unwrap();
        self.pass(Duration::minutes(1)).await;
    }

    /// Whose notices are to be looked at since this was asked last.
    async fn considered(&self) -> Vec<UserId> {
        let considered = Arc::new(Considered::default());
        let worker = Worker::new(
            self.db.clone(),
            Clocks::one(self.clock.clone()),
            Arc::new(SeededRandom::new(11)),
            WorkerSettings::default(),
        );
        let worker = worker.handle::<Consider>(considered.clone());
        worker.run_due().await.unwrap();
        let mut users = considered.0.lock().unwrap().clone();
        users.sort_unstable();
        users.dedup();
        users
    }

    /// A copy of the directory in which an institution has this status.
    async fn directory_says(&self, place: i64, status: InstitutionStatus) {
        let now = self.clock.now();
        let mut unit = self.db.write().await.unwrap();
        let copy = unit.begin_copy(now).await.unwrap();
        let one = Institution {
            id: InstitutionId::new(place),
            status,
            ..institution()
        };
        unit.add_institutions(copy.copy, &[one]).await.unwrap();
        assert!(unit.complete_copy(&copy, now).await.unwrap());
        unit.save().await.unwrap();
        self.outages.look().await.unwrap();
    }
}

db_test! { async fn the_bank_is_down_and_one_has_another_password(db: &TestStore) {
    let bench = Bench::new(db).await;
    let here = bench.customers(CHASE, 25).await;
    let there = bench.customers(OTHER, 3).await;
    bench.sweep_and_look(Duration::days(1)).await;
    bench.say(CHASE, 0..5, 102);
    bench.say(CHASE, 5..6, 103);
    bench.say(OTHER, 0..1, 103);
    bench.sweep_and_look(Duration::days(1)).await;

    let outage = bench.outage(CHASE).await.unwrap();
    assert_eq!((outage.by, outage.affected), (By::Failures, 5));
    assert_eq!(bench.outage(OTHER).await, None);
    for person in &here[..6] {
        assert_eq!(bench.turn(person).await, Some(Turn::Institution));
    }
    let card = bench.first_card(&here[0]).await;
    assert_eq!(card.outage().unwrap().others, 4);
    // Whose password changed is told the same, and is none of the five.
    assert_eq!(bench.first_card(&here[5]).await.outage().unwrap().others, 5);
    let refused = bench.repairs.begin(&here[5], bench.first_card(&here[5]).await.connection.id, Language::English);
    assert!(matches!(refused.await, Err(crate::repair::RepairError::NotFixable(_))));
    assert_eq!(bench.turn(&there[0]).await, Some(Turn::Fix));
    assert_eq!(bench.first_card(&there[0]).await.over, None);
    let concerned: Vec<UserId> = here[..6].iter().map(SignedIn::user).collect();
    let considered = bench.considered().await;
    assert!(concerned.iter().all(|user| considered.contains(user)));

    // Two are back: not yet.
    bench.say(CHASE, 0..2, 0);
    bench.sweep_and_look(Duration::days(1)).await;
    assert_eq!(bench.outage(CHASE).await.unwrap().affected, 3);
    bench.considered().await;
    // Three are; the one with another password can fix it now.
    bench.say(CHASE, 2..3, 0);
    bench.sweep_and_look(Duration::days(1)).await;
    assert_eq!(bench.outage(CHASE).await, None);
    assert_eq!(bench.turn(&here[5]).await, Some(Turn::Fix));
    assert_eq!(bench.first_card(&here[0]).await.state.broken(), None);
    let considered = bench.considered().await;
    assert!(concerned.iter().all(|user| considered.contains(user)));
    let mut unit = bench.db.read().await.unwrap();
    let past = unit.past_outages_of(here[0].user(), bench.clock.now() - Duration::days(1)).await.unwrap();
    assert_eq!((past.len(), past[0].outage.id, past[0].back.is_some()), (1, outage.id, true));
    let past = unit.past_outages_of(here[5].user(), bench.clock.now() - Duration::days(1)).await.unwrap();
    assert!(past.is_empty(), "{past:?}");
}}

db_test! { async fn who_is_marked_while_it_lasts_counts_in_none_of_its_numbers(db: &TestStore) {
    let bench = Bench::new(db).await;
    let here = bench.customers(CHASE, 25).await;
    bench.sweep_and_look(Duration::days(1)).await;
    bench.say(CHASE, 0..5, 102);
    bench.sweep_and_look(Duration::days(1)).await;
    let affected = async || bench.outage(CHASE).await.map(|outage| outage.affected);
    let others = async |index: usize| bench.first_card(&here[index]).await.outage().unwrap().others;
    assert_eq!((affected().await, others(0).await, others(4).await), (Some(5), 4, 4));
    bench.mark(&here[0], Mark::Test, true).await;
    bench.mark(&here[1], Mark::Mute, true).await;
    assert_eq!(affected().await, Some(3));
    // The marked one is none of the three.
    assert_eq!((others(0).await, others(4).await), (3, 2));
    bench.mark(&here[1], Mark::Mute, false).await;
    assert_eq!((affected().await, others(1).await), (Some(4), 3));
    assert_eq!(bench.cut_off(CHASE, true).await, 4, "the rows are as many");

    // Of the two that count one is back: half of them, and few of all.
    for person in &here[1..3] {
        bench.mark(person, Mark::Test, true).await;
    }
    assert_eq!((affected().await, bench.cut_off(CHASE, true).await), (Some(2), 2));
    bench.say(CHASE, 3..4, 0);
    bench.sweep_and_look(Duration::days(1)).await;
    assert_eq!(affected().await, None);
}}

db_test! { async fn what_users_did_and_what_stood_before_open_none(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.customers(CHASE, 30).await;
    bench.say(CHASE, 0..10, 102);
    bench.say(CHASE, 10..30, 103);
    bench.sweep_and_look(Duration::days(1)).await;
    assert!(bench.outage(CHASE).await.is_some());
    bench.say(CHASE, 0..30, 0);
    bench.sweep_and_look(Duration::days(1)).await;
    assert_eq!(bench.outage(CHASE).await, None);
    bench.say(CHASE, 0..30, 103);
    bench.sweep_and_look(Duration::days(1)).await;
    // Another cause at last, but broken all along.
    bench.say(CHASE, 0..30, 102);
    bench.sweep_and_look(Duration::days(1)).await;
    assert_eq!(bench.outage(CHASE).await, None);
}}

db_test! { async fn an_institution_that_says_that_it_is_down(db: &TestStore) {
    let bench = Bench::new(db).await;
    let people = bench.customers(CHASE, 2).await;
    bench.say(CHASE, 0..1, 103);
    bench.sweep_and_look(Duration::days(1)).await;
    assert_eq!(bench.turn(&people[0]).await, Some(Turn::Fix));
    bench.directory_says(CHASE, InstitutionStatus::Offline).await;
    let outage = bench.outage(CHASE).await.unwrap();
    assert_eq!((outage.by, outage.affected), (By::Status, 0));
    assert_eq!(bench.turn(&people[0]).await, Some(Turn::Institution));
    assert_eq!(bench.turn(&people[1]).await, None);
    // However long it takes, and however often it is looked.
    bench.clock.advance(Duration::days(9));
    bench.outages.look().await.unwrap();
    assert_eq!(bench.outage(CHASE).await.map(|now| now.id), Some(outage.id));
    bench.directory_says(CHASE, InstitutionStatus::Online).await;
    assert_eq!(bench.outage(CHASE).await, None);
    assert_eq!(bench.turn(&people[0]).await, Some(Turn::Fix));
    // Where nobody is connected, nothing opens.
    bench.directory_says(4, InstitutionStatus::Offline).await;
    assert_eq!(bench.outage(4).await, None);
}}

db_test! { async fn what_broke_in_the_days_before_its_word_is_of_it(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.customers(CHASE, 3).await;
    bench.say(CHASE, 0..1, 102);
    bench.sweep_and_look(Duration::days(1)).await;
    bench.clock.advance(Duration::days(9));
    bench.say(CHASE, 1..2, 102);
    bench.sweep_and_look(Duration::days(1)).await;
    bench.clock.advance(Duration::hours(30));
    bench.directory_says(CHASE, InstitutionStatus::Offline).await;
    let outage = bench.outage(CHASE).await.unwrap();
    assert_eq!((outage.by, outage.affected), (By::Status, 1), "nine days before is another matter");
    assert!(outage.began <= outage.opened - Duration::hours(30), "{outage:?}");
    bench.say(CHASE, 1..2, 0);
    bench.sweep_and_look(Duration::days(1)).await;
    assert_eq!(bench.outage(CHASE).await.map(|now| now.affected), Some(0));
    bench.directory_says(CHASE, InstitutionStatus::Online).await;
    assert_eq!(bench.outage(CHASE).await, None);
}}

db_test! { async fn the_same_at_three_institutions_is_mastercards(db: &TestStore) {
    let bench = Bench::new(db).await;
    let mut people = Vec::new();
    for place in [CHASE, OTHER, THIRD] {
        people.push(bench.customers(place, 20).await);
        bench.say(place, 0..4, 102);
    }
    bench.sweep_and_look(Duration::days(1)).await;
    let told = bench.outage(THIRD).await.unwrap();
    assert_eq!((told.whose, told.affected), (Whose::Mastercard, 12));
    let card = bench.first_card(&people[0][0]).await;
    assert_eq!(card.state.broken().unwrap().turn, Turn::Mastercard);
    assert_eq!(card.outage().unwrap().others, 11);
    // It lasts as long as one part of it does.
    for place in [CHASE, OTHER] {
        bench.say(place, 0..4, 0);
    }
    bench.sweep_and_look(Duration::days(1)).await;
    assert_eq!(bench.outage(CHASE).await, None);
    assert_eq!(bench.outage(THIRD).await.unwrap().affected, 4);
    bench.say(THIRD, 0..4, 0);
    bench.sweep_and_look(Duration::days(1)).await;
    assert_eq!(bench.outage(THIRD).await, None);
    assert!(matches!(bench.first_card(&people[2][0]).await.state, Standing::Healthy | Standing::Stale { .. }));
}}

db_test! { async fn an_outage_is_told_to_whom_it_cuts_off_and_its_end_once(db: &TestStore) {
    let bench = Bench::telling(db).await;
    let here = bench.customers(CHASE, 25).await;
    bench.sweep_and_look(Duration::days(1)).await;
    bench.say(CHASE, 0..5, 102);
    bench.sweep_and_look(Duration::days(1)).await;
    let told = async |person| {
        let told = bench.notices.centre(person).await.unwrap();
        told.into_iter().map(|one| (one.subject, one.now)).collect::<Vec<_>>()
    };
    for person in &here[..5] {
        let told = told(person).await;
        assert!(matches!(told[..], [(Subject::Outage { .. }, Now::Holds)]), "{told:?}");
    }
    assert_eq!(told(&here[5]).await, []);
    bench.say(CHASE, 0..3, 0);
    for _ in 0..2 {
        bench.sweep_and_look(Duration::days(1)).await;
        let back = told(&here[0]).await;
        let [(Subject::Back { .. }, Now::Holds), (Subject::Outage { .. }, Now::Mended(_))] = back[..] else {
            panic!("{back:?}");
        };
        // Over for the institution, and not for this one: nothing good to tell.
        let still = told(&here[4]).await;
        assert!(matches!(still[..], [(Subject::Outage { .. }, _)]), "{still:?}");
    }
    assert_eq!(bench.post.taken().len(), 0);
}}

db_test! { async fn an_institution_that_moves_is_told_of_once(db: &TestStore) {
    let bench = Bench::telling(db).await;
    let here = bench.customers(CHASE, 3).await;
    let there = bench.customers(OTHER, 1).await;
    for _ in 0..2 {
        bench.directory_says(CHASE, InstitutionStatus::Migrating).await;
        let mut unit = bench.db.write().await.unwrap();
        let jobs = Jobs::new(bench.clock.clone(), Arc::new(SeededRandom::new(12)));
        jobs.enqueue(&mut unit, &FindChanges {}, Due::AtOnce).await.unwrap();
        unit.save().await.unwrap();
        bench.pass(Duration::hours(1)).await;
        for person in &here {
            let told = bench.notices.centre(person).await.unwrap();
            assert!(matches!(told[0].subject, Subject::InstitutionChanges { .. }), "{told:?}");
            assert_eq!((told.len(), told[0].now), (1, Now::Holds));
        }
    }
    assert_eq!(bench.notices.centre(&there[0]).await.unwrap(), []);
    assert_eq!(bench.post.taken().len(), 3);
    bench.directory_says(CHASE, InstitutionStatus::Online).await;
    assert_eq!(bench.notices.centre(&here[0]).await.unwrap()[0].now, Now::Over);
}}
