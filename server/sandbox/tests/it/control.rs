//! The control page, its JSON door, and faults of operations.

use std::time::Duration as RealDuration;

use chrono::{DateTime, Duration};
use http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::{FIRST, Harness};

fn first() -> String {
    format!("/aggregation/v1/customers/{FIRST}")
}

#[tokio::test]
async fn the_page_shows_the_state_and_its_forms_work() {
    let sandbox = Harness::start().await;
    let page = sandbox.raw(Method::GET, "/sandbox", &[], None).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Sandbox") && page.text.contains(FIRST));
    assert!(page.text.contains("sandbox_customer_1"));
    assert!(!page.text.contains("<script"));
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    let style = sandbox
        .raw(Method::GET, "/sandbox/style.css", &[], None)
        .await;
    assert_eq!(style.headers["content-type"], "text/css; charset=utf-8");

    let before = sandbox.clock.now();
    let form = "do=advanceClock&days=1&hours=2&minutes=";
    let done = form_post(&sandbox, form, &[]).await;
    assert_eq!((done.0, done.1.as_str()), (303, "/sandbox"));
    assert_eq!(sandbox.clock.now(), before + Duration::hours(26));

    let (status, place) = form_post(&sandbox, "do=breakLogin&login=7&code=103", &[]).await;
    assert_eq!(status, 303);
    let told = sandbox.raw(Method::GET, &place, &[], None).await;
    assert!(
        told.text.contains("there is no such login"),
        "{}",
        told.text
    );
}

async fn form_post(sandbox: &Harness, form: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let mut request = sandbox.form("/sandbox/do", form);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let reply = request.send().await.unwrap();
    let place = reply
        .headers()
        .get("location")
        .map(|place| place.to_str().unwrap().to_owned());
    (reply.status().as_u16(), place.unwrap_or_default())
}

#[tokio::test]
async fn other_sites_cannot_post() {
    let sandbox = Harness::start().await;
    let form = "do=unlockPartner";
    for foreign in [
        ("origin", "http://localhost:3000"),
        ("sec-fetch-site", "cross-site"),
        ("origin", "null"),
    ] {
        assert_eq!(
            form_post(&sandbox, form, &[foreign]).await.0,
            403,
            "{foreign:?}"
        );
        let wish = Some(json!({ "do": "unlockPartner" }));
        let reply = sandbox
            .raw(Method::POST, "/sandbox/api/do", &[foreign], wish)
            .await;
        assert_eq!(reply.status, 403);
    }
    let own = sandbox.origin.clone();
    assert_eq!(form_post(&sandbox, form, &[("origin", &own)]).await.0, 303);
    let rebound = sandbox
        .raw(Method::GET, "/sandbox", &[("host", "evil.example")], None)
        .await;
    assert_eq!(rebound.status, 421);
}

#[rstest]
#[case(json!({ "do": "advanceClock", "seconds": -1 }), "forward only")]
#[case(json!({ "do": "setClock", "to": "2020-01-01T00:00:00Z" }), "forward only")]
#[case(json!({ "do": "advanceClock", "days": 100_000 }), "too far")]
#[case(json!({ "do": "setInstitution", "institution": 1 }), "no such institution")]
#[case(json!({ "do": "breakAccount", "account": 7, "code": 1 }), "no such account")]
#[case(json!({ "do": "faultOperation", "operation": "Explode" }), "no such operation")]
#[case(json!({ "do": "faultOperation", "operation": "*", "status": 99 }), "out of range")]
#[case(json!({ "do": "explode" }), "not understood")]
#[tokio::test]
async fn wishes_that_make_no_sense_are_refused(#[case] wish: Value, #[case] why: &str) {
    let sandbox = Harness::start().await;
    let reply = sandbox
        .raw(Method::POST, "/sandbox/api/do", &[], Some(wish))
        .await;
    assert_eq!(reply.status, 400);
    assert!(
        reply.body["error"].as_str().unwrap().contains(why),
        "{}",
        reply.text
    );
}

#[tokio::test]
async fn the_clock_can_be_set() {
    let sandbox = Harness::start().await;
    let state = sandbox
        .control(json!({ "do": "setClock", "to": "2026-10-01T08:00:00Z" }))
        .await;
    assert_eq!(state["clock"]["now"], "2026-10-01T08:00:00.000Z");
    let wanted = DateTime::parse_from_rfc3339("2026-10-01T08:00:00Z").unwrap();
    assert_eq!(sandbox.clock.now(), wanted);
}

#[tokio::test]
async fn settings_are_kept() {
    let sandbox = Harness::start().await;
    sandbox
        .control(json!({ "do": "setLinkUse", "links": "single" }))
        .await;
    let wish = json!({ "do": "setFirstAggregation", "when": "after", "minutes": 7 });
    let state = sandbox.control(wish).await;
    assert_eq!(state["settings"]["linkUse"], "single");
    assert_eq!(state["settings"]["firstAggregation"], "after");
    assert_eq!(state["settings"]["firstAggregationMinutes"], 7);
}

#[tokio::test]
async fn an_operation_answers_as_told() {
    let sandbox = Harness::start().await;
    let fault = |more: Value| {
        let mut wish = json!({ "do": "faultOperation", "operation": "GetCustomer", "times": 1 });
        wish.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        wish
    };
    let get = async || {
        let headers = sandbox.headers();
        sandbox.raw(Method::GET, &first(), &headers, None).await
    };

    sandbox
        .control(fault(json!({ "status": 429, "retryAfter": 3 })))
        .await;
    let limited = get().await;
    assert_eq!(limited.fault(), (429, json!(14020)));
    assert_eq!(limited.headers["retry-after"], "3");

    sandbox
        .control(fault(json!({ "status": 502, "body": "html" })))
        .await;
    let html = get().await;
    assert_eq!(html.status, 502);
    assert!(
        html.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );

    sandbox.control(fault(json!({ "body": "nonsense" }))).await;
    let nonsense = get().await;
    assert_eq!(nonsense.status, 200);
    assert!(nonsense.body.is_object() && nonsense.body.get("id").is_none());

    sandbox.control(fault(json!({ "body": "truncated" }))).await;
    assert!(serde_json::from_str::<Value>(&get().await.text).is_err());
    sandbox
        .control(fault(json!({ "status": 503, "body": "empty" })))
        .await;
    assert_eq!(get().await.text, "");

    sandbox.control(fault(json!({ "latencyMs": 150 }))).await;
    let begun = tokio::time::Instant::now();
    assert_eq!(get().await.status, 200);
    assert!(begun.elapsed() >= RealDuration::from_millis(150));
    assert_eq!(get().await.status, 200, "each fault was for one call");
}

#[tokio::test]
async fn work_may_be_done_before_its_reply_is_lost() {
    let sandbox = Harness::start().await;
    let wish = |work: &str| {
        json!({
            "do": "faultOperation",
            "operation": "AddTestingCustomer",
            "status": 504,
            "body": "empty",
            "work": work,
            "times": 1,
        })
    };
    let add = async |name: &str| {
        let body = Some(json!({ "username": name }));
        let headers = sandbox.headers();
        sandbox
            .raw(
                Method::POST,
                "/aggregation/v2/customers/testing",
                &headers,
                body,
            )
            .await
            .status
    };
    sandbox.control(wish("done")).await;
    assert_eq!(add("made_anyway").await, 504);
    assert_eq!(add("made_anyway").await, 409);
    sandbox.control(wish("undone")).await;
    assert_eq!(add("never_made").await, 504);
    assert_eq!(add("never_made").await, 201);
}

#[tokio::test]
async fn all_operations_can_fail_until_cleared() {
    let sandbox = Harness::start().await;
    let wish = json!({ "do": "faultOperation", "operation": "*", "status": 503 });
    sandbox.control(wish).await;
    assert_eq!(sandbox.get(&first()).await.status, 503);
    assert_eq!(
        sandbox.get("/institution/v2/institutions").await.status,
        503
    );
    sandbox
        .control(json!({ "do": "clearOperationFaults" }))
        .await;
    assert_eq!(sandbox.get(&first()).await.status, 200);
}

#[tokio::test]
async fn a_dead_logo_host_does_not_answer() {
    let sandbox = Harness::start().await;
    sandbox
        .control(json!({ "do": "setLogoHost", "host": "dead" }))
        .await;
    let path = "/logos/4222/icon.svg";
    let asked = sandbox.raw(Method::GET, path, &[], None);
    let waited = tokio::time::timeout(RealDuration::from_millis(300), asked).await;
    assert!(waited.is_err());
    sandbox
        .control(json!({ "do": "setLogoHost", "host": "up" }))
        .await;
    assert_eq!(sandbox.raw(Method::GET, path, &[], None).await.status, 200);
}
