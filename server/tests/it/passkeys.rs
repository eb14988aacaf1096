//! Passkeys, through the forms; an authenticator in memory answers as a browser
//! and a device do together.

use relink_engine::{
    identity::{Role, testing::Authenticator},
    store::testing::TestStore,
};
use relink_server::config::SecondFactorAsked;

use super::{
    app::{Jobs, PASSWORD, TestApp, email},
    browser::{Answer, Browser},
    db::on_both,
};

const STEP: &str = "/sign-in/second-step";
const OWN: &str = "/account/second-factor";

async fn app(db: &TestStore) -> TestApp {
    TestApp::with(db, Jobs::Wait, |_| {}).await
}

fn device(app: &TestApp) -> Authenticator {
    Authenticator::new(&app.config.public_url.origin().ascii_serialization())
}

/// A new one, named; the answer to the form.
async fn add(browser: &Browser, device: &mut Authenticator, name: &str) -> Answer {
    let asked = browser.post("/account/passkeys/new", &[]).await;
    assert_eq!(
        (asked.status, asked.header("cache-control")),
        (200, "no-store"),
        "{}",
        asked.text
    );
    let answer = device.make(&asked.json());
    let fields = [("name", name), ("passkey", &*answer)];
    browser.post("/account/passkeys", &fields).await
}

/// The password, after which a factor is owed.
async fn half(app: &TestApp, name: &str) -> Browser {
    let browser = app.browser();
    let fields = [("email", &*email(name)), ("password", PASSWORD)];
    browser.post("/sign-in", &fields).await.leads_to(STEP);
    browser
}

/// What this device answers to what the step asks now.
async fn answer(browser: &Browser, device: &mut Authenticator) -> String {
    let asked = browser.post("/sign-in/passkey/ask", &[]).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    device.show(&asked.json())
}

async fn show(browser: &Browser, answer: &str) -> Answer {
    let fields = [("passkey", answer), ("next", "/account")];
    browser.post("/sign-in/passkey", &fields).await
}

const BACK: &str = "/sign-in/second-step?next=%2Faccount";

/// It signs nobody in, and the page says why.
async fn refused(browser: &Browser, answer: &str, why: &str) {
    show(browser, answer).await.leads_to(BACK);
    browser.get(STEP).await.shows(200, why);
    browser
        .get("/account")
        .await
        .leads_to("/sign-in?next=%2Faccount");
}

const WRONG: &str = "This passkey is not taken";
const OVER: &str = "That was done already, or took too long.";

/// The page of the only passkey.
async fn only(browser: &Browser) -> String {
    let found = browser.get(OWN).await.after("href=\"/account/passkeys/");
    assert_eq!(found.len(), 1);
    format!("/account/passkeys/{}", found[0])
}

on_both! {
    async fn one_is_added_signs_in_and_is_removed(db: &TestStore) {
        let app = app(db).await;
        let (ada, other) = (app.user("ada").await, app.signed_in("ada").await);
        app.pass_really(1);
        let mut device = device(&app);
        let before = ada.cookie();
        add(&ada, &mut device, "Phone <3").await.shows(200, "Keep your recovery codes");
        assert_ne!(ada.cookie(), before, "a new session");
        other.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        let page = only(&ada).await;
        ada.get(&page).await.shows(200, "<h1>Phone &lt;3</h1>");
        ada.get(&page).await.shows(200, "Not used yet");
        // A second one leaves the codes as they are.
        add(&ada, &mut self::device(&app), "Key").await.leads_to(OWN);
        ada.get(OWN).await.shows(200, "The passkey is added.");

        let two = half(&app, "ada").await;
        two.get(STEP).await.shows(200, "Use a passkey, or type a code.");
        let said = answer(&two, &mut device).await;
        show(&two, &said).await.leads_to("/account");
        two.get(OWN).await.shows(200, "last used");
        two.get(&page).await.shows(200, "last used");

        two.post(&format!("{page}/name"), &[("name", " ")]).await.leads_to(&page);
        two.get(&page).await.shows(200, "Please fill this in.");
        two.post(&format!("{page}/name"), &[("name", "Old phone")]).await.leads_to(&page);
        two.get(&page).await.shows(200, "<h1>Old phone</h1>");
        // It goes by what it shows itself, and not by nothing.
        let remove = format!("{page}/remove");
        two.post(&remove, &[]).await.leads_to(&page);
        two.get(&page).await.shows(200, "This is not the code of the app");
        let asked = two.post("/account/passkeys/ask", &[]).await;
        two.post(&remove, &[("passkey", &device.show(&asked.json()))]).await.leads_to(OWN);
        two.get(OWN).await.shows(200, "The passkey is removed.");
        assert_eq!(two.get(&page).await.status, 404);
        two.post(&remove, &[]).await.leads_to(OWN);
        two.get(OWN).await.shows(200, OVER);
        app.stop().await;
    }

    async fn an_answer_is_good_once_in_its_session_for_its_person(db: &TestStore) {
        let app = app(db).await;
        let (ada, eve) = (app.user("ada").await, app.user("eve").await);
        let (mut hers, mut others) = (device(&app), device(&app));
        add(&ada, &mut hers, "Phone").await.shows(200, "Keep your recovery codes");
        add(&eve, &mut others, "Phone").await.shows(200, "Keep your recovery codes");
        // The same device for another person as well is nobody's.
        add(&eve, &mut hers.clone(), "Mine").await.leads_to(OWN);
        eve.get(OWN).await.shows(200, WRONG);

        let (one, two) = (half(&app, "ada").await, half(&app, "ada").await);
        let said = answer(&one, &mut hers).await;
        refused(&two, &said, OVER).await;
        // Another session, which was asked something else.
        let own = answer(&two, &mut hers).await;
        refused(&two, &said, WRONG).await;
        refused(&two, &own, OVER).await;
        let stranger = answer(&two, &mut others).await;
        refused(&two, &stranger, WRONG).await;
        show(&one, &said).await.leads_to("/account");
        one.get("/account").await.shows(200, "<h1>");
        // Replayed, by who recorded it.
        let thief = half(&app, "ada").await;
        refused(&thief, &said, OVER).await;
        // And too late.
        let said = answer(&thief, &mut hers).await;
        app.pass_really(5);
        refused(&thief, &said, OVER).await;
        app.stop().await;
    }

    async fn what_does_not_hold_signs_nobody_in(db: &TestStore) {
        let app = app(db).await;
        let ada = app.user("ada").await;
        let mut device = device(&app);
        add(&ada, &mut device, "Phone").await.shows(200, "Keep your recovery codes");
        let step = half(&app, "ada").await;
        let (mut elsewhere, clone) = (device.clone(), device.clone());
        "https://relink.example".clone_into(&mut elsewhere.origin);
        let said = answer(&step, &mut elsewhere).await;
        refused(&step, &said, WRONG).await;
        let said = answer(&step, &mut device.clone().unverified()).await;
        refused(&step, &said, WRONG).await;
        answer(&step, &mut device).await;
        refused(&step, "no JSON", WRONG).await;
        // A clone whose number is behind.
        let first = half(&app, "ada").await;
        let said = answer(&first, &mut device).await;
        show(&first, &said).await.leads_to("/account");
        let said = answer(&step, &mut clone.clone()).await;
        refused(&step, &said, WRONG).await;
        // One that was removed between the question and the answer.
        let said = answer(&step, &mut device).await;
        let page = only(&first).await;
        let asked = first.post("/account/passkeys/ask", &[]).await;
        first.post(&format!("{page}/remove"), &[("passkey", &device.show(&asked.json()))]).await.leads_to(OWN);
        show(&step, &said).await.leads_to(BACK);
        step.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        app.stop().await;
    }

    async fn guessing_locks_as_with_codes(db: &TestStore) {
        let app = app(db).await;
        let ada = app.user("ada").await;
        let mut device = device(&app);
        add(&ada, &mut device, "Phone").await.shows(200, "Keep your recovery codes");
        let step = half(&app, "ada").await;
        for _ in 0..5 {
            answer(&step, &mut device.clone()).await;
            show(&step, "{}").await.leads_to(BACK);
        }
        let said = answer(&step, &mut device).await;
        refused(&step, &said, "Too many tries.").await;
        app.stop().await;
    }

    async fn a_half_reaches_nothing_and_staff_may_begin_with_a_passkey(db: &TestStore) {
        let asked = SecondFactorAsked::Always;
        let app = TestApp::with(db, Jobs::Wait, |config| config.staff.second_factor = asked).await;
        app.exists("root", Role::Admin).await;
        let root = half(&app, "root").await;
        root.get(STEP).await.shows(200, "Or use a passkey");
        // No other's questions, and none of who is signed in.
        root.post("/sign-in/passkey/ask", &[]).await.leads_to(STEP);
        for path in ["/account/passkeys/new", "/account/passkeys/ask", "/account/passkeys"] {
            root.post(path, &[]).await.leads_to("/sign-in");
        }
        let question = root.post("/sign-in/set-up/passkey/ask", &[]).await;
        let mut device = device(&app);
        let made = device.make(&question.json());
        let fields = [("name", "Laptop"), ("passkey", &*made), ("next", "/admin")];
        let done = root.post("/sign-in/set-up/passkey", &fields).await;
        done.shows(200, "Keep your recovery codes");
        assert!(done.text.contains("href=\"/admin\""), "{}", done.text);
        root.get("/admin").await.shows(200, "<h1>");
        let page = only(&root).await;
        root.get(&page).await.shows(200, "you have no other");
        let question = root.post("/account/passkeys/ask", &[]).await;
        let said = device.show(&question.json());
        root.post(&format!("{page}/remove"), &[("passkey", &said)]).await.leads_to(&page);
        root.get(&page).await.shows(200, "Add another before you remove this one.");

        let step = half(&app, "root").await;
        step.post("/sign-in/set-up/passkey/ask", &[]).await.leads_to(STEP);
        step.post("/sign-in/set-up/passkey", &fields).await.leads_to("/sign-in/second-step?next=%2Fadmin");
        for path in ["/admin", "/account", &page, "/connections"] {
            let next = path.replace('/', "%2F");
            step.get(path).await.leads_to(&format!("/sign-in?next={next}"));
        }
        let said = answer(&step, &mut device).await;
        show(&step, &said).await.leads_to("/account");
        let listed = step.get("/admin/people?q=root").await.after("href=\"/admin/people/");
        step.get(&format!("/admin/people/{}", listed[0])).await.shows(200, "On · one passkey, last used");
        step.get("/admin/audit").await.shows(200, "By passkey");
        app.stop().await;
    }

    async fn an_admin_takes_them_away_and_a_letter_tells(db: &TestStore) {
        let app = app(db).await;
        let (ada, root) = (app.user("ada").await, app.admin().await);
        add(&ada, &mut device(&app), "Phone").await.shows(200, "Keep your recovery codes");
        app.work().await;
        let newest = async || {
            let list = root.get("/outbox").await;
            let letter = list.after("href=\"/outbox/").remove(0);
            root.get(&format!("/outbox/{letter}")).await
        };
        let letter = newest().await;
        letter.shows(200, "A passkey was added to your sign-in at Relink");
        letter.shows(200, "From: 127.0.0.1");
        let page = root.get("/admin/people?q=ada").await.after("href=\"/admin/people/").remove(0);
        let page = format!("/admin/people/{page}");
        root.post(&format!("{page}/second-factor"), &[]).await.leads_to(&page);
        ada.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        app.signed_in("ada").await;
        app.pass_really(1);
        app.work().await;
        let letters = root.get("/outbox").await;
        letters.shows(200, "Your second step at Relink was taken away");
        app.stop().await;
    }
}
