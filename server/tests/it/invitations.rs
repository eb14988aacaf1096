//! Sign-up by invitation, and no sign-up at all.

use relink_engine::{
    identity::{Email, Language, Role},
    store::testing::TestStore,
};
use relink_server::config::SignUpPolicy;

use super::{
    app::{Jobs, PASSWORD, TestApp, email, eventually},
    browser::Browser,
    db::{on_both, rows},
};

async fn with(db: &TestStore, policy: SignUpPolicy) -> TestApp {
    TestApp::with(db, Jobs::Run, |config| config.sign_up.policy = policy).await
}

/// Invites as the command line does; where the letter leads.
async fn invited(app: &TestApp, name: &str) -> String {
    let address = Email::parse(&email(name)).unwrap();
    let identity = &app.program.app.identity;
    identity
        .invite_at_machine(address, Role::User, Language::default())
        .await
        .unwrap();
    let browser = app.browser();
    let list = eventually(&browser, "/outbox", &email(name)).await;
    let letter = list.after("href=\"/outbox/").remove(0);
    let shown = browser.get(&format!("/outbox/{letter}")).await;
    let mut ways = shown.after("href=\"");
    ways.retain(|way| way.contains("/sign-up?invitation="));
    ways.remove(0)
}

async fn sign_up(browser: &Browser, name: &str, invitation: &str) -> String {
    let fields = [
        ("email", &*email(name)),
        ("new_password", PASSWORD),
        ("invitation", invitation),
    ];
    let answer = browser.post("/sign-up", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.location().to_owned()
}

on_both! {
    async fn an_invitation_opens_the_door_once(db: &TestStore) {
        let app = with(db, SignUpPolicy::Invitation).await;
        let browser = app.browser();
        sign_up(&browser, "eve", "").await;
        sign_up(&browser, "eve", "guessed").await;
        assert_eq!(rows(db, "users").await.len(), 0, "nobody without one");

        browser.get("/sign-up").await.shows(200, "New accounts are by invitation.");
        let way = invited(&app, "ada").await;
        let token = way.split("invitation=").nth(1).unwrap().to_owned();
        let page = browser.get(&way).await;
        for said in [&*format!("value=\"{token}\""), "value=\"ada@example.com\"", "You are invited. Choose"] {
            page.shows(200, said);
        }
        assert_eq!(sign_up(&browser, "eve", &token).await, "/sign-in");
        let users = rows(db, "users").await;
        assert_eq!(users.len(), 1);
        assert!(users[0].contains("ada@example.com"), "it is for the address it was sent to: {users:?}");
        // The letter has proven the address: no second one.
        let ada = app.signed_in("ada").await;
        ada.get("/connections").await.shows(200, "Nothing is connected yet");

        let again = sign_up(&app.browser(), "ada", &token).await;
        assert_ne!(again, "/sign-in", "it is used");
        browser.get(&way).await.shows(200, "This invitation does not work");
        assert_eq!(rows(db, "users").await.len(), 1);
        app.stop().await;
    }

    async fn an_invitation_ends(db: &TestStore) {
        let app = with(db, SignUpPolicy::Invitation).await;
        let way = invited(&app, "ada").await;
        let token = way.split("invitation=").nth(1).unwrap().to_owned();
        app.pass_really(60 * 24 * 60);
        app.browser().get(&way).await.shows(200, "This invitation does not work");
        sign_up(&app.browser(), "ada", &token).await;
        assert_eq!(rows(db, "users").await.len(), 0);
        app.stop().await;
    }

    async fn where_sign_up_is_off_nobody_comes_in(db: &TestStore) {
        let app = with(db, SignUpPolicy::Invitation).await;
        let way = invited(&app, "ada").await;
        let token = way.split("invitation=").nth(1).unwrap().to_owned();
        app.stop().await;
        let app = with(db, SignUpPolicy::Off).await;
        let browser = app.browser();
        let page = browser.get("/sign-up").await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(!page.text.contains("<form"), "{}", page.text);
        sign_up(&browser, "eve", "").await;
        sign_up(&browser, "ada", &token).await;
        assert_eq!(rows(db, "users").await.len(), 0, "not even with an earlier invitation");
        let address = Email::parse(&email("ada")).unwrap();
        let invited = app.program.app.identity.invite_at_machine(address, Role::User, Language::default()).await;
        assert!(invited.is_err());
        app.stop().await;
    }
}
