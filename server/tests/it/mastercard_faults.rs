//! Mastercard refuses, is away, is slow, or answers what it should not.

use std::time::Duration;

use relink_engine::store::testing::TestStore;
use relink_server::config::Secret;
use rstest::rstest;
use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

use super::{
    app::{FINBANK, Jobs, TestApp, start},
    browser::Browser,
    db::{on_both, rows},
};

const SIGN_IN: &str = "/aggregation/v2/partners/authentication";

/// The click, and the page that tells why nothing came of it.
async fn refused(person: &Browser) -> String {
    let page = format!("/connect/{FINBANK}");
    let answer = person.post(&page, &[("consent_version", "trial")]).await;
    answer.leads_to(&page);
    assert!(answer.header("refresh").is_empty());
    let shown = person.get(&page).await;
    assert!(shown.text.contains("href=\"/"), "a way on: {}", shown.text);
    shown.text
}

on_both! {
    async fn a_refused_secret_is_tried_once_for_all_time(db: &TestStore) {
        let mastercard = MockServer::start().await;
        let refusal = ResponseTemplate::new(401).set_body_json(json!({ "code": 10003, "message": "Invalid secret." }));
        Mock::given(method("POST")).and(path(SIGN_IN)).respond_with(refusal).mount(&mastercard).await;
        let tries = async || {
            let requests = mastercard.received_requests().await.unwrap();
            requests.iter().filter(|request| request.url.path() == SIGN_IN).count()
        };
        let mut app = TestApp::with(db, Jobs::Run, |config| {
            config.mastercard.base_url = mastercard.uri();
            config.mastercard.partner_secret = Secret::new("not-the-secret");
        })
        .await;
        for _ in 0..3 {
            let ada = app.user("ada").await;
            let shown = ada.get(&format!("/connect/{FINBANK}")).await;
            assert_eq!(shown.status, 503, "{}", shown.text);
            let answer = start(&ada, FINBANK).await;
            assert_eq!(answer.status, 503, "{}", answer.text);
            assert!(answer.text.contains("NotAccepted"), "{}", answer.text);
            let ready = ada.get("/readyz").await;
            ready.shows(200, "refused: not tried again until they change");
            assert_eq!(tries().await, 1, "the page, the click, the jobs and every restart");
            app = app.die_and_start(Jobs::Run).await;
        }
        // Nothing else is called with no token.
        assert_eq!(mastercard.received_requests().await.unwrap().len(), 1);
        let stored = rows(db, "credential_rejections").await.join("\n");
        assert!(!stored.is_empty() && !stored.contains("not-the-secret"), "{stored}");
        app.stop().await;
    }

    async fn nobody_waits_for_a_mastercard_that_is_slow_at_every_call(db: &TestStore) {
        let mastercard = MockServer::start().await;
        let slow = ResponseTemplate::new(200).set_body_json(json!({ "token": "t" })).set_delay(Duration::from_secs(5));
        Mock::given(wiremock::matchers::any()).respond_with(slow).mount(&mastercard).await;
        let app = TestApp::with(db, Jobs::Wait, |config| {
            config.mastercard.base_url = mastercard.uri();
            config.answer_within_seconds = 1;
        })
        .await;
        let ada = app.user("ada").await;
        let page = format!("/connect/{FINBANK}");
        let answers = [ada.get(&page).await, ada.post(&page, &[("consent_version", "trial")]).await];
        for answer in answers {
            answer.shows(503, "We cannot reach what this page needs");
            assert!(answer.text.contains("href=\"/\""), "a way on: {}", answer.text);
        }
        app.stop().await;
    }

    async fn mastercard_away_is_told_in_plain_words(db: &TestStore) {
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let app = TestApp::with(db, Jobs::Run, |config| {
            config.mastercard.base_url = format!("http://{gone}");
        })
        .await;
        let ada = app.user("ada").await;
        let shown = refused(&ada).await;
        assert!(shown.contains("We cannot reach what this page needs"), "{shown}");
        ada.get("/connections").await.shows(200, "Nothing is connected yet");
        ada.get("/readyz").await.shows(200, "\"database\":\"ok\"");
        assert_eq!(rows(db, "connect_sessions").await.len(), 0);
        app.stop().await;
    }

    async fn a_slow_mastercard_is_not_waited_for(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Run, |config| config.mastercard.timeout_seconds = 1).await;
        app.program.app.institutions.refresh().await.unwrap();
        let ada = app.user("ada").await;
        let fault = json!({ "do": "faultOperation", "operation": "GenerateLiteConnectUrl", "latencyMs": 20_000 });
        app.wish(&fault).await;
        let begun = tokio::time::Instant::now();
        let shown = refused(&ada).await;
        assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
        assert!(shown.contains("Mastercard does not answer at present."), "{shown}");
        let page = ada.get("/connections").await;
        page.shows(200, "Nothing is connected yet");
        app.stop().await;
    }

    async fn without_the_ping_there_is_no_link_and_its_own_sentence(db: &TestStore) {
        // Our public address is one that nobody listens at.
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let app = TestApp::with(db, Jobs::Run, |config| config.public_url = format!("http://{gone}").parse().unwrap()).await;
        app.program.app.institutions.refresh().await.unwrap();
        let ada = app.user("ada").await;
        let shown = refused(&ada).await;
        assert!(shown.contains("Mastercard could not reach us to confirm, so it made no sign-in page."), "{shown}");
        assert_eq!(rows(db, "accounts").await.len(), 0);
        app.stop().await;
    }

    async fn trials_leave_the_webhook_out(db: &TestStore) {
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let app = TestApp::with(db, Jobs::Run, |config| {
            config.public_url = format!("http://{gone}").parse().unwrap();
            config.connect.webhook = false;
        })
        .await;
        let ada = app.user("ada").await;
        assert_eq!(start(&ada, FINBANK).await.status, 200);
        app.stop().await;
    }
}

/// Each operation of the way to the link × each answer that is none.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn broken_answers_become_a_sentence(
    #[values(
        "GetInstitution",
        "AddTestingCustomer",
        "GetCustomerAccountsSimple",
        "GenerateLiteConnectUrl"
    )]
    operation: &str,
    #[values("html", "nonsense", "truncated", "empty")] body: &str,
    #[values(200, 502)] status: u16,
) {
    let db = TestStore::sqlite().await;
    let app = TestApp::with(&db, Jobs::Wait, |_| {}).await;
    let ada = app.user("ada").await;
    app.wish(
        &json!({ "do": "faultOperation", "operation": operation, "status": status, "body": body }),
    )
    .await;
    let page = format!("/connect/{FINBANK}");
    let answer = ada.post(&page, &[("consent_version", "trial")]).await;
    answer.leads_to(&page);
    app.wish(&json!({ "do": "clearOperationFaults" })).await;
    app.pass_really(5);
    let shown = ada.get(&page).await;
    // 200 without a link is what an unanswered ping looks like.
    let silent = (operation, body, status) == ("GenerateLiteConnectUrl", "nonsense", 200);
    let words = if silent {
        "Mastercard could not reach us to confirm"
    } else {
        "Mastercard does not answer at present. You did nothing wrong."
    };
    shown.shows(200, words);
    let begun = rows(&db, "connect_sessions").await;
    assert!(
        begun.iter().all(|row| !row.contains("\"link_made\":\"")),
        "{begun:?}"
    );
    app.stop().await;
}
