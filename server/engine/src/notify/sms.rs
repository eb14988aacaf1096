//! The way out for text messages.

use super::Phone;

/// Why a text message was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SmsError {
    /// Try again later: the gateway is away or busy.
    #[error("the gateway did not take the message")]
    Later(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The number's owner has stopped our messages.
    #[error("the number's owner has stopped our messages")]
    Stopped,
    /// The message will never be taken.
    #[error("the gateway refuses the message")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What a text message says; the words are the server's.
#[derive(Clone, PartialEq, Eq)]
pub enum Text {}

/// Puts text messages on their way.
#[async_trait::async_trait]
pub trait SmsGateway: Send + Sync {
    /// Sends a message; `id` is stable over retries.
    async fn send(&self, id: uuid::Uuid, to: &Phone, text: &Text) -> Result<(), SmsError>;
}
