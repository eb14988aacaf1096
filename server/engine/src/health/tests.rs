//! The figures on both databases, against a recount and against a naive model.

use chrono::Duration;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{TestCaseError, TestRunner},
};

use super::{
    testing::Town,
    walk::{Step, Walk, step, street},
    *,
};
use crate::{
    db_test,
    store::{sql::run, testing::TestStore},
    time::Clock,
};

/// A database a case takes time: so few, and a failure is made as short as can be.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Runs `test` on a database of its own for each case.
fn each<T: std::fmt::Debug>(
    postgres: bool,
    all: u32,
    strategy: &impl Strategy<Value = T>,
    test: &impl AsyncFn(&TestStore, &T),
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let fresh = async || {
        if postgres {
            TestStore::postgres().await
        } else {
            Some(TestStore::sqlite().await)
        }
    };
    if runtime.block_on(fresh()).is_none() {
        println!("SKIP figures on PostgreSQL: RELINK_TEST_POSTGRES_URL is not set");
        return;
    }
    let done = TestRunner::new(cases(all)).run(strategy, |case| {
        runtime.block_on(async {
            if let Some(db) = fresh().await {
                test(&db, &case).await;
                db.store.close().await;
            }
        });
        Ok::<(), TestCaseError>(())
    });
    assert!(done.is_ok(), "{}", done.unwrap_err());
}

/// What happens before the figures come, and after.
fn life() -> impl Strategy<Value = (Vec<Vec<i64>>, Vec<Step>, Vec<Step>)> {
    let steps = || prop::collection::vec(step(), 0..40);
    (street(), steps(), steps())
}

/// Whatever happens, the figures are what a recount finds and what the plain rules
/// say; and what was there before them enters once.
async fn figures_are_right(
    db: &TestStore,
    (street, before, after): &(Vec<Vec<i64>>, Vec<Step>, Vec<Step>),
) {
    let walk = Walk::new(db, street).await;
    for some in before.chunks(8) {
        walk.all(some).await;
        walk.check().await;
    }
    // As a database of before: no intervals, no figures.
    let mut unit = db.store.write().await.unwrap();
    unit.forget_figures().await.unwrap();
    unit.save().await.unwrap();
    walk.town.pass(Duration::hours(1));
    for _ in 0..2 {
        walk.town.checks.enter().await.unwrap();
        walk.look_at_all();
        walk.check().await;
    }
    walk.all(after).await;
    walk.check().await;
}

#[test]
fn any_life_equals_the_recount_on_sqlite() {
    each(false, 24, &life(), &figures_are_right);
}

#[test]
fn any_life_equals_the_recount_on_postgres() {
    each(true, 10, &life(), &figures_are_right);
}

#[test]
fn two_writers_at_once_leave_the_figures_right() {
    // What is told of twice at once is the queue's to keep apart.
    let quiet = step().prop_filter("told by one only", |step| !matches!(step, Step::Tells(..)));
    let steps = prop::collection::vec(step(), 1..40);
    let both = (street(), steps, prop::collection::vec(quiet, 1..40));
    each(true, 10, &both, &at_once);
}

async fn at_once(db: &TestStore, (street, one, other): &(Vec<Vec<i64>>, Vec<Step>, Vec<Step>)) {
    let walk = Walk::new(db, street).await;
    tokio::join!(walk.all(one), walk.all(other));
    walk.recount().await;
}

/// The same ones each time.
fn fixed(steps: usize) -> (Vec<Vec<i64>>, Vec<Step>) {
    let strategy = (
        prop::collection::vec(prop::collection::vec(1..=3_i64, 1..=3), 6),
        prop::collection::vec(step(), steps),
    );
    let mut runner = TestRunner::deterministic();
    strategy.new_tree(&mut runner).unwrap().current()
}

db_test! { async fn what_is_drifted_is_mended_and_nothing_else(db: &TestStore) {
    let (street, steps) = fixed(400);
    let walk = Walk::new(db, &street).await;
    walk.check().await;
    for some in steps.chunks(8) {
        walk.all(some).await;
        walk.check().await;
    }
    // Nothing is drifted, so nothing is mended; what somebody breaks is.
    let mut unit = walk.town.store.write().await.unwrap();
    unit.tally().stands(1, Standing::Stale, walk.town.clock.now(), 2);
    unit.save().await.unwrap();
    let (found, _) = walk.town.checks.check().await.unwrap();
    assert_eq!(found.drifted, 7);
    walk.town.checks.mend().await.unwrap();
    walk.check().await;
    // What is lost is there again, with its names.
    let place = walk.house(0).place;
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
