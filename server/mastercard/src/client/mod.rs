//! The client: one method an operation.
//!
//! Every call runs the same way, in [`transport`](self): a place among the
//! calls in flight, the circuit breaker of its group, the token, the exchange,
//! and one pure function that says what the reply means.
//!
//! **When a link is not made because of our webhook.** A `ping` goes to the
//! webhook while a link is being made; unanswered, the call fails. With which
//! status and code is not described, so it is found by elimination. On a
//! generate call that named a webhook, a reply is taken for the unanswered
//! ping when it is a readable JSON answer without a link and
//! * its text speaks of a webhook or a ping, or
//! * its status is 200, or
//! * its code is none that the description lists for requests that are wrong,
//!   no aggregation code, and its status is not one that means something else
//!   by itself (401, 403, 404, 408, 429, 502, 503, 504).

mod accounts;
mod breaker;
mod config;
mod connect;
mod customers;
mod institutions;
mod reply;
mod token;
mod transport;
mod trial;

use std::sync::Arc;

pub use accounts::{Deletion, RefreshApi};
pub use breaker::CircuitState;
pub use config::{ClientConfig, Limits, Ports, SetupError};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
pub use token::CredentialState;
use token::Tokens;
use transport::{Call, Stop, Transport};

use crate::ports::MemoryUnavailable;
use crate::{Cause, Error, ErrorCode, Group, PartnerId, RequestReference};

/// The client. Cheap to clone; clones share token, circuits and bounds.
#[derive(Clone)]
pub struct Client {
    transport: Arc<Transport>,
    tokens: Arc<Tokens>,
    partner: PartnerId,
}

impl Client {
    /// Makes a client. Nothing is called yet.
    pub fn new(config: ClientConfig, ports: Ports) -> Result<Self, SetupError> {
        config.check()?;
        let partner = config.partner_id.clone();
        let transport = Arc::new(Transport::new(&config, &ports)?);
        let tokens = Arc::new(Tokens::new(config, ports, Arc::clone(&transport)));
        Ok(Self {
            transport,
            tokens,
            partner,
        })
    }

    /// Signs in as the partner unless a token is held; to see early whether
    /// the credentials work. Rejected ones are not tried.
    pub async fn sign_in(&self) -> Result<(), Error> {
        self.tokens.get().await.map(drop)
    }

    /// Replaces the partner secret at Mastercard; the present one works for 30
    /// days more. Where the answer is lost, it may have been replaced.
    pub async fn replace_secret(&self, new: &SecretString) -> Result<(), Error> {
        self.tokens.replace(new).await
    }

    /// What is known of the configured credentials, without trying them.
    pub async fn credential_state(&self) -> CredentialState {
        self.tokens.state().await
    }

    /// Lets rejected credentials be tried again: what an operator's `--force`
    /// does. Five failures lock the partner.
    pub async fn forget_rejection(&self) -> Result<(), MemoryUnavailable> {
        self.tokens.forget().await
    }

    /// The circuits, for health pages and metrics.
    pub fn circuits(&self) -> Vec<(Group, CircuitState)> {
        self.transport.circuits()
    }

    /// Sends a call with a token, renewing the token once when it is refused.
    async fn send(&self, call: &Call) -> Result<Answer, Error> {
        let reference = self.transport.reference();
        let token = self.tokens.get().await?;
        let mut outcome = self.transport.run(call, Some(&token), &reference).await;
        if let Err(Stop::TokenRefused(_)) = outcome {
            self.tokens.discard(&token);
            let renewed = self.tokens.get().await?;
            outcome = self.transport.run(call, Some(&renewed), &reference).await;
        }
        match outcome {
            Ok(body) => Ok(Answer { body, reference }),
            Err(Stop::Failed(cause) | Stop::TokenRefused(cause)) => Err(Error {
                operation: call.operation,
                reference,
                cause,
            }),
        }
    }

    /// Sends a call and reads its answer.
    async fn read<T: DeserializeOwned>(&self, call: &Call) -> Result<T, Error> {
        let Answer { body, reference } = self.send(call).await?;
        serde_json::from_slice(&body).map_err(|error| {
            tracing::debug!(operation = %call.operation, %reference, line = error.line(),
                column = error.column(), "the answer does not fit the description");
            Error {
                operation: call.operation,
                reference,
                cause: Cause::Unreadable { status: 200 },
            }
        })
    }
}

/// What came back, and under which reference.
struct Answer {
    body: Vec<u8>,
    reference: RequestReference,
}

/// Turns "not found" into `None`. Only with a code of the description: a bare
/// 404 is a wrong base URL rather than an answer about the thing asked for.
fn known<T>(result: Result<T, Error>, codes: &[ErrorCode]) -> Result<Option<T>, Error> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(Error {
            cause:
                Cause::Rejected {
                    status: 404,
                    code: Some(code),
                },
            ..
        }) if codes.contains(&code) => Ok(None),
        Err(error) => Err(error),
    }
}
