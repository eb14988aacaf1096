//! Accounts that nobody chose about: one reminder, then what the operator has
//! set. Jobs wait, so that nothing comes but by the clock.

use relink_engine::store::testing::TestStore;
use relink_server::config::Decision;

use super::{
    app::{FINBANK, Jobs, TestApp, launch},
    browser::Browser,
    db::{on_both, rows},
    hosted,
};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// Ada has connected two accounts and gone away before choosing; how many
/// accounts Mastercard has of her is in the sandbox.
async fn left(db: &TestStore, decision: Decision) -> (TestApp, Browser, String) {
    let app = TestApp::with(db, Jobs::Wait, |config| {
        config.connect.decision = decision;
        config.connect.remind_after_days = 2;
        config.connect.decide_after_days = 5;
    })
    .await;
    app.program.app.institutions.refresh().await.unwrap();
    let ada = app.user("ada").await;
    let visit = launch(&ada, FINBANK).await;
    let back = hosted::play(&visit.link, &["checking", "savings"]).await;
    ada.get(&back).await.leads_to(&visit.page);
    app.work().await;
    let shown = ada.get(&visit.page).await;
    shown.shows(200, "is connected: two accounts");
    (app, ada, visit.page)
}

/// The clock moves on, and everything due is done.
async fn pass(app: &TestApp, minutes: i64) {
    app.pass(minutes).await;
    app.work().await;
}

async fn reminders(app: &TestApp) -> usize {
    let outbox = app.browser().get("/outbox").await;
    assert_eq!(outbox.status, 200, "{}", outbox.text);
    outbox
        .text
        .matches("which accounts do you want to keep?")
        .count()
}

/// Accounts of this choice in the database.
async fn chosen(db: &TestStore, choice: &str) -> usize {
    let accounts = rows(db, "accounts").await;
    assert_eq!(accounts.len(), 2, "{accounts:?}");
    let (quoted, listed) = (format!("'{choice}'"), format!(",{choice},"));
    let has = |row: &&String| row.contains(&quoted) || row.contains(&listed);
    accounts.iter().filter(has).count()
}

on_both! {
    async fn a_choice_not_made_is_reminded_of_once_and_then_removes(db: &TestStore) {
        let (app, ada, page) = left(db, Decision::Remove).await;
        pass(&app, 2 * DAY - HOUR).await;
        assert_eq!(reminders(&app).await, 0, "not yet");
        pass(&app, 2 * HOUR).await;
        assert_eq!(reminders(&app).await, 1);
        let letter = app.browser().get("/outbox").await.after("href=\"/outbox/").remove(0);
        app.browser().get(&format!("/outbox/{letter}")).await.shows(200, &page);
        ada.get("/connections").await.shows(200, "Waiting for your choice");
        pass(&app, 3 * DAY - 2 * HOUR).await;
        assert_eq!(chosen(db, "waiting").await, 2, "an hour early");
        pass(&app, 2 * HOUR).await;
        assert_eq!(chosen(db, "removed").await, 2);
        let ours = |state: serde_json::Value| {
            let customers = state["customers"].as_array().unwrap().clone();
            let others = customers.into_iter().filter(|customer| customer["id"] != "1005061234");
            others.map(|customer| customer["logins"].as_array().unwrap().len()).collect::<Vec<_>>()
        };
        assert_eq!(ours(app.sandbox_state().await), [0], "the login is gone at Mastercard");
        pass(&app, 30 * DAY).await;
        assert_eq!(reminders(&app).await, 1, "one, whatever comes after");
        ada.get("/connections").await.shows(200, "Nothing is connected yet");
        app.stop().await;
    }

    async fn a_choice_not_made_keeps_where_that_is_set(db: &TestStore) {
        let (app, ada, page) = left(db, Decision::Keep).await;
        pass(&app, 2 * DAY + HOUR).await;
        assert_eq!((reminders(&app).await, chosen(db, "waiting").await), (1, 2));
        pass(&app, 3 * DAY).await;
        assert_eq!((reminders(&app).await, chosen(db, "kept").await), (1, 2));
        ada.get(&page).await.shows(200, "is connected, with two accounts");
        app.stop().await;
    }

    async fn who_has_chosen_gets_no_reminder(db: &TestStore) {
        let (app, ada, page) = left(db, Decision::Remove).await;
        let seen = ada.get(&page).await.after("name=\"seen\" value=\"");
        let mut fields: Vec<(&str, &str)> = seen.iter().map(|id| ("seen", &**id)).collect();
        fields.extend(seen.iter().map(|id| ("kept", &**id)));
        ada.post(&format!("{page}/keep"), &fields).await.leads_to("/connections");
        pass(&app, 30 * DAY).await;
        assert_eq!((reminders(&app).await, chosen(db, "kept").await), (0, 2));
        app.stop().await;
    }
}
