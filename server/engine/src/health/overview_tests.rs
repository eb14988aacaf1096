use chrono::Duration;
use relink_mastercard::InstitutionId;

use super::*;
use crate::{
    db_test,
    health::{Enter, Recount, hour_of, testing::Town},
    identity::Role,
    ids::OutageId,
    jobs::{Due, Jobs},
    outages::{By, Whose},
    store::{
        places::{PlacesAsked, Sort},
        sql::run,
        testing::TestStore,
    },
};

db_test! { async fn hours_that_are_long_over_are_forgotten(db: &TestStore) {
    let town = Town::new(&db.store, 6);
    let viewer = town.person("vera", Role::Viewer).await.viewer().unwrap();
    let now = town.clock.now();
    let mut unit = db.store.write().await.unwrap();
    for (back, n) in [(0, 1), (24, 10), (25, 100), (8 * 24, 1_000), (8 * 24 + 1, 10_000)] {
        let put = "INSERT INTO event_hours (hour, n) VALUES ($1, $2)";
        run!(unit, put, hour_of(now) - back, n).unwrap();
    }
    unit.save().await.unwrap();
    town.checks.check().await.unwrap();
    let mut unit = db.store.read().await.unwrap();
    assert_eq!(unit.operations(&viewer, now, 9).await.unwrap().events, 11);
    let week = now - Duration::days(8);
    assert_eq!(unit.operations(&viewer, week, 9).await.unwrap().events, 1_111);
}}

db_test! { async fn work_that_is_due_is_counted_and_what_is_for_later_is_not(db: &TestStore) {
    let town = Town::new(&db.store, 6);
    let viewer = town.person("vera", Role::Viewer).await.viewer().unwrap();
    let (jobs, now) = (Jobs::new(town.clock.clone(), town.random.clone()), town.clock.now());
    let mut unit = db.store.write().await.unwrap();
    let before = unit.operations(&viewer, now, 9).await.unwrap().jobs_due;
    jobs.enqueue(&mut unit, &Recount {}, Due::At(now + Duration::hours(1))).await.unwrap();
    jobs.enqueue(&mut unit, &Enter::default(), Due::AtOnce).await.unwrap();
    for (hours, due) in [(0, 1), (1, 2)] {
        let at = now + Duration::hours(hours);
        assert_eq!(unit.operations(&viewer, at, 9).await.unwrap().jobs_due - before, due);
        // One more than was asked for says that there are more.
        assert_eq!(unit.operations(&viewer, at, before).await.unwrap().jobs_due - before, 1);
    }
    drop(unit);
}}

db_test! { async fn the_foremost_outages_are_named_and_the_rest_are_counted(db: &TestStore) {
    let mut town = Town::new(&db.store, 6);
    let viewer = town.person("vera", Role::Viewer).await.viewer().unwrap();
    let ada = town.user("ada").await;
    for place in [5, 6, 7] {
        let house = town.connect(&ada, place).await;
        town.read(&[(&house, 0)]).await;
    }
    let now = town.clock.now();
    let health = Health::new(db.store.clone(), town.clock.clone(), Table::shipped());
    let asked = PlacesAsked { sort: Sort::Name, outage: true, limit: 9, ..PlacesAsked::default() };
    let mut unit = db.store.write().await.unwrap();
    for (number, affected) in [(1, 3), (2, 5), (5, 9), (6, 40), (7, 7)] {
        let outage = Outage {
            id: OutageId(uuid::Uuid::from_u128(number)),
            whose: Whose::Institution(InstitutionId::new(i64::try_from(number).unwrap())),
            by: By::Failures,
            counted_from: now,
            began: now,
            opened: now,
            closed: None,
            affected,
            part_of: None,
        };
        unit.open_new_outage(&outage).await.unwrap();
        if number == 5 {
            unit.close_outage(outage.id, now).await.unwrap();
        }
    }
    let (foremost, open) = unit.foremost_outages(2).await.unwrap();
    assert_eq!((foremost.iter().map(|it| it.affected).collect::<Vec<_>>(), open), (vec![40, 7], 4));
    unit.save().await.unwrap();
    let overview = health.overview(&viewer).await.unwrap();
    let named: Vec<i64> = overview.outages.iter().map(|(it, _)| it.affected).collect();
    assert_eq!((named, overview.open_outages), (vec![40, 7, 5, 3], 4));
    // Those with figures, behind the link.
    let (listed, more) = health.institutions(&viewer, &asked).await.unwrap().unwrap();
    assert_eq!((listed.iter().map(|it| it.place.id).collect::<Vec<_>>(), more), (vec![6, 7], false));
    let (all, _) = health.institutions(&viewer, &PlacesAsked { outage: false, ..asked }).await.unwrap().unwrap();
    assert_eq!(all.len(), 3);
}}
