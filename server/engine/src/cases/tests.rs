//! Cases, from what waits to the last connection that works again.

use std::sync::Arc;

use chrono::Duration;

use super::{Case, CaseError, Cases, Together};
use crate::{
    audit::Audit,
    db_test,
    health::{
        Mark,
        testing::{House, Town},
    },
    identity::{Role, Support, testing::client},
    ids::{CaseId, ConnectionId},
    random::SeededRandom,
    status::{Code, Table},
    store::testing::TestStore,
    time::Clock as _,
};

/// One that only Mastercard mends, one that no table knows, and one for users.
const MASTERCARD: i64 = 168;
const UNKNOWN: i64 = 987_654;
/// Mastercard acts, and time is what helps as a rule.
const WAITS: i64 = 123;
const USERS: i64 = 103;

async fn support(town: &Town) -> Support {
    town.person("sam", Role::Support).await.support().unwrap()
}

fn cases(town: &Town, seed: u64) -> Cases {
    let random = Arc::new(SeededRandom::new(seed));
    let audit = Audit::new(town.store.clone(), town.clock.clone(), random.clone());
    Cases::new(
        town.store.clone(),
        Table::shipped(),
        town.clock.clone(),
        random,
        audit,
    )
}

/// Six connections, four days ago, at two institutions: three with Mastercard's
/// code, one each with the others, and one that is well.
async fn broken(town: &mut Town) -> Vec<House> {
    let mut houses = Vec::new();
    for (number, code) in [MASTERCARD, MASTERCARD, MASTERCARD, UNKNOWN, USERS, 0]
        .into_iter()
        .enumerate()
    {
        let user = town.user(&format!("user{number}")).await;
        let house = town.connect(&user, if number < 2 { 5 } else { 6 }).await;
        town.read(&[(&house, code)]).await;
        town.pass(Duration::minutes(1));
        houses.push(house);
    }
    town.pass(Duration::days(4));
    houses
}

async fn waiting(cases: &Cases, by: &Support, days: u16) -> Vec<(i64, i64, i64)> {
    let (open, _) = cases.open(by, days, None).await.unwrap();
    open.into_iter()
        .map(|(code, bundle)| (code.get(), bundle.institution, bundle.n))
        .collect()
}

fn ids(together: &Together) -> Vec<ConnectionId> {
    together.stuck.iter().map(|one| one.connection).collect()
}

async fn case(cases: &Cases, by: &Support, id: CaseId) -> Case {
    cases.one(by, id).await.unwrap().unwrap().0
}

db_test! { async fn what_only_mastercard_mends_is_put_together(db: &TestStore) {
    let mut town = Town::new(&db.store, 21);
    let (by, houses) = (support(&town).await, broken(&mut town).await);
    let cases = cases(&town, 1);
    let all = [(MASTERCARD, 5, 2), (MASTERCARD, 6, 1), (UNKNOWN, 6, 1)];
    assert_eq!(waiting(&cases, &by, 3).await, all);
    assert_eq!(waiting(&cases, &by, 5).await, []);
    let (rest, more) = cases.open(&by, 3, Some((Code::new(MASTERCARD), 5))).await.unwrap();
    assert_eq!((rest.len(), more), (2, false));
    let bundle = cases.bundle(&by, Code::new(MASTERCARD), 5, 3).await.unwrap().unwrap();
    assert_eq!((bundle.name.as_str(), bundle.more), ("Bank 5", false));
    assert_eq!(ids(&bundle), [houses[0].connection, houses[1].connection]);
    let first = &bundle.stuck[0];
    assert_eq!((first.customer.as_str(), first.last_good), (houses[0].customer.as_str(), None));
    assert!(first.reference.is_some() && !first.login.is_empty());
    // What a user mends is no case, nor is what nobody has.
    for (code, place) in [(USERS, 6), (MASTERCARD, 9)] {
        assert!(cases.bundle(&by, Code::new(code), place, 0).await.unwrap().is_none(), "{code}");
    }
    // What is muted is told to nobody.
    town.marks.mark(&by, &client(), houses[0].connection, Mark::Mute, Some("Known.")).await.unwrap();
    assert_eq!(waiting(&cases, &by, 3).await[0], (MASTERCARD, 5, 1));
}}

db_test! { async fn a_break_is_as_old_as_its_first_failure(db: &TestStore) {
    let mut town = Town::new(&db.store, 23);
    let by = support(&town).await;
    let (ada, eve) = (town.user("ada").await, town.user("eve").await);
    let (mut house, other) = (town.connect(&ada, 5).await, town.connect(&eve, 6).await);
    let failed = town.clock.now();
    town.read(&[(&house, USERS)]).await;
    town.pass(Duration::days(50));
    town.read(&[(&other, WAITS)]).await;
    // Another code, another institution, a mark that is lifted: one break.
    town.pass(Duration::days(7));
    town.read(&[(&house, WAITS)]).await;
    town.pass(Duration::days(1));
    house.moves(6);
    town.read(&[(&house, WAITS)]).await;
    town.pass(Duration::days(1));
    for why in [Some("Known."), None] {
        town.marks.mark(&by, &client(), house.connection, Mark::Mute, why).await.unwrap();
        town.pass(Duration::hours(12));
    }
    let cases = cases(&town, 3);
    assert_eq!(waiting(&cases, &by, 60).await, [(WAITS, 6, 1)]);
    assert_eq!(waiting(&cases, &by, 61).await, []);
    assert_eq!(waiting(&cases, &by, 3).await, [(WAITS, 6, 2)]);
    let (open, _) = cases.open(&by, 3, None).await.unwrap();
    assert_eq!(open[0].1.since, failed);
    let bundle = cases.bundle(&by, Code::new(WAITS), 6, 3).await.unwrap().unwrap();
    let told: Vec<_> = bundle.stuck.iter().map(|one| (one.connection, one.since)).collect();
    let second = failed + Duration::days(50);
    assert_eq!(told, [(house.connection, failed), (other.connection, second)]);
    let id = cases.sent(&by, &client(), (Code::new(WAITS), 6), &ids(&bundle), "").await.unwrap();
    let (_, sent) = cases.one(&by, id).await.unwrap().unwrap();
    let kept: Vec<_> = sent.iter().map(|one| (one.connection, one.since)).collect();
    assert_eq!(kept, told);
}}

db_test! { async fn a_case_is_followed_until_its_last_connection_works(db: &TestStore) {
    let mut town = Town::new(&db.store, 22);
    let (by, houses) = (support(&town).await, broken(&mut town).await);
    let cases = cases(&town, 2);
    let of = (Code::new(MASTERCARD), 5);
    let bundle = cases.bundle(&by, of.0, of.1, 3).await.unwrap().unwrap();
    // One of the wrong code is left out; a number that is none makes no case.
    let mut told = ids(&bundle);
    told.push(houses[3].connection);
    let refused = cases.sent(&by, &client(), of, &told, "<b>").await;
    assert!(matches!(refused, Err(CaseError::NotANumber)));
    let id = cases.sent(&by, &client(), of, &told, " CS-4711 ").await.unwrap();
    let it = case(&cases, &by, id).await;
    assert_eq!((it.n, it.repaired, it.gone, it.closed), (2, 0, 0, None));
    assert_eq!((it.number.as_deref(), it.sender.as_str(), it.name.as_str()), (Some("CS-4711"), "sam@example.com", "Bank 5"));
    assert_eq!(waiting(&cases, &by, 3).await, [(MASTERCARD, 6, 1), (UNKNOWN, 6, 1)]);
    let again = cases.sent(&by, &client(), of, &ids(&bundle), "").await;
    assert!(matches!(again, Err(CaseError::Nothing)), "an open case has them");
    cases.number(&by, &client(), id, "").await.unwrap();
    assert_eq!(case(&cases, &by, id).await.number, None);
    let nobody = CaseId(uuid::Uuid::from_u128(1));
    assert!(matches!(cases.number(&by, &client(), nobody, "7").await, Err(CaseError::Nothing)));

    let at = town.pass(Duration::hours(1));
    town.read(&[(&houses[0], 0)]).await;
    let it = case(&cases, &by, id).await;
    assert_eq!((it.repaired, it.closed), (1, None));
    // Another cause is no end.
    town.read(&[(&houses[1], USERS)]).await;
    assert_eq!(case(&cases, &by, id).await.closed, None);
    let last = town.pass(Duration::hours(1));
    town.read(&[(&houses[1], 0)]).await;
    let it = case(&cases, &by, id).await;
    assert_eq!((it.repaired, it.closed), (2, Some(last)));
    let (_, stuck) = cases.one(&by, id).await.unwrap().unwrap();
    let settled: Vec<_> = stuck.iter().map(|one| (one.settled_at, one.settled.as_deref())).collect();
    assert_eq!(settled, [(Some(at), Some("repaired")), (Some(last), Some("repaired"))]);

    // What breaks so again is another case's; the closed one stays as it was.
    town.read(&[(&houses[0], MASTERCARD)]).await;
    town.pass(Duration::days(4));
    assert_eq!(waiting(&cases, &by, 3).await[0], (MASTERCARD, 5, 1));
    let second = cases.sent(&by, &client(), of, &[houses[0].connection], "").await.unwrap();
    assert_eq!(case(&cases, &by, id).await, it);
    let (listed, more) = cases.list(&by, None).await.unwrap().unwrap();
    assert_eq!((listed.iter().map(|one| one.id).collect::<Vec<_>>(), more), (vec![second, id], false));
    let (earlier, _) = cases.list(&by, Some(second)).await.unwrap().unwrap();
    assert_eq!(earlier.len(), 1);
    assert!(cases.list(&by, Some(nobody)).await.unwrap().is_none());
}}
