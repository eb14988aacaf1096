//! A fake Mastercard on loopback and a client of it, on a clock that stands.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use relink_mastercard::model::{ConnectOptions, LiteRequest, Webhook};
use relink_mastercard::ports::{Clock, CredentialMemory, InMemory, Random, Unobserved};
use relink_mastercard::{
    Client, ClientConfig, CustomerId, InstitutionId, Limits, PartnerId, Ports,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

pub(crate) const SIGN_IN: &str = "/aggregation/v2/partners/authentication";
pub(crate) const ACCOUNTS: &str = "/aggregation/v1/customers/1005061234/accounts/simple";
pub(crate) const LITE: &str = "/connect/v2/generate/lite";
pub(crate) const SECRET: &str = "aqJ5Ic4SEVx2IgDQ6oR4";
pub(crate) const APP_KEY: &str = "app-key-0001";

/// A clock that stands until it is moved.
pub(crate) struct Standing(Mutex<DateTime<Utc>>);

impl Standing {
    pub(crate) fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for Standing {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// Counts up: references differ, jitter is none.
struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
        if bytes.len() >= 8 {
            let start = bytes.len() - 8;
            bytes[start..].copy_from_slice(&self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        }
    }
}

/// A fake Mastercard with what a client of it needs.
pub(crate) struct Fake {
    pub(crate) server: MockServer,
    pub(crate) clock: Arc<Standing>,
    pub(crate) memory: Arc<InMemory>,
}

impl Fake {
    /// Signs in whoever asks; everything else is to be mounted.
    pub(crate) async fn start() -> Self {
        let fake = Self::without_sign_in().await;
        fake.signs_in().await;
        fake
    }

    pub(crate) async fn without_sign_in() -> Self {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        Self {
            server: MockServer::start().await,
            clock: Arc::new(Standing(Mutex::new(now))),
            memory: Arc::default(),
        }
    }

    /// Gives each sign-in a token of its own: token-1, token-2, …
    pub(crate) async fn signs_in(&self) {
        let made = AtomicU64::new(0);
        let answer = move |_: &Request| {
            let number = made.fetch_add(1, Ordering::Relaxed) + 1;
            ResponseTemplate::new(200).set_body_json(json!({ "token": format!("token-{number}") }))
        };
        self.mount("POST", SIGN_IN, answer).await;
    }

    pub(crate) async fn mount(&self, verb: &str, at: &str, answer: impl Respond + 'static) {
        Mock::given(method(verb))
            .and(path(at))
            .respond_with(answer)
            .mount(&self.server)
            .await;
    }

    pub(crate) fn client(&self) -> Client {
        self.client_with(SECRET, quick())
    }

    pub(crate) fn client_with(&self, secret: &str, limits: Limits) -> Client {
        Client::new(
            self.config(secret, limits),
            self.ports(Arc::clone(&self.memory)),
        )
        .unwrap()
    }

    pub(crate) fn ports(&self, memory: Arc<impl CredentialMemory + 'static>) -> Ports {
        let clock = Arc::clone(&self.clock);
        Ports {
            clock,
            random: Arc::new(Counting(AtomicU64::new(1))),
            memory,
            observer: Arc::new(Unobserved),
        }
    }

    pub(crate) fn config(&self, secret: &str, limits: Limits) -> ClientConfig {
        ClientConfig {
            base_url: Url::parse(&self.server.uri()).unwrap(),
            partner_id: PartnerId::parse("2445583925753").unwrap(),
            partner_secret: Arc::new(SecretString::from(secret)),
            app_key: APP_KEY.into(),
            fingerprint_key: vec![9; 32].into(),
            loopback_only: true,
            limits,
        }
    }

    /// The requests so far to a path.
    pub(crate) async fn requests(&self, at: &str) -> Vec<Request> {
        let all = self.server.received_requests().await.unwrap();
        all.into_iter()
            .filter(|request| request.url.path() == at)
            .collect()
    }

    pub(crate) async fn count(&self, at: &str) -> usize {
        self.requests(at).await.len()
    }
}

/// Limits that let a test wait for none.
pub(crate) fn quick() -> Limits {
    Limits {
        backoff: Duration::from_millis(1),
        ..Limits::default()
    }
}

pub(crate) fn customer() -> CustomerId {
    CustomerId::parse("1005061234").unwrap()
}

pub(crate) fn lite(webhook: bool) -> LiteRequest {
    let webhook = webhook.then(|| Webhook {
        url: Url::parse("https://relink.example/hooks/abc").unwrap(),
        data: [("reference".to_owned(), "abc".to_owned())].into(),
        headers: [].into(),
    });
    LiteRequest {
        customer: customer(),
        institution: InstitutionId::new(102_105),
        options: ConnectOptions {
            webhook,
            ..ConnectOptions::default()
        },
    }
}

pub(crate) fn no_accounts() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({ "accounts": [] }))
}

pub(crate) fn error(status: u16, code: impl Into<Value>) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "code": code.into(), "message": "told" }))
}

/// Answers with each in turn, and with the last for ever.
pub(crate) struct InTurn(Vec<ResponseTemplate>, AtomicU64);

pub(crate) fn in_turn(answers: impl Into<Vec<ResponseTemplate>>) -> InTurn {
    InTurn(answers.into(), AtomicU64::new(0))
}

impl Respond for InTurn {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        let turn = usize::try_from(self.1.fetch_add(1, Ordering::Relaxed)).unwrap();
        self.0[turn.min(self.0.len() - 1)].clone()
    }
}
