//! Signing in: one token for all callers, and no second try of a credential
//! that was refused.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderValue, Method};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use super::config::{ClientConfig, Ports};
use super::transport::{Call, Stop, Transport};
use super::trial::{self, Trial};
use crate::error::Credential;
use crate::ports::{CredentialMemory, Fingerprint, InMemory, MemoryUnavailable, Rejection};
use crate::{Cause, Error, ErrorCode, Operation};

/// Where the secret is shown, and replaced.
const AUTHENTICATION: &str = "/aggregation/v2/partners/authentication";
/// From this age on a token is renewed: the description's advice.
const RENEW_FROM: TimeDelta = TimeDelta::minutes(90);
/// A token's life: until then an old one serves when renewing fails.
const LIFE: TimeDelta = TimeDelta::minutes(120);

/// What is known of the configured credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialState {
    /// Not tried since this client was made, and not refused before.
    Untried,
    /// They worked.
    Accepted {
        /// When the held token was made.
        at: DateTime<Utc>,
    },
    /// They were refused and are not tried again.
    Rejected {
        /// Which one.
        credential: Credential,
        /// When, and with which code.
        rejection: Rejection,
    },
    /// The memory does not answer, so they are not tried.
    Unchecked,
}

/// A token, as the header that carries it.
pub(super) struct Token {
    pub(super) header: HeaderValue,
    /// Tells tokens apart, so that a late 401 discards no newer one.
    pub(super) number: u64,
}

#[derive(Clone)]
struct Held {
    token: Arc<Token>,
    at: DateTime<Utc>,
    /// Of the secret that it was made with, which another may have replaced.
    secret: Fingerprint,
}

/// How the latest attempt to sign in ended, for those who waited for it.
#[derive(Default)]
struct Latest {
    failure: Option<Error>,
}

pub(super) struct Tokens {
    config: ClientConfig,
    ports: Ports,
    transport: Arc<Transport>,
    held: Mutex<Option<Held>>,
    /// Holds everybody but the one who signs in.
    flight: tokio::sync::Mutex<Latest>,
    attempts: AtomicU64,
    /// Knows a rejection also when the lasting memory could not be written.
    own_memory: InMemory,
}

impl Tokens {
    pub(super) fn new(config: ClientConfig, ports: Ports, transport: Arc<Transport>) -> Self {
        Self {
            config,
            ports,
            transport,
            held: Mutex::default(),
            flight: tokio::sync::Mutex::default(),
            attempts: AtomicU64::new(0),
            own_memory: InMemory::default(),
        }
    }

    /// A token younger than 90 minutes, fetched once for all who wait.
    ///
    /// The fetch runs in a task of its own: a caller that goes away in the
    /// middle must not lose the answer to an attempt that counts.
    pub(super) async fn get(self: &Arc<Self>) -> Result<Arc<Token>, Error> {
        if let Some(held) = self.younger_than(RENEW_FROM) {
            return Ok(held);
        }
        let seen = self.attempts.load(Ordering::Acquire);
        let this = Arc::clone(self);
        #[expect(
            clippy::disallowed_methods,
            reason = "bounded by the call's time limit, and awaited here"
        )]
        let fetch = tokio::spawn(async move { this.fetch(seen).await });
        match fetch.await {
            Ok(result) => result,
            Err(gone) => match gone.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(self.failure(Cause::Unreachable)),
            },
        }
    }

    async fn fetch(&self, seen: u64) -> Result<Arc<Token>, Error> {
        let mut latest = self.flight.lock().await;
        if let Some(token) = self.younger_than(RENEW_FROM) {
            return Ok(token);
        }
        // An attempt ended while we waited: its failure is ours as well.
        if self.attempts.load(Ordering::Acquire) != seen
            && let Some(failure) = &latest.failure
        {
            return Err(failure.clone());
        }
        let outcome = self.sign_in().await;
        self.attempts.fetch_add(1, Ordering::Release);
        latest.failure = outcome.as_ref().err().cloned();
        match outcome {
            Err(error) if !error.cause.is_about_credentials() => {
                self.younger_than(LIFE).ok_or(error)
            }
            outcome => outcome,
        }
    }

    async fn sign_in(&self) -> Result<Arc<Token>, Error> {
        let secret = self.config.partner_secret.present().await;
        self.alone(&secret, self.try_once(&secret)).await
    }

    /// Replaces the secret at Mastercard. It is shown once; refused, it is
    /// never shown again.
    pub(super) async fn replace(&self, new: &SecretString) -> Result<(), Error> {
        let secret = self.config.partner_secret.present().await;
        self.alone(&secret, self.replace_once(&secret, new)).await
    }

    /// Shows the secret, with nobody else trying it meanwhile.
    async fn alone<T>(
        &self,
        secret: &SecretString,
        attempt: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let fingerprint = self.fingerprint(Credential::PartnerSecret, secret);
        let unchecked = |MemoryUnavailable| self.failure(Cause::CredentialsUnchecked);
        let trial = trial::begin(&self.ports, &fingerprint, self.config.limits.call).await;
        if trial.map_err(unchecked)? == Trial::Doubtful {
            self.remember(Credential::PartnerSecret, secret, None).await;
        }
        // After the claim: another node's refusal is stored by now.
        let outcome = match self.rejection(secret).await {
            Ok(None) => attempt.await,
            Ok(Some((credential, rejection))) => {
                let since = rejection.at;
                Err(self.failure(Cause::CredentialsBlocked { credential, since }))
            }
            Err(gone) => Err(unchecked(gone)),
        };
        if self.ports.memory.release(&fingerprint).await.is_err() {
            tracing::warn!("the next trial of the partner secret waits until this one is over");
        }
        outcome
    }

    async fn try_once(&self, secret: &SecretString) -> Result<Arc<Token>, Error> {
        let reference = self.transport.reference();
        let at = self.ports.clock.now();
        let outcome = self
            .transport
            .run(&self.call(secret), None, &reference)
            .await;
        let cause = match outcome.map(|body| self.read(&body)) {
            Ok(Some(token)) => {
                let held = Held {
                    token: Arc::new(token),
                    at,
                    secret: self.fingerprint(Credential::PartnerSecret, secret),
                };
                *self.held() = Some(held.clone());
                return Ok(held.token);
            }
            Ok(None) => Cause::Unreadable { status: 200 },
            Err(Stop::Failed(cause) | Stop::TokenRefused(cause)) => cause,
        };
        if let Cause::CredentialsRejected { credential, code } = cause {
            self.remember(credential, secret, code).await;
        }
        Err(Error {
            operation: Operation::CreateToken,
            reference,
            cause,
        })
    }

    async fn replace_once(&self, secret: &SecretString, new: &SecretString) -> Result<(), Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Change<'a> {
            partner_id: &'a str,
            partner_secret: &'a str,
            new_partner_secret: &'a str,
            immediate: bool,
        }

        let operation = Operation::ModifyPartnerSecret;
        let call = Call::new(operation, Method::PUT, AUTHENTICATION)
            .json(&Change {
                partner_id: self.config.partner_id.as_str(),
                partner_secret: secret.expose_secret(),
                new_partner_secret: new.expose_secret(),
                // The old one works for 30 days more: every node can follow.
                immediate: false,
            })
            .without_answer();
        let reference = self.transport.reference();
        let cause = match self.transport.run(&call, None, &reference).await {
            Ok(_) => return Ok(()),
            Err(Stop::Failed(cause) | Stop::TokenRefused(cause)) => cause,
        };
        if let Cause::CredentialsRejected { credential, code } = cause {
            self.remember(credential, secret, code).await;
        }
        Err(Error {
            operation,
            reference,
            cause,
        })
    }

    fn call(&self, secret: &SecretString) -> Call {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Credentials<'a> {
            partner_id: &'a str,
            partner_secret: &'a str,
        }

        Call::new(Operation::CreateToken, Method::POST, AUTHENTICATION).json(&Credentials {
            partner_id: self.config.partner_id.as_str(),
            partner_secret: secret.expose_secret(),
        })
    }

    fn read(&self, body: &[u8]) -> Option<Token> {
        #[derive(Deserialize)]
        struct Made {
            token: SecretString,
        }

        let made: Made = serde_json::from_slice(body).ok()?;
        Token::new(&made.token, self.attempts.load(Ordering::Acquire))
    }

    /// Forgets this token unless it was replaced already.
    pub(super) fn discard(&self, token: &Token) {
        let mut held = self.held();
        if held
            .as_ref()
            .is_some_and(|held| held.token.number == token.number)
        {
            *held = None;
        }
    }

    pub(super) async fn state(&self) -> CredentialState {
        let secret = self.config.partner_secret.present().await;
        match self.rejection(&secret).await {
            Err(MemoryUnavailable) => CredentialState::Unchecked,
            Ok(Some((credential, rejection))) => CredentialState::Rejected {
                credential,
                rejection,
            },
            Ok(None) => {
                let present = self.fingerprint(Credential::PartnerSecret, &secret);
                match &*self.held() {
                    Some(held) if held.secret == present => {
                        CredentialState::Accepted { at: held.at }
                    }
                    _ => CredentialState::Untried,
                }
            }
        }
    }

    pub(super) async fn forget(&self) -> Result<(), MemoryUnavailable> {
        let secret = self.config.partner_secret.present().await;
        for credential in Credential::ALL {
            let fingerprint = self.fingerprint(credential, &secret);
            self.own_memory.forget(&fingerprint).await?;
            self.ports.memory.forget(&fingerprint).await?;
        }
        Ok(())
    }

    async fn rejection(
        &self,
        secret: &SecretString,
    ) -> Result<Option<(Credential, Rejection)>, MemoryUnavailable> {
        for credential in Credential::ALL {
            let fingerprint = self.fingerprint(credential, secret);
            for memory in [
                &self.own_memory as &dyn CredentialMemory,
                &*self.ports.memory,
            ] {
                if let Some(rejection) = memory.load(&fingerprint).await? {
                    return Ok(Some((credential, rejection)));
                }
            }
        }
        Ok(None)
    }

    async fn remember(
        &self,
        credential: Credential,
        secret: &SecretString,
        code: Option<ErrorCode>,
    ) {
        let rejection = Rejection {
            fingerprint: self.fingerprint(credential, secret),
            at: self.ports.clock.now(),
            code,
        };
        for memory in [
            &self.own_memory as &dyn CredentialMemory,
            &*self.ports.memory,
        ] {
            if memory.store(&rejection).await.is_err() {
                tracing::error!(%credential, "the rejection could not be stored: a restart would try it again");
            }
        }
    }

    /// The partner id belongs to the secret's fingerprint: the same secret
    /// under another id is another attempt.
    fn fingerprint(&self, credential: Credential, secret: &SecretString) -> Fingerprint {
        let (label, partner, value) = match credential {
            Credential::PartnerSecret => {
                ("partner secret", self.config.partner_id.as_str(), secret)
            }
            Credential::AppKey => ("application key", "", &self.config.app_key),
        };
        Fingerprint::of(
            &self.config.fingerprint_key,
            &[label, partner, value.expose_secret()],
        )
    }

    fn younger_than(&self, age: TimeDelta) -> Option<Arc<Token>> {
        let now = self.ports.clock.now();
        let held = self.held();
        let held = held.as_ref()?;
        // A clock set back makes the age unknown: renew.
        (held.at <= now && now - held.at < age).then(|| Arc::clone(&held.token))
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failure(&self, cause: Cause) -> Error {
        Error {
            operation: Operation::CreateToken,
            reference: self.transport.reference(),
            cause,
        }
    }
}
