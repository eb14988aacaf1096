//! Every operation of the seven groups is answered, well and badly.

use std::collections::BTreeSet;

use http::Method;
use serde_json::{Value, json};

use crate::harness::{APP_KEY, FIRST, HOME, Harness, PARTNER, SECRET};

/// Where the groups live that the sandbox plays.
const ROOTS: [&str; 4] = [
    "/aggregation/",
    "/institution/",
    "/connect/",
    "/decisioning/",
];
/// Registration of applications and `TxPush` live there too.
const NOT_PLAYED: [&str; 9] = [
    "RegisterApp",
    "ModifyAppRegistration",
    "GetAppRegistrationStatus",
    "SetCustomerAppID",
    "MigrateInstitutionLoginAccounts",
    "SubscribeToTxPushNotifications",
    "DisableTxPushNotifications",
    "CreateTxPushTestTransaction",
    "DeleteTxPushSubscription",
];

#[tokio::test]
async fn every_operation_is_answered_well_and_badly() {
    let sandbox = Harness::start().await;
    let Some(description) = Harness::description() else {
        return;
    };
    let state = sandbox.state().await;
    let login = state["customers"][0]["logins"][0].clone();
    let account = login["accounts"][0]["id"].as_str().unwrap().to_owned();
    let login = login["id"].to_string();
    read_everything(&sandbox, &login, &account).await;
    write_everything(&sandbox, &login).await;
    delete_everything(&sandbox, &login, &account).await;

    let seen = sandbox.seen();
    let wanted: BTreeSet<String> = description
        .operations()
        .into_iter()
        .filter(|(_, path, name)| {
            ROOTS.iter().any(|root| path.starts_with(root)) && !NOT_PLAYED.contains(&name.as_str())
        })
        .map(|(_, _, name)| name)
        .collect();
    assert_eq!(wanted.len(), 40, "{wanted:?}");
    for name in wanted {
        for well in [true, false] {
            assert!(seen.contains(&(name.clone(), well)), "{name}, well: {well}");
        }
    }
}

async fn read_everything(sandbox: &Harness, login: &str, account: &str) {
    let one = format!("/aggregation/v1/customers/{FIRST}");
    let two = format!("/aggregation/v2/customers/{FIRST}");
    let none = "/aggregation/v1/customers/7";
    for (good, bad) in [
        (
            "/aggregation/v1/customers".to_owned(),
            "/aggregation/v1/customers?start=0".to_owned(),
        ),
        (one.clone(), none.to_owned()),
        (format!("{one}/accounts"), format!("{none}/accounts")),
        (
            format!("{one}/accounts/simple"),
            format!("{none}/accounts/simple"),
        ),
        (
            format!("{two}/accounts/{account}"),
            format!("{two}/accounts/7"),
        ),
        (
            format!("{one}/accounts/{account}/simple"),
            format!("{one}/accounts/7/simple"),
        ),
        (
            format!("{one}/institutions/{HOME}/accounts"),
            format!("{one}/institutions/1/accounts"),
        ),
        (
            format!("{one}/institutions/{HOME}/accounts/simple"),
            format!("{one}/institutions/1/accounts/simple"),
        ),
        (
            format!("{one}/institutionLogins/{login}/accounts"),
            format!("{one}/institutionLogins/7/accounts"),
        ),
        (
            format!("{one}/institutionLogins/{login}/accounts/simple"),
            format!("{one}/institutionLogins/7/accounts/simple"),
        ),
        (
            "/institution/v2/institutions".to_owned(),
            "/institution/v2/institutions?limit=0".to_owned(),
        ),
        (
            format!("/institution/v2/institutions/{HOME}"),
            "/institution/v2/institutions/1".to_owned(),
        ),
        (
            "/institution/v2/institutions/4222/branding".to_owned(),
            "/institution/v2/institutions/1/branding".to_owned(),
        ),
        (
            "/institution/v2/certifiedInstitutions".to_owned(),
            "/institution/v2/certifiedInstitutions?limit=0".to_owned(),
        ),
        (
            "/institution/v2/certifiedInstitutions/rssd".to_owned(),
            "/institution/v2/certifiedInstitutions/rssd?limit=0".to_owned(),
        ),
        (
            "/institution/v1/institutions/routingNumber/021000021".to_owned(),
            "/institution/v1/institutions/routingNumber/999999999".to_owned(),
        ),
        (
            "/connect/experiences?appName=Relink%20Sandbox".to_owned(),
            "/connect/experiences".to_owned(),
        ),
    ] {
        assert_eq!(sandbox.get(&good).await.status, 200, "{good}");
        assert!(sandbox.get(&bad).await.status >= 400, "{bad}");
    }
}

async fn write_everything(sandbox: &Harness, login: &str) {
    let base = json!({ "partnerId": PARTNER, "customerId": FIRST });
    let and = |name: &str, value: Value| {
        let mut body = base.clone();
        body[name] = value;
        body
    };
    let borrowers = json!([{ "customerId": FIRST, "consumerId": "x", "type": "primary" }]);
    let joint =
        json!({ "partnerId": PARTNER, "borrowers": borrowers, "email": { "to": "a@b.example" } });
    let email = json!({ "partnerId": PARTNER, "customerId": FIRST, "consumerId": "x", "email": { "to": "a@b.example" } });
    let consumer = json!({ "firstName": "A", "lastName": "B", "state": "UT", "ssn": "123456789", "phone": "8015550100" });
    let consumers = format!("/decisioning/v1/customers/{FIRST}/consumer");
    for (path, good) in [
        (
            "/aggregation/v2/customers/testing",
            json!({ "username": "testing_one" }),
        ),
        (
            "/aggregation/v2/customers/active",
            json!({ "username": "active_one" }),
        ),
        ("/connect/v2/generate", base.clone()),
        (
            "/connect/v2/generate/lite",
            and("institutionId", json!(HOME)),
        ),
        (
            "/connect/v2/generate/fix",
            and("institutionLoginId", json!(login)),
        ),
        ("/connect/v2/generate/jointBorrower", joint.clone()),
        ("/connect/v2/send/email", email),
        ("/connect/v2/send/email/jointBorrower", joint),
        (consumers.as_str(), consumer),
    ] {
        let reply = sandbox.post(path, good).await;
        assert!(reply.status < 400, "{path}: {}", reply.text);
        assert!(sandbox.post(path, json!({})).await.status >= 400, "{path}");
    }
    refresh_everything(sandbox, login).await;
    change_everything(sandbox, &consumers).await;
}

async fn refresh_everything(sandbox: &Harness, login: &str) {
    let one = format!("/aggregation/v1/customers/{FIRST}");
    let two = format!("/aggregation/v2/customers/{FIRST}");
    for (root, success) in [(&one, 200), (&two, 204)] {
        let (all, under) = (
            format!("{root}/accounts"),
            format!("{root}/institutionLogins/{login}/accounts"),
        );
        for path in [all, under] {
            assert_eq!(
                sandbox.post(&path, json!({})).await.status,
                success,
                "{path}"
            );
            let wrong = path.replace(FIRST, "7");
            assert_eq!(sandbox.post(&wrong, json!({})).await.status, 404, "{wrong}");
        }
    }
}

async fn change_everything(sandbox: &Harness, consumers: &str) {
    let one = format!("/aggregation/v1/customers/{FIRST}");
    let made = sandbox.get(consumers).await.body["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let consumer = format!("/decisioning/v1/consumers/{made}");
    assert_eq!(sandbox.get(&consumer).await.status, 200);
    assert_eq!(
        sandbox
            .put(&consumer, json!({ "city": "Murray" }))
            .await
            .status,
        204
    );
    assert_eq!(
        sandbox
            .put(&one, json!({ "firstName": "New" }))
            .await
            .status,
        204
    );
    assert_eq!(sandbox.put(&one, json!({})).await.status, 400);
    for wrong in [
        "/decisioning/v1/consumers/none",
        "/decisioning/v1/customers/7/consumer",
    ] {
        assert_eq!(sandbox.get(wrong).await.status, 404, "{wrong}");
    }
    let wrong = sandbox
        .put("/decisioning/v1/consumers/none", json!({}))
        .await;
    assert_eq!(wrong.status, 404);
    write_secret(sandbox).await;
}

async fn write_secret(sandbox: &Harness) {
    let key = [("finicity-app-key", APP_KEY)];
    let path = "/aggregation/v2/partners/authentication";
    let change =
        json!({ "partnerId": PARTNER, "partnerSecret": SECRET, "newPartnerSecret": SECRET });
    assert_eq!(
        sandbox
            .call(Method::PUT, path, &key, Some(change))
            .await
            .status,
        204
    );
    assert_eq!(
        sandbox
            .call(Method::PUT, path, &key, Some(json!({})))
            .await
            .status,
        400
    );
    assert_eq!(sandbox.token("wrong").await.status, 401);
}

async fn delete_everything(sandbox: &Harness, login: &str, account: &str) {
    let one = format!("/aggregation/v1/customers/{FIRST}");
    let with_app = json!({ "username": "with_an_app", "applicationId": "an-application" });
    let made = sandbox
        .post("/aggregation/v2/customers/testing", with_app)
        .await
        .body;
    let made = format!("/aggregation/v1/customers/{}", made["id"].as_str().unwrap());
    assert_eq!(
        sandbox.get(&format!("{made}/application")).await.status,
        200
    );
    assert_eq!(sandbox.get(&format!("{one}/application")).await.status, 404);
    for path in [
        format!("{one}/accounts/{account}"),
        format!("{one}/institutionLogins/{login}"),
        one.clone(),
    ] {
        assert_eq!(sandbox.delete(&path).await.status, 204, "{path}");
        assert_eq!(sandbox.delete(&path).await.status, 404, "{path}");
    }
}
