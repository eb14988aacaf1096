//! Letters on their way out.
//!
//! `letter` turns what the engine queued into words; [`Post`] sends it by
//! SMTP, or writes it into the [`Outbox`] of the sandbox environment.

mod letter;
mod outbox;

use async_trait::async_trait;
use std::error::Error as _;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::response::{Category, Detail},
};
use relink_engine::mail::{Letter, MailError, Mailer};
use url::Url;
use uuid::Uuid;

pub use outbox::Outbox;

use crate::config::Secret;

/// Sends letters.
pub struct Post {
    from: Mailbox,
    /// What the installation is called, and where it is.
    product: String,
    public_url: Url,
    transport: Transport,
}

enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Outbox(Outbox),
}

/// Why the post cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The sender is no address.
    #[error("mail.from is no address")]
    From(#[from] lettre::address::AddressError),
    /// The SMTP address makes no sense.
    #[error("mail.smtp_url makes no sense")]
    Smtp(#[from] lettre::transport::smtp::Error),
}

impl Post {
    /// By SMTP.
    pub fn smtp(
        from: &str,
        url: &Secret,
        product: String,
        public_url: Url,
    ) -> Result<Self, PostError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())?.build();
        Ok(Self {
            from: from.parse()?,
            product,
            public_url,
            transport: Transport::Smtp(transport),
        })
    }

    /// Into a folder.
    pub fn outbox(
        from: &str,
        outbox: Outbox,
        product: String,
        public_url: Url,
    ) -> Result<Self, PostError> {
        Ok(Self {
            from: from.parse()?,
            product,
            public_url,
            transport: Transport::Outbox(outbox),
        })
    }

    /// Whether the SMTP server answers; for the doctor.
    pub async fn test(&self) -> Result<bool, lettre::transport::smtp::Error> {
        match &self.transport {
            Transport::Smtp(smtp) => smtp.test_connection().await,
            Transport::Outbox(_) => Ok(true),
        }
    }
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// Whether the mailbox itself is what the server refuses: no such mailbox, not
/// here, or a name that is none. A full mailbox may be empty tomorrow, and what
/// the server's policy says (5.7.x) is about us.
fn refuses_address(error: &lettre::transport::smtp::Error) -> bool {
    let Some(code) = error.status().filter(|_| error.is_permanent()) else {
        return false;
    };
    let mailbox = matches!(code.detail, Detail::Zero | Detail::One | Detail::Three);
    let policy = error
        .source()
        .is_some_and(|said| said.to_string().trim_start().starts_with("5.7."));
    code.category == Category::MailSystem && mailbox && !policy
}

#[async_trait]
impl Mailer for Post {
    async fn send(&self, id: Uuid, letter: &Letter) -> Result<(), MailError> {
        let written = letter::write(letter, &self.product, &self.public_url);
        let refused = |error: lettre::error::Error| MailError::Refused(Box::new(error));
        let to: Mailbox = letter.to.parse().map_err(|error| {
            MailError::NoSuchAddress(Box::<lettre::address::AddressError>::new(error))
        })?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(written.subject.clone())
            // Stable over retries: a letter that was taken twice is one letter.
            .message_id(Some(format!(
                "<{id}@{}>",
                self.public_url.host_str().unwrap_or("localhost")
            )));
        if let Some(stop) = &written.stop {
            // RFC 8058: the mailbox may offer the button itself.
            message = message
                .raw_header(raw("List-Unsubscribe", format!("<{stop}>")))
                .raw_header(raw(
                    "List-Unsubscribe-Post",
                    "List-Unsubscribe=One-Click".to_owned(),
                ));
        }
        let message = message
            .multipart(MultiPart::alternative_plain_html(
                written.text.clone(),
                written.html.clone(),
            ))
            .map_err(refused)?;
        match &self.transport {
            Transport::Smtp(smtp) => match smtp.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if refuses_address(&error) => {
                    Err(MailError::NoSuchAddress(Box::new(error)))
                }
                Err(error) if error.is_permanent() => Err(MailError::Refused(Box::new(error))),
                Err(error) => Err(MailError::Later(Box::new(error))),
            },
            Transport::Outbox(outbox) => outbox
                .keep(id, &letter.to, &written, &message.formatted())
                .map_err(|error| MailError::Later(Box::new(error))),
        }
    }
}
