//! One token for all, and no second try of a refused credential.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use relink_mastercard::client::ClientConfig;
use relink_mastercard::ports::{
    Claim, Clock, CredentialMemory, Fingerprint, MemoryUnavailable, Rejection,
};
use relink_mastercard::{Cause, Client, Credential, CredentialState, ErrorCode, Operation};
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::support::{
    ACCOUNTS, Fake, SECRET, SIGN_IN, customer, error, in_turn, no_accounts, quick,
};

async fn token_of_last_call(fake: &Fake) -> String {
    let sent = fake.requests(ACCOUNTS).await;
    sent.last().unwrap().headers["finicity-app-token"]
        .to_str()
        .unwrap()
        .to_owned()
}

pub(crate) async fn failing(client: &Client) -> Cause {
    let failure = client.accounts(&customer()).await.unwrap_err();
    assert_eq!(failure.operation, Operation::CreateToken);
    failure.cause
}

#[tokio::test]
async fn one_token_is_fetched_however_many_wait() {
    let fake = Fake::start().await;
    fake.mount("GET", ACCOUNTS, no_accounts()).await;
    let client = fake.client();
    let customer = customer();
    for answer in join_all((0..50).map(|_| client.accounts(&customer))).await {
        assert_eq!(answer, Ok(vec![]));
    }
    assert_eq!(fake.count(SIGN_IN).await, 1);
}

#[tokio::test]
async fn a_failed_sign_in_is_shared_by_those_who_wait() {
    let fake = Fake::without_sign_in().await;
    fake.mount("POST", SIGN_IN, error(503, "1")).await;
    let client = fake.client();
    let customer = customer();
    for answer in join_all((0..50).map(|_| client.accounts(&customer))).await {
        let cause = answer.unwrap_err().cause;
        assert_eq!(
            cause,
            Cause::Rejected {
                status: 503,
                code: Some(ErrorCode::new(1))
            }
        );
    }
    assert_eq!(fake.count(SIGN_IN).await, 1);
}

#[tokio::test]
async fn a_token_is_renewed_from_90_minutes_on() {
    let fake = Fake::start().await;
    fake.mount("GET", ACCOUNTS, no_accounts()).await;
    let client = fake.client();
    client.accounts(&customer()).await.unwrap();
    fake.clock
        .advance(TimeDelta::minutes(90) - TimeDelta::seconds(1));
    client.accounts(&customer()).await.unwrap();
    assert_eq!(token_of_last_call(&fake).await, "token-1");
    fake.clock.advance(TimeDelta::seconds(1));
    client.accounts(&customer()).await.unwrap();
    assert_eq!(token_of_last_call(&fake).await, "token-2");
}

#[tokio::test]
async fn an_old_token_serves_to_its_end_when_renewing_fails() {
    let fake = Fake::without_sign_in().await;
    let made = ResponseTemplate::new(200).set_body_json(json!({ "token": "token-1" }));
    fake.mount("POST", SIGN_IN, in_turn([made, error(503, "1")]))
        .await;
    fake.mount("GET", ACCOUNTS, no_accounts()).await;
    let client = fake.client();
    client.accounts(&customer()).await.unwrap();
    fake.clock.advance(TimeDelta::minutes(119));
    assert_eq!(client.accounts(&customer()).await, Ok(vec![]));
    fake.clock.advance(TimeDelta::minutes(1));
    assert!(matches!(
        failing(&client).await,
        Cause::Rejected { status: 503, .. }
    ));
}

#[rstest::rstest]
#[case(json!("10022"))]
#[case(json!("10023"))]
#[case(json!(10023))]
#[tokio::test]
async fn a_refused_token_is_renewed_once(#[case] code: serde_json::Value) {
    let fake = Fake::start().await;
    fake.mount("GET", ACCOUNTS, in_turn([error(401, code), no_accounts()]))
        .await;
    let client = fake.client();
    assert_eq!(client.accounts(&customer()).await, Ok(vec![]));
    assert_eq!(token_of_last_call(&fake).await, "token-2");
    assert_eq!(fake.count(SIGN_IN).await, 2);
}

#[tokio::test]
async fn a_token_refused_again_is_not_renewed_again() {
    let fake = Fake::start().await;
    fake.mount("GET", ACCOUNTS, error(401, "10022")).await;
    let failure = fake.client().accounts(&customer()).await.unwrap_err();
    let code = Some(ErrorCode::INVALID_TOKEN);
    assert_eq!(failure.cause, Cause::Rejected { status: 401, code });
    assert_eq!(
        (fake.count(ACCOUNTS).await, fake.count(SIGN_IN).await),
        (2, 2)
    );
}

#[rstest::rstest]
#[case::wrong(error(401, "10001"), Credential::PartnerSecret)]
#[case::as_number(error(401, 10001), Credential::PartnerSecret)]
#[case::not_authorized(error(401, "10021"), Credential::PartnerSecret)]
#[case::unknown_partner(error(404, 12401), Credential::PartnerSecret)]
#[case::no_code(ResponseTemplate::new(401), Credential::PartnerSecret)]
#[case::app_key_missing(error(401, "10026"), Credential::AppKey)]
#[case::app_key(ResponseTemplate::new(401).set_body_string("Invalid (Finicity-App-Key)"), Credential::AppKey)]
#[tokio::test]
async fn a_rejected_credential_is_never_tried_again(
    #[case] answer: ResponseTemplate,
    #[case] credential: Credential,
) {
    let fake = Fake::without_sign_in().await;
    fake.mount("POST", SIGN_IN, answer).await;
    let client = fake.client();
    let first = failing(&client).await;
    assert!(
        matches!(first, Cause::CredentialsRejected { credential: named, .. } if named == credential)
    );
    assert!(matches!(
        failing(&client).await,
        Cause::CredentialsBlocked { .. }
    ));
    // A restart, and another node: a client of its own on the same memory.
    let restarted = fake.client();
    fake.clock.advance(TimeDelta::days(400));
    assert!(matches!(
        failing(&restarted).await,
        Cause::CredentialsBlocked { .. }
    ));
    assert!(matches!(
        restarted.sign_in().await.unwrap_err().cause,
        Cause::CredentialsBlocked { .. }
    ));
    let state = restarted.credential_state().await;
    assert!(
        matches!(state, CredentialState::Rejected { credential: named, .. } if named == credential)
    );
    assert_eq!(fake.count(SIGN_IN).await, 1);
}

#[tokio::test]
async fn waiting_callers_do_not_try_a_rejected_secret() {
    let fake = Fake::without_sign_in().await;
    fake.mount("POST", SIGN_IN, error(401, "10001")).await;
    let client = fake.client();
    let customer = customer();
    join_all((0..20).map(|_| client.accounts(&customer))).await;
    assert_eq!(fake.count(SIGN_IN).await, 1);
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_lose_the_rejection() {
    let fake = Fake::without_sign_in().await;
    let slow = error(401, "10001").set_delay(std::time::Duration::from_millis(200));
    fake.mount("POST", SIGN_IN, slow).await;
    let client = fake.client();
    let gone = std::time::Duration::from_millis(50);
    tokio::time::timeout(gone, client.accounts(&customer()))
        .await
        .unwrap_err();
    failing(&client).await;
    assert_eq!(fake.count(SIGN_IN).await, 1);
}

#[tokio::test]
async fn only_a_changed_secret_or_force_tries_again() {
    let fake = Fake::without_sign_in().await;
    let made = ResponseTemplate::new(200).set_body_json(json!({ "token": "t" }));
    let answers = [error(401, "10001"), error(401, "10001"), made];
    fake.mount("POST", SIGN_IN, in_turn(answers)).await;
    fake.mount("GET", ACCOUNTS, no_accounts()).await;
    failing(&fake.client()).await;
    failing(&fake.client_with("another-secret-1", quick())).await;
    assert_eq!(fake.count(SIGN_IN).await, 2, "a changed secret is tried");
    let back = fake.client_with(SECRET, quick());
    assert!(matches!(
        failing(&back).await,
        Cause::CredentialsBlocked { .. }
    ));
    assert_eq!(
        fake.count(SIGN_IN).await,
        2,
        "going back to the first is not"
    );
    back.forget_rejection().await.unwrap();
    assert_eq!(back.accounts(&customer()).await, Ok(vec![]));
    assert!(matches!(
        back.credential_state().await,
        CredentialState::Accepted { .. }
    ));
}

#[tokio::test]
async fn a_gateway_in_between_does_not_block_the_secret() {
    let fake = Fake::without_sign_in().await;
    fake.mount(
        "POST",
        SIGN_IN,
        ResponseTemplate::new(403).set_body_string("<html>"),
    )
    .await;
    let client = fake.client();
    assert_eq!(
        failing(&client).await,
        Cause::Rejected {
            status: 403,
            code: None
        }
    );
    assert_eq!(client.credential_state().await, CredentialState::Untried);
}

/// A memory whose database is gone.
struct Gone;

#[async_trait::async_trait]
impl CredentialMemory for Gone {
    async fn load(&self, _: &Fingerprint) -> Result<Option<Rejection>, MemoryUnavailable> {
        Err(MemoryUnavailable)
    }

    async fn store(&self, _: &Rejection) -> Result<(), MemoryUnavailable> {
        Err(MemoryUnavailable)
    }

    async fn forget(&self, _: &Fingerprint) -> Result<(), MemoryUnavailable> {
        Err(MemoryUnavailable)
    }

    async fn claim(
        &self,
        _: &Fingerprint,
        _: DateTime<Utc>,
        _: DateTime<Utc>,
    ) -> Result<Claim, MemoryUnavailable> {
        Err(MemoryUnavailable)
    }

    async fn release(&self, _: &Fingerprint) -> Result<(), MemoryUnavailable> {
        Err(MemoryUnavailable)
    }
}

#[tokio::test]
async fn nodes_that_start_together_try_a_wrong_secret_once() {
    let fake = Fake::without_sign_in().await;
    let refusal = error(401, "10001").set_delay(Duration::from_millis(50));
    fake.mount("POST", SIGN_IN, refusal).await;
    let nodes: Vec<Client> = (0..6).map(|_| fake.client()).collect();
    let customer = customer();
    let answers = join_all(nodes.iter().map(|node| node.accounts(&customer))).await;
    assert!(
        answers
            .iter()
            .all(|answer| { answer.as_ref().unwrap_err().cause.is_about_credentials() })
    );
    assert_eq!(fake.count(SIGN_IN).await, 1);
}

#[tokio::test]
async fn after_three_trials_that_nobody_saw_the_end_of_there_is_no_fourth() {
    let fake = Fake::start().await;
    fake.mount("GET", ACCOUNTS, no_accounts()).await;
    let CredentialState::Rejected { rejection, .. } = rejected(&fake).await else {
        panic!("not rejected");
    };
    let secret = rejection.fingerprint;
    fake.memory.forget(&secret).await.unwrap();
    let now = || fake.clock.now();
    for unseen in 0..3 {
        let until = now() + TimeDelta::minutes(1);
        let claim = fake.memory.claim(&secret, now(), until).await.unwrap();
        assert_eq!(claim, Claim::Granted { unseen });
        // The process dies.
        fake.clock.advance(TimeDelta::minutes(1));
    }
    let client = fake.client();
    assert!(matches!(
        failing(&client).await,
        Cause::CredentialsBlocked { .. }
    ));
    assert_eq!(fake.count(SIGN_IN).await, 0);
    client.forget_rejection().await.unwrap();
    assert_eq!(client.accounts(&customer()).await, Ok(vec![]));
}

/// How the credentials stand once Mastercard refused them.
async fn rejected(fake: &Fake) -> CredentialState {
    let other = Fake::without_sign_in().await;
    other.mount("POST", SIGN_IN, error(401, "10001")).await;
    let config = ClientConfig {
        base_url: other.config(SECRET, quick()).base_url,
        ..fake.config(SECRET, quick())
    };
    let client = Client::new(config, fake.ports(Arc::clone(&fake.memory))).unwrap();
    failing(&client).await;
    client.credential_state().await
}

#[tokio::test]
async fn without_the_memory_nothing_is_tried() {
    let fake = Fake::start().await;
    let client = Client::new(fake.config(SECRET, quick()), fake.ports(Arc::new(Gone))).unwrap();
    assert_eq!(failing(&client).await, Cause::CredentialsUnchecked);
    assert_eq!(client.credential_state().await, CredentialState::Unchecked);
    assert_eq!(fake.count(SIGN_IN).await, 0);
}

#[tokio::test]
async fn the_fingerprint_tells_nothing_and_needs_the_key() {
    let fake = Fake::without_sign_in().await;
    fake.mount("POST", SIGN_IN, error(401, "10001")).await;
    let client = fake.client();
    failing(&client).await;
    let CredentialState::Rejected { rejection, .. } = client.credential_state().await else {
        panic!("not rejected");
    };
    assert_eq!(rejection.fingerprint.as_str().len(), 64);
    assert_eq!(rejection.code, Some(ErrorCode::INVALID_CREDENTIALS));
    let mut config = fake.config(SECRET, quick());
    config.fingerprint_key = vec![1; 32].into();
    let other_key = Client::new(config, fake.ports(Arc::clone(&fake.memory))).unwrap();
    assert_eq!(other_key.credential_state().await, CredentialState::Untried);
}
