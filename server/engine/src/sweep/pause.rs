//! When a sweep must stop, and for how long.

use chrono::TimeDelta;
use relink_mastercard::{Cause, Error};

use super::Answer;
use crate::store::StoreError;

/// Why a slice ended early.
#[derive(Debug, thiserror::Error)]
pub(super) enum SliceError {
    /// Mastercard takes no calls of ours for now.
    #[error("Mastercard takes no calls for now")]
    Stopped(#[source] Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether nobody else's reading would fare better now.
pub(super) fn stopped(answers: &[Answer]) -> Result<(), SliceError> {
    let mut errors = answers
        .iter()
        .filter_map(|(.., answer)| answer.as_ref().err());
    match errors.find(|error| stops_all(error)) {
        Some(error) => Err(SliceError::Stopped(error.clone())),
        None => Ok(()),
    }
}

/// How long a sweep that Mastercard stopped waits.
pub(super) fn pause(error: &Error) -> TimeDelta {
    if error.cause.is_about_credentials() {
        // Nothing changes until an operator acts.
        TimeDelta::hours(1)
    } else {
        TimeDelta::minutes(1)
    }
}

pub(super) fn stops_all(error: &Error) -> bool {
    error.cause.is_about_credentials()
        || matches!(error.cause, Cause::CircuitOpen { .. } | Cause::Saturated)
}
