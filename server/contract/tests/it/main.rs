//! The checks, and the description's own examples under them.

use http::{HeaderMap, HeaderValue, header};
use relink_contract::Description;
use serde_json::{Value, json};

fn keys() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("Finicity-App-Key", HeaderValue::from_static("key"));
    headers.insert("Finicity-App-Token", HeaderValue::from_static("token"));
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers
}

fn ask(description: &Description, method: &str, target: &str, body: &Value) -> Vec<String> {
    let body = if body.is_null() {
        Vec::new()
    } else {
        body.to_string().into_bytes()
    };
    description
        .check_request(method, target, &keys(), &body)
        .err()
        .unwrap_or_default()
}

const LITE: &str = "/connect/v2/generate/lite";

#[test]
fn a_good_request_passes() {
    let Some(description) = Description::load() else {
        return;
    };
    let body = json!({ "partnerId": "1", "customerId": "2", "institutionId": 102_105 });
    assert_eq!(ask(&description, "POST", LITE, &body), Vec::<String>::new());
    assert!(
        ask(
            &description,
            "GET",
            "/institution/v2/institutions?start=1&limit=1000&search=",
            &Value::Null
        )
        .is_empty()
    );
    assert!(
        ask(
            &description,
            "GET",
            "/institution/v1/institutions/routingNumber/021000021",
            &Value::Null
        )
        .is_empty()
    );
    assert!(
        ask(
            &description,
            "POST",
            "/aggregation/v2/customers/1/accounts",
            &json!({})
        )
        .is_empty()
    );
}

#[test]
fn each_kind_of_mistake_is_named() {
    let Some(description) = Description::load() else {
        return;
    };
    let lite = |body| ask(&description, "POST", LITE, &body).join("; ");
    let text_id = lite(json!({ "partnerId": "1", "customerId": "2", "institutionId": "102105" }));
    assert!(text_id.contains("body/institutionId"), "{text_id}");
    let missing = lite(json!({ "partnerId": "1", "institutionId": 1 }));
    assert!(missing.contains("customerId"), "{missing}");
    let misspelt = lite(
        json!({ "partnerId": "1", "customerId": "2", "institutionId": 1, "redirectUrl": "x" }),
    );
    assert!(
        misspelt.contains("redirectUrl is not declared"),
        "{misspelt}"
    );

    let get = |target: &str| ask(&description, "GET", target, &Value::Null).join("; ");
    assert!(get("/institution/v2/institutions?limit=1001").contains("limit"));
    assert!(get("/institution/v2/institutions?page=2").contains("page is not declared"));
    assert!(get("/institution/v2/institutions/abc").contains("institutionId"));
    assert!(get("/connect/experiences").contains("appName is missing"));
    assert!(get(LITE).contains("is not in the description"));

    let keyless =
        description.check_request("GET", "/aggregation/v1/customers", &HeaderMap::new(), b"");
    assert!(keyless.is_err_and(|complaints| complaints[0].contains("headers")));
}

#[test]
fn replies_are_held_to_their_status_and_schema() {
    let Some(description) = Description::load() else {
        return;
    };
    let accounts = "/aggregation/v1/customers/1/accounts/simple";
    let told =
        |status, body: &str| description.check_reply("GET", accounts, status, body.as_bytes());
    assert_eq!(told(200, r#"{"accounts":[]}"#), Ok(()));
    assert!(told(200, r#"{"accounts":[{}]}"#).is_err());
    assert!(told(200, "<html>").is_err());
    assert!(told(418, "{}").is_err());
    assert_eq!(told(401, "Invalid (Finicity-App-Key)"), Ok(()));
    assert_eq!(told(401, r#"{"code":10023}"#), Ok(()));
    assert_eq!(told(401, r#"{"code":"10023"}"#), Ok(()));
    assert!(told(401, r#"{"code":{}}"#).is_err());
    assert_eq!(told(500, r#"{"code":103,"message":"m"}"#), Ok(()));
    let gone =
        |body: &[u8]| description.check_reply("DELETE", "/aggregation/v1/customers/1", 204, body);
    assert_eq!(gone(b""), Ok(()));
    assert!(gone(b"{}").is_err());
}

#[test]
fn a_literal_path_wins_over_a_parameter() {
    let Some(description) = Description::load() else {
        return;
    };
    let operation = description
        .operation("GET", "/notification-subscriptions/webhooks/events")
        .unwrap();
    assert_eq!(operation.id, "listAvailableWebhookSubscriptionEvents");
    assert_eq!(description.operations().len(), 63);
}

/// The mended description accepts every example it gives itself, so the list
/// of defects is complete.
#[test]
fn the_description_accepts_its_own_examples() {
    let Some(description) = Description::load() else {
        return;
    };
    let refused = description.refused_examples();
    assert_eq!(refused, Vec::<String>::new());
}
