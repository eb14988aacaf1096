//! A partner secret that is replaced under a client.

use std::sync::{Arc, Mutex};

use relink_mastercard::client::ClientConfig;
use relink_mastercard::ports::PartnerSecret;
use relink_mastercard::{Client, CredentialState};
use secrecy::SecretString;
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::credentials::failing;
use crate::support::{
    ACCOUNTS, Fake, SECRET, SIGN_IN, customer, error, in_turn, no_accounts, quick,
};

/// A file that somebody else writes.
#[derive(Debug, Default)]
struct Changing(Mutex<String>);

#[async_trait::async_trait]
impl PartnerSecret for Changing {
    async fn present(&self) -> SecretString {
        self.0.lock().unwrap().as_str().into()
    }
}

#[tokio::test]
async fn a_secret_that_changes_under_a_client_is_tried_with_the_next_call() {
    let fake = Fake::without_sign_in().await;
    let made = ResponseTemplate::new(200).set_body_json(json!({ "token": "t" }));
    fake.mount("POST", SIGN_IN, in_turn([error(401, "10001"), made]))
        .await;
    fake.mount("GET", ACCOUNTS, no_accounts()).await;
    let secret = Arc::new(Changing(Mutex::new(SECRET.into())));
    let config = ClientConfig {
        partner_secret: Arc::<Changing>::clone(&secret),
        ..fake.config("", quick())
    };
    let client = Client::new(config, fake.ports(Arc::clone(&fake.memory))).unwrap();
    for _ in 0..2 {
        failing(&client).await;
    }
    assert!(matches!(
        client.credential_state().await,
        CredentialState::Rejected { .. }
    ));
    "another-secret-1".clone_into(&mut secret.0.lock().unwrap());
    assert_eq!(client.credential_state().await, CredentialState::Untried);
    assert_eq!(client.accounts(&customer()).await, Ok(vec![]));
    let shown = fake.requests(SIGN_IN).await;
    let shown = shown.iter().map(|it| it.body_json::<Value>().unwrap());
    let shown: Vec<Value> = shown.map(|body| body["partnerSecret"].clone()).collect();
    assert_eq!(shown, [SECRET, "another-secret-1"]);
    "third-secret-3".clone_into(&mut secret.0.lock().unwrap());
    assert_eq!(
        client.credential_state().await,
        CredentialState::Untried,
        "what is held was made with another"
    );
    // Back again, it is known to be wrong.
    SECRET.clone_into(&mut secret.0.lock().unwrap());
    assert!(matches!(
        client.credential_state().await,
        CredentialState::Rejected { .. }
    ));
}
