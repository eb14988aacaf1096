//! The receiver of events: what it refuses, what it keeps, and that an event
//! has its effect once, whatever dies in between.

use relink_engine::store::testing::TestStore;
use rstest::rstest;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{
    app::{FINBANK, Jobs, TestApp, Visit, eventually, launch},
    browser::Browser,
    db::{change, on_both, rows},
    hosted,
};

/// The sandbox's partner secret, which signs events.
pub(crate) const KEY: &str = "Sandbox-Partner-2026";

pub(crate) fn event(id: &str, kind: &str, customer: &str) -> String {
    json!({
        "customerId": customer, "eventType": kind, "eventId": id,
        "payload": { "institutionId": FINBANK.to_string(), "accounts": [] },
    })
    .to_string()
}

/// A visit that began, while jobs wait.
pub(crate) async fn visiting(app: &TestApp) -> (Browser, Visit, String) {
    app.program.app.institutions.refresh().await.unwrap();
    let ada = app.user("ada").await;
    let visit = launch(&ada, FINBANK).await;
    let link = reqwest::Url::parse(&visit.link).unwrap();
    let customer = link
        .query_pairs()
        .find(|(name, _)| name == "customerId")
        .unwrap()
        .1
        .into_owned();
    (ada, visit, customer)
}

/// How often something was counted.
async fn counted(db: &TestStore, name: &str) -> usize {
    rows(db, "counters")
        .await
        .iter()
        .filter(|row| row.contains(name))
        .count()
}

pub(crate) async fn states(db: &TestStore) -> [usize; 3] {
    let events = rows(db, "events").await;
    ["waiting", "applied", "quarantined"]
        .map(|state| events.iter().filter(|row| row.contains(state)).count())
}

on_both! {
    async fn what_nobody_signed_leaves_a_count(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (ada, visit, customer) = visiting(&app).await;
        let body = event("e1", "done", &customer);
        let before = rows(db, "connect_sessions").await;
        for key in ["", "another secret", "sandbox-partner-2026"] {
            assert_eq!(app.webhook(&visit.reference, &body, key).await.status, 401, "{key}");
        }
        let right = relink_sandbox::hmac_hex(KEY.as_bytes(), body.as_bytes());
        let unsigned: [&[(&str, &str)]; 4] =
            [&[], &[("x-signature", "")], &[("x-finicity-signature", "zz")], &[("x-other", &right)]];
        for headers in unsigned {
            assert_eq!(app.webhook_with(&visit.reference, &body, headers).await.status, 401, "{headers:?}");
        }
        let changed = body.replace("done", "gone");
        let answer = app.webhook_with(&visit.reference, &changed, &[("x-signature", &right)]).await;
        assert_eq!(answer.status, 401, "signed for other bytes");
        assert!(answer.text.is_empty(), "{}", answer.text);
        app.work().await;
        assert_eq!((rows(db, "events").await.len(), counted(db, "bad_signature").await), (0, 1));
        assert!(rows(db, "counters").await[0].contains('8'), "{:?}", rows(db, "counters").await);
        assert_eq!(rows(db, "connect_sessions").await, before);
        ada.get(&visit.page).await.shows(200, "is not open yet");
        app.stop().await;
    }

    async fn too_large_and_broken_bodies_are_refused(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (_, visit, _) = visiting(&app).await;
        for length in [10 * 1024 * 1024, 256 * 1024 + 1] {
            let status = announced(&app, &visit.reference, length).await;
            assert!(status.starts_with("HTTP/1.1 413 "), "{length}: {status}");
        }
        for broken in ["", "{", "[]", "null", "\"done\"", "{\"eventId\":\"e\"}", "<html></html>"] {
            assert_eq!(app.webhook(&visit.reference, broken, KEY).await.status, 400, "{broken}");
        }
        assert_eq!((rows(db, "events").await.len(), counted(db, "unreadable").await), (0, 1));
        let padding = "x".repeat(250 * 1024);
        let fits = json!({ "eventType": "done", "eventId": "e1", "payload": { "padding": padding } }).to_string();
        assert_eq!(app.webhook(&visit.reference, &fits, KEY).await.status, 200, "250 KB are an event");
        assert!(!rows(db, "events").await[0].contains("xxxx"), "only the redacted copy is stored");
        assert_eq!(rows(db, "events").await.len(), 1);
        app.stop().await;
    }

    async fn a_ping_is_answered_whoever_asks(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let ping = json!({ "eventType": "ping" }).to_string();
        assert_eq!(app.webhook_with("anything", &ping, &[]).await.status, 200);
        assert_eq!(rows(db, "events").await.len(), 0);
        app.stop().await;
    }

    async fn an_event_has_its_effect_once(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (ada, visit, customer) = visiting(&app).await;
        let body = event("e1", "started", &customer);
        let signature = relink_sandbox::hmac_hex(KEY.as_bytes(), body.as_bytes());
        for header in ["x-finicity-signature", "X-Signature"] {
            let answer = app.webhook_with(&visit.reference, &body, &[(header, &signature)]).await;
            assert_eq!(answer.status, 200, "{header}");
        }
        app.work().await;
        assert_eq!(states(db).await, [0, 1, 0]);
        ada.get(&visit.page).await.shows(200, "Finish signing in to FinBank Profiles - A");
        let before = rows(db, "connect_sessions").await;
        assert_eq!(app.webhook(&visit.reference, &body, KEY).await.status, 200, "doubled");
        let unknown = event("e2", "somethingNew", &customer);
        assert_eq!(app.webhook(&visit.reference, &unknown, KEY).await.status, 200, "unknown types are kept");
        app.work().await;
        assert_eq!(states(db).await, [0, 2, 0]);
        assert_eq!(rows(db, "connect_sessions").await, before);
        app.stop().await;
    }

    async fn an_event_of_no_visit_is_kept_and_set_aside_in_the_end(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (_, _, customer) = visiting(&app).await;
        assert_eq!(app.webhook("nobodysreference", &event("e1", "done", &customer), KEY).await.status, 200);
        app.work().await;
        assert_eq!(states(db).await, [1, 0, 0], "its row may still come");
        for _ in 0..12 {
            app.pass(61).await;
            app.work().await;
        }
        assert_eq!(states(db).await, [0, 0, 1]);
        app.stop().await;
    }

    async fn an_event_that_names_another_customer_is_set_aside(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (ada, visit, _) = visiting(&app).await;
        let before = rows(db, "connect_sessions").await;
        assert_eq!(app.webhook(&visit.reference, &event("e1", "done", "1005061234"), KEY).await.status, 200);
        app.work().await;
        assert_eq!(states(db).await, [0, 0, 1]);
        assert_eq!(rows(db, "connect_sessions").await, before);
        ada.get(&visit.page).await.shows(200, "is not open yet");
        app.stop().await;
    }

    async fn an_event_before_our_own_row_waits_for_it(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (ada, visit, customer) = visiting(&app).await;
        let (now, before) = (&visit.reference, "not-committed-yet");
        change(db, &format!("UPDATE connect_sessions SET reference = '{before}' WHERE reference = '{now}'")).await;
        assert_eq!(app.webhook(now, &event("e1", "started", &customer), KEY).await.status, 200);
        app.work().await;
        assert_eq!(states(db).await, [1, 0, 0]);
        change(db, &format!("UPDATE connect_sessions SET reference = '{now}' WHERE reference = '{before}'")).await;
        app.pass(1).await;
        app.work().await;
        assert_eq!(states(db).await, [0, 1, 0]);
        ada.get(&visit.page).await.shows(200, "Finish signing in to FinBank Profiles - A");
        app.stop().await;
    }

    async fn a_death_between_webhook_and_work_loses_nothing(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (_, visit, _) = visiting(&app).await;
        hosted::play(&visit.link, &["checking", "savings"]).await;
        delivered(&app).await;
        let [waiting, applied, quarantined] = states(db).await;
        assert!(waiting >= 4 && applied == 0 && quarantined == 0, "stored, and nothing done yet");
        assert_eq!(rows(db, "accounts").await.len(), 0);

        let app = app.die_and_start(Jobs::Run).await;
        let ada = app.signed_in("ada").await;
        eventually(&ada, &visit.page, "is connected: two accounts").await;
        let app = app.die_and_start(Jobs::Wait).await;
        app.work().await;
        assert_eq!(states(db).await, [0, waiting, 0], "each had its effect");
        assert_eq!((rows(db, "accounts").await.len(), rows(db, "connections").await.len()), (2, 1));
        app.stop().await;
    }
}

/// What is said to a body of this length before its end was sent: a client
/// that goes on sending may lose the answer to the closed connection.
async fn announced(app: &TestApp, reference: &str, length: usize) -> String {
    let mut stream = tokio::net::TcpStream::connect(app.config.listen)
        .await
        .unwrap();
    let head = format!(
        "POST /webhooks/mastercard/{reference} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 12 + 1];
    stream.read_exact(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Waits until the sandbox has delivered everything.
async fn delivered(app: &TestApp) {
    let until = tokio::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let state = app.sandbox_state().await;
        let done = |delivery: &Value| {
            delivery["attempts"]
                .as_array()
                .is_some_and(|all| all.iter().any(|one| one["status"] == 200))
        };
        let deliveries = state["deliveries"].as_array().unwrap().clone();
        if deliveries.len() >= 4
            && deliveries.iter().all(done)
            && deliveries
                .iter()
                .any(|one| one.to_string().contains("done"))
        {
            return;
        }
        assert!(tokio::time::Instant::now() < until, "{state}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

/// Webhooks lost, doubled, late or in another order: the same end.
#[rstest]
#[case::doubled(json!({ "do": "faultWebhooks", "effect": "double", "events": 50 }))]
#[case::reordered(json!({ "do": "faultWebhooks", "effect": "reorder", "events": 50 }))]
#[case::late(json!({ "do": "faultWebhooks", "effect": "delay", "events": 50, "delaySeconds": 3600 }))]
#[case::lost(json!({ "do": "faultWebhooks", "effect": "lose", "events": 50 }))]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn however_events_come_the_return_ends_the_same(#[case] fault: Value) {
    let db = TestStore::sqlite().await;
    let app = TestApp::start(&db).await;
    let ada = app.user("ada").await;
    let visit = launch(&ada, FINBANK).await;
    app.wish(&fault).await;
    let back = hosted::play(&visit.link, &["checking", "savings"]).await;
    ada.get(&back).await.leads_to(&visit.page);
    eventually(&ada, &visit.page, "is connected: two accounts").await;
    app.pass(90).await;
    eventually(&ada, &visit.page, "is connected: two accounts").await;
    assert_eq!(rows(&db, "accounts").await.len(), 2);
    app.stop().await;
}
