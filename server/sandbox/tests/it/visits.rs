//! Whole visits through the hosted pages: what they leave behind in the API and
//! what they tell the webhook.

use chrono::Duration;
use serde_json::{Value, json};

use crate::harness::{Harness, PARTNER, Receiver};

const PLAIN: u64 = 101_732;

pub(crate) async fn generate(sandbox: &Harness, path: &str, body: Value) -> String {
    let reply = sandbox.post(path, body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.body["link"].as_str().unwrap().to_owned()
}

fn lite(customer: &str, receiver: &Receiver) -> Value {
    json!({
        "partnerId": PARTNER,
        "customerId": customer,
        "institutionId": PLAIN,
        "redirectUri": "https://app.example/return?ours=1",
        "webhook": receiver.url,
    })
}

/// Opens a link and answers the path of its visit.
pub(crate) async fn begin(sandbox: &Harness, link: &str) -> String {
    let opened = sandbox.open(link).await;
    assert_eq!(opened.status, 303, "{}", opened.text);
    opened.headers["location"].to_str().unwrap().to_owned()
}

pub(crate) async fn submit(sandbox: &Harness, visit: &str, step: &str, form: &str) {
    let reply = sandbox
        .form(&format!("{visit}/{step}"), form)
        .send()
        .await
        .unwrap();
    assert!(reply.status().as_u16() < 400, "{step}: {}", reply.status());
}

/// Signs in as the person with the many accounts and takes all, or these.
async fn connect(sandbox: &Harness, link: &str, accounts: &[&str]) {
    let visit = begin(sandbox, link).await;
    submit(sandbox, &visit, "agree", "").await;
    submit(
        sandbox,
        &visit,
        "sign-in",
        "username=profile_03&password=profile_03",
    )
    .await;
    let ticked: Vec<String> = accounts
        .iter()
        .map(|key| format!("account={key}"))
        .collect();
    submit(sandbox, &visit, "accounts", &ticked.join("&")).await;
}

async fn keys(sandbox: &Harness, link: &str) -> Vec<String> {
    let visit = begin(sandbox, link).await;
    submit(sandbox, &visit, "agree", "").await;
    submit(
        sandbox,
        &visit,
        "sign-in",
        "username=profile_03&password=profile_03",
    )
    .await;
    let page = sandbox
        .open(&format!("{}{visit}", sandbox.origin))
        .await
        .text;
    let ticks = page.split("name=\"account\" value=\"").skip(1);
    ticks
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

pub(crate) async fn accounts(sandbox: &Harness, customer: &str) -> Vec<Value> {
    let path = format!("/aggregation/v1/customers/{customer}/accounts");
    sandbox.get(&path).await.body["accounts"]
        .as_array()
        .unwrap()
        .clone()
}

#[tokio::test]
async fn lite_adds_accounts_and_tells_of_them() {
    let sandbox = Harness::start().await;
    let mut receiver = Receiver::start().await;
    let customer = sandbox.customer("new_person").await;
    let link = generate(
        &sandbox,
        "/connect/v2/generate/lite",
        lite(&customer, &receiver),
    )
    .await;
    connect(&sandbox, &link, &["checking"]).await;

    let found = accounts(&sandbox, &customer).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["institutionId"], PLAIN.to_string());
    assert_eq!(found[0]["aggregationStatusCode"], 0);
    let mut types = Vec::new();
    let added = loop {
        let event = receiver.next().await;
        types.push(event.event_type());
        if event.event_type() == "added" {
            break event.json();
        }
    };
    assert_eq!(
        added["payload"]["accounts"],
        json!(found),
        "the same records as the API's"
    );
    assert_eq!(receiver.next().await.event_type(), "done");
    assert_eq!(types, ["ping", "started", "adding", "discovered", "added"]);
    let state = sandbox.state().await;
    assert!(state["links"][0]["completed"].is_string());
    assert_eq!(state["visits"][0]["flow"], "lite");
    assert_eq!(state["visits"][0]["customerId"], customer);

    connect(&sandbox, &link, &["checking", "savings"]).await;
    let again = accounts(&sandbox, &customer).await;
    assert_eq!(again[0]["id"], found[0]["id"], "an account is added once");
    assert_eq!(
        again[1]["institutionLoginId"],
        found[0]["institutionLoginId"]
    );
}

#[tokio::test]
async fn a_single_use_link_dies_with_its_success() {
    let sandbox = Harness::start().await;
    let receiver = Receiver::start().await;
    let customer = sandbox.customer("new_person").await;
    let mut body = lite(&customer, &receiver);
    body["singleUseUrl"] = json!(true);
    let link = generate(&sandbox, "/connect/v2/generate/lite", body).await;
    let visit = begin(&sandbox, &link).await;
    submit(&sandbox, &visit, "leave", "").await;
    connect(&sandbox, &link, &["checking"]).await;
    assert!(sandbox.open(&link).await.status >= 400);
}

#[tokio::test]
async fn an_experience_filters_account_types() {
    let sandbox = Harness::start().await;
    let receiver = Receiver::start().await;
    let customer = sandbox.customer("new_person").await;
    let plain = generate(
        &sandbox,
        "/connect/v2/generate/lite",
        lite(&customer, &receiver),
    )
    .await;
    let mut body = lite(&customer, &receiver);
    body["experience"] = json!("2f6e0c52-7b0d-4f0e-9a44-6c6f3b8f5d10");
    let filtered = generate(&sandbox, "/connect/v2/generate/lite", body).await;
    let (all, some) = (
        keys(&sandbox, &plain).await,
        keys(&sandbox, &filtered).await,
    );
    assert!(
        !some.is_empty() && some.len() < all.len(),
        "{some:?} of {all:?}"
    );
}

#[tokio::test]
async fn fix_heals_a_login_and_the_first_aggregation_comes_as_set() {
    let mut sandbox = Harness::start().await;
    let mut receiver = Receiver::start().await;
    let customer = sandbox.customer("new_person").await;
    let link = generate(
        &sandbox,
        "/connect/v2/generate/lite",
        lite(&customer, &receiver),
    )
    .await;
    connect(&sandbox, &link, &["checking"]).await;
    let login = accounts(&sandbox, &customer).await[0]["institutionLoginId"].to_string();
    sandbox
        .control(json!({ "do": "breakLogin", "login": login, "code": 103 }))
        .await;
    let wish = json!({ "do": "setFirstAggregation", "when": "after", "minutes": 10 });
    sandbox.control(wish).await;

    let body = json!({
        "partnerId": PARTNER,
        "customerId": customer,
        "institutionLoginId": login,
        "webhook": receiver.url,
    });
    let link = generate(&sandbox, "/connect/v2/generate/fix", body).await;
    let visit = begin(&sandbox, &link).await;
    submit(&sandbox, &visit, "agree", "").await;
    submit(
        &sandbox,
        &visit,
        "sign-in",
        "username=profile_03&password=profile_03",
    )
    .await;
    while receiver.next().await.event_type() != "credentialsUpdated" {}
    assert_eq!(receiver.next().await.event_type(), "done");

    assert_eq!(
        accounts(&sandbox, &customer).await[0]["aggregationStatusCode"],
        103
    );
    sandbox.advance(Duration::minutes(10)).await;
    assert_eq!(
        accounts(&sandbox, &customer).await[0]["aggregationStatusCode"],
        0
    );
}
