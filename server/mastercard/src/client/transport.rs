//! How a call goes out: a place among those in flight, the circuit of its
//! group, tries with waits between them, and a limit on all of it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::{HeaderValue, Method, header};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep, timeout};
use url::Url;

use super::breaker::{Breaker, CircuitState};
use super::config::{ClientConfig, Limits, Ports, SetupError};
use super::reply::{Reply, Verdict};
use super::token::Token;
use crate::{Cause, Group, Operation, RequestReference};

/// Longest pause taken from `Retry-After`: above it we look again by ourselves.
const LONGEST_PAUSE: Duration = Duration::from_mins(15);

/// One call to make.
pub(super) struct Call {
    pub(super) operation: Operation,
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
    /// Whether the answer is in the body of a success.
    pub(super) answers: bool,
    /// Whether a `ping` to a webhook happens inside the call.
    pub(super) pings: bool,
}

impl Call {
    pub(super) fn new(operation: Operation, method: Method, path: impl Into<String>) -> Self {
        let path = path.into();
        Self {
            operation,
            method,
            path,
            query: Vec::new(),
            body: None,
            answers: true,
            pings: false,
        }
    }

    pub(super) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// The bodies are structs of ours with text keys, which always serialise.
    pub(super) fn json(mut self, body: &impl Serialize) -> Self {
        self.body = serde_json::to_vec(body).ok();
        self
    }

    pub(super) fn without_answer(mut self) -> Self {
        self.answers = false;
        self
    }

    pub(super) fn pinging(mut self) -> Self {
        self.pings = true;
        self
    }

    /// By the method alone: every GET and DELETE we call may be repeated, no
    /// POST may (a customer made twice, a sign-in counted twice).
    fn is_idempotent(&self) -> bool {
        matches!(self.method, Method::GET | Method::DELETE)
    }
}

/// Why a call stopped.
pub(super) enum Stop {
    /// The token was refused: renew it and try once more.
    TokenRefused(Cause),
    /// For good.
    Failed(Cause),
}

pub(super) struct Transport {
    http: reqwest::Client,
    base_url: Url,
    app_key: HeaderValue,
    limits: Limits,
    ports: Ports,
    places: Semaphore,
    refresh_places: Semaphore,
    breakers: BTreeMap<Group, Mutex<Breaker>>,
}

impl Transport {
    pub(super) fn new(config: &ClientConfig, ports: &Ports) -> Result<Self, SetupError> {
        let mut app_key = HeaderValue::from_str(config.app_key.expose_secret())
            .map_err(|_| SetupError::AppKey)?;
        app_key.set_sensitive(true);
        let limits = config.limits;
        let breaker = || Mutex::new(Breaker::new(limits.failures, limits.open_for));
        Ok(Self {
            http: http_client(config)?,
            base_url: config.base_url.clone(),
            app_key,
            limits,
            ports: ports.clone(),
            places: Semaphore::new(limits.in_flight),
            refresh_places: Semaphore::new(limits.refreshes_in_flight),
            breakers: Group::ALL
                .into_iter()
                .map(|group| (group, breaker()))
                .collect(),
        })
    }

    pub(super) fn reference(&self) -> RequestReference {
        let mut bytes = [0; 16];
        self.ports.random.fill(&mut bytes);
        RequestReference(format!("{:032x}", u128::from_be_bytes(bytes)))
    }

    pub(super) fn circuits(&self) -> Vec<(Group, CircuitState)> {
        let now = self.ports.clock.now();
        Group::ALL
            .map(|group| (group, self.breaker(group, |breaker| breaker.state(now))))
            .to_vec()
    }

    /// Makes the call within its time limit, retries and waits included.
    pub(super) async fn run(
        &self,
        call: &Call,
        token: Option<&Token>,
        reference: &RequestReference,
    ) -> Result<Vec<u8>, Stop> {
        let limit = match call.operation.group() {
            Group::Refresh => self.limits.refresh,
            _ => self.limits.call,
        };
        let begun = Instant::now();
        let outcome = timeout(limit, self.tries(call, token, reference, begun + limit)).await;
        let outcome = outcome.unwrap_or_else(|_| {
            self.failed(call);
            Err(Stop::Failed(Cause::TimedOut))
        });
        let name = match &outcome {
            Ok(_) => "answered",
            Err(Stop::TokenRefused(_)) => "token_refused",
            Err(Stop::Failed(cause)) => cause.name(),
        };
        let observer = &self.ports.observer;
        observer.called(call.operation, name, begun.elapsed());
        outcome
    }

    async fn tries(
        &self,
        call: &Call,
        token: Option<&Token>,
        reference: &RequestReference,
        deadline: Instant,
    ) -> Result<Vec<u8>, Stop> {
        let mut tried = 0;
        loop {
            let (cause, asked) = match self.once(call, token, reference).await {
                Verdict::Answer(body) => return Ok(body),
                Verdict::TokenRefused(cause) => return Err(Stop::TokenRefused(cause)),
                Verdict::Refused(cause) => return Err(Stop::Failed(cause)),
                Verdict::Trouble { cause, retry_after } => (cause, retry_after),
            };
            tried += 1;
            let wait = self.wait(tried, asked);
            let again = call.is_idempotent()
                && tried < self.limits.attempts
                && Instant::now() + wait < deadline;
            if !again {
                self.pause(call, asked);
                return Err(Stop::Failed(cause));
            }
            sleep(wait).await;
        }
    }

    /// One try, with its place in flight and its circuit.
    async fn once(
        &self,
        call: &Call,
        token: Option<&Token>,
        reference: &RequestReference,
    ) -> Verdict {
        let Ok(place) = timeout(self.limits.queue, self.place(call)).await else {
            return Verdict::Refused(Cause::Saturated);
        };
        let now = self.ports.clock.now();
        if let Err(until) = self.breaker(call.operation.group(), |breaker| breaker.admit(now)) {
            return Verdict::Refused(Cause::CircuitOpen { until });
        }
        let verdict = match self.exchange(call, token, reference).await {
            Ok(reply) => reply.judge(call, now),
            Err(cause @ Cause::Unreadable { .. }) => Verdict::Refused(cause),
            Err(cause) => Verdict::Trouble {
                cause,
                retry_after: None,
            },
        };
        drop(place);
        tracing::debug!(operation = %call.operation, %reference, %verdict, "called Mastercard");
        if verdict.counts() {
            self.failed(call);
        } else {
            self.succeeded(call);
        }
        verdict
    }

    async fn place(&self, call: &Call) -> Option<SemaphorePermit<'_>> {
        let places = match call.operation.group() {
            Group::Refresh => &self.refresh_places,
            _ => &self.places,
        };
        // Never closed, so never refused.
        places.acquire().await.ok()
    }

    async fn exchange(
        &self,
        call: &Call,
        token: Option<&Token>,
        reference: &RequestReference,
    ) -> Result<Reply, Cause> {
        let mut request = self
            .http
            .request(call.method.clone(), self.url(call))
            .header("Finicity-App-Key", self.app_key.clone())
            .header("X-External-Request-Id", reference.as_str())
            .header(header::ACCEPT, "application/json");
        if let Some(token) = token {
            request = request.header("Finicity-App-Token", token.header.clone());
        }
        if let Some(body) = &call.body {
            request = request
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        let unreachable = |error: reqwest::Error| {
            tracing::debug!(%reference, error = %error.without_url(), "no exchange with Mastercard");
            Cause::Unreachable
        };
        let mut response = request.send().await.map_err(unreachable)?;
        let mut reply = Reply::of(response.status(), response.headers());
        if !reply.is_wanted(call) {
            return Ok(reply);
        }
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if reply.body.len() + chunk.len() > self.limits.answer {
                return Err(Cause::Unreadable {
                    status: reply.status.as_u16(),
                });
            }
            reply.body.extend_from_slice(&chunk);
        }
        Ok(reply)
    }

    fn url(&self, call: &Call) -> Url {
        let mut url = self.base_url.clone();
        let prefix = self.base_url.path().trim_end_matches('/');
        url.set_path(&format!("{prefix}{}", call.path));
        url.set_query(None);
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        url
    }

    /// A random share of a bound that doubles, and what Mastercard asked for.
    fn wait(&self, tried: u32, asked: Option<Duration>) -> Duration {
        let mut bytes = [0; 4];
        self.ports.random.fill(&mut bytes);
        let share = f64::from(u32::from_be_bytes(bytes)) / f64::from(u32::MAX);
        let bound = self.limits.backoff.saturating_mul(1 << (tried - 1).min(10));
        asked.unwrap_or_default().min(LONGEST_PAUSE) + bound.mul_f64(share)
    }

    /// When this call cannot wait as long as asked, the whole group does: the
    /// next caller must not knock again at once.
    fn pause(&self, call: &Call, asked: Option<Duration>) {
        if let Some(asked) = asked {
            let until = self.ports.clock.now() + asked.min(LONGEST_PAUSE);
            self.breaker(call.operation.group(), |breaker| breaker.pause(until));
        }
    }

    fn failed(&self, call: &Call) {
        let now: DateTime<Utc> = self.ports.clock.now();
        self.breaker(call.operation.group(), |breaker| breaker.failed(now));
    }

    fn succeeded(&self, call: &Call) {
        self.breaker(call.operation.group(), Breaker::succeeded);
    }

    fn breaker<T>(&self, group: Group, act: impl FnOnce(&mut Breaker) -> T) -> T {
        let breaker = &self.breakers[&group];
        act(&mut breaker.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The one HTTP client: no redirects (Mastercard describes none, and one would
/// carry our headers elsewhere), TLS by aws-lc-rs.
#[expect(clippy::disallowed_methods, reason = "this is the one constructor")]
fn http_client(config: &ClientConfig) -> Result<reqwest::Client, SetupError> {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(config.limits.call.min(Duration::from_secs(5)))
        .tcp_nodelay(true)
        .user_agent(concat!("relink-mastercard/", env!("CARGO_PKG_VERSION")));
    if config.loopback_only {
        // A proxy of the surroundings would lead away from this machine; and a
        // machine without root certificates can still run the sandbox.
        builder = builder.no_proxy().tls_certs_only([]);
    }
    builder.build().map_err(|_| SetupError::Tls)
}

impl Token {
    pub(super) fn new(value: &SecretString, number: u64) -> Option<Self> {
        let mut header = HeaderValue::from_str(value.expose_secret()).ok()?;
        header.set_sensitive(true);
        Some(Self { header, number })
    }
}
