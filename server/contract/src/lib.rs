//! Checks requests and replies against the official API description. For
//! tests of the client and of the sandbox, which do not know each other: what
//! both must agree with is this description.
//!
//! ```no_run
//! # fn some_test(headers: &http::HeaderMap) {
//! let Some(description) = relink_contract::Description::load() else { return };
//! let asked = description.check_request("GET", "/aggregation/v1/customers?limit=5", headers, b"");
//! assert_eq!(asked, Ok(()));
//! let told = description.check_reply("GET", "/aggregation/v1/customers", 200, br#"{"displaying":0}"#);
//! assert!(told.is_err());
//! # }
//! ```
//!
//! The file is looked for at `RELINK_OPENAPI`, then at
//! `../shared/openapi/data-connect.yaml` beside the workspace. A clone without
//! it skips by name; with `CI=true` its absence is a failure.
//!
//! A request is held to more than the description says: query parameters and
//! top-level body members that it does not declare are complaints, because a
//! misspelt optional member would otherwise pass for an absent one.
//!
//! # Layout
//!
//! * `description.rs`: the mended document, its operations and validators
//! * `request.rs`, `reply.rs`: the two checks
//! * `defects.yaml`: where the description contradicts itself, with reasons

mod defects;
mod description;
mod reply;
mod request;

pub use description::{Description, Operation};

/// What is wrong; never empty.
pub type Complaints = Vec<String>;
