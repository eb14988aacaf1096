//! The whole way, by forms alone: search, confirm, leave, sign in, come back,
//! choose, see it connected.

use relink_engine::store::testing::TestStore;
use serde_json::Value;

use super::{
    app::{FINBANK, TestApp, eventually},
    browser::Browser,
    db::{dump, on_both, rows, tables},
    hosted, logs,
};

/// The link, from the one answer that may carry it.
async fn leave(ada: &Browser) -> String {
    let found = ada.get("/connect?q=FinBank+Profiles+-+A").await;
    found.shows(200, &format!("href=\"/connect/{FINBANK}\""));
    let page = format!("/connect/{FINBANK}");
    let confirm = ada.get(&page).await;
    confirm.shows(200, "What is read");
    let version = confirm.after("name=\"consent_version\" value=\"");
    let leaving = ada.post(&page, &[("consent_version", &version[0])]).await;
    assert_eq!(
        leaving.status, 200,
        "no redirect: form-action would stop it: {}",
        leaving.text
    );
    assert_eq!(leaving.header("cache-control"), "no-store");
    assert_eq!(leaving.header("referrer-policy"), "no-referrer");
    assert!(
        leaving
            .header("content-security-policy")
            .contains("form-action 'self'")
    );
    let link = leaving
        .header("refresh")
        .strip_prefix("0; url=")
        .unwrap()
        .to_owned();
    assert!(
        leaving.after("href=\"").contains(&link),
        "a plain link as well: {}",
        leaving.text
    );
    link
}

/// What makes the link a credential.
fn signature(link: &str) -> String {
    let link = reqwest::Url::parse(link).unwrap();
    let signature = link.query_pairs().find(|(name, _)| name == "signature");
    signature
        .unwrap_or_else(|| panic!("no signature in {link}"))
        .1
        .into_owned()
}

/// The accounts that the sandbox knows of the newest customer.
async fn upstream_accounts(app: &TestApp) -> usize {
    let state = app.sandbox_state().await;
    let customers = state["customers"].as_array().unwrap();
    let logins = |customer: &Value| customer["logins"].as_array().unwrap().clone();
    let ours: Vec<Value> = customers
        .iter()
        .filter(|one| one["id"] != "1005061234")
        .flat_map(logins)
        .collect();
    ours.iter()
        .map(|login| login["accounts"].as_array().unwrap().len())
        .sum()
}

on_both! {
    async fn from_the_search_to_the_overview(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let link = leave(&ada).await;
        let answers = ada.seen().len();

        let back = hosted::play(&link, &["checking", "savings"]).await;
        let returned = ada.get(&back).await;
        assert_eq!(returned.status, 303, "{}", returned.text);
        let page = returned.location().to_owned();
        assert!(page.starts_with("/connect/sessions/"), "{page}");
        let choice = eventually(&ada, &page, "is connected: two accounts").await;
        choice.shows(200, "··4821");
        let seen = choice.after("name=\"seen\" value=\"");
        let overview = ada.get("/connections").await;
        overview.shows(200, "Waiting for your choice");

        let fields = [("kept", &*seen[0]), ("seen", &*seen[0]), ("seen", &*seen[1])];
        ada.post(&format!("{page}/keep"), &fields).await.leads_to("/connections");
        ada.get("/connections").await.shows(200, "You keep one account. The deletion of one account at Mastercard");
        eventually(&ada, &page, "is connected, with one account").await;
        eventually(&ada, &page, "Removed").await;
        assert_eq!(upstream_accounts(&app).await, 1, "deleted at Mastercard as well");
        let overview = ada.get("/connections").await;
        overview.shows(200, "Your bank is connected");
        overview.shows(200, "last data");

        the_link_is_nowhere(&app, db, &ada, &link, answers).await;
        let receipts = rows(db, "receipts").await;
        assert!(receipts.len() == 1 && receipts[0].contains("trial") && receipts[0].contains("en"), "{receipts:?}");
        app.stop().await;
    }

    async fn nothing_that_is_not_needed_is_stored(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let visit = app.connected(&ada, &["checking"]).await;
        let events = rows(db, "events").await.join("\n");
        assert!(events.contains("added") && events.contains(&visit.reference), "{events}");
        let mut stored = String::new();
        for table in tables(db).await {
            // Institutions have a product called availBalance.
            if table != "institutions" {
                stored += &rows(db, &table).await.join("\n");
            }
        }
        for secret in ["balance", "Balance", "accountNumberDisplay", "2418.37", crate::app::PASSWORD, "profile_03"] {
            assert!(!stored.contains(secret), "{secret} is stored");
        }
        app.stop().await;
    }

    async fn a_closed_tab_and_lost_webhooks_still_end_right(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let visit = crate::app::launch(&ada, FINBANK).await;
        app.wish(&serde_json::json!({ "do": "faultWebhooks", "effect": "lose", "events": 50 })).await;
        hosted::play(&visit.link, &["checking"]).await;
        // Nobody came back and nobody told us: the link's end is when we look.
        ada.get(&visit.page).await.shows(200, "is not open yet");
        app.pass(121).await;
        eventually(&ada, &visit.page, "is connected: one account").await;
        app.stop().await;
    }

    async fn first_data_is_read_when_it_is_there(db: &TestStore) {
        let app = TestApp::start(db).await;
        app.wish(&serde_json::json!({ "do": "setFirstAggregation", "when": "after", "minutes": 30 })).await;
        let ada = app.user("ada").await;
        let visit = app.connected(&ada, &["checking"]).await;
        let seen = ada.get(&visit.page).await.after("name=\"seen\" value=\"");
        let fields = [("kept", &*seen[0]), ("seen", &*seen[0])];
        ada.post(&format!("{}/keep", visit.page), &fields).await.leads_to("/connections");
        ada.get("/connections").await.shows(200, "no data yet");
        app.pass(31).await;
        eventually(&ada, "/connections", "last data").await;
        app.stop().await;
    }

    async fn leaving_says_so(db: &TestStore) {
        let app = TestApp::start(db).await;
        let ada = app.user("ada").await;
        let visit = crate::app::launch(&ada, FINBANK).await;
        let back = hosted::play(&visit.link, &[]).await;
        ada.get(&back).await.leads_to(&visit.page);
        let shown = eventually(&ada, &visit.page, "You left before the end").await;
        shown.shows(200, &format!("href=\"/connect/{FINBANK}\""));
        assert_eq!(rows(db, "accounts").await.len(), 0);
        app.stop().await;
    }
}

async fn the_link_is_nowhere(
    app: &TestApp,
    db: &TestStore,
    ada: &Browser,
    link: &str,
    answers: usize,
) {
    let signature = signature(link);
    assert!(signature.len() >= 32, "{signature}");
    let hex = signature
        .bytes()
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let stored = dump(db).await;
    assert!(stored.contains("ada@example.com"), "the dump is one");
    assert!(
        !stored.contains(&signature) && !stored.to_lowercase().contains(&hex),
        "the link is in the database"
    );
    let logged = logs::kept();
    assert!(logged.contains("request"), "the log is one");
    assert!(!logged.contains(&signature), "the link was logged");
    for secret in [
        app.config.mastercard.partner_secret.expose(),
        "Sandbox-Partner-2026",
        crate::app::PASSWORD,
    ] {
        assert!(
            secret.is_empty() || !logged.contains(secret),
            "a secret was logged"
        );
    }
    let seen = ada.seen();
    for (number, answer) in seen.iter().enumerate() {
        let carries = answer.text.contains(&signature)
            || format!("{:?}", answer.headers).contains(&signature);
        assert_eq!(
            carries,
            number + 1 == answers,
            "only the answer to the click carries the link: {}",
            answer.text
        );
    }
}
