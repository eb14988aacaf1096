//! Text messages to users, as [`crate::mail`] has letters.

use serde::{Deserialize, Serialize};

use super::{Line, Phone};

/// What a text message says; the words are the server's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Text {
    /// The code that proves a phone.
    Code(String),
    /// Notices.
    Notices(Vec<Line>),
}

/// Without the code: whoever has it proves a phone.
impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(_) => f.write_str("Code"),
            Self::Notices(lines) => f.debug_tuple("Notices").field(lines).finish(),
        }
    }
}

/// A text message to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Where to.
    pub to: Phone,
    /// The reader's language, as a tag (`en`).
    pub language: String,
    /// What it says.
    pub text: Text,
}

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

/// Puts text messages on their way.
#[async_trait::async_trait]
pub trait SmsGateway: Send + Sync {
    /// Sends `message`; `id` is stable over retries.
    async fn send(&self, id: uuid::Uuid, message: &Message) -> Result<(), SmsError>;
}
