//! The second step of signing in, through the forms.

use relink_engine::{
    identity::{Role, TotpSecret},
    store::testing::TestStore,
    time::Clock as _,
};
use relink_server::config::SecondFactorAsked;

use super::{
    app::{Jobs, PASSWORD, TestApp, email},
    browser::{Answer, Browser},
    db::on_both,
};

async fn asked(db: &TestStore) -> TestApp {
    let asked = SecondFactorAsked::Always;
    TestApp::with(db, Jobs::Wait, |config| config.staff.second_factor = asked).await
}

/// The password, and where it leads.
async fn password(browser: &Browser, name: &str, target: &str) {
    let fields = [
        ("email", &*email(name)),
        ("password", PASSWORD),
        ("next", "/admin"),
    ];
    browser.post("/sign-in", &fields).await.leads_to(target);
}

const STEP: &str = "/sign-in/second-step?next=%2Fadmin";

/// The secret that the page shows.
fn secret(page: &Answer) -> TotpSecret {
    let shown = page.text.split("<code class=\"key\">").nth(1).unwrap();
    TotpSecret::typed(shown.split('<').next().unwrap()).unwrap()
}

fn code(app: &TestApp, secret: &TotpSecret) -> String {
    secret.shown_at(app.real.now())
}

/// The codes that a page shows once.
fn recovery(page: &Answer) -> Vec<String> {
    let shown = page.text.split("<li><code>").skip(1);
    shown
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

/// Sets one up instead of signing in; the secret, and the page with the codes.
async fn set_up(app: &TestApp, browser: &Browser) -> (TotpSecret, Answer) {
    browser
        .post("/sign-in/set-up", &[("next", "/admin")])
        .await
        .leads_to(STEP);
    let page = browser.get(STEP).await;
    page.shows(200, "class=\"qr\"");
    let secret = secret(&page);
    let fields = [("code", &*code(app, &secret)), ("next", "/admin")];
    let done = browser.post("/sign-in/set-up/code", &fields).await;
    (secret, done)
}

on_both! {
    async fn staff_set_one_up_first_where_it_is_asked_for(db: &TestStore) {
        let app = asked(db).await;
        app.exists("root", Role::Admin).await;
        app.exists("ada", Role::User).await;
        app.signed_in("ada").await;
        let root = app.browser();
        password(&root, "root", STEP).await;
        root.get(STEP).await.shows(200, "Set up your second step");
        for path in ["/admin", "/account", "/connections"] {
            let next = path.replace('/', "%2F");
            root.get(path).await.leads_to(&format!("/sign-in?next={next}"));
        }
        // No code can be shown of what is not set up.
        root.post("/sign-in/second-step", &[("code", "123456")]).await.leads_to("/sign-in/second-step");
        root.post("/sign-in/set-up/code", &[("code", "1")]).await.leads_to("/sign-in/second-step");
        root.get("/sign-in/second-step").await.shows(200, "Begin again.");

        let before = root.cookie();
        let (_, done) = set_up(&app, &root).await;
        done.shows(200, "Keep your recovery codes");
        assert_eq!(done.header("cache-control"), "no-store");
        assert_eq!(recovery(&done).len(), 10);
        assert!(done.text.contains("href=\"/admin\""), "{}", done.text);
        assert_ne!(root.cookie(), before, "a new session");
        root.get("/admin").await.shows(200, "<h1>");
        root.get("/account/second-factor").await.shows(200, "Your role asks for it");
        app.stop().await;
    }

    async fn a_code_signs_in_once_and_so_does_a_recovery_code(db: &TestStore) {
        let app = asked(db).await;
        app.exists("root", Role::Admin).await;
        let root = app.browser();
        password(&root, "root", STEP).await;
        let (secret, done) = set_up(&app, &root).await;
        let codes = recovery(&done);

        app.pass_really(1);
        let (one, two) = (app.browser(), app.browser());
        let typed = code(&app, &secret);
        for browser in [&one, &two] {
            password(browser, "root", STEP).await;
            browser.get(STEP).await.shows(200, "Your code");
        }
        one.post("/sign-in/second-step", &[("code", "000000"), ("next", "/admin")]).await.leads_to(STEP);
        one.get(STEP).await.shows(200, "This is not the code of the app");
        one.post("/sign-in/second-step", &[("code", &*typed), ("next", "/admin")]).await.leads_to("/admin");
        one.get("/admin").await.shows(200, "<h1>");
        two.post("/sign-in/second-step", &[("code", &*typed), ("next", "/admin")]).await.leads_to(STEP);
        two.get("/admin").await.leads_to("/sign-in?next=%2Fadmin");
        let fields = [("code", &*codes[0].to_uppercase()), ("next", "//evil.example")];
        two.post("/sign-in/second-step", &fields).await.leads_to("/connections");
        two.get("/admin").await.shows(200, "<h1>");
        two.get("/account/second-factor").await.shows(200, "You have nine recovery codes left.");

        let three = app.browser();
        password(&three, "root", STEP).await;
        three.post("/sign-in/second-step", &fields).await;
        three.get("/admin").await.leads_to("/sign-in?next=%2Fadmin");
        app.stop().await;
    }

    async fn who_wants_one_sets_it_up_and_turns_it_off(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (ada, other) = (app.user("ada").await, app.signed_in("ada").await);
        app.pass_really(1);
        ada.post("/account/second-factor", &[]).await.leads_to("/account/second-factor");
        let page = ada.get("/account/second-factor").await;
        let secret = secret(&page);
        let done = ada.post("/account/second-factor/code", &[("code", &*code(&app, &secret))]).await;
        done.shows(200, "Keep your recovery codes");
        other.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        ada.get("/account/second-factor").await.shows(200, "On since");

        let codes = recovery(&done);
        let renewed = ada.post("/account/second-factor/recovery-codes", &[("code", &*codes[0])]).await;
        let renewed = recovery(&renewed);
        assert_eq!(renewed.len(), 10);
        ada.post("/account/second-factor/remove", &[("code", &*codes[1])]).await.leads_to("/account/second-factor");
        ada.get("/account/second-factor").await.shows(200, "This is not the code of the app");
        // Another password ends other sessions, and this one keeps its step.
        let fields = [("password", PASSWORD), ("new_password", "quite another one, long")];
        ada.post("/account/password", &fields).await.leads_to("/account");
        ada.post("/account/second-factor/remove", &[("code", &*renewed[1])]).await.leads_to("/account/second-factor");
        ada.get("/account/second-factor").await.shows(200, "The app is removed.");
        app.stop().await;
    }

    async fn guessing_the_code_locks(db: &TestStore) {
        let app = asked(db).await;
        app.exists("root", Role::Admin).await;
        let root = app.browser();
        password(&root, "root", STEP).await;
        let (secret, _) = set_up(&app, &root).await;
        app.pass_really(1);
        let thief = app.browser();
        password(&thief, "root", STEP).await;
        for _ in 0..5 {
            thief.post("/sign-in/second-step", &[("code", "x"), ("next", "/admin")]).await.leads_to(STEP);
        }
        let right = code(&app, &secret);
        thief.post("/sign-in/second-step", &[("code", &*right), ("next", "/admin")]).await.leads_to(STEP);
        thief.get(STEP).await.shows(200, "Too many tries.");
        // What is owed ends as well.
        app.pass_really(20);
        thief.get(STEP).await.shows(200, "Sign in first");
        app.stop().await;
    }
}
