//! A sandbox on a port of its own, a caller that checks every reply against the
//! official description, and a receiver of webhooks.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration as RealDuration;

use axum::Router;
use axum::extract::State;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderMap, Method, StatusCode};
use relink_contract::Description;
use relink_sandbox::{Sandbox, SandboxClock, SandboxConfig, SandboxEnvironment};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

pub(crate) const PARTNER: &str = "2445584200001";
pub(crate) const SECRET: &str = "Sandbox-Partner-2026";
pub(crate) const APP_KEY: &str = "7d1c4be0a95f4a0c8e3b2f6d90517c3e";
pub(crate) const FIRST: &str = "1005061234";
pub(crate) const HOME: u64 = 102_105;

static DESCRIPTION: LazyLock<Option<Description>> = LazyLock::new(Description::load);

/// 20:00 UTC, twelve hours before the next nightly batch.
pub(crate) fn evening() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-09-20T20:00:00Z")
        .unwrap()
        .to_utc()
}

pub(crate) struct Harness {
    pub(crate) clock: SandboxClock,
    pub(crate) origin: String,
    client: reqwest::Client,
    token: String,
    /// Operations that were answered, by name and by whether it went well.
    seen: Mutex<BTreeSet<(String, bool)>>,
    stop: Option<DropGuard>,
    served: Option<JoinHandle<()>>,
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) text: String,
    pub(crate) headers: HeaderMap,
}

impl Reply {
    /// Status and `code`.
    pub(crate) fn fault(&self) -> (u16, Value) {
        (self.status, self.body["code"].clone())
    }
}

impl Harness {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut SandboxConfig)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let mut config = SandboxConfig::new(origin.parse().unwrap());
        change(&mut config);
        let clock = SandboxClock::standing(evening());
        let environment = SandboxEnvironment::check("sandbox").unwrap();
        let sandbox = Sandbox::new(environment, config, clock.clone()).unwrap();
        let stop = CancellationToken::new();
        let serving = relink_sandbox::serve(listener, sandbox, stop.clone());
        let served = spawn(async move { serving.await.unwrap() });
        let mut harness = Self {
            clock,
            origin,
            client: client(),
            token: String::new(),
            seen: Mutex::default(),
            stop: Some(stop.drop_guard()),
            served: Some(served),
        };
        harness.sign_in().await;
        harness
    }

    /// Takes a new token.
    pub(crate) async fn sign_in(&mut self) {
        let reply = self.token(SECRET).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.body["token"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.token);
    }

    /// Moves the clock, and takes a new token when the old one may be over.
    pub(crate) async fn advance(&mut self, by: chrono::Duration) -> DateTime<Utc> {
        let now = self.clock.advance(by).unwrap();
        self.sign_in().await;
        now
    }

    pub(crate) async fn token(&self, secret: &str) -> Reply {
        let body = json!({ "partnerId": PARTNER, "partnerSecret": secret });
        let path = "/aggregation/v2/partners/authentication";
        self.call(
            Method::POST,
            path,
            &[("finicity-app-key", APP_KEY)],
            Some(body),
        )
        .await
    }

    /// A call with key and token.
    pub(crate) async fn api(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        self.call(method, path, &self.headers(), body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.api(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        self.api(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Reply {
        self.api(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.api(Method::DELETE, path, None).await
    }

    /// A call with these headers; the reply is checked when it is one of the API.
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Reply {
        let reply = self.raw(method.clone(), path, headers, body).await;
        if let Some(description) = DESCRIPTION.as_ref() {
            let checked =
                description.check_reply(method.as_str(), path, reply.status, reply.text.as_bytes());
            assert_eq!(
                checked,
                Ok(()),
                "{method} {path}: {} {}",
                reply.status,
                reply.text
            );
            if let Some(operation) = description.operation(method.as_str(), path) {
                self.seen
                    .lock()
                    .unwrap()
                    .insert((operation.id.to_owned(), reply.status < 400));
            }
        }
        reply
    }

    /// Without a check.
    pub(crate) async fn raw(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Reply {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.origin));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        read(request.send().await.unwrap()).await
    }

    /// Key and token, for calls that are not checked.
    pub(crate) fn headers(&self) -> [(&'static str, &str); 2] {
        [
            ("finicity-app-key", APP_KEY),
            ("finicity-app-token", self.token.as_str()),
        ]
    }

    /// A form, as a page posts it.
    pub(crate) fn form(&self, path: &str, form: &str) -> reqwest::RequestBuilder {
        self.client
            .post(format!("{}{path}", self.origin))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned())
    }

    /// A wish to the control API.
    pub(crate) async fn control(&self, wish: Value) -> Value {
        let reply = self
            .raw(Method::POST, "/sandbox/api/do", &[], Some(wish))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.body
    }

    pub(crate) async fn state(&self) -> Value {
        self.raw(Method::GET, "/sandbox/api/state", &[], None)
            .await
            .body
    }

    pub(crate) fn description() -> Option<&'static Description> {
        DESCRIPTION.as_ref()
    }

    pub(crate) fn seen(&self) -> BTreeSet<(String, bool)> {
        self.seen.lock().unwrap().clone()
    }

    /// Opens a link as a browser would, without following redirects.
    pub(crate) async fn open(&self, link: &str) -> Reply {
        read(self.client.get(link).send().await.unwrap()).await
    }

    /// A new customer's id.
    pub(crate) async fn customer(&self, username: &str) -> String {
        let reply = self
            .post(
                "/aggregation/v2/customers/testing",
                json!({ "username": username }),
            )
            .await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.body["id"].as_str().unwrap().to_owned()
    }

    /// Stops the sandbox and waits for its end.
    pub(crate) async fn stop(mut self) {
        drop(self.stop.take());
        let served = self.served.take().unwrap();
        tokio::time::timeout(RealDuration::from_secs(20), served)
            .await
            .unwrap()
            .unwrap();
    }
}

async fn read(reply: reqwest::Response) -> Reply {
    let (status, headers) = (reply.status().as_u16(), reply.headers().clone());
    let text = reply.text().await.unwrap_or_default();
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Reply {
        status,
        body,
        text,
        headers,
    }
}

#[expect(clippy::disallowed_methods, reason = "the tests' one client")]
fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(RealDuration::from_secs(30))
        .build()
        .unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test's servers end with its runtime"
)]
fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send> + Send + 'static,
{
    tokio::spawn(future)
}

/// A request as the receiver got it.
pub(crate) struct Received {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn event_type(&self) -> String {
        self.json()["eventType"].as_str().unwrap().to_owned()
    }
}

/// A webhook receiver whose answer can be changed.
pub(crate) struct Receiver {
    pub(crate) url: String,
    answer: Arc<Mutex<StatusCode>>,
    inbox: mpsc::UnboundedReceiver<Received>,
    _server: JoinHandle<()>,
}

type Desk = (Arc<Mutex<StatusCode>>, mpsc::UnboundedSender<Received>);

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let answer = Arc::new(Mutex::new(StatusCode::OK));
        let (sender, inbox) = mpsc::unbounded_channel();
        let router = Router::new()
            .fallback(take)
            .with_state((Arc::clone(&answer), sender));
        let server = spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            url: format!("http://{address}/hook"),
            answer,
            inbox,
            _server: server,
        }
    }

    pub(crate) fn answer(&self, status: u16) {
        *self.answer.lock().unwrap() = StatusCode::from_u16(status).unwrap();
    }

    /// The next request; waits a while for it.
    pub(crate) async fn next(&mut self) -> Received {
        tokio::time::timeout(RealDuration::from_secs(20), self.inbox.recv())
            .await
            .expect("a webhook should have come")
            .unwrap()
    }

    /// What has come so far.
    pub(crate) fn pending(&mut self) -> Option<Received> {
        self.inbox.try_recv().ok()
    }
}

async fn take(State((answer, inbox)): State<Desk>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let status = *answer.lock().unwrap();
    // The test may be over.
    drop(inbox.send(Received { headers, body }));
    status
}
