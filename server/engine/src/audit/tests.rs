use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use uuid::Uuid;

use super::*;
use crate::{
    db_test,
    health::Mark,
    identity::{Role, Settings, testing::Town, testing::client},
    ids::ConnectionId,
    random::SeededRandom,
    store::{sql::run, testing::TestStore},
    time::FixedClock,
};

fn audit(db: &TestStore, seed: u64) -> Audit {
    let clock = FixedClock::at(DateTime::from_timestamp(1_700_000_000, 0).unwrap());
    Audit::new(
        db.store.clone(),
        Arc::new(clock),
        Arc::new(SeededRandom::new(seed)),
    )
}

fn person(id: u128, email: &str) -> Person {
    Person {
        id: UserId(Uuid::from_u128(id)),
        email: Email::parse(email).unwrap(),
    }
}

/// Puts one down about Ada, by Root.
async fn put(audit: &Audit) {
    let mut unit = audit.store.write().await.unwrap();
    let actor = Actor::known_as(person(1, "root@example.com"), &client());
    let act = Act::Disabled(person(2, "Ada@example.com"));
    audit.record(&mut unit, &actor, &act).await.unwrap();
    unit.save().await.unwrap();
}

async fn broken(audit: &Audit) -> Broken {
    match audit.verify().await {
        Err(VerifyError::Broken(broken)) => broken,
        other => panic!("{other:?}"),
    }
}

db_test! { async fn an_empty_chain_holds(db: &TestStore) {
    assert_eq!(audit(db, 1).verify().await.unwrap(), Head::start());
}}

db_test! { async fn two_writers_make_one_chain(db: &TestStore) {
    let (one, two) = (audit(db, 1), audit(db, 2));
    let all = (0..10).map(|n| put(if n % 2 == 0 { &one } else { &two }));
    futures::future::join_all(all).await;
    assert_eq!(one.verify().await.unwrap().seq, 10);
}}

db_test! { async fn an_act_that_is_not_done_leaves_nothing(db: &TestStore) {
    let audit = audit(db, 1);
    put(&audit).await;
    {
        let mut unit = db.store.write().await.unwrap();
        audit.record(&mut unit, &Actor::machine(), &Act::NamesErased { rows: 1 }).await.unwrap();
    }
    put(&audit).await;
    assert_eq!(audit.verify().await.unwrap().seq, 2);
}}

db_test! { async fn the_database_refuses_to_change_or_delete(db: &TestStore) {
    let audit = audit(db, 1);
    put(&audit).await;
    for sql in ["UPDATE audit SET act = 'enabled'", "DELETE FROM audit WHERE seq = 1"] {
        let mut unit = db.store.write().await.unwrap();
        assert!(run!(unit, sql).is_err(), "{sql}");
    }
    audit.verify().await.unwrap();
}}

db_test! { async fn what_is_changed_beside_the_chain_is_found(db: &TestStore) {
    let audit = audit(db, 1);
    for _ in 0..3 {
        put(&audit).await;
    }
    for (sql, back, found) in [
        (
            "UPDATE audit_names SET name = 'eve@example.com' WHERE seq = 2 AND part = 'about'",
            "UPDATE audit_names SET name = 'Ada@example.com' WHERE seq = 2 AND part = 'about'",
            Broken::Names { seq: 2 },
        ),
        (
            "UPDATE audit_names SET address = NULL WHERE seq = 3 AND part = 'actor'",
            "UPDATE audit_names SET address = '192.0.2.1' WHERE seq = 3 AND part = 'actor'",
            Broken::Names { seq: 3 },
        ),
        (
            "UPDATE audit_head SET seq = 2",
            "UPDATE audit_head SET seq = 3",
            Broken::Head { seq: 2 },
        ),
    ] {
        let mut unit = db.store.write().await.unwrap();
        run!(unit, sql).unwrap();
        unit.save().await.unwrap();
        assert_eq!(broken(&audit).await, found, "{sql}");
        let mut unit = db.store.write().await.unwrap();
        run!(unit, back).unwrap();
        unit.save().await.unwrap();
        audit.verify().await.unwrap();
    }
}}

db_test! { async fn names_are_erased_and_the_chain_holds(db: &TestStore) {
    let audit = audit(db, 1);
    put(&audit).await;
    put(&audit).await;
    // By address: she is no user any more.
    assert_eq!(audit.erase(&Email::parse("ADA@example.com").unwrap()).await.unwrap(), 2);
    assert_eq!(audit.verify().await.unwrap().seq, 3);
    let mut unit = db.store.read().await.unwrap();
    let all = unit.audit_entries(&Filter::default(), None, 9).await.unwrap();
    assert_eq!(all[0].kind, Kind::NamesErased);
    for act in &all[1..] {
        assert_eq!((act.about_name.as_deref(), act.actor_name.as_deref()), (None, Some("root@example.com")));
    }
}}

db_test! { async fn a_reason_is_erased_with_the_name_and_the_chain_holds(db: &TestStore) {
    let audit = audit(db, 1);
    let mark = async |reason: &str| {
        let (connection, mark) = (ConnectionId(Uuid::from_u128(7)), Mark::Mute);
        let act = Act::Marked(person(2, "ada@example.com"), connection, mark, reason.to_owned());
        let mut unit = db.store.write().await.unwrap();
        let actor = Actor::known_as(person(1, "root@example.com"), &client());
        audit.record(&mut unit, &actor, &act).await.unwrap();
        unit.save().await.unwrap();
    };
    let reasons = async || {
        let mut unit = db.store.read().await.unwrap();
        let all = unit.audit_entries(&Filter { kind: Some(Kind::Marked), ..Filter::default() }, None, 9).await.unwrap();
        all.into_iter().map(|act| (act.reason, act.after)).collect::<Vec<_>>()
    };
    mark("Ada asked for quiet.").await;
    mark("She asked again.").await;
    audit.verify().await.unwrap();
    let after = Some(format!(r#"{{"connection":"{}","mark":"mute"}}"#, Uuid::from_u128(7)));
    let kept = ["She asked again.", "Ada asked for quiet."].map(|why| (Some(why.to_owned()), after.clone()));
    assert_eq!(reasons().await, kept, "a second mark leaves the reason of the first");
    let change = async |sql: &'static str| {
        let mut unit = db.store.write().await.unwrap();
        run!(unit, sql).unwrap();
        unit.save().await.unwrap();
    };
    change("UPDATE audit_names SET reason = 'None.' WHERE seq = 2 AND part = 'about'").await;
    assert_eq!(broken(&audit).await, Broken::Names { seq: 2 });
    assert_eq!(audit.erase(&Email::parse("ada@example.com").unwrap()).await.unwrap(), 2);
    assert_eq!(audit.verify().await.unwrap().seq, 3);
    assert_eq!(reasons().await, [(None, after.clone()), (None, after)]);
}}

db_test! { async fn acts_are_listed_by_what_is_asked_for(db: &TestStore) {
    let town = Town::new(&db.store, Settings::default());
    let root = town.person("root@example.com", Role::Admin).await;
    let admin = root.admin().unwrap();
    town.clock.advance(TimeDelta::hours(1));
    let support = town.person("sam@example.com", Role::Support).await;
    let audit = town.identity.audit();
    audit.looked(&support.support().unwrap(), person(9, "ada@example.com"), &client()).await.unwrap();
    let list = async |filter: Filter, before| {
        let found = audit.list(&admin, &filter, before, 2).await.unwrap();
        found.into_iter().map(|act| (act.seq, act.kind)).collect::<Vec<_>>()
    };
    let all = Filter::default();
    assert_eq!(list(all, None).await, [(3, Kind::Looked), (2, Kind::SignedIn)]);
    assert_eq!(list(all, Some(2)).await, [(1, Kind::SignedIn)]);
    let (by_root, looks) = (Some(root.user()), Some(Kind::Looked));
    assert_eq!(list(Filter { actor: by_root, ..all }, None).await, [(1, Kind::SignedIn)]);
    assert_eq!(list(Filter { kind: looks, ..all }, None).await, [(3, Kind::Looked)]);
    assert_eq!(list(Filter { actor: by_root, kind: looks, ..all }, None).await, []);
    let hour = DateTime::from_timestamp(1_700_003_600, 0);
    assert_eq!(list(Filter { until: hour, ..all }, None).await, [(1, Kind::SignedIn)]);
    assert_eq!(list(Filter { from: hour, ..all }, None).await, [(3, Kind::Looked), (2, Kind::SignedIn)]);
    assert_eq!(list(Filter { from: hour, ..all }, Some(3)).await, [(2, Kind::SignedIn)]);
    assert_eq!(list(Filter { until: hour, ..all }, Some(1)).await, []);
    // A number that no act has is after all of them.
    assert_eq!(list(Filter { until: hour, ..all }, Some(99)).await, [(1, Kind::SignedIn)]);
    assert_eq!(list(Filter { until: hour, kind: looks, ..all }, None).await, []);

    let actor = Actor::person(&root, &client());
    let mut export = audit.export(&actor, Filter { kind: looks, ..all }).await.unwrap();
    let written = export.next().await.unwrap();
    assert_eq!(written.iter().map(|act| act.seq).collect::<Vec<_>>(), [3]);
    assert_eq!(export.next().await.unwrap(), []);
    assert_eq!(list(all, None).await[0], (4, Kind::Exported));
}}

#[test]
fn kinds_have_names_of_their_own() {
    for kind in Kind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(*kind));
    }
    assert_eq!("x".parse::<Kind>(), Err(NotAKind));
}
