//! Breaks and what heals them, closed accounts, and Fix that has nothing to do.

use chrono::Duration;
use http::Method;
use serde_json::{Value, json};

use crate::harness::{FIRST, Harness, PARTNER};
use crate::visits::{accounts, begin, generate, submit};

const PLAIN: u64 = 101_732;
const SIGN_IN: &str = "username=profile_03&password=profile_03";

/// A new customer with two accounts at an institution without OAuth; their login.
pub(crate) async fn connected(sandbox: &Harness, name: &str) -> (String, u64) {
    let customer = sandbox.customer(name).await;
    let body = json!({ "partnerId": PARTNER, "customerId": customer, "institutionId": PLAIN });
    let link = generate(sandbox, "/connect/v2/generate/lite", body).await;
    let visit = begin(sandbox, &link).await;
    submit(sandbox, &visit, "agree", "").await;
    submit(sandbox, &visit, "sign-in", SIGN_IN).await;
    submit(
        sandbox,
        &visit,
        "accounts",
        "account=checking&account=savings",
    )
    .await;
    let login = accounts(sandbox, &customer).await[0]["institutionLoginId"].as_u64();
    (customer, login.unwrap())
}

pub(crate) fn fix_body(customer: &str, login: u64) -> Value {
    json!({
        "partnerId": PARTNER,
        "customerId": customer,
        "institutionLoginId": login.to_string(),
        "redirectUri": "https://app.example/back",
    })
}

/// Opens Fix; the path of the visit.
pub(crate) async fn fix(sandbox: &Harness, customer: &str, login: u64) -> String {
    let body = fix_body(customer, login);
    let link = generate(sandbox, "/connect/v2/generate/fix", body).await;
    begin(sandbox, &link).await
}

async fn run_fix(sandbox: &Harness, customer: &str, login: u64) {
    let visit = fix(sandbox, customer, login).await;
    submit(sandbox, &visit, "agree", "").await;
    submit(sandbox, &visit, "sign-in", SIGN_IN).await;
    assert_eq!(visit_of(sandbox, &visit).await["end"], "complete");
}

/// What the control API shows of a visit.
pub(crate) async fn visit_of(sandbox: &Harness, path: &str) -> Value {
    let id = path.trim_start_matches("/connect/");
    let visits = sandbox.state().await["visits"].clone();
    let visits = visits.as_array().unwrap().clone();
    visits.into_iter().find(|visit| visit["id"] == id).unwrap()
}

async fn page(sandbox: &Harness, visit: &str) -> String {
    let address = format!("{}{visit}", sandbox.origin);
    sandbox.open(&address).await.text
}

pub(crate) async fn codes(sandbox: &Harness, customer: &str) -> Vec<u64> {
    accounts(sandbox, customer)
        .await
        .iter()
        .map(|account| account["aggregationStatusCode"].as_u64().unwrap())
        .collect()
}

#[tokio::test]
async fn fix_runs_to_its_end_and_the_code_stays() {
    let mut sandbox = Harness::start().await;
    let (customer, login) = connected(&sandbox, "new_person").await;
    let wish = json!({ "do": "breakLogin", "login": login, "code": 103, "heals": "never" });
    sandbox.control(wish).await;
    run_fix(&sandbox, &customer, login).await;
    assert_eq!(codes(&sandbox, &customer).await, [103, 103]);
    sandbox.advance(Duration::days(3)).await;
    assert_eq!(codes(&sandbox, &customer).await, [103, 103]);

    let wish = json!({ "do": "breakLogin", "login": login, "code": 103, "heals": "fix" });
    sandbox.control(wish).await;
    run_fix(&sandbox, &customer, login).await;
    assert_eq!(codes(&sandbox, &customer).await, [0, 0]);
}

#[tokio::test]
async fn time_heals_with_a_night() {
    let mut sandbox = Harness::start().await;
    let (customer, login) = connected(&sandbox, "new_person").await;
    let wish = json!({ "do": "breakLogin", "login": login, "code": 185, "inDays": 1 });
    let state = sandbox.control(wish).await;
    let shown = state["customers"][1]["logins"][0].clone();
    assert_eq!(shown["forcedCode"], 185);
    assert_eq!(shown["heals"], "2026-09-21T20:00:00.000Z");
    sandbox.advance(Duration::hours(24)).await;
    assert_eq!(codes(&sandbox, &customer).await, [185, 185]);
    sandbox.advance(Duration::hours(12)).await;
    assert_eq!(codes(&sandbox, &customer).await, [0, 0]);
}

#[tokio::test]
async fn a_share_of_an_institution_breaks_always_the_same() {
    let broken = async |seed| {
        let sandbox = Harness::with(|config| config.seed = seed).await;
        let mut customers = Vec::new();
        for number in 0..10 {
            customers.push(connected(&sandbox, &format!("person_{number}")).await.0);
        }
        let wish =
            json!({ "do": "breakInstitution", "institution": PLAIN, "code": 906, "percent": 30 });
        sandbox.control(wish).await;
        let mut hit = Vec::new();
        for (index, customer) in customers.iter().enumerate() {
            if codes(&sandbox, customer).await == [906, 906] {
                hit.push(index);
            }
        }
        assert_eq!(codes(&sandbox, FIRST).await[0], 0, "another institution");
        let wish = json!({ "do": "heal", "institution": PLAIN });
        sandbox.control(wish).await;
        assert_eq!(codes(&sandbox, &customers[hit[0]]).await, [0, 0]);
        hit
    };
    let first = broken(1).await;
    assert_eq!(first.len(), 3);
    assert_eq!(broken(1).await, first);
    assert_ne!(broken(2).await, first);
}

#[tokio::test]
async fn fix_may_say_that_there_is_nothing_to_repair() {
    let sandbox = Harness::start().await;
    let (customer, login) = connected(&sandbox, "new_person").await;
    let healthy = fix(&sandbox, &customer, login).await;
    assert!(page(&sandbox, &healthy).await.contains("code=201"));

    let wish = json!({ "do": "breakLogin", "login": login, "code": 103 });
    sandbox.control(wish).await;
    let wish = json!({ "do": "setFix", "login": login, "answer": "nothingToFix" });
    sandbox.control(wish).await;
    let denied = fix(&sandbox, &customer, login).await;
    assert!(page(&sandbox, &denied).await.contains("code=201"));
    assert_eq!(codes(&sandbox, &customer).await, [103, 103]);

    sandbox
        .control(json!({ "do": "setFix", "login": login }))
        .await;
    run_fix(&sandbox, &customer, login).await;
    assert_eq!(codes(&sandbox, &customer).await, [0, 0]);
}

#[tokio::test]
async fn half_of_the_accounts_go_and_then_the_login() {
    let sandbox = Harness::start().await;
    let (customer, login) = connected(&sandbox, "new_person").await;
    let wish = |more: Value| {
        let mut wish = json!({ "do": "closeAccounts", "login": login });
        wish.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        wish
    };
    sandbox
        .control(wish(json!({ "accounts": 50, "code": 946 })))
        .await;
    let mut found = codes(&sandbox, &customer).await;
    found.sort_unstable();
    assert_eq!(found, [0, 946]);
    run_fix(&sandbox, &customer, login).await;
    let mut found = codes(&sandbox, &customer).await;
    found.sort_unstable();
    assert_eq!(found, [0, 946], "a closed account stays closed");

    sandbox.control(wish(json!({ "accounts": 50 }))).await;
    let left = accounts(&sandbox, &customer).await;
    assert_eq!(left.len(), 1);
    let wish = json!({ "do": "closeAccount", "account": left[0]["id"] });
    sandbox.control(wish).await;
    let body = fix_body(&customer, login);
    let gone = sandbox.post("/connect/v2/generate/fix", body).await;
    assert_eq!(gone.fault(), (404, json!("38007")));
    let path =
        format!("/aggregation/v1/customers/{customer}/institutionLogins/{login}/accounts/simple");
    assert_eq!(sandbox.get(&path).await.fault(), (404, json!(38007)));
}

#[tokio::test]
async fn a_customer_may_be_deleted_upstream() {
    let sandbox = Harness::start().await;
    let (customer, login) = connected(&sandbox, "new_person").await;
    sandbox
        .control(json!({ "do": "deleteCustomer", "login": login }))
        .await;
    let path = format!("/aggregation/v1/customers/{customer}/accounts/simple");
    assert_eq!(sandbox.get(&path).await.fault(), (404, json!(14001)));
    assert_eq!(codes(&sandbox, FIRST).await[0], 0);

    let bare = sandbox.customer("without_logins").await;
    sandbox
        .control(json!({ "do": "deleteCustomer", "customer": bare }))
        .await;
    let path = format!("/aggregation/v1/customers/{bare}");
    assert_eq!(sandbox.get(&path).await.fault(), (404, json!(14001)));
}

#[tokio::test]
async fn an_authorization_ends_and_fix_renews_it() {
    let mut sandbox = Harness::start().await;
    let (customer, login) = connected(&sandbox, "new_person").await;
    let wish = json!({ "do": "expireAuthorization", "login": login, "inDays": 2 });
    sandbox.control(wish).await;
    let now = sandbox.clock.now();
    let account = accounts(&sandbox, &customer).await[0].clone();
    assert_eq!(account["authorizationExpires"], true);
    assert_eq!(
        account["authorizationEndDate"],
        (now + Duration::days(2)).timestamp()
    );
    sandbox.advance(Duration::hours(47)).await;
    assert_eq!(codes(&sandbox, &customer).await, [0, 0]);
    let now = sandbox.advance(Duration::hours(13)).await;
    assert_eq!(codes(&sandbox, &customer).await, [947, 947]);

    run_fix(&sandbox, &customer, login).await;
    let renewed = accounts(&sandbox, &customer).await[0].clone();
    assert_eq!(renewed["aggregationStatusCode"], 0);
    assert_eq!(renewed["authorizationStartDate"], now.timestamp());
    assert!(renewed["authorizationEndDate"].as_i64().unwrap() > now.timestamp());
}

#[tokio::test]
async fn where_nothing_is_aggregated_new_accounts_have_no_code() {
    let mut sandbox = Harness::start().await;
    sandbox
        .control(json!({ "do": "freeze", "institution": PLAIN }))
        .await;
    let (customer, login) = connected(&sandbox, "new_person").await;
    sandbox.advance(Duration::days(2)).await;
    let account = accounts(&sandbox, &customer).await[0].clone();
    for absent in [
        "aggregationStatusCode",
        "aggregationAttemptDate",
        "aggregationSuccessDate",
    ] {
        assert!(account.get(absent).is_none(), "{absent}");
    }
    let path = format!("/aggregation/v1/customers/{customer}/institutionLogins/{login}/accounts");
    assert_eq!(
        sandbox.post(&path, json!({})).await.status,
        200,
        "a person may ask"
    );
    assert_eq!(codes(&sandbox, &customer).await, [0, 0]);
    let state = sandbox
        .control(json!({ "do": "thaw", "institution": PLAIN }))
        .await;
    assert_eq!(state["institutions"], json!([]));
    let now = sandbox.advance(Duration::days(1)).await;
    let account = accounts(&sandbox, &customer).await[0].clone();
    assert!(
        account["aggregationSuccessDate"].as_i64().unwrap() > (now - Duration::days(1)).timestamp()
    );
}

#[tokio::test]
async fn an_operation_may_fail_for_one_customer_alone() {
    let sandbox = Harness::start().await;
    let (customer, _) = connected(&sandbox, "new_person").await;
    let wish = json!({
        "do": "faultOperation",
        "operation": "GetCustomerAccountsSimple",
        "customer": customer,
        "status": 500,
    });
    sandbox.control(wish).await;
    let status = async |customer: &str| {
        let path = format!("/aggregation/v1/customers/{customer}/accounts/simple");
        let headers = sandbox.headers();
        sandbox.raw(Method::GET, &path, &headers, None).await.status
    };
    assert_eq!(status(&customer).await, 500);
    assert_eq!(status(FIRST).await, 200);
}
