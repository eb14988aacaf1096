//! Repairs, in the order of events and against it.

use relink_mastercard::ErrorCode;

use super::*;
use crate::{
    connections::{State as Standing, Turn},
    repair::{Begun, Outcome, Renewal, RepairError, outcome},
};

impl Bench {
    async fn broken(&self, code: i64) -> ConnectionId {
        let connection = self.connected("1", "77").await;
        self.upstream.opens("1", "77", Some(code));
        self.sweep(Duration::days(1)).await;
        connection
    }

    async fn fix(&self, id: ConnectionId) -> Result<Begun, RepairError> {
        self.repairs
            .begin(&self.person, id, Language::English)
            .await
    }

    async fn fixing(&self, id: ConnectionId) -> (ConnectSessionId, String) {
        let Ok(Begun::Link(started)) = self.fix(id).await else {
            panic!("no link");
        };
        let reference = started.return_url.path().rsplit('/').next().unwrap();
        (started.session, reference.to_owned())
    }

    async fn outcome(&self, id: ConnectSessionId) -> Outcome {
        let session = self.visit(id).await.session;
        let proof = session.facts.repair.clone().expect("a repair");
        outcome(&session.facts, &proof, session.created, self.clock.now())
    }

    async fn back(&self, reference: &str, reason: &str, code: &str) {
        let hint = ReturnHint {
            reason: Some(reason.to_owned()),
            code: Some(code.to_owned()),
        };
        self.connect
            .returned(&self.person, reference, &hint)
            .await
            .unwrap();
    }
}

db_test! { async fn a_reading_proves_a_repair_without_a_single_event(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(103).await;
    let (visit, reference) = bench.fixing(connection).await;
    assert_eq!(bench.outcome(visit).await, Outcome::Waiting);
    bench.upstream.opens("1", "77", Some(0));
    bench.back(&reference, "complete", "200").await;
    bench.pass(Duration::zero()).await;
    assert_eq!(bench.outcome(visit).await, Outcome::Repaired);
    let card = bench.card().await;
    assert_eq!((card.open, card.accounts.len()), (None, 1));
}}

db_test! { async fn events_alone_prove_nothing(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(103).await;
    let (visit, reference) = bench.fixing(connection).await;
    // Success has two faces, by the kind of institution.
    for kind in ["started", "credentialsUpdated", "added", "done"] {
        bench.event(&reference, kind, kind).await.unwrap();
    }
    bench.pass(Duration::seconds(1)).await;
    assert!(matches!(bench.outcome(visit).await, Outcome::Checking(_)));
    bench.pass(Duration::minutes(3)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::SignedIn);
    // It comes late, and is taken.
    bench.upstream.opens("1", "77", Some(0));
    bench.pass(Duration::minutes(20)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::Repaired);
}}

db_test! { async fn what_works_again_needs_no_link_and_what_fix_cannot_help_gets_none(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(103).await;
    bench.upstream.opens("1", "77", Some(0));
    assert!(matches!(bench.fix(connection).await, Ok(Begun::AlreadyWorks)));
    assert_eq!(bench.card().await.open, None);
    for (code, turn) in [(102, Turn::Institution), (914, Turn::Elsewhere), (2006, Turn::Elsewhere), (987_654, Turn::Ours)] {
        bench.upstream.opens("1", "77", Some(code));
        let refused = bench.fix(connection).await;
        let Err(RepairError::NotFixable(Standing::Broken(broken))) = refused else {
            panic!("{code}: {refused:?}");
        };
        assert_eq!(broken.turn, turn);
    }
    assert_eq!(bench.upstream.count("fix"), 0);
    // Nobody repairs another's.
    let other = bench.repairs.begin(&bench.other, connection, Language::English).await;
    assert!(matches!(other, Err(RepairError::NotFound)));
}}

db_test! { async fn who_leaves_has_not_repaired(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(185).await;
    let (visit, reference) = bench.fixing(connection).await;
    bench.event(&reference, "1", "started").await.unwrap();
    bench.back(&reference, "exit", "100").await;
    bench.pass(Duration::seconds(3)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::Left);
    // A forged word of success changes nothing.
    bench.back(&reference, "complete", "200").await;
    bench.pass(Duration::minutes(3)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::Left);
}}

db_test! { async fn nothing_to_repair_is_believed_when_a_reading_agrees(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(103).await;
    let (visit, reference) = bench.fixing(connection).await;
    bench.back(&reference, "error", "201").await;
    bench.pass(Duration::minutes(3)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::NothingToRepair);
    bench.upstream.opens("1", "77", Some(0));
    bench.pass(Duration::minutes(20)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::Repaired);
}}

db_test! { async fn another_persons_accounts_are_not_swapped_in(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(103).await;
    let (visit, reference) = bench.fixing(connection).await;
    bench.upstream.opens("5555", "77", Some(0));
    bench.event(&reference, "1", "added").await.unwrap();
    bench.pass(Duration::minutes(3)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::OtherAccounts);
    let card = bench.card().await;
    assert_eq!(card.accounts.len(), 1);
    assert_eq!(card.accounts[0].0.upstream.as_str(), "1");
}}

db_test! { async fn a_login_that_moved_is_repaired_under_its_new_id(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(948).await;
    bench.upstream.opens("1", "99", Some(948));
    bench.fixing(connection).await;
    assert_eq!(bench.card().await.connection.login.as_str(), "99");
}}

db_test! { async fn a_login_without_accounts_is_said(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(103).await;
    let gone = Cause::Rejected { status: 404, code: Some(ErrorCode::LOGIN_WITHOUT_ACCOUNTS) };
    bench.upstream.with(|world| world.fail = Some(("fix", gone, Effect::None)));
    assert!(matches!(bench.fix(connection).await, Err(RepairError::LoginGone)));
}}

db_test! { async fn without_our_webhook_there_is_no_link(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(103).await;
    let refused = Cause::LinkRefusedByWebhook { status: 200, code: None };
    bench.upstream.with(|world| world.fail = Some(("fix", refused, Effect::None)));
    assert!(matches!(bench.fix(connection).await, Err(RepairError::WebhookUnreachable(_))));
    // The visit that it left behind ends by itself.
    bench.upstream.with(|world| world.fail = None);
    bench.fixing(connection).await;
}}

db_test! { async fn what_the_sweep_proves_the_visit_says(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(103).await;
    let (visit, reference) = bench.fixing(connection).await;
    bench.event(&reference, "1", "credentialsUpdated").await.unwrap();
    bench.pass(Duration::minutes(3)).await;
    bench.pass(Duration::minutes(30)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::SignedIn);
    bench.upstream.opens("1", "77", Some(0));
    bench.sweep(Duration::hours(10)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::Repaired);
}}

db_test! { async fn an_account_that_waits_for_a_choice_hides_no_proof(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(103).await;
    // Another account of the same login came with a later visit, undecided.
    let (_, reference) = bench.start().await;
    bench.upstream.opens("2", "77", Some(0));
    bench.event(&reference, "late", "added").await.unwrap();
    bench.pass(Duration::seconds(1)).await;
    let (visit, back) = bench.fixing(connection).await;
    bench.upstream.opens("1", "77", Some(0));
    bench.back(&back, "complete", "200").await;
    bench.pass(Duration::seconds(1)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::Repaired);
    assert_eq!(bench.card().await.open, None);
}}

/// Whatever Mastercard lists ends then.
fn ends(bench: &Bench, days: i64) -> DateTime<Utc> {
    let at = bench.clock.now() + Duration::days(days);
    let mut account = account("1", "77", Some(0));
    (
        account.authorization_expires,
        account.authorization_end_date,
    ) = (true, Some(at));
    account.aggregation_success_date = Some(bench.clock.now());
    account.aggregation_attempt_date = Some(bench.clock.now());
    bench.upstream.with(|world| world.accounts = vec![account]);
    at
}

impl Bench {
    async fn ends_soon(&self, days: i64) -> (ConnectionId, DateTime<Utc>) {
        let connection = self.connected("1", "77").await;
        self.clock.advance(Duration::hours(3));
        let by = ends(self, days);
        self.sweep(Duration::hours(1)).await;
        assert_eq!(self.card().await.state, Standing::RenewSoon { by });
        (connection, by)
    }

    /// The same program, where the operator renews through Fix.
    fn renews(&self) -> Repairs {
        self.repairs.clone().renewing(Renewal::ThroughFix)
    }

    async fn renewing(&self, id: ConnectionId) -> (ConnectSessionId, String) {
        let begun = self
            .renews()
            .renew(&self.person, id, Language::English)
            .await;
        let Ok(Begun::Link(started)) = begun else {
            panic!("no link: {begun:?}");
        };
        let reference = started.return_url.path().rsplit('/').next().unwrap();
        (started.session, reference.to_owned())
    }
}

db_test! { async fn a_renewal_goes_through_fix_only_where_the_operator_says_so(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (connection, _) = bench.ends_soon(10).await;
    let refused = bench.repairs.renew(&bench.person, connection, Language::English).await;
    assert!(matches!(refused, Err(RepairError::NotFixable(Standing::RenewSoon { .. }))), "{refused:?}");
    // The button of a break finds nothing broken, whatever the setting.
    let begun = bench.renews().begin(&bench.person, connection, Language::English).await;
    assert!(matches!(begun, Ok(Begun::AlreadyWorks)));
    assert_eq!(bench.upstream.count("fix"), 0);
    let other = bench.renews().renew(&bench.other, connection, Language::English).await;
    assert!(matches!(other, Err(RepairError::NotFound)));
}}

db_test! { async fn a_renewal_is_proven_by_a_later_end_and_never_shows_a_break(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (connection, by) = bench.ends_soon(10).await;
    let (visit, reference) = bench.renewing(connection).await;
    assert_eq!(bench.card().await.state, Standing::RenewSoon { by });
    for kind in ["started", "credentialsUpdated", "done"] {
        bench.event(&reference, kind, kind).await.unwrap();
    }
    bench.pass(Duration::minutes(3)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::SignedIn);
    assert_eq!(bench.card().await.open, None);
    // The night's reading has the new end.
    ends(&bench, 90);
    bench.sweep(Duration::hours(10)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::Repaired);
    assert_eq!(bench.card().await.state, Standing::Healthy);
}}

db_test! { async fn nothing_to_renew_yet_is_said_and_nothing_breaks(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (connection, by) = bench.ends_soon(10).await;
    let (visit, reference) = bench.renewing(connection).await;
    bench.back(&reference, "error", "201").await;
    bench.pass(Duration::minutes(3)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::NothingToRepair);
    let card = bench.card().await;
    assert_eq!((card.state, card.open), (Standing::RenewSoon { by }, None));
}}

db_test! { async fn a_login_without_accounts_is_read_once_more_before_it_is_said(db: &TestStore) {
    let bench = Bench::new(db).await;
    let connection = bench.broken(103).await;
    let gone = Cause::Rejected { status: 404, code: Some(ErrorCode::LOGIN_WITHOUT_ACCOUNTS) };
    bench.upstream.with(|world| world.fail = Some(("fix", gone, Effect::None)));
    let before = bench.upstream.count("accounts");
    assert!(matches!(bench.fix(connection).await, Err(RepairError::LoginGone)));
    assert_eq!(bench.upstream.count("accounts") - before, 2);
    assert_eq!(bench.upstream.count("fix"), 2);
}}

db_test! { async fn half_of_a_login_that_is_gone_hides_neither_half(db: &TestStore) {
    let bench = Bench::new(db).await;
    let (visit, reference) = bench.start().await;
    for id in ["1", "2"] {
        bench.upstream.opens(id, "77", Some(0));
    }
    bench.event(&reference, "1", "added").await.unwrap();
    bench.pass(Duration::zero()).await;
    let all: Vec<_> = bench.visit(visit).await.accounts.iter().map(|account| account.id).collect();
    bench.connect.review(&bench.person, visit, &all, &all).await.unwrap();
    bench.upstream.with(|world| world.accounts.retain(|account| account.id.as_str() == "2"));
    bench.upstream.opens("2", "77", Some(103));
    bench.sweep(Duration::days(1)).await;
    bench.sweep(Duration::days(1)).await;
    let card = bench.card().await;
    let gone: Vec<bool> = card.accounts.iter().map(|(account, _)| account.gone.is_some()).collect();
    assert_eq!(gone, [true, false]);
    // What is left can still be repaired, and the proof needs no more than it.
    let (visit, back) = bench.fixing(card.connection.id).await;
    bench.upstream.opens("2", "77", Some(0));
    bench.back(&back, "complete", "200").await;
    bench.pass(Duration::seconds(1)).await;
    assert_eq!(bench.outcome(visit).await, Outcome::Repaired);
}}
