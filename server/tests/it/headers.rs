//! What every answer carries: headers, policies, cookies.

use relink_engine::store::testing::TestStore;
use relink_server::config::Window;
use serde_json::json;

use super::{
    app::{FINBANK, Jobs, PASSWORD, TestApp, email},
    browser::Answer,
    db::on_both,
};

fn nonce(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next());
    nonce
        .unwrap_or_else(|| panic!("no nonce in {policy}"))
        .to_owned()
}

fn check_every_answer(path: &str, answer: &Answer) {
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
    assert!(
        ["same-origin", "no-referrer"].contains(&answer.header("referrer-policy")),
        "{path}"
    );
    assert_eq!(
        answer.header("cross-origin-opener-policy"),
        "same-origin-allow-popups",
        "{path}"
    );
    assert!(
        answer.header("permissions-policy").contains("camera=()"),
        "{path}"
    );
    assert!(!answer.header("x-request-id").is_empty(), "{path}");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
    let framed = policy.contains("frame-ancestors 'none'") || policy.starts_with("sandbox;");
    assert!(framed, "{path}: {policy}");
    assert!(
        answer
            .headers
            .get_all("content-security-policy")
            .iter()
            .count()
            == 1,
        "{path}"
    );
}

fn check_page(path: &str, page: &Answer) {
    check_every_answer(path, page);
    let policy = page.header("content-security-policy");
    for part in [
        "form-action 'self'",
        "base-uri 'none'",
        "style-src 'self'",
        "frame-src 'none'",
    ] {
        assert!(policy.contains(part), "{path}: no {part} in {policy}");
    }
    for bad in [
        "unsafe-inline",
        "unsafe-eval'; ",
        " *",
        "http:",
        "https:",
        "data:",
    ] {
        let bad_there = policy.replace("'wasm-unsafe-eval'", "").contains(bad);
        assert!(!bad_there, "{path}: {bad} in {policy}");
    }
    assert_eq!(page.header("cache-control"), "no-store", "{path}");
    let scripts = page.text.split("<script").skip(1);
    let tags: Vec<&str> = scripts.map(|it| it.split('>').next().unwrap()).collect();
    // A page that says why there is none runs nothing.
    if policy.contains("script-src 'none'") {
        assert!(page.status >= 400 && tags.is_empty(), "{path}: {tags:?}");
    } else {
        assert!(policy.contains("'strict-dynamic'"), "{path}: {policy}");
        let nonce = format!("nonce=\"{}\"", nonce(page));
        for tag in tags {
            assert!(tag.contains(&nonce), "{path}: <script{tag}> under {policy}");
        }
    }
    for inline in [
        "<style",
        " style=",
        " onclick=",
        " onerror=",
        " onload=",
        "javascript:",
    ] {
        assert!(
            !page.text.contains(inline),
            "{path}: {inline} in {}",
            page.text
        );
    }
}

on_both! {
    async fn pages_have_a_strict_policy_and_their_own_nonce(db: &TestStore) {
        let app = TestApp::start(db).await;
        let (ada, root, nobody) = (app.user("ada").await, app.admin().await, app.browser());
        let visit = app.connected(&ada, &["checking"]).await;
        let confirm = format!("/connect/{FINBANK}");
        for path in ["/", "/sign-in", "/sign-up", "/forgot-password", "/reset-password?token=x", "/confirm-email?token=x"] {
            check_page(path, &nobody.get(path).await);
        }
        for path in ["/connect?q=chase", "/connect", &confirm, &visit.page, "/connections", "/account", "/connect/missing", "/nowhere", "/admin"] {
            check_page(path, &ada.get(path).await);
        }
        check_page("/admin", &root.get("/admin").await);
        let (one, other) = (ada.get("/connect").await, ada.get("/connect").await);
        assert!(one.text.contains("<script"), "a page with islands has its script");
        assert!(nonce(&one).len() >= 16);
        assert_ne!(nonce(&one), nonce(&other), "a nonce is used once");
        for path in ["/healthz", "/readyz", "/icons/102105", "/rpc/session?id=x", "/pkg/nothing.js", "/robots.txt"] {
            check_every_answer(path, &ada.get(path).await);
        }
        app.stop().await;
    }

    async fn cookies_are_for_us_alone(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let ada = app.user("ada").await;
        let seen = ada.seen();
        let cookie = seen.last().unwrap().header("set-cookie");
        for part in ["relink=", "HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        assert!(!cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
        assert!(ada.get("/account").await.header("strict-transport-security").is_empty());
        app.stop().await;
    }

    async fn over_https_the_cookie_is_locked_to_the_host(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |config| {
            config.public_url = "https://localhost:8443".parse().unwrap();
        })
        .await;
        app.exists("ada", relink_engine::identity::Role::User).await;
        let browser = app.browser();
        let done = browser.post("/sign-in", &[("email", &email("ada")), ("password", PASSWORD)]).await;
        done.leads_to("/connections");
        let cookie = done.header("set-cookie");
        for part in ["__Host-relink=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert!(done.header("strict-transport-security").contains("max-age=31536000"));
        app.stop().await;
    }

    async fn only_the_frame_of_data_connect_may_be_shown(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |config| {
            config.connect.window = Window::Embedded;
            let assets = r#"{"css":"/pkg/a.css","js":"/pkg/a.js","wasm":"/pkg/a.wasm","sdk":"/pkg/sdk.js"}"#;
            std::fs::write(config.site.join("pkg/assets.json"), assets).unwrap();
        })
        .await;
        let ada = app.user("ada").await;
        let page = ada.get(&format!("/connect/{FINBANK}")).await;
        let frames = format!("frame-src http://{};", app.config.sandbox.listen);
        let policy = page.header("content-security-policy");
        assert!(policy.contains(&frames), "{policy}");
        assert!(page.text.contains("data-window=\"Embedded\""), "{}", page.text);
        // An institution with its own site opens at the top level, whatever
        // the script asks for.
        for (institution, window) in [(FINBANK, "Embedded"), (102_176, "Redirect")] {
            let arguments = json!({ "institution": institution, "consent_version": "trial", "window": "Embedded" });
            let answer = ada.call("start", &arguments).await;
            assert_eq!(answer.json()["window"], window, "{}", answer.text);
        }
        app.stop().await;
    }
}
