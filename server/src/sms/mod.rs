//! Text messages on their way out.
//!
//! [`Sms`] turns what the engine queued into words and hands them to a
//! gateway with Twilio's API, or to the outbox of the sandbox environment.
//! `signature` proves what such a gateway tells us.

mod gateway;
pub mod signature;

use async_trait::async_trait;
use relink_app::words::{Language, Text as TextWords};
use relink_engine::notify::{Message, SmsError, SmsGateway, Text};
use url::Url;
use uuid::Uuid;

pub use gateway::Gateway;

use crate::{mail::Outbox, news};

/// Sends text messages.
pub struct Sms {
    /// What the installation is called, and where it is.
    product: String,
    public_url: Url,
    transport: Transport,
}

enum Transport {
    Gateway(Gateway),
    Outbox(Outbox),
}

impl Sms {
    /// Through a gateway.
    pub fn gateway(gateway: Gateway, product: String, public_url: Url) -> Self {
        Self {
            product,
            public_url,
            transport: Transport::Gateway(gateway),
        }
    }

    /// Into a folder.
    pub fn outbox(outbox: Outbox, product: String, public_url: Url) -> Self {
        Self {
            product,
            public_url,
            transport: Transport::Outbox(outbox),
        }
    }

    /// Whether the gateway knows us; for the doctor.
    pub async fn test(&self) -> Result<(), SmsError> {
        match &self.transport {
            Transport::Gateway(gateway) => gateway.test().await,
            Transport::Outbox(_) => Ok(()),
        }
    }

    fn write(&self, message: &Message) -> String {
        let language = Language::of_tag(&message.language).unwrap_or_default();
        match &message.text {
            Text::Code(code) => language.text(&TextWords::Code(code), &self.product),
            Text::Notices(lines) => {
                let days = news::days_of(lines, language);
                let link = news::target(lines, &self.public_url);
                let words = TextWords::News {
                    lines: &news::words(lines, &days),
                    link: link.as_str(),
                };
                language.text(&words, &self.product)
            }
        }
    }
}

#[async_trait]
impl SmsGateway for Sms {
    async fn send(&self, id: Uuid, message: &Message) -> Result<(), SmsError> {
        let text = self.write(message);
        match &self.transport {
            Transport::Gateway(gateway) => gateway.send(&message.to, &text).await,
            Transport::Outbox(outbox) => outbox
                .keep_text(id, message.to.as_str(), &text)
                .map_err(|error| SmsError::Later(Box::new(error))),
        }
    }
}
