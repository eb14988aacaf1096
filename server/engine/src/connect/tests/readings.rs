//! What readings make of what is known: breaks, history, accounts that go,
//! move, or come back.

use relink_mastercard::ErrorCode;

use super::*;
use crate::connections::{Broken, Change, State as Standing, Turn};
use crate::status::Code;

fn broken(turn: Turn, code: i64) -> Standing {
    Standing::Broken(Broken {
        turn,
        code: Code::new(code),
    })
}

async fn history(bench: &Bench, connection: ConnectionId) -> Vec<Change> {
    let entries = bench.connections.history(&bench.person, connection).await;
    let mut changes: Vec<Change> = entries
        .unwrap()
        .into_iter()
        .map(|entry| entry.change)
        .collect();
    changes.reverse();
    changes
}

db_test! { async fn a_break_is_one_until_a_reading_proves_the_end(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.connected("1", "77").await;
    assert_eq!(bench.card().await.state, Standing::Healthy);
    bench.upstream.opens("1", "77", Some(103));
    bench.sweep(Duration::days(1)).await;
    let card = bench.card().await;
    assert_eq!(card.state, broken(Turn::Fix, 103));
    let first = card.open.unwrap();
    // Another code changes the cause, and opens no second break.
    bench.upstream.opens("1", "77", Some(185));
    bench.sweep(Duration::days(1)).await;
    let open = bench.card().await.open.unwrap();
    assert_eq!((open.id, open.opened, open.code), (first.id, first.opened, Code::new(185)));
    // The same once more is no news.
    bench.sweep(Duration::days(1)).await;
    bench.upstream.opens("1", "77", Some(0));
    bench.sweep(Duration::days(1)).await;
    assert_eq!(bench.card().await.open, None);
    assert_eq!(history(&bench, connection).await, [
        Change::Connected,
        Change::Broke { code: 103 },
        Change::CauseChanged { from: 103, to: 185 },
        Change::Repaired,
    ]);
    // Nobody else sees it.
    let others = bench.connections.history(&bench.other, connection).await.unwrap();
    assert!(others.is_empty());
}}

db_test! { async fn a_running_refresh_and_a_code_of_a_call_keep_the_state(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.connected("1", "77").await;
    for code in [325, 5006, 10_005] {
        bench.upstream.opens("1", "77", Some(103));
        bench.sweep(Duration::days(1)).await;
        bench.upstream.opens("1", "77", Some(code));
        bench.sweep(Duration::hours(2)).await;
        assert_eq!(bench.card().await.state, broken(Turn::Fix, 103), "{code}");
    }
}}

db_test! { async fn an_account_is_gone_after_two_readings_and_may_come_back(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.connected("1", "77").await;
    bench.upstream.with(|world| world.accounts.clear());
    bench.sweep(Duration::hours(20)).await;
    assert_eq!(bench.card().await.state, Standing::Healthy);
    // A second look at once is the same look.
    bench.sweep(Duration::minutes(1)).await;
    assert_eq!(bench.card().await.state, Standing::Healthy);
    bench.sweep(Duration::hours(10)).await;
    assert_eq!(bench.card().await.state, Standing::Gone);
    bench.upstream.opens("1", "77", Some(0));
    bench.sweep(Duration::minutes(1)).await;
    assert_eq!(bench.card().await.state, Standing::Healthy);
    let (name, mask) = ("Checking 1".to_owned(), "xx1".to_owned());
    assert_eq!(history(&bench, connection).await, [
        Change::Connected,
        Change::AccountGone { name: name.clone(), mask: mask.clone() },
        Change::AccountBack { name, mask },
    ]);
}}

db_test! { async fn a_break_ends_when_its_last_account_is_gone(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.connected("1", "77").await;
    bench.upstream.opens("1", "77", Some(914));
    bench.sweep(Duration::days(1)).await;
    assert_eq!(bench.card().await.state, broken(Turn::Elsewhere, 914));
    bench.upstream.with(|world| world.accounts.clear());
    bench.sweep(Duration::days(1)).await;
    bench.sweep(Duration::days(1)).await;
    let card = bench.card().await;
    assert_eq!((card.state, card.open), (Standing::Gone, None));
}}

db_test! { async fn a_migration_keeps_the_accounts_and_their_history(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.connected("1", "77").await;
    let before = bench.card().await.accounts[0].0.id;
    // Another id under another login, the same mask, type and currency.
    bench.upstream.with(|world| world.accounts.clear());
    let mut moved = account("1", "99", Some(0));
    moved.id = "2001".parse().unwrap();
    bench.upstream.with(|world| world.accounts.push(moved.clone()));
    bench.sweep(Duration::days(1)).await;
    let card = bench.card().await;
    assert_eq!((card.connection.id, card.connection.login.as_str()), (connection, "99"));
    assert_eq!((card.accounts.len(), card.accounts[0].0.id), (1, before));
    assert_eq!(card.accounts[0].0.upstream.as_str(), "2001");
    assert_eq!(history(&bench, connection).await, [Change::Connected, Change::Moved]);
}}

db_test! { async fn two_that_would_fit_are_not_guessed_at(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.connected("1", "77").await;
    bench.upstream.with(|world| world.accounts.clear());
    for id in ["2001", "2002"] {
        let mut twin = account("1", "99", Some(0));
        twin.id = id.parse().unwrap();
        bench.upstream.with(|world| world.accounts.push(twin));
    }
    bench.sweep(Duration::days(1)).await;
    assert_eq!(bench.card().await.accounts[0].0.upstream.as_str(), "1");
}}

db_test! { async fn a_customer_unknown_upstream_is_told_and_never_made_anew(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.connected("1", "77").await;
    let unknown = Cause::Rejected { status: 404, code: Some(ErrorCode::NOT_FOUND) };
    bench.upstream.with(|world| world.unreadable.insert("c0".to_owned(), unknown));
    bench.sweep(Duration::days(1)).await;
    assert_eq!(bench.card().await.state, broken(Turn::Ours, 14001));
    assert_eq!(bench.upstream.count("add"), 1);
    bench.upstream.with(|world| world.unreadable.clear());
    bench.sweep(Duration::days(1)).await;
    assert_eq!(bench.card().await.open, None);
}}

db_test! { async fn a_late_reading_does_not_undo_a_newer_one(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.connected("1", "77").await;
    let card = bench.card().await;
    let readings = bench.readings(9);
    let old = bench.clock.now();
    bench.upstream.opens("1", "77", Some(103));
    bench.sweep(Duration::hours(3)).await;
    let mut unit = bench.db.write().await.unwrap();
    let listed = [account("1", "77", Some(0))];
    let turned = readings.record(&mut unit, &card.connection.customer, &listed, old).await.unwrap();
    unit.save().await.unwrap();
    assert!(turned.is_empty());
    assert_eq!(bench.card().await.state, broken(Turn::Fix, 103));
}}

db_test! { async fn two_connections_that_end_up_under_one_login_stop_nobody(db: &TestStore) {
    let bench = Bench::new(db).await;
    let first = bench.connected("1", "77").await;
    let second = bench.connected("2", "78").await;
    assert_ne!(first, second);
    bench.upstream.opens("1", "99", Some(0));
    bench.upstream.opens("2", "99", Some(103));
    bench.sweep(Duration::days(1)).await;
    let sweep = bench.sweeps.latest().await.unwrap().unwrap();
    assert_eq!((sweep.read, sweep.failed), (1, 0));
    let cards = bench.connections.overview(&bench.person).await.unwrap();
    assert_eq!(cards[0].state, broken(Turn::Fix, 103));
    // Removing one of them does not take the other's accounts along.
    bench.connect.disconnect(&bench.person, first).await.unwrap();
    bench.pass(Duration::zero()).await;
    let deleted = bench.upstream.with(|world| world.deleted.clone());
    assert!(deleted.contains(&"1".to_owned()), "{deleted:?}");
    assert!(!deleted.iter().any(|id| id == "2" || id == "99"), "{deleted:?}");
}}

db_test! { async fn what_comes_back_by_a_fresh_connection_keeps_its_row(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.connected("1", "77").await;
    bench.upstream.with(|world| world.accounts.clear());
    bench.sweep(Duration::days(1)).await;
    bench.sweep(Duration::days(1)).await;
    assert_eq!(bench.card().await.state, Standing::Gone);
    let (visit, reference) = bench.start().await;
    let mut back = account("1", "99", Some(0));
    back.id = "2001".parse().unwrap();
    bench.upstream.with(|world| world.accounts.push(back));
    bench.event(&reference, "again", "added").await.unwrap();
    bench.pass(Duration::seconds(1)).await;
    assert_eq!(bench.state(visit).await, State::Connected);
    assert_eq!(bench.visit(visit).await.accounts.len(), 1);
    let card = bench.card().await;
    assert_eq!((card.connection.id, card.accounts.len()), (connection, 1));
}}

db_test! { async fn a_running_refresh_seen_by_a_visit_keeps_the_state_too(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    bench.upstream.opens("1", "77", Some(103));
    bench.event(&reference, "1", "added").await.unwrap();
    bench.pass(Duration::zero()).await;
    let all: Vec<_> = bench.visit(visit).await.accounts.iter().map(|account| account.id).collect();
    bench.connect.review(&bench.person, visit, &all, &all).await.unwrap();
    bench.upstream.opens("1", "77", Some(325));
    bench.clock.advance(Duration::seconds(1));
    assert!(bench.connect.look_again(&bench.person, visit).await.unwrap());
    bench.pass(Duration::seconds(1)).await;
    assert_eq!(bench.card().await.state, broken(Turn::Fix, 103));
}}

db_test! { async fn a_missing_code_and_missing_dates_prove_nothing(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.connected("1", "77").await;
    let good = bench.card().await.accounts[0].0.succeeded;
    bench.upstream.opens("1", "77", Some(103));
    bench.sweep(Duration::days(1)).await;
    bench.upstream.opens("1", "77", None);
    bench.sweep(Duration::days(1)).await;
    let card = bench.card().await;
    assert_eq!(card.state, broken(Turn::Fix, 103));
    assert_eq!(card.accounts[0].0.succeeded, good);
    // A newer success is a proof, also before its code.
    let mut healed = account("1", "77", None);
    healed.aggregation_success_date = Some(bench.clock.now());
    bench.upstream.with(|world| world.accounts = vec![healed]);
    bench.sweep(Duration::hours(2)).await;
    let card = bench.card().await;
    assert_eq!((card.state, card.open), (Standing::Healthy, None));
}}

db_test! { async fn a_disconnected_connection_leaves_no_open_break(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.connected("1", "77").await;
    bench.upstream.opens("1", "77", Some(103));
    bench.sweep(Duration::days(1)).await;
    bench.connect.disconnect(&bench.person, connection).await.unwrap();
    bench.pass(Duration::zero()).await;
    let mut unit = bench.db.read().await.unwrap();
    let breaks = unit.breaks(bench.person.user()).await.unwrap();
    assert_eq!(breaks[0].ended.map(|(_, end)| end), Some(crate::connections::End::Gone));
}}

db_test! { async fn a_late_word_that_the_customer_is_unknown_undoes_nothing(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.connected("1", "77").await;
    let customer = bench.card().await.connection.customer;
    let readings = bench.readings(9);
    let old = bench.clock.now();
    bench.sweep(Duration::hours(3)).await;
    let mut unit = bench.db.write().await.unwrap();
    assert!(readings.lost(&mut unit, &customer, old).await.unwrap().is_empty());
    unit.save().await.unwrap();
    assert_eq!(bench.card().await.state, Standing::Healthy);
}}

db_test! { async fn what_is_left_of_an_unknown_customer_can_be_removed(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.connected("1", "77").await;
    let unknown = Cause::Rejected { status: 404, code: Some(ErrorCode::NOT_FOUND) };
    bench.upstream.with(|world| world.unreadable.insert("c0".to_owned(), unknown));
    bench.sweep(Duration::days(1)).await;
    bench.connect.disconnect(&bench.person, connection).await.unwrap();
    bench.pass(Duration::zero()).await;
    assert!(bench.connections.overview(&bench.person).await.unwrap().is_empty());
}}

db_test! { async fn a_renewal_is_told_once_for_all_accounts_of_a_login(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    let ends = |days| {
        let at = bench.clock.now() + Duration::days(days);
        for id in ["1", "2"] {
            let mut renewed = account(id, "77", Some(0));
            (renewed.authorization_expires, renewed.authorization_end_date) = (true, Some(at));
            bench.upstream.with(|world| {
                world.accounts.retain(|known| known.id != renewed.id);
                world.accounts.push(renewed);
            });
        }
    };
    ends(10);
    bench.event(&reference, "1", "added").await.unwrap();
    bench.pass(Duration::zero()).await;
    let connection = bench.visit(visit).await.accounts[0].connection;
    // A day on is no renewal.
    bench.clock.advance(Duration::days(1));
    ends(10);
    bench.sweep(Duration::zero()).await;
    assert_eq!(history(&bench, connection).await, [Change::Connected]);
    ends(365);
    bench.sweep(Duration::days(1)).await;
    assert_eq!(history(&bench, connection).await, [Change::Connected, Change::Renewed]);
}}

/// Two accounts that look like the one that is missing.
async fn twins(bench: &Bench) -> ConnectionId {
    let connection = bench.connected("1", "77").await;
    bench.upstream.with(|world| world.accounts.clear());
    for id in ["2001", "2002"] {
        let mut twin = account("1", "99", Some(0));
        twin.id = id.parse().unwrap();
        bench.upstream.with(|world| world.accounts.push(twin));
    }
    let mut other = account("7", "99", Some(0));
    other.id = "2003".parse().unwrap();
    bench.upstream.with(|world| world.accounts.push(other));
    bench.sweep(Duration::days(1)).await;
    connection
}

db_test! { async fn where_more_than_one_fits_the_person_is_asked_and_the_history_goes_on(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = twins(&bench).await;
    let asked = bench.repairs.alike(&bench.person, connection).await.unwrap();
    let row = bench.card().await.accounts[0].0.id;
    let names: Vec<&str> = asked[0].candidates.iter().map(|one| one.id.as_str()).collect();
    assert_eq!((asked.len(), asked[0].account.id, &*names), (1, row, &["2001", "2002"][..]));
    // Not what looks otherwise, and nobody else's word.
    for (person, candidate) in [(&bench.person, "2003"), (&bench.person, "1"), (&bench.other, "2002")] {
        let refused = bench.repairs.same(person, row, &candidate.parse().unwrap()).await;
        assert!(refused.is_err(), "{candidate}");
    }
    bench.clock.advance(Duration::minutes(1));
    bench.repairs.same(&bench.person, row, &"2002".parse().unwrap()).await.unwrap();
    let card = bench.card().await;
    assert_eq!((card.connection.id, card.connection.login.as_str()), (connection, "99"));
    assert_eq!((card.accounts[0].0.id, card.accounts[0].0.upstream.as_str()), (row, "2002"));
    assert_eq!(card.accounts[0].0.missed, None);
    assert_eq!(history(&bench, connection).await, [Change::Connected, Change::Moved]);
    let calls = bench.upstream.count("accounts");
    assert!(bench.repairs.alike(&bench.person, connection).await.unwrap().is_empty());
    assert_eq!(bench.upstream.count("accounts"), calls, "nothing is missing: nobody is called");
}}

db_test! { async fn a_permission_renewed_by_a_fresh_connection_is_what_the_visit_brought(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.connected("1", "77").await;
    let ends = |days| {
        let mut renewed = account("1", "77", Some(0));
        (renewed.authorization_expires, renewed.authorization_end_date) =
            (true, Some(bench.clock.now() + Duration::days(days)));
        bench.upstream.with(|world| world.accounts = vec![renewed]);
    };
    ends(10);
    bench.sweep(Duration::days(1)).await;
    let (visit, reference) = bench.start().await;
    ends(365);
    bench.event(&reference, "renewed", "added").await.unwrap();
    bench.pass(Duration::seconds(1)).await;
    assert_eq!(bench.state(visit).await, State::Connected);
    let card = bench.card().await;
    assert_eq!((card.connection.id, card.accounts.len()), (connection, 1));
    assert_eq!(card.accounts[0].0.choice, Choice::Kept);
}}
