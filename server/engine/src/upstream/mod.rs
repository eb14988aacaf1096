//! Mastercard, as the use cases need it: one trait a capability, so that a test
//! fakes only what it needs. The client keeps them all.

mod connections;
mod institutions;

pub use connections::{AccountsUpstream, ConnectUpstream};
pub use institutions::InstitutionUpstream;
