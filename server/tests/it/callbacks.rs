//! What mail providers and text message gateways tell us: only with a
//! signature, and never more than it says.

use axum::http::Method;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use relink_engine::store::testing::TestStore;
use relink_server::config::Secret;
use sha1::Sha1;

use super::{
    app::{Jobs, TestApp, email},
    browser::Answer,
    db::{on_both, rows},
};

const BOUNCES: &str = "/webhooks/mail/bounces";
const TEXTS: &str = "/webhooks/sms";
const SECRET: &str = "a secret of the mail provider";
const TOKEN: &str = "a token of the gateway";

async fn app(db: &TestStore) -> TestApp {
    TestApp::with(db, Jobs::Wait, |config| {
        config.notices.bounce_secret = Secret::new(SECRET);
        config.sms.transport = "http".into();
        config.sms.base_url = "http://127.0.0.1:1".parse().unwrap();
        config.sms.account = "AC1".into();
        config.sms.token = Secret::new(TOKEN);
        config.sms.from = "+12025550100".into();
    })
    .await
}

async fn send(app: &TestApp, path: &str, header: (&str, &str), body: &str) -> Answer {
    let url = format!("http://{}{path}", app.config.listen);
    let request = super::browser::client()
        .request(Method::POST, url)
        .header(header.0, header.1)
        .body(body.to_owned());
    super::browser::read(request.send().await.unwrap()).await
}

async fn bounce(app: &TestApp, key: &str, body: &str) -> u16 {
    let signature = relink_sandbox::hmac_hex(key.as_bytes(), body.as_bytes());
    let header = ("x-relink-signature", &*signature);
    send(app, BOUNCES, header, body).await.status
}

/// A form as the gateway sends it, signed for our public address.
async fn text(app: &TestApp, token: &str, from: &str, body: &str) -> Answer {
    let origin = app.config.public_url.origin().ascii_serialization();
    let mut mac = Hmac::<Sha1>::new_from_slice(token.as_bytes()).unwrap();
    mac.update(format!("{origin}{TEXTS}Body{body}From{from}").as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let form = format!("From={}&Body={body}", from.replace('+', "%2B"));
    send(app, TEXTS, ("x-twilio-signature", &signature), &form).await
}

on_both! {
    async fn a_bounce_counts_when_it_is_signed_final_and_about_one_of_ours(db: &TestStore) {
        let app = app(db).await;
        let ada = app.user("ada").await;
        let about = |address: &str, permanent: bool| {
            serde_json::json!({ "address": address, "permanent": permanent }).to_string()
        };
        let real = about(&email("ada"), true);
        assert_eq!(bounce(&app, "another secret", &real).await, 401);
        assert_eq!(send(&app, BOUNCES, ("x-nothing", ""), &real).await.status, 401);
        assert_eq!(bounce(&app, SECRET, "{}").await, 400);
        assert_eq!(bounce(&app, SECRET, &about(&email("ada"), false)).await, 200);
        assert_eq!(bounce(&app, SECRET, &about("nobody@example.com", true)).await, 200);
        assert_eq!(rows(db, "refused_addresses").await.len(), 0);
        for _ in 0..2 {
            assert_eq!(bounce(&app, SECRET, &real).await, 200);
        }
        assert_eq!(rows(db, "refused_addresses").await.len(), 1);
        app.work().await;
        assert_eq!(rows(db, "notices").await.len(), 1);
        drop(ada);
        app.stop().await;
    }

    async fn stop_and_start_count_when_the_gateway_signed_them(db: &TestStore) {
        let app = app(db).await;
        let phone = "+12025550123";
        assert_eq!(text(&app, "another token", phone, "STOP").await.status, 401);
        assert_eq!(rows(db, "stopped_numbers").await.len(), 0);
        assert_eq!(text(&app, TOKEN, "12345", "STOP").await.status, 200);
        assert_eq!(text(&app, TOKEN, phone, "hello").await.status, 200);
        assert_eq!(rows(db, "stopped_numbers").await.len(), 0);
        for _ in 0..2 {
            let answer = text(&app, TOKEN, phone, "STOP").await;
            assert_eq!((answer.status, &*answer.text), (200, "<Response/>"));
        }
        assert_eq!(rows(db, "stopped_numbers").await.len(), 1);
        assert_eq!(text(&app, TOKEN, phone, "START").await.status, 200);
        assert_eq!(rows(db, "stopped_numbers").await.len(), 0);
        app.stop().await;
    }

    async fn who_has_no_secret_here_is_not_listened_to(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        assert_eq!(bounce(&app, "", "{}").await, 404);
        assert_eq!(text(&app, "", "+12025550123", "STOP").await.status, 404);
        app.stop().await;
    }
}
