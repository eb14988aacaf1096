//! What the client makes of replies, good and bad.

use relink_mastercard::model::{
    CustomerKind, Enrolment, InstitutionQuery, NewCustomer, Product, Username,
};
use relink_mastercard::{
    AccountId, AggregationStatusCode, Cause, Client, Deletion, ErrorCode, InstitutionId,
    InstitutionLoginId, Limits, RoutingNumber,
};
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::support::{ACCOUNTS, APP_KEY, Fake, SECRET, SIGN_IN, customer, error, in_turn, quick};

const INSTITUTIONS: &str = "/institution/v2/institutions";
const INSTITUTION: &str = "/institution/v2/institutions/102105";
const LOGIN: &str = "/aggregation/v1/customers/1005061234/institutionLogins/7";

fn body(value: serde_json::Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(value)
}

fn account(id: &str, code: &serde_json::Value) -> serde_json::Value {
    json!({
        "id": id, "accountNumberDisplay": "0824-S0050", "name": "Everyday", "type": "checking",
        "status": "active", "customerId": "1005061234", "institutionId": "102105",
        "createdDate": 1_607_450_357, "currency": "USD", "institutionLoginId": 1_007_302_745,
        "aggregationStatusCode": code, "aggregationSuccessDate": 1_607_450_400,
    })
}

async fn accounts_cause(client: &Client) -> Cause {
    client.accounts(&customer()).await.unwrap_err().cause
}

#[tokio::test]
async fn accounts_are_read_with_their_quirks() {
    let fake = Fake::start().await;
    let mut new = account("2", &json!(0));
    new.as_object_mut().unwrap().remove("aggregationStatusCode");
    new.as_object_mut()
        .unwrap()
        .remove("aggregationSuccessDate");
    fake.mount(
        "GET",
        ACCOUNTS,
        body(json!({ "accounts": [account("1", &json!("103")), new] })),
    )
    .await;
    let accounts = fake.client().accounts(&customer()).await.unwrap();
    let [broken, new] = accounts.as_slice() else {
        panic!("two accounts")
    };
    assert_eq!(broken.institution_id, InstitutionId::new(102_105));
    assert_eq!(
        broken.institution_login_id,
        InstitutionLoginId::parse("1007302745").unwrap()
    );
    assert_eq!(
        broken.aggregation_status_code,
        Some(AggregationStatusCode::new(103))
    );
    assert_eq!(
        broken.aggregation_success_date.unwrap().timestamp(),
        1_607_450_400
    );
    assert_eq!(broken.mask(), "0050");
    assert_eq!(
        (new.aggregation_status_code, new.aggregation_success_date),
        (None, None)
    );
}

#[tokio::test]
async fn one_unreadable_account_fails_the_list() {
    let fake = Fake::start().await;
    let accounts = json!({ "accounts": [account("1", &json!(0)), { "id": "2" }] });
    fake.mount("GET", ACCOUNTS, body(accounts)).await;
    assert_eq!(
        accounts_cause(&fake.client()).await,
        Cause::Unreadable { status: 200 }
    );
}

#[rstest::rstest]
#[case::html(ResponseTemplate::new(200).set_body_string("<html>Welcome</html>"))]
#[case::nothing(ResponseTemplate::new(200))]
#[case::nonsense(body(json!({ "colour": "blue" })))]
#[case::half(ResponseTemplate::new(200).set_body_string("{\"accounts\":["))]
#[case::huge(ResponseTemplate::new(200).set_body_bytes(vec![b' '; 20_000]))]
#[tokio::test]
async fn an_unreadable_answer_is_said_to_be_one(#[case] answer: ResponseTemplate) {
    let fake = Fake::start().await;
    fake.mount("GET", ACCOUNTS, answer).await;
    let client = fake.client_with(
        SECRET,
        Limits {
            answer: 10_000,
            ..quick()
        },
    );
    assert_eq!(
        accounts_cause(&client).await,
        Cause::Unreadable { status: 200 }
    );
    assert_eq!(fake.count(ACCOUNTS).await, 1);
}

#[rstest::rstest]
#[case::number(json!({ "code": 14001 }), Some(14001))]
#[case::text(json!({ "code": "14001" }), Some(14001))]
#[case::word(json!({ "code": "gone" }), None)]
#[case::wrapper(json!({ "Errors": { "Error": [{ "reasonCode": 1501 }] } }), Some(1501))]
#[case::shouted_wrapper(json!({ "Errors": { "Error": [{ "ReasonCode": "1501" }] } }), Some(1501))]
#[case::list(json!([1]), None)]
#[tokio::test]
async fn codes_are_read_in_every_form(#[case] told: serde_json::Value, #[case] code: Option<i64>) {
    let fake = Fake::start().await;
    fake.mount(
        "GET",
        ACCOUNTS,
        ResponseTemplate::new(404).set_body_json(told),
    )
    .await;
    let code = code.map(ErrorCode::new);
    assert_eq!(
        accounts_cause(&fake.client()).await,
        Cause::Rejected { status: 404, code }
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let fake = Fake::start().await;
    let away = ResponseTemplate::new(302).insert_header("Location", "/elsewhere");
    fake.mount("GET", ACCOUNTS, away).await;
    assert_eq!(
        accounts_cause(&fake.client()).await,
        Cause::Rejected {
            status: 302,
            code: None
        }
    );
    assert_eq!(fake.count("/elsewhere").await, 0);
}

#[tokio::test]
async fn a_bad_institution_does_not_cost_the_page() {
    let fake = Fake::start().await;
    let page = json!({
        "found": 3, "displaying": 3, "moreAvailable": true, "createdDate": 1_700_000_000,
        "institutions": [
            { "id": 5, "name": "Bank", "displayName": null, "transAgg": true, "ach": false, "voa": true,
              "oauthEnabled": true, "status": "paused", "currency": "USD", "phone": 7,
              "branding": { "icon": "https://logos.example/5.svg" }, "oauthInstitutionId": "6" },
            { "name": "No id" },
            { "id": 7 },
        ],
    });
    fake.mount("GET", INSTITUTIONS, body(page)).await;
    let page = fake
        .client()
        .institutions(&InstitutionQuery::default())
        .await
        .unwrap();
    assert_eq!(
        (
            page.displaying,
            page.more_available,
            page.institutions.len()
        ),
        (3, true, 2)
    );
    let bank = &page.institutions[0];
    assert_eq!(bank.shown_name(), "Bank");
    assert_eq!(bank.status.as_str(), "paused");
    assert_eq!(
        bank.products.iter().collect::<Vec<_>>(),
        [Product::TransAgg, Product::Voa]
    );
    assert_eq!(bank.oauth_institution_id, Some(InstitutionId::new(6)));
    assert_eq!(bank.phone, None);
    let stored = serde_json::to_string(bank).unwrap();
    assert_eq!(
        &serde_json::from_str::<relink_mastercard::model::Institution>(&stored).unwrap(),
        bank
    );
}

#[tokio::test]
async fn not_found_is_an_answer_only_with_a_code() {
    let fake = Fake::start().await;
    let bare = ResponseTemplate::new(404).set_body_string("no route");
    fake.mount(
        "GET",
        INSTITUTION,
        in_turn([error(404, "14006"), error(404, 14001), bare]),
    )
    .await;
    let client = fake.client();
    let id = InstitutionId::new(102_105);
    assert_eq!(client.institution(id).await, Ok(None));
    assert_eq!(client.institution(id).await, Ok(None));
    let cause = client.institution(id).await.unwrap_err().cause;
    assert_eq!(
        cause,
        Cause::Rejected {
            status: 404,
            code: None
        }
    );
}

#[tokio::test]
async fn a_routing_number_goes_with_its_zeros_and_then_without() {
    let fake = Fake::start().await;
    let at = |digits: &str| format!("/institution/v1/institutions/routingNumber/{digits}");
    fake.mount("GET", &at("021000021"), error(400, "14020"))
        .await;
    fake.mount(
        "GET",
        &at("21000021"),
        body(json!({ "institutions": [{ "id": 5 }] })),
    )
    .await;
    fake.mount("GET", &at("121000021"), error(404, "14001"))
        .await;
    let client = fake.client();
    let find = async |digits| {
        let number = RoutingNumber::parse(digits).unwrap();
        client
            .institutions_by_routing_number(&number)
            .await
            .unwrap()
            .len()
    };
    assert_eq!(find("021000021").await, 1);
    assert_eq!(find("121000021").await, 0);
}

#[tokio::test]
async fn customers_are_made_found_and_deleted() {
    let fake = Fake::start().await;
    let made = ResponseTemplate::new(201)
        .set_body_json(json!({ "id": "9", "username": "relink-1", "createdDate": 1_607_450_357 }));
    fake.mount(
        "POST",
        "/aggregation/v2/customers/testing",
        in_turn([made, error(409, "110002")]),
    )
    .await;
    let listed = json!({ "customers": [
        { "id": 9, "username": "relink-1", "type": "testing", "createdDate": "1607450357" },
    ] });
    fake.mount("GET", "/aggregation/v1/customers", body(listed))
        .await;
    let client = fake.client();
    let new = NewCustomer {
        username: Username::parse("relink-1").unwrap(),
        application_id: None,
    };
    let Ok(Enrolment::Created(created)) = client.add_customer(CustomerKind::Testing, &new).await
    else {
        panic!("not created");
    };
    let again = client.add_customer(CustomerKind::Testing, &new).await;
    assert_eq!(again, Ok(Enrolment::UsernameTaken));
    assert_eq!(client.find_customer(&new.username).await, Ok(Some(created)));
    let other = Username::parse("relink-2").unwrap();
    assert_eq!(
        client.find_customer(&other).await,
        Ok(None),
        "the filter upstream is not trusted"
    );
}

#[tokio::test]
async fn what_is_gone_already_is_deleted() {
    let fake = Fake::start().await;
    let at = "/aggregation/v1/customers/1005061234/accounts/5";
    let deleted = ResponseTemplate::new(204);
    fake.mount(
        "DELETE",
        at,
        in_turn([deleted, error(404, 14001), error(400, 14020)]),
    )
    .await;
    fake.mount("DELETE", LOGIN, error(404, 38007)).await;
    fake.mount(
        "GET",
        &format!("{LOGIN}/accounts/simple"),
        error(404, 38007),
    )
    .await;
    let client = fake.client();
    let account = AccountId::parse("5").unwrap();
    let login = InstitutionLoginId::parse("7").unwrap();
    assert_eq!(
        client.delete_account(&customer(), &account).await,
        Ok(Deletion::Deleted)
    );
    assert_eq!(
        client.delete_account(&customer(), &account).await,
        Ok(Deletion::AlreadyGone)
    );
    client
        .delete_account(&customer(), &account)
        .await
        .unwrap_err();
    assert_eq!(
        client.delete_login(&customer(), &login).await,
        Ok(Deletion::AlreadyGone)
    );
    assert_eq!(client.login_accounts(&customer(), &login).await, Ok(vec![]));
}

#[tokio::test]
async fn experiences_are_listed() {
    let fake = Fake::start().await;
    let listed = json!([{ "id": "84fd419a-1add-4bf4-961b-16e8285b3a92", "appName": "A", "productCode": ["ABC"] }]);
    fake.mount(
        "GET",
        "/connect/experiences",
        in_turn([body(listed), error(404, 4004)]),
    )
    .await;
    let client = fake.client();
    assert_eq!(
        client.experiences("A").await.unwrap()[0].product_code,
        ["ABC"]
    );
    assert_eq!(client.experiences("B").await, Ok(vec![]));
}

/// Secrets, tokens and bodies are put wherever a reply could carry them out.
#[tokio::test]
async fn no_secret_shows_in_any_error() {
    let fake = Fake::without_sign_in().await;
    let made = body(json!({ "token": "token-to-hide" }));
    fake.mount("POST", SIGN_IN, made).await;
    let echo = ResponseTemplate::new(400).set_body_string(format!(
        "{{\"code\":1,\"message\":\"{SECRET} {APP_KEY} token-to-hide body-text\"}}"
    ));
    fake.mount("GET", ACCOUNTS, echo).await;
    let client = fake.client();
    let error = client.accounts(&customer()).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(
        shown.contains("GetCustomerAccountsSimple") && shown.contains("400"),
        "{shown}"
    );
    for hidden in [SECRET, APP_KEY, "token-to-hide", "body-text", "1005061234"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}
