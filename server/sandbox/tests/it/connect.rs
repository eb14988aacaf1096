//! Links: what a call needs, what a link is worth.

use chrono::Duration;
use relink_sandbox::LinkUse;
use serde_json::{Value, json};

use crate::harness::{FIRST, HOME, Harness, PARTNER, Receiver};

const LITE: &str = "/connect/v2/generate/lite";
const FIX: &str = "/connect/v2/generate/fix";
const FULL: &str = "/connect/v2/generate";

fn lite() -> Value {
    json!({ "partnerId": PARTNER, "customerId": FIRST, "institutionId": HOME })
}

fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

fn without(mut body: Value, name: &str) -> Value {
    body.as_object_mut().unwrap().remove(name);
    body
}

async fn link(sandbox: &Harness, body: Value) -> String {
    let reply = sandbox.post(LITE, body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.body["link"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_link_names_what_the_official_example_names() {
    let sandbox = Harness::start().await;
    let link: url::Url = link(&sandbox, lite()).await.parse().unwrap();
    assert_eq!(link.origin().ascii_serialization(), sandbox.origin);
    let value = |name: &str| {
        link.query_pairs()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.into_owned())
    };
    let now = sandbox.clock.now().timestamp_millis();
    for (name, wanted) in [
        ("customerId", FIRST.to_owned()),
        ("institutionId", HOME.to_string()),
        ("origin", "url".to_owned()),
        ("partnerId", PARTNER.to_owned()),
        ("timestamp", now.to_string()),
        ("ttl", (now + 7_200_000).to_string()),
        ("type", "lite".to_owned()),
        ("webhookContentType", "application/json".to_owned()),
    ] {
        assert_eq!(value(name), Some(wanted), "{name}");
    }
    let signature = value("signature").unwrap();
    assert!(signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[tokio::test]
async fn every_flow_makes_a_link_as_in_the_official_examples() {
    let sandbox = Harness::start().await;
    let login = &sandbox.state().await["customers"][0]["logins"][0]["id"];
    let borrower = |kind| json!({ "customerId": FIRST, "consumerId": "never-made", "type": kind });
    let borrowers = json!([borrower("primary"), borrower("jointBorrower")]);
    let email = json!({ "to": "somebody@mail.example" });
    for (path, body) in [
        (
            FULL,
            json!({ "partnerId": PARTNER, "customerId": FIRST, "consumerId": "never-made" }),
        ),
        (
            FIX,
            json!({ "partnerId": PARTNER, "customerId": FIRST, "institutionLoginId": login.to_string() }),
        ),
        (
            "/connect/v2/generate/jointBorrower",
            json!({ "partnerId": PARTNER, "borrowers": borrowers }),
        ),
        (
            "/connect/v2/send/email",
            json!({ "partnerId": PARTNER, "customerId": FIRST, "consumerId": "x", "email": email }),
        ),
        (
            "/connect/v2/send/email/jointBorrower",
            json!({ "partnerId": PARTNER, "borrowers": borrowers, "email": email }),
        ),
    ] {
        let reply = sandbox.post(path, body).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        let link = reply.body["link"].as_str().unwrap();
        assert!(sandbox.open(link).await.status < 400, "{path}");
        if path.contains("email") {
            assert_eq!(
                reply.body["emailConfig"]["subject"],
                "Verify your Financial Information"
            );
        }
    }
}

#[tokio::test]
async fn what_a_call_needs() {
    let sandbox = Harness::start().await;
    for (body, code) in [
        (without(lite(), "partnerId"), "10005"),
        (without(lite(), "customerId"), "10005"),
        (without(lite(), "institutionId"), "10005"),
        (with(lite(), "partnerId", json!("1")), "10010"),
        (with(lite(), "customerId", json!("7")), "10010"),
        (with(lite(), "customerId", json!(1_005_061_234)), "10010"),
        (with(lite(), "institutionId", json!(1)), "10010"),
        (with(lite(), "institutionId", json!("102105")), "10010"),
        (with(lite(), "experience", json!("mine")), "10010"),
        (with(lite(), "redirectUri", json!("nowhere")), "10010"),
        (with(lite(), "isWebView", json!(true)), "10005"),
        (with(lite(), "singleUseUrl", json!("yes")), "10010"),
        (with(lite(), "webhook", json!("nowhere")), "10010"),
        (json!([]), "14020"),
    ] {
        let reply = sandbox.post(LITE, body.clone()).await;
        assert_eq!(reply.fault(), (400, json!(code)), "{body}");
    }
    let experience = sandbox
        .post(LITE, with(lite(), "experience", json!("mine")))
        .await;
    assert_eq!(
        experience.body["message"],
        "\"experience\" must be a valid GUID"
    );
    assert_eq!(experience.body["status"], "400");

    let fix = json!({ "partnerId": PARTNER, "customerId": FIRST, "institutionLoginId": "7" });
    assert_eq!(sandbox.post(FIX, fix).await.fault(), (404, json!("38007")));
    let joint = json!({ "partnerId": PARTNER, "borrowers": [] });
    let reply = sandbox
        .post("/connect/v2/generate/jointBorrower", joint)
        .await;
    assert_eq!(reply.fault(), (400, json!("10005")));
}

#[tokio::test]
async fn a_testing_customer_may_name_any_known_institution() {
    let sandbox = Harness::start().await;
    assert_eq!(
        sandbox
            .post(LITE, with(lite(), "institutionId", json!(4222)))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn links_expire_and_cannot_be_changed() {
    let sandbox = Harness::start().await;
    let link = link(&sandbox, lite()).await;
    assert!(sandbox.open(&link).await.status < 400);
    let tampered = link.replace(&HOME.to_string(), "4222");
    assert!(sandbox.open(&tampered).await.status >= 400);
    sandbox.clock.advance(Duration::minutes(119)).unwrap();
    assert!(sandbox.open(&link).await.status < 400);
    sandbox.clock.advance(Duration::minutes(1)).unwrap();
    assert!(sandbox.open(&link).await.status >= 400);
}

#[tokio::test]
async fn a_refused_ping_makes_no_link() {
    let sandbox = Harness::start().await;
    let mut receiver = Receiver::start().await;
    let body = with(lite(), "webhook", json!(receiver.url));
    for status in [204, 500, 302] {
        receiver.answer(status);
        let reply = sandbox.post(LITE, body.clone()).await;
        assert_eq!(reply.fault(), (400, json!("10010")), "{status}");
        assert!(reply.body["message"].as_str().unwrap().contains("ping"));
        assert_eq!(receiver.next().await.event_type(), "ping");
    }
    let nobody = with(lite(), "webhook", json!("http://127.0.0.1:9/hook"));
    assert_eq!(sandbox.post(LITE, nobody).await.status, 400);
    assert_eq!(sandbox.state().await["links"], json!([]));
    receiver.answer(200);
    assert_eq!(sandbox.post(LITE, body).await.status, 200);
}

#[tokio::test]
async fn single_use_is_the_calls_or_the_default() {
    let sandbox = Harness::with(|config| config.link_use = LinkUse::Single).await;
    link(&sandbox, lite()).await;
    link(&sandbox, with(lite(), "singleUseUrl", json!(false))).await;
    let state = sandbox.state().await;
    assert_eq!(state["links"][0]["singleUse"], false);
    assert_eq!(state["links"][1]["singleUse"], true);
}

#[tokio::test]
async fn experiences_are_listed_by_application() {
    let sandbox = Harness::start().await;
    let all = sandbox
        .get("/connect/experiences?appName=Relink%20Sandbox")
        .await
        .body;
    assert!(all.as_array().unwrap().len() >= 2);
    let some = sandbox
        .get("/connect/experiences?appName=Relink%20Sandbox&productCode=ACH")
        .await;
    assert_eq!(some.body.as_array().unwrap().len(), 1);
    let none = sandbox.get("/connect/experiences?appName=other").await;
    assert_eq!(none.fault(), (404, json!("4004")));
    assert_eq!(
        sandbox.get("/connect/experiences").await.fault(),
        (400, json!("10005"))
    );
}
