//! The database is gone, or held by another.

use std::time::Duration;

use relink_engine::store::testing::TestStore;
use serde_json::json;
use sqlx::{Connection as _, SqliteConnection};

use super::{
    app::{FINBANK, Jobs, TestApp, launch},
    db::{on_both, rows},
};

const KEY: &str = "Sandbox-Partner-2026";

on_both! {
    async fn without_a_database_every_door_says_so_plainly(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let visit = launch(&ada, FINBANK).await;
        let events = rows(db, "events").await.len();
        app.program.app.store.close().await;

        ada.get("/healthz").await.shows(200, "ok");
        ada.get("/readyz").await.shows(503, "\"database\":\"away\"");
        for path in ["/connections", "/", &visit.page, "/rpc/session?id=x", "/admin", "/icons/4222"] {
            let answer = ada.get(path).await;
            answer.shows(503, "We cannot reach what this page needs");
        }
        let fields = [("email", "ada@example.com"), ("password", crate::app::PASSWORD)];
        let stranger = app.browser();
        let answer = stranger.post("/sign-in", &fields).await;
        assert!(answer.status >= 500 || answer.status == 303, "{}", answer.status);
        assert!(answer.header("set-cookie").is_empty(), "nobody is signed in");
        let body = json!({ "customerId": "1", "eventType": "done", "eventId": "e1", "payload": {} }).to_string();
        let answer = app.webhook(&visit.reference, &body, KEY).await;
        assert_eq!(answer.status, 503, "it must come again");

        let app = app.die_and_start(Jobs::Wait).await;
        assert_eq!(rows(db, "events").await.len(), events);
        assert_eq!(app.webhook(&visit.reference, &body, KEY).await.status, 200);
        assert_eq!(rows(db, "events").await.len(), events + 1);
        ada.get(&visit.page).await.shows(200, "FinBank Profiles - A");
        app.stop().await;
    }
}

/// Another program holds SQLite's write lock for longer than we wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_database_loses_no_event() {
    let db = TestStore::sqlite().await;
    let app = TestApp::with(&db, Jobs::Wait, |_| {}).await;
    let ada = app.user("ada").await;
    let mut other = SqliteConnection::connect(&db.url).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    let body = json!({ "customerId": "1", "eventType": "done", "eventId": "e1", "payload": {} })
        .to_string();
    let refused = tokio::time::timeout(Duration::from_secs(30), app.webhook("x", &body, KEY))
        .await
        .unwrap();
    assert_eq!(refused.status, 503, "not stored, so not taken");
    // Who only looks is not kept waiting.
    let page = ada.get("/connections").await;
    page.shows(200, "Nothing is connected yet");
    let fields = [
        ("email", "ada@example.com"),
        ("password", crate::app::PASSWORD),
    ];
    let stranger = app.browser();
    let answer = stranger.post("/sign-in", &fields).await;
    assert!(answer.header("set-cookie").is_empty(), "{}", answer.status);
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    assert_eq!(rows(&db, "events").await.len(), 0);
    assert_eq!(app.webhook("x", &body, KEY).await.status, 200);
    assert_eq!(rows(&db, "events").await.len(), 1);
    ada.get("/connections")
        .await
        .shows(200, "Nothing is connected yet");
    app.stop().await;
}

/// The disk is full. A trigger plays it: the real limit belongs to the connection
/// of the program, which no test reaches.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_takes_no_event_it_cannot_keep() {
    let db = TestStore::sqlite().await;
    let app = TestApp::with(&db, Jobs::Wait, |_| {}).await;
    let ada = app.user("ada").await;
    let body = json!({ "customerId": "1", "eventType": "done", "eventId": "e1", "payload": {} })
        .to_string();
    crate::db::change(&db, "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END").await;
    assert_eq!(app.webhook("x", &body, KEY).await.status, 503);
    ada.get("/connections")
        .await
        .shows(200, "Nothing is connected yet");
    crate::db::change(&db, "DROP TRIGGER full").await;
    assert_eq!(app.webhook("x", &body, KEY).await.status, 200);
    assert_eq!(rows(&db, "events").await.len(), 1);
    app.stop().await;
}
