//! A phone is used once its owner has typed the code that was sent there.

use super::{Notices, Phone};
use crate::{
    identity::{Locked, SignedIn},
    store::StoreError,
};

/// What is known of a person's phone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneStanding {
    /// The number that they proved.
    pub number: Option<Phone>,
    /// Whether its owner sent STOP, and no START since.
    pub stopped: bool,
    /// The number that waits for its code.
    pub asked: Option<Phone>,
}

/// Why no code is sent.
#[derive(Debug, thiserror::Error)]
pub enum PhoneError {
    /// This installation sends no text messages.
    #[error("this installation sends no text messages")]
    Off,
    /// The owner of the number sent STOP: only a START from there undoes it.
    #[error("the number's owner has stopped our messages")]
    Stopped,
    /// Too many codes were asked for.
    #[error(transparent)]
    TooMany(#[from] Locked),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a code proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// It is another one.
    #[error("not the code that was sent")]
    Wrong,
    /// It is too old, was used, or none was sent.
    #[error("the code is too old")]
    Expired,
    /// Too many were tried.
    #[error(transparent)]
    TooMany(#[from] Locked),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Notices {
    /// Sends a code of six digits to `phone`. The number in use stays until the
    /// new one is proven.
    pub async fn begin_phone(&self, person: &SignedIn, phone: Phone) -> Result<(), PhoneError> {
        todo!()
    }

    /// Takes the code that was sent; from then on text messages go there.
    pub async fn confirm_phone(&self, person: &SignedIn, code: &str) -> Result<(), ConfirmError> {
        todo!()
    }

    /// Forgets the person's numbers, the proven and the asked one.
    pub async fn remove_phone(&self, person: &SignedIn) -> Result<(), StoreError> {
        todo!()
    }
}
