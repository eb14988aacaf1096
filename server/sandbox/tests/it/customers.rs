//! Customers.

use serde_json::json;

use crate::harness::{FIRST, Harness};

const TESTING: &str = "/aggregation/v2/customers/testing";
const ACTIVE: &str = "/aggregation/v2/customers/active";
const LIST: &str = "/aggregation/v1/customers";

#[tokio::test]
async fn usernames_are_unique_and_freed_by_deletion() {
    let sandbox = Harness::start().await;
    let body = json!({ "username": "one_of_a_kind" });
    let made = sandbox.post(TESTING, body.clone()).await;
    assert_eq!(made.status, 201);
    assert_eq!(
        sandbox.post(ACTIVE, body.clone()).await.fault(),
        (409, json!(110_002))
    );
    let first = made.body["id"].as_str().unwrap().to_owned();
    assert_eq!(sandbox.delete(&format!("{LIST}/{first}")).await.status, 204);
    assert_eq!(
        sandbox.get(&format!("{LIST}/{first}")).await.fault(),
        (404, json!(14001))
    );
    let again = sandbox.post(ACTIVE, body).await;
    assert_eq!(again.status, 201);
    assert_ne!(again.body["id"], json!(first), "an id is given once");
}

#[tokio::test]
async fn bad_bodies_are_refused() {
    let sandbox = Harness::start().await;
    for (body, code) in [
        (json!({}), 10005),
        (json!({ "username": "" }), 10005),
        (json!({ "username": "five5" }), 110_039),
        (json!({ "username": "with space" }), 110_039),
        (
            json!({ "username": "fine_name", "firstName": "<b>" }),
            45003,
        ),
        (
            json!({ "username": "fine_name", "phone": "1234567890123456" }),
            14020,
        ),
        (json!({ "username": 123_456 }), 10010),
    ] {
        let reply = sandbox.post(TESTING, body.clone()).await;
        assert_eq!(reply.fault(), (400, json!(code)), "{body}");
    }
}

#[tokio::test]
async fn dates_are_strings_when_read_and_a_number_when_made() {
    let sandbox = Harness::start().await;
    let body = json!({ "username": "somebody", "firstName": "Zoë", "lastName": "O'Neil" });
    let made = sandbox.post(ACTIVE, body).await.body;
    assert!(made["createdDate"].is_u64());
    let read = sandbox
        .get(&format!("{LIST}/{}", made["id"].as_str().unwrap()))
        .await
        .body;
    assert_eq!(read["createdDate"], made["createdDate"].to_string());
    assert_eq!(read["type"], "active");
    assert_eq!(read["firstName"], "Zoë");
}

#[tokio::test]
async fn the_list_counts_records() {
    let sandbox = Harness::start().await;
    for name in ["name_two", "name_three", "name_four", "name_five"] {
        sandbox.customer(name).await;
    }
    let page = sandbox.get(&format!("{LIST}?limit=2&start=3")).await.body;
    assert_eq!(page["found"], 5);
    assert_eq!(page["displaying"], 2);
    assert_eq!(page["moreAvailable"], true);
    assert_eq!(page["customers"][0]["username"], "name_three");
    let last = sandbox.get(&format!("{LIST}?limit=2&start=5")).await.body;
    assert_eq!(
        (&last["displaying"], &last["moreAvailable"]),
        (&json!(1), &json!(false))
    );
    let beyond = sandbox.get(&format!("{LIST}?limit=2&start=99")).await.body;
    assert_eq!(
        (&beyond["displaying"], &beyond["moreAvailable"]),
        (&json!(0), &json!(false))
    );
}

#[tokio::test]
async fn the_list_filters() {
    let sandbox = Harness::start().await;
    let body = json!({ "username": "kurt_w", "firstName": "Kurt", "lastName": "Weill" });
    assert_eq!(sandbox.post(ACTIVE, body).await.status, 201);
    for (query, found) in [
        ("username=kurt_w", 1),
        ("username=kurt", 0),
        ("search=kurt%20weill", 1),
        ("search=weill+kurt", 1),
        ("search=KURT_", 1),
        ("search=&type=&username=", 2),
        ("type=active", 1),
        ("type=testing", 1),
    ] {
        assert_eq!(
            sandbox.get(&format!("{LIST}?{query}")).await.body["found"],
            found,
            "{query}"
        );
    }
    for (query, code) in [
        ("type=gold", 14016),
        ("start=0", 41003),
        ("limit=0", 41004),
        ("limit=1001", 14020),
    ] {
        let reply = sandbox.get(&format!("{LIST}?{query}")).await;
        assert_eq!(reply.fault(), (400, json!(code)), "{query}");
    }
}

#[tokio::test]
async fn names_can_be_changed_and_nothing_else() {
    let sandbox = Harness::start().await;
    let path = format!("{LIST}/{FIRST}");
    assert_eq!(
        sandbox.put(&path, json!({})).await.fault(),
        (400, json!(10025))
    );
    assert_eq!(
        sandbox
            .put(&path, json!({ "lastName": "New" }))
            .await
            .status,
        204
    );
    let read = sandbox.get(&path).await.body;
    assert_eq!(read["lastName"], "New");
    assert!(
        read["firstName"]
            .as_str()
            .is_some_and(|name| !name.is_empty())
    );
}

#[tokio::test]
async fn an_application_is_shown_with_its_name() {
    let sandbox = Harness::start().await;
    let body =
        json!({ "username": "with_app", "applicationId": "00278431-b712-4f30-a044-b611f25e533d" });
    let id = sandbox.post(TESTING, body).await.body["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let read = sandbox.get(&format!("{LIST}/{id}/application")).await;
    assert_eq!(read.status, 200);
    assert_eq!(
        read.body["applicationId"],
        "00278431-b712-4f30-a044-b611f25e533d"
    );
}

#[tokio::test]
async fn ids_must_exist() {
    let sandbox = Harness::start().await;
    let bad = sandbox.delete(&format!("{LIST}/abc")).await;
    assert_eq!(bad.fault(), (400, json!(14023)));
    assert_eq!(
        bad.body["message"],
        "Invalid customer id. customerId = (abc)"
    );
    assert_eq!(
        sandbox.delete(&format!("{LIST}/7")).await.fault(),
        (404, json!(14001))
    );
    assert_eq!(
        sandbox.get(&format!("{LIST}/abc")).await.fault(),
        (400, json!(14020))
    );
    let change = sandbox
        .put(&format!("{LIST}/7"), json!({ "firstName": "A" }))
        .await;
    assert_eq!(change.fault(), (404, json!(14001)));
}
