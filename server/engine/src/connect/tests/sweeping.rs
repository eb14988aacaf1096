//! The daily reading of everybody.

use relink_mastercard::model::Username;

use super::*;
use crate::ids::UserId;

/// A customer with one account, without a visit of its own.
async fn customer_with_account(bench: &Bench, number: usize, code: i64) {
    customer_at(bench, CHASE, number, code).await;
}

/// The same, at an institution.
pub(super) async fn customer_at(bench: &Bench, place: i64, number: usize, code: i64) -> SignedIn {
    let person = signed_in(
        &bench.db,
        bench.clock.clone(),
        Arc::new(SeededRandom::new(1_000 + number as u64)),
        &format!("user{number}@example.com"),
        Role::User,
    )
    .await;
    insert(bench, place, person.user(), number).await;
    let mut listed = account(&format!("9{number}"), &format!("8{number}"), Some(code));
    listed.customer_id = format!("s{number}").parse().unwrap();
    listed.institution_id = InstitutionId::new(place);
    bench.upstream.with(|world| world.accounts.push(listed));
    person
}

async fn insert(bench: &Bench, place: i64, user: UserId, number: usize) {
    let now = bench.clock.now();
    let random = SeededRandom::new(5_000 + number as u64);
    let customer: CustomerId = format!("s{number}").parse().unwrap();
    let username = Username::parse(format!("relink_{}", random.token())).unwrap();
    let mut unit = bench.db.write().await.unwrap();
    unit.begin_customer(user, &username, now).await.unwrap();
    unit.customer_made(user, &customer, None).await.unwrap();
    let visit = crate::store::connect_sessions::ConnectSession {
        id: ConnectSessionId(random.id(now)),
        user,
        customer: customer.clone(),
        institution: InstitutionId::new(place),
        institution_name: "Chase".to_owned(),
        institutions: vec![InstitutionId::new(place)],
        reference: random.token(),
        facts: super::super::session::Facts::default(),
        created: now,
        refreshed: None,
        repairs: None,
        language: "en".to_owned(),
    };
    unit.insert_connect_session(&visit).await.unwrap();
    let connection = crate::store::connections::Connection {
        id: ConnectionId(random.id(now)),
        user,
        customer: customer.clone(),
        login: format!("8{number}").parse().unwrap(),
        institution: InstitutionId::new(place),
        institution_name: "Chase".to_owned(),
        connected: now,
    };
    unit.connect(&connection).await.unwrap();
    let row = crate::store::accounts::Account {
        id: crate::ids::AccountId(random.id(now)),
        connection: connection.id,
        upstream: format!("9{number}").parse().unwrap(),
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
        arrived: now,
    };
    unit.account_read(&row, &customer).await.unwrap();
    unit.choose(row.id, Choice::Kept, now).await.unwrap();
    unit.save().await.unwrap();
}

fn read_order(bench: &Bench) -> Vec<&'static str> {
    bench
        .upstream
        .with(|world| std::mem::take(&mut world.calls))
}

db_test! { async fn everybody_is_read_once_and_a_failing_one_stops_nobody(db: &TestStore) {
    let bench = Bench::new(db).await;
    for number in 0..12 {
        customer_with_account(&bench, number, if number % 4 == 0 { 103 } else { 0 }).await;
    }
    bench.upstream.with(|world| world.unreadable.insert("s5".to_owned(), Cause::TimedOut));
    bench.sweep(Duration::days(1)).await;
    assert_eq!(read_order(&bench).len(), 12);
    let sweep = bench.sweeps.latest().await.unwrap().unwrap();
    assert_eq!((sweep.planned, sweep.read, sweep.failed), (12, 11, 1));
    assert_eq!(sweep.finished, Some(bench.clock.now()));
    // The next day's begins anew, those with an open break first.
    bench.sweep(Duration::days(1)).await;
    assert_eq!(bench.sweeps.latest().await.unwrap().unwrap().planned, 12);
    let mut unit = bench.db.read().await.unwrap();
    let started = bench.clock.now() + Duration::days(1);
    let first = unit.customers_ahead(started, crate::store::sweeps::Ahead::Broken, None, 100).await.unwrap();
    let names: Vec<&str> = first.iter().map(CustomerId::as_str).collect();
    assert_eq!(names, ["s0", "s4", "s8"]);
}}

db_test! { async fn one_that_mastercard_stops_goes_on_where_it_was(db: &TestStore) {
    let bench = Bench::new(db).await;
    for number in 0..5 {
        customer_with_account(&bench, number, 0).await;
    }
    let paused = Cause::CircuitOpen { until: bench.clock.now() };
    bench.upstream.with(|world| world.unreadable.insert("s3".to_owned(), paused));
    bench.clock.advance(Duration::days(1));
    let sweep = bench.sweeps.begin().await.unwrap();
    bench.worker.run_due().await.unwrap();
    assert_eq!(bench.sweeps.latest().await.unwrap().unwrap().finished, None);
    // For longer than any job is tried again.
    for _ in 0..30 {
        bench.pass(Duration::minutes(2)).await;
    }
    bench.upstream.with(|world| world.unreadable.clear());
    read_order(&bench);
    bench.pass(Duration::minutes(2)).await;
    let done = bench.sweeps.latest().await.unwrap().unwrap();
    assert_eq!((done.id, done.read, done.failed), (sweep.id, 5, 0));
    assert!(done.finished.is_some());
    // Only what was ahead was read again.
    assert!(read_order(&bench).len() < 5);
}}

db_test! { async fn a_slice_that_is_over_leaves_the_rest_to_the_next(db: &TestStore) {
    let bench = Bench::new(db).await;
    for number in 0..3 {
        customer_with_account(&bench, number, 0).await;
    }
    let hurried = Sweeps::new(
        bench.db.clone(),
        bench.upstream.clone(),
        bench.readings(3),
        bench.clock.clone(),
        Arc::new(SeededRandom::new(4)),
        Jobs::new(bench.clock.clone(), Arc::new(SeededRandom::new(5))),
        sweep::Settings { slice: std::time::Duration::ZERO, ..sweep::Settings::default() },
    );
    bench.clock.advance(Duration::days(1));
    let begun = hurried.begin().await.unwrap();
    hurried.go_on(begun.id).await.unwrap();
    assert_eq!(hurried.latest().await.unwrap().unwrap().finished, None);
    // Its job goes on, here with a worker that takes its time.
    bench.worker.run_due().await.unwrap();
    let done = bench.sweeps.latest().await.unwrap().unwrap();
    assert_eq!((done.read, done.finished.is_some()), (3, true));
}}

db_test! { async fn one_that_died_in_the_middle_goes_on_with_what_is_ahead(db: &TestStore) {
    let bench = Bench::new(db).await;
    for number in 0..5 {
        customer_with_account(&bench, number, 0).await;
    }
    bench.clock.advance(Duration::days(1));
    let sweep = bench.sweeps.begin().await.unwrap();
    // Two are read and recorded; then the process is gone, and the job with its
    // lease is all that is left of it.
    let readings = bench.readings(3);
    for number in 0..2 {
        let customer: CustomerId = format!("s{number}").parse().unwrap();
        let listed = bench.upstream.accounts(&customer).await.unwrap();
        let mut unit = bench.db.write().await.unwrap();
        readings.record(&mut unit, &customer, &listed, bench.clock.now()).await.unwrap();
        unit.sweep_went_on(sweep.id, 1, 0).await.unwrap();
        unit.save().await.unwrap();
    }
    read_order(&bench);
    bench.pass(Duration::minutes(5)).await;
    assert_eq!(read_order(&bench).len(), 3, "nobody is read twice");
    let done = bench.sweeps.latest().await.unwrap().unwrap();
    assert_eq!((done.id, done.read, done.finished.is_some()), (sweep.id, 5, true));
}}

db_test! { async fn what_is_owed_a_deletion_is_tried_again_with_each_sweep(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.connected("1", "77").await;
    bench.connected("2", "78").await;
    bench.upstream.with(|world| world.fail = Some(("delete account", Cause::TimedOut, Effect::None)));
    bench.connect.disconnect_all(&bench.person).await.unwrap();
    // Until both jobs have given up.
    for _ in 0..50 {
        bench.pass(Duration::hours(7)).await;
    }
    let cards = bench.connections.overview(&bench.person).await.unwrap();
    assert_eq!(cards.len(), 2);
    for card in &cards {
        assert!(card.leaves() && card.leaving.is_some_and(|asked| asked < bench.clock.now()));
    }
    bench.upstream.with(|world| world.fail = None);
    bench.pass(Duration::days(2)).await;
    assert_eq!(bench.upstream.with(|world| world.deleted.clone()), Vec::<String>::new(), "the jobs are dead");
    bench.sweep(Duration::hours(1)).await;
    let deleted = bench.upstream.with(|world| world.deleted.clone());
    for gone in ["1", "77", "2", "78"] {
        assert!(deleted.contains(&gone.to_owned()), "{deleted:?}");
    }
    assert!(bench.connections.overview(&bench.person).await.unwrap().is_empty());
    // Nothing is owed any more.
    let mut unit = bench.db.read().await.unwrap();
    assert!(unit.connections_leaving().await.unwrap().is_empty());
}}
