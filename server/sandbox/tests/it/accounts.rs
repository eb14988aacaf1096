//! Accounts, full and simple; refreshes; breaks.

use chrono::Duration;
use http::Method;
use serde_json::{Value, json};

use crate::harness::{FIRST, HOME, Harness, evening};

fn v1(rest: &str) -> String {
    format!("/aggregation/v1/customers/{FIRST}{rest}")
}

async fn first_account(sandbox: &Harness) -> Value {
    sandbox.get(&v1("/accounts")).await.body["accounts"][0].clone()
}

fn login_of(account: &Value) -> u64 {
    account["institutionLoginId"].as_u64().unwrap()
}

#[tokio::test]
async fn the_same_accounts_by_every_way() {
    let sandbox = Harness::start().await;
    let all = sandbox.get(&v1("/accounts")).await.body;
    let login = login_of(&all["accounts"][0]);
    let by_login = sandbox
        .get(&v1(&format!("/institutionLogins/{login}/accounts")))
        .await
        .body;
    assert_eq!(by_login, all);
    let by_institution = sandbox
        .get(&v1(&format!("/institutions/{HOME}/accounts")))
        .await
        .body;
    assert_eq!(by_institution, all);
    let id = all["accounts"][0]["id"].as_str().unwrap();
    let one = sandbox
        .get(&format!("/aggregation/v2/customers/{FIRST}/accounts/{id}"))
        .await
        .body;
    assert_eq!(one, all["accounts"][0]);
    let simple = sandbox.get(&v1("/accounts/simple")).await.body;
    for (simple, full) in simple["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .zip(all["accounts"].as_array().unwrap())
    {
        assert_eq!(simple["id"], full["id"]);
        for hidden in ["balance", "number", "detail", "realAccountNumberLast4"] {
            assert!(simple.get(hidden).is_none(), "{hidden}");
        }
        let shown = full["accountNumberDisplay"].as_str().unwrap();
        assert!(full["number"].as_str().unwrap().ends_with(shown));
    }
    for path in [
        v1(&format!("/accounts/{id}/simple")),
        v1(&format!("/institutions/{HOME}/accounts/simple")),
        v1(&format!("/institutionLogins/{login}/accounts/simple")),
    ] {
        assert_eq!(sandbox.get(&path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn filters() {
    let sandbox = Harness::start().await;
    let count = async |query: &str| {
        let list = sandbox.get(&v1(&format!("/accounts{query}"))).await.body;
        list["accounts"].as_array().unwrap().len()
    };
    let all = count("").await;
    assert_eq!(count("?status=active").await, all);
    assert_eq!(count("?status=").await, all);
    assert_eq!(count("?status=pending").await, 0);
    let ava = count("?account_type=ava").await;
    assert!(0 < ava && ava < all);
    let bad = sandbox.get(&v1("/accounts?status=odd")).await;
    assert_eq!(bad.fault(), (400, json!(18017)));
    let bad = sandbox.get(&v1("/accounts?account_type=gold")).await;
    assert_eq!(bad.fault(), (400, json!(14020)));
}

#[tokio::test]
async fn ids_must_exist_and_belong_together() {
    let sandbox = Harness::start().await;
    let other = sandbox.customer("another_one").await;
    let account = first_account(&sandbox).await;
    let (id, login) = (account["id"].as_str().unwrap(), login_of(&account));
    for (path, fault) in [
        (v1("/accounts/7/simple"), (404, 14001)),
        (
            format!("/aggregation/v2/customers/{other}/accounts/{id}"),
            (404, 14001),
        ),
        (
            format!("/aggregation/v1/customers/{other}/accounts/{id}/simple"),
            (404, 14001),
        ),
        (
            format!("/aggregation/v1/customers/{other}/institutionLogins/{login}/accounts"),
            (404, 38007),
        ),
        (v1("/institutionLogins/7/accounts/simple"), (404, 38007)),
        (v1("/institutions/1/accounts"), (404, 14006)),
        (
            "/aggregation/v1/customers/7/accounts".to_owned(),
            (404, 14001),
        ),
        (
            "/aggregation/v1/customers/x/accounts/simple".to_owned(),
            (400, 14020),
        ),
    ] {
        let (status, code) = fault;
        assert_eq!(
            sandbox.get(&path).await.fault(),
            (status, json!(code)),
            "{path}"
        );
    }
    let path = format!("/aggregation/v1/customers/{other}/accounts");
    assert_eq!(sandbox.get(&path).await.body, json!({ "accounts": [] }));
    let path = format!("/aggregation/v1/customers/{other}/accounts/{id}");
    assert_eq!(sandbox.delete(&path).await.fault(), (404, json!(14001)));
}

#[tokio::test]
async fn refreshes_move_dates_and_take_an_empty_object() {
    let sandbox = Harness::start().await;
    let login = login_of(&first_account(&sandbox).await);
    let by_login = format!("/institutionLogins/{login}/accounts");
    let v2 = |rest: &str| format!("/aggregation/v2/customers/{FIRST}{rest}");
    for (path, body, status) in [
        (v1("/accounts"), None, 200),
        (v1("/accounts"), Some(json!({})), 200),
        (v1(&by_login), Some(json!({})), 200),
        (v1(&format!("{by_login}?fromDate=1&toDate=2")), None, 200),
        (v2("/accounts"), Some(json!({})), 204),
        (v2(&by_login), None, 204),
    ] {
        let now = sandbox
            .clock
            .advance(Duration::minutes(1))
            .unwrap()
            .timestamp();
        let reply = sandbox.api(Method::POST, &path, body).await;
        assert_eq!(reply.status, status, "{path}");
        let account = first_account(&sandbox).await;
        assert_eq!(account["aggregationAttemptDate"], now, "{path}");
        assert_eq!(account["aggregationSuccessDate"], now, "{path}");
    }
    let bad = sandbox
        .post(&v1(&format!("{by_login}?fromDate=2&toDate=2")), json!({}))
        .await;
    assert_eq!(bad.fault(), (400, json!(14020)));
    let none = sandbox
        .post(&v1("/institutionLogins/7/accounts"), json!({}))
        .await;
    assert_eq!(none.fault(), (404, json!(38007)));
    assert_eq!(
        sandbox
            .post(&v2("/institutionLogins/7/accounts"), json!({}))
            .await
            .status,
        404
    );
    assert_eq!(
        sandbox
            .post("/aggregation/v2/customers/7/accounts", json!({}))
            .await
            .status,
        404
    );
    assert_eq!(
        sandbox
            .post("/aggregation/v1/customers/7/accounts", json!({}))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_break_shows_at_once_and_fails_refreshes_with_500() {
    let mut sandbox = Harness::start().await;
    let login = login_of(&first_account(&sandbox).await);
    sandbox.advance(Duration::hours(1)).await;
    sandbox
        .control(json!({ "do": "breakLogin", "login": login, "code": 185 }))
        .await;
    let broken = first_account(&sandbox).await;
    assert_eq!(broken["aggregationStatusCode"], 185);
    assert_eq!(broken["aggregationSuccessDate"], evening().timestamp());
    assert_eq!(broken["status"], "active", "a broken account stays active");
    let path = v1(&format!("/institutionLogins/{login}/accounts"));
    assert_eq!(
        sandbox.post(&path, json!({})).await.fault(),
        (500, json!(185))
    );

    sandbox.advance(Duration::days(3)).await;
    let skipped = first_account(&sandbox).await;
    assert_eq!(
        skipped["aggregationAttemptDate"],
        (evening() + Duration::hours(1)).timestamp()
    );
    sandbox
        .control(json!({ "do": "breakLogin", "login": login, "code": 0 }))
        .await;
    assert_eq!(first_account(&sandbox).await["aggregationStatusCode"], 0);
}

#[tokio::test]
async fn one_account_can_break_alone() {
    let sandbox = Harness::start().await;
    let account = first_account(&sandbox).await;
    let wish = json!({ "do": "breakAccount", "account": account["id"], "code": 946 });
    sandbox.control(wish).await;
    let accounts = sandbox.get(&v1("/accounts")).await.body["accounts"].clone();
    assert_eq!(accounts[0]["aggregationStatusCode"], 946);
    assert_eq!(accounts[1]["aggregationStatusCode"], 0);
    assert_eq!(
        sandbox.post(&v1("/accounts"), json!({})).await.status,
        200,
        "others went well"
    );
}

#[tokio::test]
async fn the_nightly_batch_moves_dates() {
    let mut sandbox = Harness::start().await;
    sandbox.advance(Duration::days(5)).await;
    let account = first_account(&sandbox).await;
    let last = evening() + Duration::hours(12) + Duration::days(4);
    assert_eq!(account["aggregationSuccessDate"], last.timestamp());
    assert_eq!(account["balanceDate"], last.timestamp());
}

#[tokio::test]
async fn deletion_ends_access() {
    let sandbox = Harness::start().await;
    let account = first_account(&sandbox).await;
    let path = v1(&format!("/accounts/{}", account["id"].as_str().unwrap()));
    assert_eq!(sandbox.delete(&path).await.status, 204);
    assert_eq!(sandbox.delete(&path).await.fault(), (404, json!(14001)));
    let login = v1(&format!("/institutionLogins/{}", login_of(&account)));
    assert_eq!(sandbox.get(&format!("{login}/accounts")).await.status, 200);
    assert_eq!(sandbox.delete(&login).await.status, 204);
    assert_eq!(sandbox.delete(&login).await.fault(), (404, json!(38007)));
    assert_eq!(
        sandbox.get(&v1("/accounts")).await.body,
        json!({ "accounts": [] })
    );
}
