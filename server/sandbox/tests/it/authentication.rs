//! Key, token, secret, lock.

use chrono::Duration;
use http::Method;
use serde_json::json;

use crate::harness::{APP_KEY, FIRST, Harness, PARTNER, SECRET};

const AUTHENTICATION: &str = "/aggregation/v2/partners/authentication";
const NEW: &str = "Another-Secret-77";

#[tokio::test]
async fn key_and_token_are_wanted() {
    let sandbox = Harness::start().await;
    let path = format!("/aggregation/v1/customers/{FIRST}");
    let call =
        async |headers: &[(&str, &str)]| sandbox.call(Method::GET, &path, headers, None).await;

    assert_eq!(call(&[]).await.fault(), (401, json!(10026)));
    let wrong = call(&[("finicity-app-key", "wrong")]).await;
    assert_eq!(
        (wrong.status, wrong.text.as_str()),
        (401, "Invalid (Finicity-App-Key)")
    );
    assert!(
        wrong.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/plain")
    );
    let key = ("finicity-app-key", APP_KEY);
    assert_eq!(call(&[key]).await.fault(), (401, json!(10024)));
    assert_eq!(
        call(&[key, ("finicity-app-token", "x")]).await.fault(),
        (401, json!(10022))
    );
}

#[tokio::test]
async fn codes_are_strings_in_connect_replies_only() {
    let sandbox = Harness::start().await;
    let connect = sandbox
        .call(Method::POST, "/connect/v2/generate", &[], None)
        .await;
    assert_eq!(connect.fault(), (401, json!("10026")));
    let consumer = sandbox.get("/decisioning/v1/consumers/none").await;
    assert_eq!(consumer.fault(), (404, json!(10100)));
}

#[tokio::test]
async fn a_token_ends_after_two_hours() {
    let mut sandbox = Harness::start().await;
    let path = format!("/aggregation/v1/customers/{FIRST}");
    sandbox.clock.advance(Duration::minutes(119)).unwrap();
    assert_eq!(sandbox.get(&path).await.status, 200);
    sandbox.clock.advance(Duration::minutes(1)).unwrap();
    assert_eq!(sandbox.get(&path).await.fault(), (401, json!(10023)));
    sandbox.sign_in().await;
    assert_eq!(sandbox.get(&path).await.status, 200);
}

#[tokio::test]
async fn five_wrong_secrets_lock_the_partner() {
    let sandbox = Harness::start().await;
    for _ in 0..5 {
        assert_eq!(sandbox.token("wrong").await.fault(), (401, json!(10001)));
    }
    assert_eq!(sandbox.token(SECRET).await.fault(), (401, json!(10021)));
    sandbox.control(json!({ "do": "unlockPartner" })).await;
    assert_eq!(sandbox.token(SECRET).await.status, 200);
}

#[tokio::test]
async fn missing_and_unknown_members() {
    let sandbox = Harness::start().await;
    let key = [("finicity-app-key", APP_KEY)];
    for (body, fault) in [
        (json!({ "partnerSecret": SECRET }), (400, json!(10005))),
        (json!({ "partnerId": PARTNER }), (400, json!(10005))),
        (
            json!({ "partnerId": "1", "partnerSecret": SECRET }),
            (404, json!(12401)),
        ),
        (json!([]), (400, json!(14020))),
    ] {
        let reply = sandbox
            .call(Method::POST, AUTHENTICATION, &key, Some(body))
            .await;
        assert_eq!(reply.fault(), fault, "{}", reply.text);
    }
}

#[tokio::test]
async fn a_changed_secret_and_its_reversal_leave_tokens_valid() {
    let sandbox = Harness::start().await;
    let key = [("finicity-app-key", APP_KEY)];
    let change = async |from: &str, to: &str| {
        let body = json!({ "partnerId": PARTNER, "partnerSecret": from, "newPartnerSecret": to });
        sandbox
            .call(Method::PUT, AUTHENTICATION, &key, Some(body))
            .await
    };
    assert_eq!(change(SECRET, "short").await.fault(), (400, json!(24437)));
    assert_eq!(change("wrong", NEW).await.fault(), (401, json!(10001)));
    assert_eq!(change(SECRET, NEW).await.status, 204);
    assert_eq!(sandbox.token(SECRET).await.fault(), (401, json!(10001)));
    let path = format!("/aggregation/v1/customers/{FIRST}");
    assert_eq!(sandbox.get(&path).await.status, 200);
    assert_eq!(change(NEW, SECRET).await.status, 204);
    assert_eq!(sandbox.get(&path).await.status, 200);
    assert_eq!(sandbox.token(SECRET).await.status, 200);
}

#[tokio::test]
async fn the_former_secret_may_be_kept_for_thirty_days() {
    let sandbox = Harness::start().await;
    let key = [("finicity-app-key", APP_KEY)];
    let body = json!({
        "partnerId": PARTNER,
        "partnerSecret": SECRET,
        "newPartnerSecret": NEW,
        "immediate": false,
    });
    let reply = sandbox
        .call(Method::PUT, AUTHENTICATION, &key, Some(body))
        .await;
    assert_eq!(reply.status, 204);
    assert_eq!(sandbox.token(SECRET).await.status, 200);
    assert_eq!(sandbox.token(NEW).await.status, 200);
    sandbox.clock.advance(Duration::days(30)).unwrap();
    assert_eq!(sandbox.token(SECRET).await.fault(), (401, json!(10001)));
}
