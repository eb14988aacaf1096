//! Whom a forwarded address is believed from.

use axum::http::Method;
use relink_engine::{identity::Role, store::testing::TestStore};

use super::{
    app::{Jobs, PASSWORD, TestApp, email},
    browser::{Answer, Browser},
    db::on_both,
};

/// Posts as though proxies had written `forwarded`.
async fn post(browser: &Browser, path: &str, fields: &[(&str, &str)], forwarded: &str) -> Answer {
    let from = [
        ("sec-fetch-site", "same-origin"),
        ("x-forwarded-for", forwarded),
    ];
    browser.post_from(path, fields, &from).await
}

/// The address that a sign-in with this header is listed under.
async fn listed(app: &TestApp, forwarded: &str) -> String {
    let browser = app.browser();
    let fields = [("email", &*email("ada")), ("password", PASSWORD)];
    let entered = post(&browser, "/sign-in", &fields, forwarded).await;
    entered.leads_to("/connections");
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("x-forwarded-for", forwarded),
    ];
    let account = browser.send(Method::GET, "/account", &headers, None).await;
    assert_eq!(account.status, 200, "{}", account.text);
    account.text
}

/// How many letters are promised before the limit by address holds, each asked
/// for to another mailbox. More than 30 from one address are refused.
async fn letters(app: &TestApp, forwarded: impl Fn(usize) -> String) -> usize {
    let browser = app.browser();
    for number in 0..35 {
        let mailbox = email(&format!("box{number}"));
        let fields = [("email", &*mailbox)];
        post(&browser, "/forgot-password", &fields, &forwarded(number)).await;
        let told = browser.get("/forgot-password").await;
        if told.text.contains("Too many tries") {
            return number;
        }
    }
    35
}

on_both! {
    async fn without_proxies_nobody_is_believed(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |config| config.trusted_proxies = 0).await;
        app.exists("ada", Role::User).await;
        let page = listed(&app, "203.0.113.9").await;
        assert!(page.contains("127.0.0.1") && !page.contains("203.0.113.9"), "{page}");
        let asked = letters(&app, |number| format!("203.0.113.{number}")).await;
        assert_eq!(asked, 30, "a new address a request does not get round the limit");
        app.stop().await;
    }

    async fn one_proxy_is_believed_for_one_step(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |config| config.trusted_proxies = 1).await;
        app.exists("ada", Role::User).await;
        let page = listed(&app, "198.51.100.7, 203.0.113.9").await;
        assert!(page.contains("203.0.113.9") && !page.contains("198.51.100.7"), "{page}");
        let lied = letters(&app, |number| format!("198.51.100.{number}, 203.0.113.77")).await;
        assert_eq!(lied, 30, "what the caller wrote before the proxy counts for nothing");
        let honest = letters(&app, |number| format!("203.0.113.{}", 100 + number)).await;
        assert_eq!(honest, 35, "people at other addresses have limits of their own");
        app.stop().await;
    }

    async fn two_proxies_are_believed_for_two_steps(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |config| config.trusted_proxies = 2).await;
        app.exists("ada", Role::User).await;
        let page = listed(&app, "198.51.100.7, 203.0.113.9, 192.0.2.1").await;
        assert!(page.contains("203.0.113.9") && !page.contains("198.51.100.7"), "{page}");
        assert!(!page.contains("192.0.2.1"), "{page}");
        let page = listed(&app, "203.0.113.50").await;
        assert!(!page.contains("203.0.113.50"), "fewer steps than proxies: the way round them");
        app.stop().await;
    }
}
