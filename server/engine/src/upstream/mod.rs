//! Mastercard, as the use cases need it: one trait a capability, so that a test
//! fakes only what it needs. The client keeps them all.

mod connections;
mod institutions;

pub use connections::{AccountsUpstream, ConnectUpstream};
pub use institutions::InstitutionUpstream;
use relink_mastercard::{Cause, Error, ErrorCode};

/// Whether Mastercard says that it has no such customer.
pub(crate) fn is_unknown_customer(error: &Error) -> bool {
    matches!(
        error.cause,
        Cause::Rejected {
            status: 404,
            code: Some(ErrorCode::NOT_FOUND)
        }
    )
}
