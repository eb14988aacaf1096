//! Text that no person types, wherever text is taken: no door breaks.

use axum::http::Method;
use relink_engine::store::testing::TestStore;
use serde_json::json;

use super::{
    app::{FINBANK, Jobs, TestApp, launch},
    browser::Answer,
    db::{belongings, on_both},
};

/// NUL (which PostgreSQL stores nowhere), controls, a text that turns the line
/// around, SQL, markup, and more of it than fits.
fn odd() -> Vec<String> {
    let mut odd: Vec<String> = [
        "\0",
        "a\0b@example.com",
        "\u{1}\u{7f}",
        "\u{202e}evil",
        "'; DROP TABLE users; --",
        "<script>alert(1)</script>",
        "%00%ff",
    ]
    .map(str::to_owned)
    .to_vec();
    odd.push("x".repeat(20_000));
    odd
}

const FIELDS: [&str; 11] = [
    "email",
    "password",
    "new_password",
    "token",
    "invitation",
    "name",
    "address",
    "consent_version",
    "kept",
    "seen",
    "next",
];

#[track_caller]
fn holds(what: &str, answer: &Answer) {
    assert!(
        answer.status < 500,
        "{what}: {} {}",
        answer.status,
        answer.text
    );
    assert!(
        !answer.text.contains("<script>alert(1)"),
        "{what}: {}",
        answer.text
    );
}

on_both! {
    async fn an_id_that_is_none_names_no_page(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let ada = app.user("ada").await;
        for door in ["keep", "look", "refresh"] {
            let answer = ada.post(&format!("/connect/sessions/%00no-id/{door}"), &[]).await;
            answer.shows(404, "There is no such page");
        }
        app.stop().await;
    }

    async fn forms_take_any_text(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let visit = launch(&ada, FINBANK).await;
        for text in odd() {
            for form in relink_server::http::form_paths() {
                if form == "/sign-out" || form == "/account/sign-out-everywhere" {
                    continue;
                }
                let id = if form == "/connect/{id}" { "102105" } else { &*visit.id };
                let path = form.replace("{id}", id).replace("{sign_in}", id);
                let fields = FIELDS.map(|field| (field, &*text));
                let answer = ada.post(&path, &fields).await;
                holds(form, &answer);
                if answer.status == 303 && answer.location().starts_with('/') {
                    holds(form, &ada.get(answer.location()).await);
                }
            }
        }
        ada.get("/connections").await.shows(200, "Nothing is connected yet");
        app.stop().await;
    }

    async fn addresses_take_any_text(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        for text in odd() {
            let text: String = url::form_urlencoded::byte_serialize(text.as_bytes()).take(60).collect();
            let queries = ["/connect?q=", "/sign-in?next=", "/confirm-email?token=", "/sign-up?invitation=", "/rpc/search?term="];
            let paths = ["/connect/", "/connect/sessions/", "/connect/return/", "/accounts/", "/icons/", "/outbox/", "/rpc/", "/"];
            for path in queries.iter().chain(&paths) {
                let address = format!("{path}{text}");
                holds(&address, &ada.get(&address).await);
            }
        }
        for address in ["/connect?q=%FF%FE", "/%FF", "/connect/sessions/%FF", "/connect?q", "/?&&=&%", "/connect/return/%FF?reason=%FF"] {
            holds(address, &ada.get(address).await);
        }
        app.stop().await;
    }

    async fn server_functions_take_any_json(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let before = belongings(db).await;
        let odd = json!({ "session": "\u{0}", "account": -1, "institution": 1e300, "kept": [{}], "seen": 0 });
        let bodies = [json!(null).to_string(), json!([]).to_string(), odd.to_string(), "{".to_owned(), String::new()];
        let headers = [("content-type", "application/json"), ("sec-fetch-site", "same-origin")];
        for name in ["keep", "remove", "start", "search", "session", "accounts", "institution", "nothing"] {
            for body in &bodies {
                let answer = ada.send(Method::POST, &format!("/rpc/{name}"), &headers, Some(body.clone())).await;
                assert!((400..500).contains(&answer.status), "{name} {body}: {} {}", answer.status, answer.text);
                // Our own page for what is not there holds whatever words it likes.
                let pages = name == "nothing";
                for detail in ["expected", " column ", "missing field", "EOF"] {
                    assert!(pages || !answer.text.contains(detail), "{name} {body}: {}", answer.text);
                }
            }
        }
        assert_eq!(belongings(db).await, before);
        app.stop().await;
    }

    async fn unreadable_arguments_are_the_callers_mistake(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let ada = app.user("ada").await;
        let before = belongings(db).await;
        let same_origin = ("sec-fetch-site", "same-origin");
        let mut answers = Vec::new();
        for (name, body) in [("keep", "{"), ("keep", "{}"), ("remove", "[]"), ("remove", r#"{"account":7}"#), ("start", "")] {
            let headers = [("content-type", "application/json"), ("accept", "application/json"), same_origin];
            let path = format!("/rpc/{name}");
            answers.push((path.clone(), ada.send(Method::POST, &path, &headers, Some(body.to_owned())).await));
        }
        for path in ["/rpc/search", "/rpc/session", "/rpc/session?id=x", "/rpc/accounts?session=1", "/rpc/institution?id=x", "/rpc/search?term=a&typing=x"] {
            let headers = [("accept", "application/json"), same_origin];
            answers.push((path.to_owned(), ada.send(Method::GET, path, &headers, None).await));
        }
        for (path, answer) in answers {
            assert_eq!(answer.status, 400, "{path}: {}", answer.text);
            assert!(answer.text.contains("BadRequest"), "{path}: {}", answer.text);
        }
        assert_eq!(belongings(db).await, before);
        app.stop().await;
    }
}
