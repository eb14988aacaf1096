//! Erasing a user: nothing that names them is left, here or at Mastercard, and
//! the figures of the past are still true.

use super::*;
use crate::{
    audit::{Entry, Filter, Kind},
    erasure::{EraseError, Erasure},
    health::{Checks, Health, Standing},
    identity::{
        Admin, ChangeError, Email, Identity, PeopleFilter, PersonError, Settings, Viewer,
        testing::{PASSWORD, client, identity},
    },
    store::sql::{all, one},
};

/// Rows that name a user, table by table.
const NAMES: [&str; 6] = [
    "SELECT count(*) FROM users WHERE id = $1 AND (email <> '' OR email_key LIKE '%@%' OR password_hash <> '')",
    "SELECT count(*) FROM accounts a JOIN connections c ON c.id = a.connection_id
        WHERE c.user_id = $1 AND (a.name <> '' OR a.mask <> '')",
    "SELECT count(*) FROM phones WHERE user_id = $1",
    "SELECT count(*) FROM audit_names WHERE user_id = $1",
    "SELECT count(*) FROM sign_ins WHERE user_id = $1",
    "SELECT count(*) FROM customers WHERE user_id = $1",
];

struct House {
    bench: Bench,
    identity: Identity,
    erasure: Erasure,
    checks: Checks,
    health: Health,
    admin: Admin,
}

impl House {
    async fn new(db: &TestStore) -> Self {
        let bench = Bench::new(db).await;
        let clock: Arc<dyn Clock> = bench.clock.clone();
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new(11));
        let identity = identity(
            &bench.db,
            clock.clone(),
            random.clone(),
            Settings::default(),
        );
        let admin = signed_in(
            &bench.db,
            clock.clone(),
            random,
            "root@example.com",
            Role::Admin,
        );
        Self {
            erasure: Erasure::new(bench.db.clone(), identity.clone(), bench.connect.clone()),
            checks: Checks::new(bench.db.clone(), bench.readings(3), clock.clone()),
            health: Health::new(bench.db.clone(), clock, Table::shipped()),
            admin: admin.await.admin().unwrap(),
            identity,
            bench,
        }
    }

    /// Rows that still name her, table by table.
    async fn named(&self) -> [i64; 6] {
        let mut unit = self.bench.db.read().await.unwrap();
        let mut counts = [0; 6];
        for (count, sql) in counts.iter_mut().zip(NAMES) {
            (*count,) = one!(unit, (i64,), sql, self.bench.person.user()).unwrap();
        }
        counts
    }

    async fn figures(&self) -> (i64, i64, i64) {
        let viewer: &Viewer = self.admin.as_ref();
        let it = self.health.overview(viewer).await.unwrap().record;
        let broken = it
            .standings
            .iter()
            .filter(|(standing, _)| matches!(standing, Standing::Broken(_)));
        (
            it.now.sample,
            broken.map(|(_, count)| count).sum(),
            it.week.sums.opened,
        )
    }

    /// The latest act.
    async fn latest(&self) -> Entry {
        let mut unit = self.bench.db.read().await.unwrap();
        unit.audit_entries(&Filter::default(), None, 1)
            .await
            .unwrap()
            .remove(0)
    }
}

db_test! { async fn who_leaves_is_named_nowhere_and_the_past_stays_true(db: &TestStore) {
    let house = House::new(db).await;
    let bench = &house.bench;
    bench.connected("14821", "l1").await;
    bench.upstream.opens("14821", "l1", Some(103));
    bench.sweep(Duration::hours(1)).await;
    let looked = house.identity.person(&house.admin, bench.person.user(), &client()).await.unwrap();
    assert!(looked.is_some());
    let before = house.figures().await;
    assert_eq!((before.1, before.2), (1, 1));
    assert_eq!(house.named().await, [1, 1, 0, 1, 1, 1]);

    let wrong = house.erasure.oneself(&bench.person, &"another password".into(), &client()).await;
    assert!(matches!(wrong, Err(EraseError::Password(ChangeError::Wrong))));
    assert_eq!(house.figures().await, before);

    house.erasure.oneself(&bench.person, &PASSWORD.into(), &client()).await.unwrap();
    // At once: the person is gone, and counts no more.
    let mut unit = bench.db.read().await.unwrap();
    assert_eq!(unit.user(bench.person.user()).await.unwrap().map(|user| user.id), None);
    drop(unit);
    let after = house.figures().await;
    assert_eq!(after, (before.0 - 1, 0, before.2), "the break of the past stays");
    bench.pass(Duration::zero()).await;
    assert_eq!(house.named().await, [0; 6]);
    assert_eq!(bench.upstream.count("delete customer"), 1);
    assert!(bench.upstream.with(|world| world.customers.is_empty()));
    assert_eq!(house.figures().await, after);
    assert_eq!(house.checks.drift().await.unwrap().count, 0);
    house.identity.audit().verify().await.unwrap();
    let act = house.latest().await;
    assert_eq!((act.kind, act.actor), (Kind::Erased, Some(bench.person.user())));
    assert_eq!((act.actor_name, act.about_name), (None, None));
    // A sweep finds nothing of hers to do.
    bench.sweep(Duration::days(1)).await;
    assert_eq!(bench.upstream.count("delete customer"), 1);
}}

db_test! { async fn the_address_is_free_again_and_the_last_mail_goes_to_it(db: &TestStore) {
    let house = House::new(db).await;
    let bench = &house.bench;
    house.erasure.oneself(&bench.person, &PASSWORD.into(), &client()).await.unwrap();
    let mut unit = bench.db.read().await.unwrap();
    let letters = all!(unit, (String,), "SELECT CAST(payload AS TEXT) FROM jobs WHERE kind = 'identity.send_letter'").unwrap();
    assert!(letters.iter().any(|(letter,)| letter.contains("ada@example.com") && letter.contains("erased")), "{letters:?}");
    drop(unit);
    let (clock, random): (Arc<dyn Clock>, Arc<dyn Random>) = (bench.clock.clone(), Arc::new(SeededRandom::new(12)));
    let again = signed_in(&bench.db, clock, random, "ada@example.com", Role::User).await;
    assert_ne!(again.user(), bench.person.user());
    assert_eq!(bench.connections.overview(&again).await.unwrap().len(), 0);
}}

db_test! { async fn a_deletion_that_failed_is_owed_until_it_is_done(db: &TestStore) {
    let house = House::new(db).await;
    let bench = &house.bench;
    bench.connected("14821", "l1").await;
    bench.upstream.with(|world| world.fail = Some(("delete customer", Cause::Unreachable, Effect::None)));
    house.erasure.oneself(&bench.person, &PASSWORD.into(), &client()).await.unwrap();
    bench.pass(Duration::zero()).await;
    assert_eq!(house.named().await[5], 1, "it is known whose to delete");
    bench.upstream.with(|world| world.fail = None);
    bench.sweep(Duration::days(1)).await;
    bench.pass(Duration::hours(2)).await;
    assert_eq!(house.named().await, [0; 6]);
    assert!(bench.upstream.with(|world| world.customers.is_empty()));
}}

db_test! { async fn an_admin_erases_whom_they_name_and_never_the_last_admin(db: &TestStore) {
    let house = House::new(db).await;
    let (bench, email) = (&house.bench, |text: &str| Email::parse(text).unwrap());
    let user = bench.person.user();
    let other = house.erasure.another(&house.admin, user, &email("eve@example.com"), &client()).await;
    assert!(matches!(other, Err(PersonError::AnotherAddress)));
    let own: &SignedIn = house.admin.as_ref();
    let oneself = house.erasure.another(&house.admin, own.user(), own.email(), &client()).await;
    assert!(matches!(oneself, Err(PersonError::Oneself)));
    let last = house.erasure.oneself(own, &PASSWORD.into(), &client()).await;
    assert!(matches!(last, Err(EraseError::Person(PersonError::LastAdmin))));

    house.erasure.another(&house.admin, user, &email("ADA@example.com"), &client()).await.unwrap();
    let gone = house.erasure.another(&house.admin, user, &email("ada@example.com"), &client()).await;
    assert!(matches!(gone, Err(PersonError::Gone)));
    let found = house.identity.people(&house.admin, &PeopleFilter::default(), None, 10).await.unwrap().unwrap();
    let found: Vec<String> = found.into_iter().map(|one| one.email).collect();
    assert_eq!(found, ["eve@example.com", "root@example.com"]);
    let act = house.latest().await;
    assert_eq!((act.kind, act.actor_name.as_deref()), (Kind::Erased, Some("root@example.com")));
    assert_eq!(act.about_name, None);
}}

db_test! { async fn a_customer_that_was_being_made_meanwhile_is_deleted_too(db: &TestStore) {
    let house = House::new(db).await;
    let bench = &house.bench;
    let user = bench.person.user();
    let username = Username::parse("relink_ada0001").unwrap();
    let begin = async || {
        let mut unit = bench.db.write().await.unwrap();
        let begun = unit.begin_customer(user, &username, bench.clock.now()).await.unwrap();
        unit.save().await.unwrap();
        begun
    };
    assert!(begin().await.is_some());
    house.erasure.oneself(&bench.person, &PASSWORD.into(), &client()).await.unwrap();
    // Its call arrives after the user left, and after a sweep.
    bench.sweep(Duration::minutes(1)).await;
    bench.upstream.with(|world| world.customers.insert(username.to_string(), "c7".into()));
    assert_eq!(begin().await, None, "nobody begins another");
    let started = bench.connect.start(&bench.person, &institution(), &consent()).await;
    assert!(matches!(started, Err(StartError::Erased)));
    bench.pass(Duration::hours(1)).await;
    assert!(bench.upstream.with(|world| world.customers.is_empty()));
    assert_eq!(house.named().await, [0; 6]);
}}
