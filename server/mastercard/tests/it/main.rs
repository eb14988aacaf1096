//! The client against a fake server: what it sends, and what it makes of replies.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod contract;
mod credentials;
mod links;
mod replies;
mod resilience;
mod rotation;
mod support;
