//! The way it should go, and the ways it may go as well.

use super::*;

db_test! { async fn events_hint_and_a_reading_proves(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    assert_eq!(bench.state(visit).await, State::Created);
    assert_eq!(bench.event(&reference, "1", "started").await.unwrap(), Received::Stored);
    assert_eq!(bench.event(&reference, "2", "added").await.unwrap(), Received::Stored);
    bench.pass(Duration::zero()).await;
    // An event says so, but no account is there yet.
    assert_eq!(bench.state(visit).await, State::Opened);
    bench.upstream.opens("4821", "77", None);
    bench.pass(Duration::seconds(5)).await;
    assert_eq!(bench.state(visit).await, State::Connected);
    let accounts = bench.visit(visit).await.accounts;
    assert_eq!(accounts.len(), 1);
    assert_eq!((accounts[0].mask.as_str(), accounts[0].status_code), ("4821", None));
    assert_eq!(accounts[0].choice, Choice::Waiting);
}}

db_test! { async fn without_a_single_event_the_return_is_enough(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    bench.upstream.opens("1", "77", Some(0));
    let hint = ReturnHint { reason: Some("complete".to_owned()), code: Some("200".to_owned()) };
    let found = bench.connect.returned(&bench.person, &reference, &hint).await.unwrap();
    assert_eq!(found, Some(visit));
    bench.pass(Duration::zero()).await;
    assert_eq!(bench.state(visit).await, State::Connected);
}}

db_test! { async fn without_event_or_return_the_deadline_looks(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, _) = bench.start().await;
    bench.upstream.opens("1", "77", Some(0));
    bench.pass(Duration::hours(2)).await;
    assert_eq!(bench.state(visit).await, State::Connected);
}}

db_test! { async fn a_hint_while_the_accounts_are_read_does_not_end_the_readings(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    bench.upstream.opens("1", "77", None);
    bench.event(&reference, "1", "added").await.unwrap();
    bench.webhooks.apply(&ApplyEvent { event_id: "1".to_owned() }).await.unwrap();
    // The event has queued a reading; one that was under way already ends now.
    bench.connect.read_session(visit).await.unwrap();
    bench.pass(Duration::zero()).await;
    assert_eq!(bench.visit(visit).await.accounts[0].status_code, None);
    bench.upstream.opens("1", "77", Some(0));
    bench.pass(Duration::minutes(31)).await;
    assert_eq!(bench.visit(visit).await.accounts[0].status_code, Some(AggregationStatusCode::SUCCESS));
}}

db_test! { async fn an_event_told_thrice_counts_once_and_a_late_one_still_looks(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    assert_eq!(bench.event(&reference, "1", "done").await.unwrap(), Received::Stored);
    assert_eq!(bench.event(&reference, "1", "done").await.unwrap(), Received::Duplicate);
    bench.pass(Duration::zero()).await;
    assert_eq!(bench.event(&reference, "1", "done").await.unwrap(), Received::Duplicate);
    bench.pass(Duration::hours(5)).await;
    assert_eq!(bench.state(visit).await, State::Failed(Failure::NothingArrived));
    bench.upstream.opens("1", "77", Some(0));
    bench.event(&reference, "2", "added").await.unwrap();
    bench.pass(Duration::seconds(2)).await;
    assert_eq!(bench.state(visit).await, State::Connected);
}}

db_test! { async fn accounts_of_before_or_of_another_visit_are_not_this_ones(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.upstream.opens("1", "70", Some(0));
    let (first, first_reference) = bench.start().await;
    let (second, second_reference) = bench.start().await;
    bench.upstream.opens("2", "71", Some(0));
    bench.event(&first_reference, "1", "added").await.unwrap();
    bench.pass(Duration::zero()).await;
    bench.event(&second_reference, "2", "added").await.unwrap();
    bench.pass(Duration::minutes(5)).await;
    assert_eq!(bench.state(first).await, State::Connected);
    assert_eq!(bench.visit(first).await.accounts.len(), 1);
    assert_eq!(bench.state(second).await, State::Failed(Failure::NothingNew));
}}

db_test! { async fn what_is_not_kept_is_deleted_at_mastercard(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    bench.upstream.opens("1", "77", Some(0));
    bench.upstream.opens("2", "77", Some(0));
    bench.event(&reference, "1", "added").await.unwrap();
    bench.pass(Duration::zero()).await;
    let accounts = bench.visit(visit).await.accounts;
    let all: Vec<_> = accounts.iter().map(|account| account.id).collect();
    // One that was not shown is not removed.
    let unseen = bench.connect.review(&bench.person, visit, &all[..1], &all[..1]).await;
    assert!(matches!(unseen, Err(ReviewError::Unseen)));
    bench.connect.review(&bench.person, visit, &all[..1], &all).await.unwrap();
    bench.upstream.with(|world| {
        world.fail = Some(("delete account", Cause::TimedOut, Effect::None));
    });
    bench.pass(Duration::zero()).await;
    let choices = async || bench.visit(visit).await.accounts.iter().map(|account| account.choice).collect::<Vec<_>>();
    assert_eq!(choices().await, [Choice::Kept, Choice::Removing]);
    bench.upstream.with(|world| world.fail = None);
    bench.pass(Duration::hours(1)).await;
    assert_eq!(choices().await, [Choice::Kept, Choice::Removed]);
    assert_eq!(bench.upstream.with(|world| world.deleted.clone()), ["2"]);
    // The last one takes the login with it.
    bench.connect.remove(&bench.person, all[0]).await.unwrap();
    bench.pass(Duration::zero()).await;
    assert_eq!(bench.upstream.with(|world| world.deleted.clone()), ["2", "1", "77"]);
}}

db_test! { async fn who_never_chooses_has_the_operators_decision(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    bench.upstream.opens("1", "77", Some(0));
    bench.event(&reference, "1", "added").await.unwrap();
    bench.pass(Duration::zero()).await;
    bench.pass(Duration::days(6)).await;
    assert_eq!(bench.visit(visit).await.accounts[0].choice, Choice::Waiting);
    bench.pass(Duration::days(1)).await;
    bench.pass(Duration::zero()).await;
    assert_eq!(bench.visit(visit).await.accounts[0].choice, Choice::Removed);
}}

db_test! { async fn a_refresh_is_asked_for_once(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    bench.upstream.opens("1", "77", None);
    bench.event(&reference, "1", "added").await.unwrap();
    bench.pass(Duration::zero()).await;
    bench.clock.advance(Duration::seconds(1));
    bench.connect.refresh(&bench.person, visit).await.unwrap();
    assert!(bench.connect.refresh(&bench.person, visit).await.is_err());
    assert_eq!(bench.upstream.count("refresh"), 1);
    bench.upstream.opens("1", "77", Some(0));
    bench.pass(Duration::zero()).await;
    assert_eq!(bench.visit(visit).await.accounts[0].status_code, Some(AggregationStatusCode::SUCCESS));
}}
