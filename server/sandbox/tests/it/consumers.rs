//! Consumers.

use serde_json::{Value, json};

use crate::harness::{FIRST, Harness};

fn path() -> String {
    format!("/decisioning/v1/customers/{FIRST}/consumer")
}

fn john() -> Value {
    json!({
        "firstName": "John",
        "lastName": "Doe",
        "state": "UT",
        "ssn": "989-89-8989",
        "birthday": { "year": "1989", "month": "12", "dayOfMonth": "13" },
        "phone": "1-3-1234-1234",
    })
}

#[tokio::test]
async fn one_consumer_per_customer_that_outlives_it() {
    let sandbox = Harness::start().await;
    let none = sandbox.get(&path()).await;
    assert_eq!(none.fault(), (404, json!(10100)));
    let made = sandbox.post(&path(), john()).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.body["customerId"].to_string(), FIRST);
    assert_eq!(
        sandbox.post(&path(), john()).await.fault(),
        (409, json!(11000))
    );

    let consumer = format!(
        "/decisioning/v1/consumers/{}",
        made.body["id"].as_str().unwrap()
    );
    let read = sandbox.get(&consumer).await.body;
    assert_eq!(read["ssn"], "8989");
    assert_eq!(
        read["birthday"],
        json!({ "year": 1989, "month": 12, "dayOfMonth": 13 })
    );
    assert_eq!(sandbox.get(&path()).await.body, read);

    let change = json!({ "email": "john@doe.example", "ssn": "111223333" });
    assert_eq!(sandbox.put(&consumer, change).await.status, 204);
    let changed = sandbox.get(&consumer).await.body;
    assert_eq!(changed["ssn"], "3333");
    assert_eq!(changed["phone"], "1-3-1234-1234", "what is not named stays");

    let customer = format!("/aggregation/v1/customers/{FIRST}");
    assert_eq!(sandbox.delete(&customer).await.status, 204);
    assert_eq!(sandbox.get(&consumer).await.status, 200);
    assert_eq!(sandbox.get(&path()).await.fault(), (404, json!(14001)));
}

#[tokio::test]
async fn what_is_wanted_and_how_it_is_written() {
    let sandbox = Harness::start().await;
    let without = |names: &[&str]| {
        let mut body = john();
        for name in names {
            body.as_object_mut().unwrap().remove(*name);
        }
        body
    };
    let with = |name: &str, value: Value| {
        let mut body = john();
        body[name] = value;
        body
    };
    for (body, code) in [
        (without(&["firstName"]), 10005),
        (without(&["state"]), 10005),
        (without(&["ssn", "birthday"]), 10005),
        (without(&["phone"]), 10005),
        (with("ssn", json!("12345678")), 10100),
        (with("phone", json!("call me")), 10100),
        (with("email", json!("nobody")), 10100),
        (with("birthday", json!({ "year": 1989 })), 14020),
        (with("endUser", json!({ "name": "Jane" })), 10005),
    ] {
        let reply = sandbox.post(&path(), body.clone()).await;
        assert_eq!(reply.fault(), (400, json!(code)), "{body}");
    }
    let stranger = sandbox
        .post("/decisioning/v1/customers/7/consumer", john())
        .await;
    assert_eq!(stranger.fault(), (404, json!(14001)));
    let unknown = sandbox
        .put("/decisioning/v1/consumers/none", json!({}))
        .await;
    assert_eq!(unknown.fault(), (404, json!(10100)));
}
