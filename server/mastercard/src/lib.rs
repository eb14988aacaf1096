//! A typed client of the Mastercard Open Finance API (US), and its webhooks.
//! It knows nothing of the program around it.
//!
//! ```no_run
//! # async fn example(config: relink_mastercard::ClientConfig, ports: relink_mastercard::Ports)
//! # -> Result<(), Box<dyn std::error::Error>> {
//! use relink_mastercard::model::{ConnectOptions, LiteRequest};
//! use relink_mastercard::{Client, CustomerId, InstitutionId};
//!
//! let client = Client::new(config, ports)?;
//! let request = LiteRequest {
//!     customer: CustomerId::parse("1005061234")?,
//!     institution: InstitutionId::new(102105),
//!     options: ConnectOptions::default(),
//! };
//! let link = client.generate_lite(&request).await?;
//! # Ok(()) }
//! ```
//!
//! # What it promises
//!
//! * One token, fetched once however many callers wait. A refused credential
//!   is not tried again, by nobody who shares the [`ports::CredentialMemory`].
//! * Each call ends within its limit, is repeated only where that is harmless,
//!   and rests when its group of operations fails ([`Limits`]).
//! * Accounts come without balances and without more of their number than four
//!   characters: full accounts are never asked for, and a refresh that sends
//!   them is not read.
//! * Errors ([`Error`]) name operation, status, code and our request
//!   reference; never a secret, a token, a link or a body.
//!
//! # Layout
//!
//! * `ids`, `code`: typed identifiers and codes, number here and text there
//! * [`model`]: customers, institutions, accounts, links
//! * [`event`]: webhooks: signature, kinds, redaction
//! * [`client`]: one method an operation, a file a group; below them
//!   `transport` (how a call goes out), `reply` (what a reply means; pure),
//!   `breaker` (pure), `token` (signing in)
//! * [`ports`]: clock, randomness, memory of rejected credentials
//! * `data/aggregation-codes.txt`: which codes are an aggregation's result
//!
//! # To add an operation
//!
//! 1. Add a variant to [`Operation`] under its official `operationId`, and its
//!    [`Group`].
//! 2. Add the types it needs to [`model`], tolerant in what they read: unknown
//!    words kept, optional facts lenient, ids strict.
//! 3. Add the method to the file of its group in `client/`; say in one place
//!    what "not found" means to the caller.
//! 4. Call it in `tests/it/contract.rs` and raise the count there: the request
//!    is then held to the official description.
//! 5. Add its replies, good and bad, to `tests/it/replies.rs`.

mod code;
mod error;
mod ids;
mod operation;
mod wire;

pub mod client;
pub mod event;
pub mod model;
pub mod ports;

pub use client::{
    CircuitState, Client, ClientConfig, CredentialState, Deletion, Limits, Ports, RefreshApi,
    SetupError,
};
pub use code::{AggregationStatusCode, ErrorCode};
pub use error::{Cause, Credential, Error, RequestReference};
pub use ids::{
    AccountId, ApplicationId, ConsumerId, CustomerId, InstitutionId, InstitutionLoginId, NotAnId,
    PartnerId, RoutingNumber,
};
pub use operation::{Group, Operation};
