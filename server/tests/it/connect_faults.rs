//! Returns that lie, institutions that go, two tabs at once.

use relink_engine::store::testing::TestStore;
use serde_json::json;

use super::{
    app::{FINBANK, TestApp, eventually, launch, start},
    db::{on_both, rows},
    hosted,
};

on_both! {
    async fn a_forged_return_proves_nothing(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let visit = launch(&ada, FINBANK).await;
        let forged = format!("/connect/return/{}?reason=complete&code=200&customerId=1&institutionId=5", visit.reference);
        ada.get(&forged).await.leads_to(&visit.page);
        ada.get(&visit.page).await.shows(200, "Checking FinBank Profiles - A");
        assert_eq!(rows(db, "accounts").await.len(), 0);
        app.pass(3).await;
        let end = eventually(&ada, &visit.page, "FinBank Profiles - A is still setting up").await;
        end.shows(200, "but no account has arrived yet");
        end.shows(200, "Look again");
        ada.get("/connections").await.shows(200, "Nothing is connected yet");

        // The person does sign in after all: the proof wins over what was said.
        hosted::play(&visit.link, &["checking"]).await;
        eventually(&ada, &visit.page, "is connected: one account").await;
        app.stop().await;
    }

    async fn returns_without_sense_are_returns(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        for query in ["", "?reason=%3Cscript%3Ealert(1)%3C/script%3E&code=-1", "?code=99999999999999999999", "?reason=&reason=exit&%FF=%FE"] {
            let visit = launch(&ada, FINBANK).await;
            ada.get(&format!("/connect/return/{}{query}", visit.reference)).await.leads_to(&visit.page);
            let shown = ada.get(&visit.page).await;
            shown.shows(200, "FinBank Profiles - A");
            assert!(!shown.text.contains("alert(1)"), "{}", shown.text);
        }
        for reference in ["x", "..%2F..%2Fadmin", "%00", &"a".repeat(3000)] {
            ada.get(&format!("/connect/return/{reference}?reason=complete&code=200")).await.shows(404, "There is no such page");
        }
        app.stop().await;
    }

    async fn a_return_to_another_person_or_twice_changes_nothing(db: &TestStore) {
        let app = TestApp::start(db).await;
        let (ada, eve) = (app.user("ada").await, app.user("eve").await);
        let visit = launch(&ada, FINBANK).await;
        let before = rows(db, "connect_sessions").await;
        let back = format!("/connect/return/{}?reason=exit&code=100", visit.reference);
        eve.get(&back).await.shows(404, "There is no such page");
        assert_eq!(rows(db, "connect_sessions").await, before, "Eve cannot end Ada's visit");

        let back = hosted::play(&visit.link, &["checking"]).await;
        ada.get(&back).await.leads_to(&visit.page);
        eventually(&ada, &visit.page, "is connected: one account").await;
        for again in [&back, &format!("/connect/return/{}?reason=exit&code=100", visit.reference)] {
            ada.get(again).await.leads_to(&visit.page);
            ada.get(&visit.page).await.shows(200, "is connected: one account");
        }
        assert_eq!(rows(db, "accounts").await.len(), 1);
        app.stop().await;
    }

    async fn a_sign_in_that_ended_at_the_return_leads_to_the_same_page(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let visit = launch(&ada, FINBANK).await;
        let back = hosted::play(&visit.link, &["checking"]).await;
        let later = app.browser();
        let away = later.get(&back).await;
        assert_eq!(away.status, 303);
        let page = later.get(away.location()).await;
        page.shows(200, "Sign in, and you go on to that page.");
        let next = page.after("name=\"next\" value=\"");
        let fields = [("email", "ada@example.com"), ("password", crate::app::PASSWORD), ("next", &*next[0])];
        let on = later.post("/sign-in", &fields).await;
        assert_eq!(on.status, 303);
        later.get(on.location()).await.leads_to(&visit.page);
        eventually(&later, &visit.page, "is connected: one account").await;
        app.stop().await;
    }

    async fn an_institution_that_went_after_the_search_is_told(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let page = format!("/connect/{FINBANK}");
        ada.get("/connect?q=FinBank+Profiles+-+A").await.shows(200, &format!("href=\"{page}\""));
        let version = ada.get(&page).await.after("name=\"consent_version\" value=\"");
        app.wish(&json!({ "do": "setInstitution", "institution": FINBANK, "availability": "offline" })).await;
        ada.post(&page, &[("consent_version", &version[0])]).await.leads_to(&page);
        let shown = ada.get(&page).await;
        shown.shows(200, "does not answer");
        shown.shows(200, "href=\"/connect\"");

        ada.get("/connect/999999999").await.shows(404, "This institution is not available");
        ada.post("/connect/999999999", &[("consent_version", &version[0])]).await.leads_to("/connect");
        ada.get("/connect").await.shows(200, "This institution is no longer offered. Choose another.");
        ada.post("/connect/nonsense", &[]).await.leads_to("/connect");
        assert_eq!(rows(db, "connect_sessions").await.len(), 0, "no visit began");
        app.stop().await;
    }

    async fn an_old_text_is_not_agreed_to(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let page = format!("/connect/{FINBANK}");
        ada.post(&page, &[("consent_version", "2019")]).await.leads_to(&page);
        ada.get(&page).await.shows(200, "The text below has changed since you opened the page.");
        assert_eq!((rows(db, "connect_sessions").await.len(), rows(db, "receipts").await.len()), (0, 0));
        app.stop().await;
    }

    async fn two_tabs_make_one_customer(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let customers = async || app.sandbox_state().await["customers"].as_array().unwrap().len();
        let before = customers().await;
        // Both are at the call that makes the customer at one time.
        app.wish(&json!({ "do": "faultOperation", "operation": "AddTestingCustomer", "latencyMs": 300 })).await;
        let (one, other) = tokio::join!(start(&ada, FINBANK), start(&ada, FINBANK));
        assert_eq!((one.status, other.status), (200, 200), "{} {}", one.text, other.text);
        assert_ne!(one.json()["link"], other.json()["link"]);
        assert_eq!(customers().await, before + 1);
        assert_eq!(rows(db, "customers").await.len(), 1);
        assert_eq!(rows(db, "connect_sessions").await.len(), 2);
        app.stop().await;
    }

    async fn a_customer_whose_reply_was_lost_is_found_again(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let before = app.sandbox_state().await["customers"].as_array().unwrap().len();
        let fault = json!({
            "do": "faultOperation", "operation": "AddTestingCustomer", "status": 500, "work": "done", "times": 1,
        });
        app.wish(&fault).await;
        launch(&ada, FINBANK).await;
        launch(&ada, FINBANK).await;
        assert_eq!(app.sandbox_state().await["customers"].as_array().unwrap().len(), before + 1);
        app.stop().await;
    }
}
