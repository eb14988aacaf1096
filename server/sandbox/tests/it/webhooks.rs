//! Webhooks: what is sent, signed, repeated and bent.

use chrono::Duration;
use http::Method;
use relink_sandbox::hmac_hex;
use serde_json::{Value, json};

use crate::harness::{APP_KEY, FIRST, HOME, Harness, PARTNER, Received, Receiver, SECRET};

async fn link(sandbox: &Harness, receiver: &mut Receiver) -> String {
    let body = json!({
        "partnerId": PARTNER,
        "customerId": FIRST,
        "institutionId": HOME,
        "webhook": receiver.url,
        "webhookData": { "reference": "r-1" },
        "webhookHeaders": { "X-Mine": "42", "X-Finicity-Signature": "forged" },
    });
    let reply = sandbox.post("/connect/v2/generate/lite", body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let ping = receiver.next().await;
    assert_eq!(ping.body, r#"{"eventType":"ping","payload":{}}"#);
    assert_signed(&ping, SECRET);
    reply.body["link"].as_str().unwrap().to_owned()
}

fn assert_signed(received: &Received, secret: &str) {
    let signatures: Vec<_> = received
        .headers
        .get_all("x-finicity-signature")
        .iter()
        .collect();
    assert_eq!(
        signatures,
        [hmac_hex(secret.as_bytes(), &received.body).as_str()]
    );
    assert_eq!(received.headers["content-type"], "application/json");
    assert_eq!(received.headers["x-mine"], "42");
}

fn id(received: &Received) -> String {
    received.json()["eventId"].as_str().unwrap().to_owned()
}

/// Waits until the latest delivery was tried `attempts` times.
async fn tried(sandbox: &Harness, attempts: usize) -> Value {
    for _ in 0..400 {
        let delivery = sandbox.state().await["deliveries"][0].clone();
        let done = delivery["attempts"].as_array().map_or(0, Vec::len);
        if done >= attempts && delivery["progress"] != "sending" {
            assert_eq!(done, attempts);
            return delivery;
        }
        tokio::task::yield_now().await;
    }
    panic!(
        "{attempts} attempts were not made: {}",
        sandbox.state().await["deliveries"][0]
    );
}

#[tokio::test]
async fn events_carry_data_headers_and_a_signature_over_their_bytes() {
    let sandbox = Harness::start().await;
    let mut receiver = Receiver::start().await;
    let link = link(&sandbox, &mut receiver).await;
    sandbox.open(&link).await;
    let started = receiver.next().await;
    assert_signed(&started, SECRET);
    let body = started.json();
    assert_eq!(body["eventType"], "started");
    assert_eq!(body["customerId"], FIRST);
    assert_eq!(body["webhookData"], json!({ "reference": "r-1" }));
    let (millis, rest) = body["eventId"].as_str().unwrap().split_once('-').unwrap();
    assert_eq!(millis, sandbox.clock.now().timestamp_millis().to_string());
    assert!(rest.len() == 24 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[tokio::test]
async fn refused_events_are_repeated_as_the_clock_moves() {
    let sandbox = Harness::start().await;
    let mut receiver = Receiver::start().await;
    let link = link(&sandbox, &mut receiver).await;
    receiver.answer(503);
    sandbox.open(&link).await;
    tried(&sandbox, 1).await;
    for (attempt, pause) in [12, 72, 432, 2_592, 15_552, 93_312].into_iter().enumerate() {
        sandbox
            .clock
            .advance(Duration::milliseconds(pause - 1))
            .unwrap();
        tried(&sandbox, attempt + 1).await;
        sandbox.clock.advance(Duration::milliseconds(1)).unwrap();
        tried(&sandbox, attempt + 2).await;
    }
    sandbox.clock.advance(Duration::hours(5)).unwrap();
    tried(&sandbox, 12).await;
    receiver.answer(200);
    sandbox.clock.advance(Duration::hours(1)).unwrap();
    let delivery = tried(&sandbox, 13).await;
    assert_eq!(delivery["progress"], "delivered");
    let first = id(&receiver.next().await);
    let mut repeated = 0;
    while let Some(again) = receiver.pending() {
        assert_eq!(id(&again), first);
        repeated += 1;
    }
    assert_eq!(repeated, 12);
}

#[tokio::test]
async fn after_seventy_two_hours_the_sender_gives_up() {
    let sandbox = Harness::start().await;
    let mut receiver = Receiver::start().await;
    let link = link(&sandbox, &mut receiver).await;
    receiver.answer(500);
    sandbox.open(&link).await;
    sandbox.clock.advance(Duration::hours(80)).unwrap();
    let delivery = tried(&sandbox, 79).await;
    assert_eq!(delivery["progress"], "givenUp");
}

#[tokio::test]
async fn a_changed_secret_signs_what_is_sent_from_then_on() {
    let sandbox = Harness::start().await;
    let mut receiver = Receiver::start().await;
    let link = link(&sandbox, &mut receiver).await;
    let change = json!({
        "partnerId": PARTNER,
        "partnerSecret": SECRET,
        "newPartnerSecret": "Another-Secret-77",
    });
    let path = "/aggregation/v2/partners/authentication";
    let key = [("finicity-app-key", APP_KEY)];
    assert_eq!(
        sandbox
            .call(Method::PUT, path, &key, Some(change))
            .await
            .status,
        204
    );
    sandbox.open(&link).await;
    assert_signed(&receiver.next().await, "Another-Secret-77");
}

#[tokio::test]
async fn events_can_be_lost_and_delayed() {
    let sandbox = Harness::start().await;
    let mut receiver = Receiver::start().await;
    let link = link(&sandbox, &mut receiver).await;
    sandbox
        .control(json!({ "do": "faultWebhooks", "effect": "lose" }))
        .await;
    let late = json!({ "do": "faultWebhooks", "effect": "delay", "delaySeconds": 600 });
    sandbox.control(late).await;
    sandbox.open(&link).await;
    sandbox.open(&link).await;
    sandbox.open(&link).await;
    let third = id(&receiver.next().await);
    assert!(receiver.pending().is_none());
    sandbox.clock.advance(Duration::minutes(10)).unwrap();
    let second = id(&receiver.next().await);
    let deliveries = sandbox.state().await["deliveries"].clone();
    assert_eq!(deliveries[0]["eventId"], third);
    assert_eq!(deliveries[1]["eventId"], second);
    assert_eq!(deliveries[2]["progress"], "lost");
}

#[tokio::test]
async fn events_can_be_doubled_and_reordered() {
    let sandbox = Harness::start().await;
    let mut receiver = Receiver::start().await;
    let link = link(&sandbox, &mut receiver).await;
    sandbox
        .control(json!({ "do": "faultWebhooks", "effect": "double" }))
        .await;
    sandbox.open(&link).await;
    let (once, twice) = (receiver.next().await, receiver.next().await);
    assert_eq!(once.body, twice.body);

    sandbox
        .control(json!({ "do": "faultWebhooks", "effect": "reorder" }))
        .await;
    sandbox.open(&link).await;
    sandbox.open(&link).await;
    let (first, second) = (id(&receiver.next().await), id(&receiver.next().await));
    let deliveries = sandbox.state().await["deliveries"].clone();
    assert_eq!(deliveries[0]["eventId"], first, "the later one came first");
    assert_eq!(deliveries[1]["eventId"], second);
}

#[tokio::test]
async fn a_fault_may_be_for_one_type_only() {
    let sandbox = Harness::start().await;
    let mut receiver = Receiver::start().await;
    let link = link(&sandbox, &mut receiver).await;
    let wish = json!({ "do": "faultWebhooks", "effect": "lose", "eventType": "done" });
    let state = sandbox.control(wish).await;
    assert_eq!(state["faults"]["webhooks"][0]["eventType"], "done");
    sandbox.open(&link).await;
    assert_eq!(receiver.next().await.event_type(), "started");
    let state = sandbox.control(json!({ "do": "clearWebhookFaults" })).await;
    assert_eq!(state["faults"]["webhooks"], json!([]));
}
