//! Known journeys, and every figure of them as it is by hand.

use std::sync::Arc;

use chrono::{Duration, TimeDelta};
use relink_mastercard::InstitutionId;

use super::{
    breaks::{Did, Within},
    rows::Asked,
    testing::{House, Town},
    times::Took,
    windows::{Share, Span},
    *,
};
use crate::{
    audit::Audit,
    connections::End,
    db_test,
    identity::{Role, Viewer, testing::client},
    random::SeededRandom,
    status::{Acts, Cause, Table},
    store::{
        figures::BreakSums,
        places::{PlacesAsked, Sort},
        testing::TestStore,
    },
    time::Clock,
};

/// Thirty users with a connection each, half of them at either institution, all
/// read at noon.
async fn settled(town: &mut Town) -> Vec<House> {
    let mut houses = Vec::new();
    for number in 0..30 {
        let user = town.user(&format!("user{number}")).await;
        houses.push(town.connect(&user, 1 + number / 15).await);
    }
    for house in &houses {
        town.read(&[(house, 0)]).await;
    }
    houses
}

/// At six in the evening five break; at midnight one is repaired through Fix,
/// at six in the morning two others.
async fn first_day(town: &Town, houses: &[House]) {
    town.pass(Duration::hours(6));
    for house in &houses[..4] {
        town.read(&[(house, 103)]).await;
    }
    town.read(&[(&houses[15], 102)]).await;
    town.pass(Duration::hours(5));
    town.repairs(&houses[0]).await;
    town.pass(Duration::hours(1));
    town.read(&[(&houses[0], 0)]).await;
    town.pass(Duration::hours(6));
    town.read(&[(&houses[1], 0)]).await;
    town.read(&[(&houses[2], 0)]).await;
    town.pass(Duration::hours(6));
}

pub(super) async fn viewer(town: &Town) -> Viewer {
    town.person("vera", Role::Viewer).await.viewer().unwrap()
}

pub(super) fn health(town: &Town) -> Health {
    Health::new(town.store.clone(), town.clock.clone(), Table::shipped())
}

db_test! { async fn a_day_is_as_it_is_by_hand(db: &TestStore) {
    let mut town = Town::new(&db.store, 1);
    let houses = settled(&mut town).await;
    first_day(&town, &houses).await;
    let (viewer, health) = (viewer(&town).await, health(&town));
    let record = health.overview(&viewer).await.unwrap().record;
    let broken = |code| Standing::Broken(Code::new(code));
    assert_eq!(record.standings, [(broken(102), 1), (broken(103), 1), (Standing::Healthy, 28)]);
    assert_eq!(record.now, Share::now(28, 30));
    // 30 connections for 24 hours, of which 6 + 12 + 12 + 18 + 18 were broken.
    let (window, day) = record.shares[0];
    assert_eq!((window, day.permille(), day.sample), (Window::Day, Some(908), 29));
    // Half a day each: 330 of 360 hours, and 324 of 360.
    let trend: Vec<_> = record.trend[88..].iter().map(|(_, share)| share.permille()).collect();
    assert_eq!(trend, [Some(916), Some(900)]);
    assert_eq!(record.trend.len(), 90);
    assert_eq!(record.trend[87].1.permille(), None);
    // Today and six days before: 720 hours of 156 that each could have had.
    let (window, week) = record.shares[1];
    assert_eq!((window, week.permille(), week.sample), (Window::Week, None, 4));
    let hour = i128::from(Span::Hour.micros());
    let hours = [week.fine, week.judged].map(|time| (time + hour / 2) / hour);
    assert_eq!(hours, [654, 720]);
    let today = day_of(town.clock.now());
    let opened = BreakSums { opened: 5, of_repaired: 3, of_fixed: 1, ..BreakSums::default() };
    let ended = BreakSums { ended: 3, repaired: 3, fixed: 1, ..BreakSums::default() };
    assert_eq!(record.breaks.into_iter().collect::<Vec<_>>(), [(today - 1, opened), (today, ended)]);
    assert_eq!(record.week.sums, opened.plus(ended));
    assert_eq!((record.week.median, record.week.p90), (None, None), "three are too few");
}}

db_test! { async fn times_to_repair_are_those_of_the_rows(db: &TestStore) {
    let mut town = Town::new(&db.store, 2);
    let houses = settled(&mut town).await;
    first_day(&town, &houses).await;
    // Twelve more, repaired after one to twelve hours.
    for house in &houses[16..28] {
        town.read(&[(house, 185)]).await;
    }
    for house in &houses[16..28] {
        town.pass(Duration::hours(1));
        town.read(&[(house, 0)]).await;
    }
    let (viewer, health) = (viewer(&town).await, health(&town));
    let week = health.overview(&viewer).await.unwrap().record.week;
    let hours = |hours| Some(Took::Exactly(TimeDelta::hours(hours)));
    // 1 2 3 4 5 6 6 7 8 9 10 11 12 12 12: the eighth, and the fourteenth.
    assert_eq!((week.median, week.p90), (hours(7), hours(12)));
    assert_eq!((week.sums.opened, week.sums.repaired, week.sums.fixed), (17, 15, 1));
}}

db_test! { async fn the_rows_behind_a_number_are_as_many(db: &TestStore) {
    let mut town = Town::new(&db.store, 3);
    let houses = settled(&mut town).await;
    first_day(&town, &houses).await;
    for house in &houses[5..8] {
        town.read(&[(house, 987_654)]).await;
    }
    let (viewer, health) = (viewer(&town).await, health(&town));
    let rows = async |asked: Asked| health.rows(&viewer, &asked).await.unwrap();
    let all = Asked::default();
    let everything = rows(all).await;
    assert_eq!((everything.total, everything.rows.len(), everything.more), (Some(30), 30, false));
    assert_eq!(everything.rows[0].0, Standing::Broken(Code::new(102)));
    assert_eq!(everything.rows[0].1.connection, houses[15].connection);
    assert_eq!(everything.rows[0].2, ["4821"]);
    for (asked, expected) in [
        (Asked { standing: Some("broken"), ..all }, 5),
        (Asked { standing: Some("stale"), ..all }, 0),
        (Asked { acts: Some(Acts::User), ..all }, 1),
        (Asked { acts: Some(Acts::Institution), ..all }, 1),
        // What no table knows is ours to find out.
        (Asked { acts: Some(Acts::Partner), ..all }, 3),
        (Asked { code: Some(Code::new(987_654)), ..all }, 3),
        (Asked { place: Some(2), ..all }, 15),
        (Asked { place: Some(2), standing: Some("broken"), ..all }, 1),
    ] {
        let found = rows(asked).await;
        assert_eq!((found.total, found.rows.len()), (Some(expected), usize::try_from(expected).unwrap()), "{asked:?}");
    }
    town.pass(Duration::minutes(1));
    let old = rows(Asked { standing: Some("healthy"), for_days: Some(1), ..all }).await;
    assert_eq!((old.total, old.rows.len()), (None, 22), "since yesterday's noon");
    // From any row on, what follows is what follows.
    let key = |(standing, row, _): &(Standing, crate::store::rows::Counted, _)| (*standing, row.since, row.connection);
    for (at, row) in everything.rows.iter().enumerate() {
        let rest = rows(Asked { after: Some(key(row)), ..all }).await;
        let rest: Vec<_> = rest.rows.iter().map(key).collect();
        let expected: Vec<_> = everything.rows[at + 1..].iter().map(key).collect();
        assert_eq!(rest, expected);
    }
}}

db_test! { async fn the_breaks_behind_a_number_are_as_many(db: &TestStore) {
    let mut town = Town::new(&db.store, 5);
    let houses = settled(&mut town).await;
    first_day(&town, &houses).await;
    let (viewer, health) = (viewer(&town).await, health(&town));
    let today = day_of(town.clock.now());
    let of = async |did, within: Within, after| health.breaks(&viewer, did, &within, after).await.unwrap();
    let all = Within { days: (0, today), place: None, code: None, cause: None };
    let yesterday = Within { days: (today - 1, today - 1), ..all };
    let now = Within { days: (today, today), ..all };
    for (did, within, expected) in [
        (Did::Opened, all, 5), (Did::Repaired, all, 3), (Did::Fixed, all, 1),
        // One is repaired at midnight, which is today.
        (Did::Opened, yesterday, 5), (Did::Repaired, yesterday, 0), (Did::Opened, now, 0), (Did::Repaired, now, 3),
        (Did::Opened, Within { place: Some(1), ..all }, 4), (Did::Repaired, Within { place: Some(2), ..all }, 0),
        (Did::Opened, Within { code: Some(Code::new(102)), ..all }, 1), (Did::Fixed, Within { code: Some(Code::new(103)), ..all }, 1),
        (Did::Opened, Within { place: Some(2), code: Some(Code::new(103)), ..all }, 0),
        (Did::Repaired, Within { place: Some(1), code: Some(Code::new(103)), ..all }, 3),
        (Did::Opened, Within { cause: Some(Cause::Credentials), ..all }, 4), (Did::Opened, Within { cause: Some(Cause::Token), ..all }, 0),
    ] {
        let found = of(did, within, None).await;
        assert_eq!((found.total, found.rows.len(), found.more), (expected, usize::try_from(expected).unwrap(), false), "{did:?} {within:?}");
    }
    let fixed = of(Did::Fixed, Within { place: Some(1), ..all }, None).await;
    assert_eq!(fixed.institution.as_deref(), Some("Bank 1"));
    let row = &fixed.rows[0];
    assert_eq!((row.connection, row.through_fix, row.institution.1.as_str()), (houses[0].connection, true, "Bank 1"));
    assert_eq!(row.ended.map(|(at, end)| (at - row.opened, end)), Some((Duration::hours(6), End::Repaired)));
    // From any row on, what follows is what follows.
    for (did, within) in [(Did::Opened, all), (Did::Repaired, all), (Did::Opened, Within { cause: Some(Cause::Credentials), ..all })] {
        let rows = of(did, within, None).await.rows;
        assert!(rows.is_sorted_by_key(|row| std::cmp::Reverse(row.at(did))));
        for (at, row) in rows.iter().enumerate() {
            let rest = of(did, within, Some((row.at(did), row.id))).await.rows;
            assert_eq!(rest, rows[at + 1..]);
        }
    }
    // Muted while it is broken: it counts as one that opened, and its end does not.
    let support = town.person("sam", Role::Support).await.support().unwrap();
    town.marks.mark(&support, &client(), houses[3].connection, Mark::Mute, Some("They know.")).await.unwrap();
    town.read(&[(&houses[3], 0)]).await;
    for (did, expected) in [(Did::Opened, 5), (Did::Repaired, 3)] {
        let found = of(did, all, None).await;
        assert_eq!((found.total, found.rows.len()), (expected, usize::try_from(expected).unwrap()), "{did:?}");
    }
}}

db_test! { async fn who_leaves_changes_the_denominator_from_then_on(db: &TestStore) {
    let mut town = Town::new(&db.store, 4);
    let houses = settled(&mut town).await;
    first_day(&town, &houses).await;
    let (viewer, health) = (viewer(&town).await, health(&town));
    let before = health.overview(&viewer).await.unwrap().record;
    let support = town.person("sam", Role::Support).await.support().unwrap();
    let random = Arc::new(SeededRandom::new(9));
    let audit = Audit::new(town.store.clone(), town.clock.clone(), random);
    let acts = audit.verify().await.unwrap().seq;
    // One that is broken is muted, one that is well a test.
    town.marks.mark(&support, &client(), houses[3].connection, Mark::Mute, Some("They know.")).await.unwrap();
    town.marks.mark(&support, &client(), houses[29].connection, Mark::Test, Some("Ours.")).await.unwrap();
    for reason in ["", "  ", &"x".repeat(201)] {
        let refused = town.marks.mark(&support, &client(), houses[1].connection, Mark::Mute, Some(reason)).await;
        assert!(matches!(refused, Err(MarkError::Reason)), "{reason}");
    }
    let after = health.overview(&viewer).await.unwrap().record;
    assert_eq!(after.now, Share::now(27, 28));
    assert_eq!(after.trend[28], before.trend[28], "yesterday stays as it was");
    assert_eq!(after.week, before.week);
    // Its repair is nobody's success now.
    town.pass(Duration::hours(1));
    town.read(&[(&houses[3], 0)]).await;
    let then = health.overview(&viewer).await.unwrap().record;
    assert_eq!(then.week.sums, before.week.sums);
    town.marks.mark(&support, &client(), houses[3].connection, Mark::Mute, None).await.unwrap();
    let back = health.overview(&viewer).await.unwrap().record;
    assert_eq!(back.now, Share::now(28, 29));
    assert_eq!(town.checks.drift().await.unwrap().count, 0);
    let acts = audit.verify().await.unwrap().seq - acts;
    assert_eq!(acts, 3, "each is put down, and one that is refused is none");
}}

db_test! { async fn institutions_and_codes_are_as_they_are_by_hand(db: &TestStore) {
    let mut town = Town::new(&db.store, 6);
    let houses = settled(&mut town).await;
    first_day(&town, &houses).await;
    // A third institution, where nobody ever succeeded.
    for number in 0..3 {
        let user = town.user(&format!("late{number}")).await;
        let house = town.connect(&user, 3).await;
        town.read(&[(&house, 987_654)]).await;
    }
    let (viewer, health) = (viewer(&town).await, health(&town));
    let page = async |asked: PlacesAsked| {
        let (rows, more) = health.institutions(&viewer, &asked).await.unwrap().unwrap();
        (rows.iter().map(|row| row.place.id).collect::<Vec<_>>(), more)
    };
    let all = PlacesAsked { limit: 50, ..PlacesAsked::default() };
    let sorted = |sort| PlacesAsked { sort, ..all.clone() };
    assert_eq!(page(sorted(Sort::People)).await, (vec![3, 2, 1], false));
    assert_eq!(page(sorted(Sort::Share)).await, (vec![3, 1, 2], false));
    assert_eq!(page(sorted(Sort::Connections)).await, (vec![2, 1, 3], false));
    assert_eq!(page(sorted(Sort::Name)).await, (vec![1, 2, 3], false));
    assert_eq!(page(PlacesAsked { search: "NK 2".into(), ..all.clone() }).await.0, [2]);
    assert_eq!(page(PlacesAsked { search: "%".into(), ..all.clone() }).await.0, [0_i64; 0]);
    assert_eq!(page(PlacesAsked { never: true, ..all.clone() }).await.0, [3]);
    let first = page(PlacesAsked { limit: 2, ..all.clone() }).await;
    assert_eq!(first, (vec![3, 2], true));
    let rest = page(PlacesAsked { limit: 2, after: Some(2), ..all.clone() }).await;
    assert_eq!(rest, (vec![1], false));

    let one = health.institution(&viewer, InstitutionId::new(1)).await.unwrap().unwrap();
    let place = &one.listed.place;
    assert_eq!((place.name.as_str(), place.judged, place.fine), ("Bank 1", 15, 14));
    assert_eq!((place.broken, place.people, place.succeeded, one.listed.never()), (1, 1, 18, false));
    assert_eq!(one.record.now, Share::now(14, 15));
    assert_eq!(one.codes[&103].opened, 4);
    assert_eq!(health.institution(&viewer, InstitutionId::new(9)).await.unwrap().map(drop), None);

    let codes = health.codes(&viewer).await.unwrap().codes;
    let found: Vec<_> = codes.iter().map(|one| (one.code.get(), one.now, one.month.sums)).collect();
    let sums = |opened, ended, fixed| BreakSums {
        opened, ended, repaired: ended, fixed, of_repaired: ended, of_fixed: fixed,
    };
    // The unknown one is counted like any other.
    assert_eq!(found, [(987_654, 3, sums(3, 0, 0)), (102, 1, sums(1, 0, 0)), (103, 1, sums(4, 3, 1))]);
    let today = day_of(town.clock.now());
    assert_eq!(codes[2].days, [(today - 1, 4), (today, 0)].into());
    assert_eq!(super::codes::overridden(&Table::shipped()).count(), 0);
}}

db_test! { async fn causes_are_their_codes_together(db: &TestStore) {
    let mut town = Town::new(&db.store, 7);
    let houses = settled(&mut town).await;
    first_day(&town, &houses).await;
    // Beside four by 103, of which three were repaired: eight that take one to eight
    // hours, three that Fix does not help, and two on whom different parties act.
    for house in &houses[16..24] {
        town.read(&[(house, 109)]).await;
    }
    for (house, code) in houses[4..9].iter().zip([1008, 1008, 1008, 901, 168]) {
        town.read(&[(house, code)]).await;
    }
    for house in &houses[16..24] {
        town.pass(Duration::hours(1));
        town.read(&[(house, 0)]).await;
    }
    let (viewer, health) = (viewer(&town).await, health(&town));
    let found = health.codes(&viewer).await.unwrap();
    let few = found.codes.iter().all(|code| code.month.median.is_none());
    assert!(few, "no code has ten repairs by itself");
    let causes: Vec<_> = found.causes.iter().map(|one| (one.cause, one.acts, one.now)).collect();
    assert_eq!(causes, [
        (Cause::Credentials, Some(Acts::User), 4), (Cause::MastercardTrouble, None, 2),
        (Cause::InstitutionTrouble, Some(Acts::Institution), 1),
    ]);
    let credentials = &found.causes[0];
    let month = credentials.month;
    assert_eq!((month.sums.opened, month.sums.repaired, month.sums.fixed), (15, 11, 1));
    assert_eq!(credentials.through_fix, Some(Share::now(1, 12)), "three are of a code that Fix does not help");
    // 1 2 3 4 5 6 6 7 8 12 12: the sixth, and the tenth.
    let hours = |hours| Some(Took::Exactly(TimeDelta::hours(hours)));
    assert_eq!((month.median, month.p90), (hours(6), hours(12)));
    let today = day_of(town.clock.now());
    let opened = |day| credentials.days.get(&day).copied().unwrap_or_default();
    assert_eq!((opened(today - 1), opened(today)), (4, 11));
    assert_eq!((found.causes[1].through_fix, found.causes[1].month.sums.opened), (None, 2));
}}
