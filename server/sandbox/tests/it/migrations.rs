//! Institutions that move to another, and ids that change with it.

use rstest::rstest;
use serde_json::{Value, json};

use crate::breaks::{codes, connected, fix, fix_body, visit_of};
use crate::harness::{FIRST, Harness, PARTNER};
use crate::visits::{accounts, begin, generate, submit};

const OLD: u64 = 101_732;
const NEW: u64 = 102_176;

async fn institution(sandbox: &Harness, id: u64) -> Value {
    let path = format!("/institution/v2/institutions/{id}");
    sandbox.get(&path).await.body["institution"].clone()
}

/// Fix on the new institution's own site.
async fn fix_there(sandbox: &Harness, customer: &str, login: u64) {
    let visit = fix(sandbox, customer, login).await;
    submit(sandbox, &visit, "agree", "").await;
    allow(sandbox, &visit).await;
}

async fn allow(sandbox: &Harness, visit: &str) {
    let there = visit.replace("/connect/", "/institution/");
    let page = sandbox.open(&format!("{}{there}", sandbox.origin)).await;
    assert_eq!(page.status, 200, "{}", page.text);
    submit(
        sandbox,
        &there,
        "sign-in",
        "username=profile_03&password=profile_03",
    )
    .await;
    submit(sandbox, &there, "allow", "account=checking&account=savings").await;
    let visit = visit_of(sandbox, visit).await;
    assert_eq!(visit["end"], "complete");
    assert_eq!(visit["institutionId"], NEW);
}

fn ids(accounts: &[Value]) -> Vec<&Value> {
    accounts.iter().map(|account| &account["id"]).collect()
}

fn masks(accounts: &[Value]) -> Vec<&Value> {
    accounts
        .iter()
        .map(|account| &account["accountNumberDisplay"])
        .collect()
}

#[rstest]
#[case("none", true, true)]
#[case("accounts", false, true)]
#[case("login", true, false)]
#[case("both", false, false)]
#[tokio::test]
async fn fix_at_the_successor_takes_the_accounts_there(
    #[case] change: &str,
    #[case] same_accounts: bool,
    #[case] same_login: bool,
) {
    let sandbox = Harness::start().await;
    let (customer, login) = connected(&sandbox, "new_person").await;
    let before = accounts(&sandbox, &customer).await;
    let wish = json!({ "do": "migrate", "institution": OLD, "successor": NEW, "ids": change });
    sandbox.control(wish).await;
    let shown = institution(&sandbox, OLD).await;
    assert_eq!(shown["status"], "migrating");
    assert_eq!(
        (&shown["newInstitutionId"], &shown["oauthInstitutionId"]),
        (&json!(NEW), &json!(NEW))
    );
    assert_eq!(codes(&sandbox, &customer).await, [948, 948]);
    let waiting = accounts(&sandbox, &customer).await;
    assert_eq!(waiting[0]["institutionId"], OLD.to_string());

    fix_there(&sandbox, &customer, login).await;
    let after = accounts(&sandbox, &customer).await;
    assert_eq!(codes(&sandbox, &customer).await, [0, 0]);
    for account in &after {
        assert_eq!(account["institutionId"], NEW.to_string());
        assert_eq!(account["authorizationExpires"], true);
    }
    assert_eq!(masks(&after), masks(&before), "they are the same accounts");
    assert_eq!(ids(&after) == ids(&before), same_accounts);
    assert_eq!(after[0]["institutionLoginId"] == login, same_login);
    let body = fix_body(&customer, login);
    let again = sandbox.post("/connect/v2/generate/fix", body).await;
    assert_eq!(again.status == 200, same_login, "{}", again.text);
}

#[tokio::test]
async fn the_records_may_move_before_the_person_does() {
    let sandbox = Harness::start().await;
    let (customer, login) = connected(&sandbox, "new_person").await;
    let wish = json!({ "do": "migrate", "login": login, "successor": NEW, "code": 945, "moves": "atOnce" });
    sandbox.control(wish).await;
    assert_eq!(codes(&sandbox, &customer).await, [945, 945]);
    let moved = accounts(&sandbox, &customer).await;
    assert_eq!(moved[0]["institutionId"], NEW.to_string());
    fix_there(&sandbox, &customer, login).await;
    assert_eq!(codes(&sandbox, &customer).await, [0, 0]);
}

#[tokio::test]
async fn a_new_visit_at_the_successor_finds_the_same_accounts() {
    let sandbox = Harness::start().await;
    let (customer, _) = connected(&sandbox, "new_person").await;
    let before = accounts(&sandbox, &customer).await;
    let wish = json!({ "do": "announceSuccessor", "institution": OLD, "successor": NEW });
    sandbox.control(wish).await;
    assert_eq!(
        codes(&sandbox, &customer).await,
        [0, 0],
        "announced, not moved"
    );

    let body = json!({ "partnerId": PARTNER, "customerId": customer, "institutionId": NEW });
    let link = generate(&sandbox, "/connect/v2/generate/lite", body).await;
    let visit = begin(&sandbox, &link).await;
    submit(&sandbox, &visit, "agree", "").await;
    allow(&sandbox, &visit).await;
    let all = accounts(&sandbox, &customer).await;
    let there = json!(NEW.to_string());
    let new: Vec<Value> = all
        .into_iter()
        .filter(|account| account["institutionId"] == there)
        .collect();
    assert_eq!(masks(&new), masks(&before));
    assert_ne!(ids(&new), ids(&before));

    sandbox
        .control(json!({ "do": "announceSuccessor", "institution": OLD }))
        .await;
    assert_eq!(institution(&sandbox, OLD).await["status"], "online");
}

#[tokio::test]
async fn ids_can_change_by_themselves() {
    let sandbox = Harness::start().await;
    let before = accounts(&sandbox, FIRST).await;
    let login = before[0]["institutionLoginId"].as_u64().unwrap();
    sandbox
        .control(json!({ "do": "changeIds", "login": login, "ids": "login" }))
        .await;
    let after = accounts(&sandbox, FIRST).await;
    assert_eq!(ids(&after), ids(&before));
    assert_ne!(after[0]["institutionLoginId"], login);
    let old = sandbox
        .post("/connect/v2/generate/fix", fix_body(FIRST, login))
        .await;
    assert_eq!(old.fault(), (404, json!("38007")));

    let login = after[0]["institutionLoginId"].as_u64().unwrap();
    sandbox
        .control(json!({ "do": "changeIds", "login": login, "ids": "accounts" }))
        .await;
    let last = accounts(&sandbox, FIRST).await;
    assert!(ids(&last).iter().all(|id| !ids(&before).contains(id)));
    assert_eq!(masks(&last), masks(&before));
}
