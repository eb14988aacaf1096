//! Visits that fail, and what is said of their institutions.

use relink_mastercard::{InstitutionId, model::InstitutionStatus};

use super::{
    Enter,
    journeys::{health, viewer},
    testing::Town,
};
use crate::{
    connect::session::Hint,
    db_test,
    ids::{ConnectSessionId, JobId},
    jobs::{Handle as _, Run},
    random::Random as _,
    store::{
        places::{PlacesAsked, Sort},
        sql::run,
        testing::TestStore,
    },
    time::Clock as _,
};

/// So many go to Data Connect at an institution, and learn the same of it.
async fn try_at(town: &Town, place: i64, many: usize, hints: &[Hint]) -> Vec<ConnectSessionId> {
    let mut visits = Vec::new();
    for number in 0..many {
        let name = format!("tries{place}n{number}{}", hints.len());
        let user = town.user(&name).await;
        let visit = town.chooses(&user, place, "en").await;
        town.learns(visit, |facts, now| {
            facts.link_made = Some(now);
            for hint in hints {
                facts.learn(hint, now);
            }
        })
        .await;
        visits.push(visit);
    }
    visits
}

/// At 15 nobody gets through; at 16 all do, and it never works; at 17 nine of ten do;
/// at 18 four do not.
async fn tries(town: &mut Town) -> Vec<ConnectSessionId> {
    let failed = [Hint::Opened, Hint::Trouble(Some(102)), Hint::Returned];
    let visits = try_at(town, 15, 12, &failed).await;
    try_at(town, 15, 1, &[]).await;
    try_at(town, 15, 1, &[Hint::Opened]).await;
    try_at(town, 17, 1, &[Hint::Opened, Hint::Left]).await;
    try_at(town, 18, 4, &failed).await;
    for (number, (place, code)) in std::iter::repeat_n((16, 102), 3)
        .chain([(17, 0); 9])
        .enumerate()
    {
        let user = town.user(&format!("through{number}")).await;
        let house = town.connect(&user, place).await;
        town.goes_through(house.visit).await;
        town.read(&[(&house, code)]).await;
        if place == 16 {
            town.removes(&house).await;
        }
    }
    visits
}

const COPY: [&str; 2] = [
    "INSERT INTO institution_copies (id, started_at, next_start, counting, records, found, completed_at)
    VALUES (1, $1, 0, 'pages', 2, 2, $1)",
    "INSERT INTO institutions (copy, id, body, status) VALUES (1, 15, $1, 'offline'), (1, 17, $1, 'online'),
        (1, 18, $1, 'beta')",
];

db_test! { async fn who_tries_in_vain_is_seen(db: &TestStore) {
    let mut town = Town::new(&db.store, 8);
    let visits = tries(&mut town).await;
    let mut unit = db.store.write().await.unwrap();
    run!(unit, COPY[0], town.clock.now()).unwrap();
    run!(unit, COPY[1], sqlx::types::Json(serde_json::json!({ "name": "A bank" }))).unwrap();
    unit.save().await.unwrap();
    let (viewer, health) = (viewer(&town).await, health(&town));
    let page = async |asked: PlacesAsked| {
        let rows = health.all_institutions(&viewer, &asked).await.unwrap();
        rows.iter().map(|row| row.place.id).collect::<Vec<_>>()
    };
    let by = |sort| PlacesAsked { sort, ..PlacesAsked::default() };
    assert_eq!(page(by(Sort::Tries)).await, [15, 17, 16, 18], "of fewer than ten nothing is said");
    assert_eq!(page(PlacesAsked { never: true, ..by(Sort::Name) }).await, [15, 16]);
    let said: [(&'static [InstitutionStatus], &[i64]); 4] = [
        (&[InstitutionStatus::Offline], &[15]),
        (&[InstitutionStatus::Testing, InstitutionStatus::Beta], &[18]),
        (&[InstitutionStatus::Migrating], &[]),
        (&[], &[15, 16, 17, 18]),
    ];
    for (statuses, found) in said {
        assert_eq!(page(PlacesAsked { statuses, ..by(Sort::Name) }).await, found, "{statuses:?}");
    }
    let one = async |id| {
        health.institution(&viewer, InstitutionId::new(id)).await.unwrap().unwrap().listed
    };
    for (id, sums, permille, never) in [
        (15, (12, 0, 0), Some(0), true), (16, (3, 3, 3), None, true), (17, (10, 9, 9), Some(900), false),
        (18, (4, 0, 0), None, false),
    ] {
        let listed = one(id).await;
        let it = &listed.place;
        assert_eq!(it.name, format!("Bank {id}"));
        assert_eq!((it.tried, it.connected, it.settled), sums, "{id}");
        assert_eq!((listed.tries().permille(), listed.never()), (permille, never), "{id}");
    }
    assert_eq!((one(15).await.place.judged, one(16).await.place.judged), (0, 0));

    // Accounts that come late are no success yet; one that becomes well is.
    town.learns(visits[0], |facts, now| facts.read(now, vec!["7".parse().unwrap()], false)).await;
    let late = one(15).await;
    assert_eq!((late.place.tried, late.place.connected, late.place.settled), (12, 1, 0));
    assert_eq!((late.tries().permille(), late.never()), (Some(83), true));
    let user = town.user("lucky").await;
    let house = town.connect(&user, 15).await;
    town.read(&[(&house, 0)]).await;
    assert!(!one(15).await.never());
    assert_eq!(town.checks.drift().await.unwrap().count, 0);

    // As a database of before, and one that lost it all.
    let before = page(by(Sort::Tries)).await;
    for gone in [
        "UPDATE institution_figures SET tried = 0, connected = 0, settled = 0, tried_share = 1000001
        WHERE institution_id >= 0",
        "DELETE FROM institution_figures",
    ] {
        let mut unit = db.store.write().await.unwrap();
        run!(unit, gone).unwrap();
        unit.save().await.unwrap();
        assert_ne!(town.checks.drift().await.unwrap().count, 0);
        let run = Run { id: JobId(town.random.id(town.clock.now())), attempt: 1, max_attempts: 1 };
        town.checks.handle(Enter { figures_only: true }, run).await.unwrap();
        assert_eq!(town.checks.drift().await.unwrap().count, 0);
        assert_eq!(page(by(Sort::Tries)).await, before);
        let it = one(18).await.place;
        assert_eq!((it.name.as_str(), it.tried, it.connected), ("Bank 18", 4, 0));
    }
}}
