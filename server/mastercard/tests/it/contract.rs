//! Every request the client sends is one the official description allows.

use relink_contract::Description;
use relink_mastercard::model::{
    CountryCode, CustomerKind, Experience, FixRequest, InstitutionQuery, Language, NewCustomer,
    Product, Username,
};
use relink_mastercard::{
    AccountId, ApplicationId, Client, InstitutionId, InstitutionLoginId, RefreshApi, RoutingNumber,
};
use url::Url;
use wiremock::matchers::any;
use wiremock::{Mock, ResponseTemplate};

use crate::support::{Fake, customer, lite};

/// Calls every operation, in every shape its arguments allow. The answers do
/// not matter here: `{}` suits none and is enough to be asked.
async fn call_everything(client: &Client) {
    let username = Username::parse("relink-0123456789").unwrap();
    let application_id = Some(ApplicationId::parse("2581").unwrap());
    let login = InstitutionLoginId::parse("1007302745").unwrap();
    let account = AccountId::parse("5011648377").unwrap();
    for kind in [CustomerKind::Testing, CustomerKind::Active] {
        for application_id in [None, application_id.clone()] {
            let new = NewCustomer {
                username: username.clone(),
                application_id,
            };
            client.add_customer(kind, &new).await.unwrap_err();
        }
    }
    client
        .replace_secret(&"Another-Secret-77".into())
        .await
        .unwrap();
    client.find_customer(&username).await.unwrap_err();
    client.customer(&customer()).await.unwrap_err();
    client.delete_customer(&customer()).await.unwrap();
    client
        .institutions(&InstitutionQuery::default())
        .await
        .unwrap_err();
    let full = InstitutionQuery {
        search: "crédit & co/50% +1".into(),
        start: 3,
        limit: 5000,
        product: Some(Product::TransAgg),
        countries: vec![
            CountryCode::parse("US").unwrap(),
            CountryCode::parse("ca").unwrap(),
        ],
    };
    client.institutions(&full).await.unwrap_err();
    client
        .institution(InstitutionId::new(102_105))
        .await
        .unwrap_err();
    let number = RoutingNumber::parse("021000021").unwrap();
    client
        .institutions_by_routing_number(&number)
        .await
        .unwrap();
    client.accounts(&customer()).await.unwrap_err();
    client
        .login_accounts(&customer(), &login)
        .await
        .unwrap_err();
    client
        .refresh_login(&customer(), &login, RefreshApi::V1)
        .await
        .unwrap();
    client
        .refresh_login(&customer(), &login, RefreshApi::V2)
        .await
        .unwrap();
    client.delete_account(&customer(), &account).await.unwrap();
    client.delete_login(&customer(), &login).await.unwrap();
    client.experiences("my app & more").await.unwrap_err();
    call_generate(client, login).await;
}

async fn call_generate(client: &Client, login: InstitutionLoginId) {
    client.generate_lite(&lite(false)).await.unwrap_err();
    let mut request = lite(true);
    request.options.redirect_uri = Some(Url::parse("https://relink.example/back?s=1").unwrap());
    request.options.language = Language::Spanish;
    request.options.experience = Some(Experience::parse("default").unwrap());
    request.options.single_use = Some(true);
    let webhook = request.options.webhook.as_mut().unwrap();
    webhook.headers.insert("X-Our-Header".into(), "abc".into());
    client.generate_lite(&request).await.unwrap_err();
    let options = request.options;
    let fix = FixRequest {
        customer: customer(),
        institution_login: login,
        options,
    };
    client.generate_fix(&fix).await.unwrap_err();
}

#[tokio::test]
async fn every_request_keeps_to_the_description() {
    let Some(description) = Description::load() else {
        return;
    };
    let fake = Fake::start().await;
    let empty = ResponseTemplate::new(200).set_body_json(serde_json::json!({}));
    Mock::given(any())
        .respond_with(empty)
        .mount(&fake.server)
        .await;
    call_everything(&fake.client()).await;

    let mut called = std::collections::BTreeSet::new();
    for request in fake.server.received_requests().await.unwrap() {
        let method = request.method.as_str();
        let target = &request.url[url::Position::BeforePath..];
        let checked = description.check_request(method, target, &request.headers, &request.body);
        assert_eq!(checked, Ok(()), "{method} {target}");
        assert!(
            request.headers.contains_key("x-external-request-id"),
            "{method} {target}"
        );
        called.insert(description.operation(method, target).unwrap().id.to_owned());
    }
    assert_eq!(called.len(), 19, "an operation was not called: {called:?}");
}

#[tokio::test]
async fn references_differ_from_call_to_call() {
    let fake = Fake::start().await;
    fake.mount(
        "GET",
        crate::support::ACCOUNTS,
        crate::support::no_accounts(),
    )
    .await;
    let client = fake.client();
    client.accounts(&customer()).await.unwrap();
    client.accounts(&customer()).await.unwrap();
    let sent = fake.requests(crate::support::ACCOUNTS).await;
    let reference = |index: usize| {
        sent[index].headers["x-external-request-id"]
            .to_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(reference(0).len(), 32);
    assert_ne!(reference(0), reference(1));
}
