//! People, through their forms.

use relink_engine::{identity::Role, store::testing::TestStore};

use super::{
    app::{Jobs, PASSWORD, TestApp, email, eventually},
    browser::{Answer, Browser},
    db::{dump, on_both},
};

const OTHER: &str = "candle harbour violet";

async fn sign_in(browser: &Browser, name: &str, password: &str) -> Answer {
    browser
        .post(
            "/sign-in",
            &[("email", &email(name)), ("password", password)],
        )
        .await
}

/// What the page says after a form, without what differs from request to request.
async fn said(browser: &Browser, after: &Answer) -> String {
    let page = browser.get(after.location()).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let main = page
        .text
        .split("<main")
        .nth(1)
        .unwrap()
        .split("</main>")
        .next()
        .unwrap();
    main.to_owned()
}

/// The newest letter to `name` with this subject: where its button leads.
async fn letter(app: &TestApp, name: &str, leads: &str) -> String {
    let browser = app.browser();
    let list = eventually(&browser, "/outbox", &email(name)).await;
    for path in list.after("href=\"/outbox/") {
        let shown = browser.get(&format!("/outbox/{path}")).await;
        for way in shown.after("href=\"") {
            if way.contains(leads) {
                return way;
            }
        }
    }
    panic!("no letter to {name} that leads to {leads}");
}

fn token_of(way: &str) -> String {
    way.split("token=").nth(1).unwrap().to_owned()
}

async fn signed_in(browser: &Browser) -> bool {
    let page = browser.get("/connections").await;
    assert!([200, 303].contains(&page.status), "{}", page.text);
    page.status == 200
}

on_both! {
    async fn nobody_learns_who_has_an_account(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Run, |_| {}).await;
        app.exists("ada", Role::User).await;
        let mut said_to = Vec::new();
        for name in ["ada", "nobody"] {
            let browser = app.browser();
            let answer = sign_in(&browser, name, "this is not it, surely").await;
            answer.leads_to("/sign-in");
            said_to.push(said(&browser, &answer).await.replace(&email(name), "(who)"));
        }
        assert_eq!(said_to[0], said_to[1]);
        assert!(said_to[0].contains("do not fit together"), "{}", said_to[0]);
        said_to.clear();
        for name in ["ada", "nobody"] {
            let browser = app.browser();
            let answer = browser.post("/forgot-password", &[("email", &email(name))]).await;
            answer.leads_to("/forgot-password");
            said_to.push(said(&browser, &answer).await);
        }
        assert_eq!(said_to[0], said_to[1]);
        said_to.clear();
        for name in ["ada", "newcomer"] {
            let browser = app.browser();
            let answer = browser.post("/sign-up", &[("email", &email(name)), ("new_password", OTHER)]).await;
            answer.leads_to("/sign-in");
            said_to.push(said(&browser, &answer).await);
        }
        assert_eq!(said_to[0], said_to[1]);
        assert_eq!(sign_in(&app.browser(), "ada", OTHER).await.location(), "/sign-in", "her password is hers");
        app.stop().await;
    }

    async fn an_unknown_address_takes_as_long_as_a_wrong_password(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        app.exists("ada", Role::User).await;
        let browser = app.browser();
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        // In turns, so that whatever else the machine does falls on both.
        for _ in 0..9 {
            for (name, times) in [("ada", &mut known), ("nobody", &mut unknown)] {
                let start = tokio::time::Instant::now();
                sign_in(&browser, name, "this is not it, surely").await.leads_to("/sign-in");
                times.push(start.elapsed());
            }
        }
        let median = |times: &mut Vec<std::time::Duration>| {
            times.sort();
            times[times.len() / 2].as_secs_f64()
        };
        let ratio = median(&mut unknown) / median(&mut known);
        assert!((0.5..2.0).contains(&ratio), "unknown {unknown:?}, known {known:?}");
        app.stop().await;
    }

    async fn too_many_tries_lock_and_say_until_when(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        app.exists("ada", Role::User).await;
        for name in ["ada", "nobody"] {
            let browser = app.browser();
            for _ in 0..10 {
                let answer = sign_in(&browser, name, "this is not it, surely").await;
                assert!(said(&browser, &answer).await.contains("do not fit together"));
            }
            let answer = sign_in(&browser, name, PASSWORD).await;
            let told = said(&browser, &answer).await;
            assert!(told.contains("Too many tries. You can try again in 15 minutes."), "{name}: {told}");
            assert!(!signed_in(&browser).await);
        }
        app.pass_really(16);
        app.signed_in("ada").await;
        app.stop().await;
    }

    async fn the_session_is_another_after_signing_in(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        app.exists("ada", Role::User).await;
        let ada = app.browser();
        ada.get("/connections").await;
        let planted = ada.cookie().expect("a session before the sign-in, for its notice");
        let thief = ada.copy();
        sign_in(&ada, "ada", PASSWORD).await.leads_to("/connections");
        let own = ada.cookie().unwrap();
        assert_ne!(own, planted);
        assert!(signed_in(&ada).await);
        assert!(!signed_in(&thief).await, "the planted session is worth nothing");
        let stored = dump(db).await;
        assert!(!stored.contains(&own), "the id is stored hashed");
        let last = app.signed_in("ada").await;
        let copy = last.copy();
        last.post("/sign-out", &[]).await.leads_to("/sign-in");
        assert!(!signed_in(&copy).await, "a copied cookie ends with the session");
        assert!(signed_in(&ada).await);
        app.stop().await;
    }

    async fn a_new_person_confirms_the_address_first(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Run, |_| {}).await;
        let ada = app.browser();
        for (password, why) in [("short", "At least 12 characters"), ("password1234", "Many people use this password")] {
            let answer = ada.post("/sign-up", &[("email", &email("ada")), ("new_password", password)]).await;
            answer.leads_to("/sign-up");
            let told = said(&ada, &answer).await;
            assert!(told.contains(why) && told.contains(&email("ada")), "what was typed is kept: {told}");
            assert!(!told.contains(password), "{told}");
        }
        let fields = [("email", &*email("ada")), ("new_password", PASSWORD)];
        ada.post("/sign-up", &fields).await.leads_to("/sign-in");
        sign_in(&ada, "ada", PASSWORD).await.leads_to("/sign-in");
        assert!(!signed_in(&ada).await, "not before the letter");

        let way = letter(&app, "ada", "/confirm-email?token=").await;
        for _ in 0..2 {
            ada.get(&way).await.shows(200, "type=\"submit\"");
        }
        let token = token_of(&way);
        assert!(!dump(db).await.contains(&token), "only its hash is stored");
        let answer = ada.post("/confirm-email", &[("token", &token)]).await;
        assert!(said(&ada, &answer).await.contains("Your address is confirmed."));
        let answer = ada.post("/confirm-email", &[("token", &token)]).await;
        assert!(said(&ada, &answer).await.contains("This link no longer works."));
        sign_in(&ada, "ada", PASSWORD).await.leads_to("/connections");
        app.stop().await;
    }

    async fn a_reset_link_works_once_for_thirty_minutes(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Run, |_| {}).await;
        let (before, browser) = (app.user("ada").await, app.browser());
        browser.post("/forgot-password", &[("email", &email("ada"))]).await;
        let token = token_of(&letter(&app, "ada", "/reset-password?token=").await);
        let weak = browser.post("/reset-password", &[("token", &token), ("new_password", "short")]).await;
        assert!(said(&browser, &weak).await.contains("At least 12 characters"), "and the link still works");
        let fields = [("token", &*token), ("new_password", OTHER)];
        browser.post("/reset-password", &fields).await.leads_to("/sign-in");
        assert!(!signed_in(&before).await, "every earlier sign-in has ended");
        sign_in(&app.browser(), "ada", PASSWORD).await.leads_to("/sign-in");
        sign_in(&browser, "ada", OTHER).await.leads_to("/connections");
        let again = app.browser();
        let answer = again.post("/reset-password", &[("token", &token), ("new_password", PASSWORD)]).await;
        answer.leads_to("/forgot-password");
        assert!(said(&again, &answer).await.contains("This link no longer works."));

        app.exists("eve", Role::User).await;
        browser.post("/forgot-password", &[("email", &email("eve"))]).await;
        let late = token_of(&letter(&app, "eve", "/reset-password?token=").await);
        app.pass_really(31);
        let answer = again.post("/reset-password", &[("token", &late), ("new_password", OTHER)]).await;
        answer.leads_to("/forgot-password");
        sign_in(&app.browser(), "eve", PASSWORD).await.leads_to("/connections");
        app.stop().await;
    }

    async fn a_sign_in_is_ended_from_another_browser(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (laptop, phone) = (app.user("ada").await, app.signed_in("ada").await);
        let listed = laptop.get("/account").await;
        let others = listed.after("action=\"/account/sign-ins/");
        assert!(!others.is_empty(), "{}", listed.text);
        for other in &others {
            laptop.post(&format!("/account/sign-ins/{other}"), &[]).await.leads_to("/account");
        }
        assert!(!signed_in(&phone).await);
        assert!(signed_in(&laptop).await, "this browser's own is not among them");

        let (tablet, watch) = (app.signed_in("ada").await, app.signed_in("ada").await);
        tablet.post("/account/sign-out-everywhere", &[]).await.leads_to("/sign-in");
        for browser in [&laptop, &tablet, &watch] {
            assert!(!signed_in(browser).await);
        }
        app.stop().await;
    }

    async fn changing_the_password_ends_the_other_sign_ins(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (here, there) = (app.user("ada").await, app.signed_in("ada").await);
        let wrong = here.post("/account/password", &[("password", "not it at all"), ("new_password", OTHER)]).await;
        wrong.leads_to("/account");
        here.get("/account").await.shows(200, "This is not your current password.");
        assert!(signed_in(&there).await);
        let fields = [("password", PASSWORD), ("new_password", OTHER)];
        here.post("/account/password", &fields).await.leads_to("/account");
        assert!(signed_in(&here).await && !signed_in(&there).await);
        sign_in(&app.browser(), "ada", OTHER).await.leads_to("/connections");
        app.stop().await;
    }

    async fn signing_in_leads_to_pages_of_ours_alone(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        app.exists("ada", Role::User).await;
        let own = app.config.public_url.clone();
        let elsewhere = [
            "//evil.example", "/\\evil.example", "https://evil.example/x", "\\\\evil.example", "/\t/evil.example",
            "javascript:alert(1)", "http:evil.example", " //evil.example", "/\n/evil.example", "%2F%2Fevil.example",
        ];
        for next in elsewhere {
            let browser = app.browser();
            let fields = [("email", &*email("ada")), ("password", PASSWORD), ("next", next)];
            let answer = browser.post("/sign-in", &fields).await;
            assert_eq!(answer.status, 303, "{next}");
            let target = own.join(answer.location()).unwrap();
            assert_eq!(target.origin(), own.origin(), "{next} leads to {target}");
        }
        let browser = app.browser();
        let fields = [("email", &*email("ada")), ("password", PASSWORD), ("next", "/connect?q=chase%20bank")];
        browser.post("/sign-in", &fields).await.leads_to("/connect?q=chase%20bank");
        app.stop().await;
    }
}
