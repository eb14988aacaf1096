//! What goes wrong, and what must not come of it.

use super::*;
use crate::health::Mark;

fn customers(bench: &Bench) -> usize {
    bench.upstream.with(|world| world.customers.len())
}

db_test! { async fn a_call_that_died_after_its_effect_makes_no_second_customer(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.upstream.with(|world| world.fail = Some(("add", Cause::TimedOut, Effect::Done)));
    bench.start().await;
    assert_eq!(customers(&bench), 1);
}}

db_test! { async fn a_process_that_died_in_between_finds_its_customer_again(db: &TestStore) {
    let bench = Bench::new(db).await;
    // The call took effect, its answer and the look after it were lost.
    bench.upstream.with(|world| world.fail = Some(("add", Cause::TimedOut, Effect::Done)));
    bench.start().await;
    let username = bench.upstream.with(|world| world.customers.keys().next().cloned()).unwrap();
    assert!(username.starts_with("relink_") && !username.contains('@'), "{username}");
    bench.upstream.with(|world| world.fail = None);
    bench.start().await;
    assert_eq!((customers(&bench), bench.upstream.count("add")), (1, 1));
}}

/// A connection of a customer that was found again, and is of this kind.
async fn found_again(
    db: &TestStore,
    makes: CustomerKind,
    kind: &'static str,
) -> (Bench, ConnectionId) {
    let bench = Bench::making(db, makes).await;
    bench.upstream.with(|world| {
        world.kind = Some(kind);
        world.fail = Some(("add", Cause::TimedOut, Effect::Done));
    });
    let connection = bench.connected("1", "8").await;
    (bench, connection)
}

/// Whether their only connection is marked, and whether it counts.
async fn counts(bench: &Bench) -> (bool, bool) {
    let mut unit = bench.db.read().await.unwrap();
    let stood = unit.stood(&"c0".parse().unwrap()).await.unwrap();
    assert_eq!(stood.len(), 1);
    (stood[0].is_marked, stood[0].open.is_some())
}

db_test! { async fn what_mastercard_calls_a_test_counts_as_one_in_production(db: &TestStore) {
    let (bench, connection) = found_again(db, CustomerKind::Active, "testing").await;
    assert_eq!(counts(&bench).await, (true, false));
    bench.sweep(Duration::days(1)).await;
    assert_eq!(counts(&bench).await, (true, false));
    // Support knows better: it stays so, whatever is read.
    let mut unit = bench.db.write().await.unwrap();
    assert!(unit.unmark(connection, Mark::Test).await.unwrap());
    unit.save().await.unwrap();
    bench.sweep(Duration::days(1)).await;
    assert_eq!(counts(&bench).await, (false, true));
}}

db_test! { async fn what_mastercard_calls_active_counts(db: &TestStore) {
    let (bench, _) = found_again(db, CustomerKind::Active, "active").await;
    assert_eq!(counts(&bench).await, (false, true));
}}

db_test! { async fn where_all_are_for_testing_the_kind_says_nothing(db: &TestStore) {
    let (bench, _) = found_again(db, CustomerKind::Testing, "testing").await;
    assert_eq!(counts(&bench).await, (false, true));
}}

db_test! { async fn two_tabs_at_once_share_one_customer(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (institution, consent) = (institution(), consent());
    let one = bench.connect.start(&bench.person, &institution, &consent);
    let two = bench.connect.start(&bench.person, &institution, &consent);
    let (one, two) = tokio::join!(one, two);
    assert_ne!(one.unwrap().session, two.unwrap().session);
    assert_eq!(customers(&bench), 1);
}}

db_test! { async fn no_link_says_why(db: &TestStore) {
    let bench = Bench::new(db).await;
    bench.upstream.with(|world| world.fail = Some(("generate", Cause::TimedOut, Effect::None)));
    let refused = bench.connect.start(&bench.person, &institution(), &consent()).await;
    assert!(matches!(refused, Err(StartError::Upstream(_))));
    let unpinged = Cause::LinkRefusedByWebhook { status: 400, code: None };
    bench.upstream.with(|world| world.fail = Some(("generate", unpinged, Effect::None)));
    let refused = bench.connect.start(&bench.person, &institution(), &consent()).await;
    assert!(matches!(refused, Err(StartError::WebhookUnreachable(_))));
}}

db_test! { async fn a_refused_link_ends_the_visit(db: &TestStore) {
    let bench = Bench::new(db).await;
    let facts = crate::connect::session::Facts {
        link_refused: Some(LinkRefused::Unreachable),
        ..Default::default()
    };
    let now = bench.clock.now();
    assert_eq!(facts.standing(now, now).state, State::Failed(Failure::NoLink(LinkRefused::Unreachable)));
    assert_eq!(facts.next_reading(now, now), None);
}}

db_test! { async fn a_return_of_somebody_else_changes_nothing(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    let hint = ReturnHint { reason: Some("exit".to_owned()), code: None };
    assert_eq!(bench.connect.returned(&bench.other, &reference, &hint).await.unwrap(), None);
    assert_eq!(bench.connect.returned(&bench.person, "made-up", &hint).await.unwrap(), None);
    assert!(bench.connect.visit(&bench.other, visit).await.unwrap().is_none());
    assert!(!bench.connect.look_again(&bench.other, visit).await.unwrap());
    assert_eq!(bench.visit(visit).await.session.facts.left, None);
}}

db_test! { async fn a_forged_success_is_no_success(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    let hint = ReturnHint { reason: Some("complete".to_owned()), code: Some("200".to_owned()) };
    bench.connect.returned(&bench.person, &reference, &hint).await.unwrap();
    bench.pass(Duration::minutes(3)).await;
    assert_eq!(bench.state(visit).await, State::Failed(Failure::NothingArrived));
}}

db_test! { async fn only_the_partners_signature_opens_the_door(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    let body = br#"{"customerId":"c0","eventType":"done","eventId":"1","payload":{}}"#;
    let others = sign(b"other");
    for signatures in [&[][..], &[""], &["00"], &["00", &others]] {
        let refused = bench.webhooks.receive(&reference, signatures, body).await;
        assert!(matches!(refused, Err(ReceiveError::BadSignature)));
    }
    let ping = br#"{"eventType":"ping","payload":{}}"#;
    assert_eq!(bench.webhooks.receive(&reference, &[], ping).await.unwrap(), Received::Ping);
    let nonsense = b"{";
    let refused = bench.webhooks.receive(&reference, &[&sign(nonsense)], nonsense).await;
    assert!(matches!(refused, Err(ReceiveError::Unreadable)));
    bench.pass(Duration::zero()).await;
    assert_eq!(bench.visit(visit).await.session.facts.finished, None);
    let counted = bench.db.read().await.unwrap().counted(Counter::BadSignature, bench.clock.now()).await.unwrap();
    assert_eq!(counted, 4);
    // Two headers may carry one; the good one counts.
    let taken = bench.webhooks.receive(&reference, &["00", &sign(body)], body).await;
    assert_eq!(taken.unwrap(), Received::Stored);
}}

db_test! { async fn an_event_of_another_customer_is_put_aside(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    let body = br#"{"customerId":"somebody","eventType":"done","eventId":"1","payload":{}}"#;
    bench.webhooks.receive(&reference, &[&sign(body)], body).await.unwrap();
    bench.pass(Duration::zero()).await;
    assert_eq!(bench.visit(visit).await.session.facts.finished, None);
}}

db_test! { async fn an_event_that_nobody_claims_waits_and_is_put_aside(db: &TestStore) {
    let bench = Bench::new(db).await;
    assert_eq!(bench.event("unknown", "1", "done").await.unwrap(), Received::Stored);
    for _ in 0..40 {
        bench.pass(Duration::hours(12)).await;
    }
    assert!(bench.db.read().await.unwrap().waiting_event("1").await.unwrap().is_none());
}}

db_test! { async fn nothing_of_an_account_but_ids_is_stored_of_an_event(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (_, reference) = bench.start().await;
    let body = json!({
        "customerId": "c0", "eventType": "added", "eventId": "1",
        "payload": { "institutionId": CHASE.to_string(), "accounts": [{
            "id": "31", "number": "4815162342", "balance": 1234.56, "name": "Rainy Day", "type": "checking",
        }]},
    })
    .to_string();
    bench.webhooks.receive(&reference, &[&sign(body.as_bytes())], body.as_bytes()).await.unwrap();
    let stored = bench.db.read().await.unwrap().waiting_event("1").await.unwrap().unwrap();
    let kept = serde_json::to_string(&stored.body).unwrap();
    assert!(kept.contains("31") && !kept.contains("4815162342"), "{kept}");
    assert!(!kept.contains("1234") && !kept.contains("Rainy"), "{kept}");
}}

db_test! { async fn mastercard_away_delays_a_proof_and_loses_none(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    bench.upstream.opens("1", "77", Some(0));
    bench.upstream.with(|world| world.fail = Some(("accounts", Cause::Unreachable, Effect::None)));
    bench.event(&reference, "1", "added").await.unwrap();
    bench.pass(Duration::minutes(3)).await;
    assert_eq!(bench.state(visit).await, State::Failed(Failure::NothingArrived));
    bench.upstream.with(|world| world.fail = None);
    bench.pass(Duration::hours(2)).await;
    assert_eq!(bench.state(visit).await, State::Connected);
}}

#[test]
fn times_are_kept_to_microseconds() {
    let now: DateTime<Utc> =
        FixedClock::at(DateTime::from_timestamp(1, 123_456_789).unwrap()).now();
    assert_eq!(now.timestamp_subsec_nanos(), 123_456_000);
}

#[test]
fn an_institution_and_its_successors_are_watched() {
    let mut institution = institution();
    institution.new_institution_id = Some(InstitutionId::new(9));
    assert_eq!(
        crate::institutions::with_successors(&institution),
        [InstitutionId::new(CHASE), InstitutionId::new(9)]
    );
}
