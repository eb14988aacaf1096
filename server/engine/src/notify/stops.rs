//! Words from outside that stop messages: the link of a letter, a bounce, STOP.

use super::{Notices, Phone};
use crate::store::StoreError;

/// What the owner of a phone sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Send nothing any more.
    Stop,
    /// Send again.
    Start,
    /// Anything else.
    Other,
}

impl Notices {
    /// Whose letters the token of a letter's link stops: their address, most of
    /// it hidden. Changes nothing.
    pub async fn check_unsubscribe(&self, token: &str) -> Result<Option<String>, StoreError> {
        todo!()
    }

    /// Stops the letters of whoever the token was made for, and answers as
    /// [`Self::check_unsubscribe`] does. Doing it twice is doing it once.
    pub async fn unsubscribe(&self, token: &str) -> Result<Option<String>, StoreError> {
        todo!()
    }

    /// A mail server refused this address for good. Nothing happens where it is
    /// nobody's.
    pub async fn bounced(&self, address: &str) -> Result<(), StoreError> {
        todo!()
    }

    /// What came by text message from `phone`.
    pub async fn sms_received(&self, phone: &Phone, body: &str) -> Result<Reply, StoreError> {
        todo!()
    }
}
