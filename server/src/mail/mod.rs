//! Letters on their way out.
//!
//! `letter` turns what the engine queued into words; [`Post`] sends it by
//! SMTP, or writes it into the [`Outbox`] of the sandbox environment.

mod factor;
mod failure;
mod letter;
mod outbox;

use async_trait::async_trait;
use chrono_tz::Tz;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
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
    /// By which clock people read who chose none.
    zone: Tz,
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
        zone: Tz,
    ) -> Result<Self, PostError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())?.build();
        Ok(Self {
            from: from.parse()?,
            product,
            public_url,
            zone,
            transport: Transport::Smtp(transport),
        })
    }

    /// Into a folder.
    pub fn outbox(
        from: &str,
        outbox: Outbox,
        product: String,
        public_url: Url,
        zone: Tz,
    ) -> Result<Self, PostError> {
        Ok(Self {
            from: from.parse()?,
            product,
            public_url,
            zone,
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

#[async_trait]
impl Mailer for Post {
    async fn send(&self, id: Uuid, letter: &Letter) -> Result<(), MailError> {
        let written = letter::write(letter, &self.product, &self.public_url, self.zone);
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
                Err(error) => Err(failure::told(&error)),
            },
            Transport::Outbox(outbox) => outbox
                .keep(id, &letter.to, &written, &message.formatted())
                .map_err(|error| MailError::Later(Box::new(error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use relink_engine::{
        ids::NoticeId,
        mail::About,
        notify::{Ask, Line, News, Stage},
    };
    use rstest::rstest;
    use tokio::{
        io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
        net::TcpListener,
    };

    use super::*;

    fn site() -> Url {
        "https://relink.example".parse().unwrap()
    }

    fn line(number: u128, institution: &str) -> Line {
        Line {
            notice: NoticeId(Uuid::from_u128(number)),
            institution: institution.to_owned(),
            news: News::Broke {
                stage: Stage::First,
                ask: Ask::Fix,
            },
        }
    }

    fn letter(about: About) -> Letter {
        Letter {
            to: "ada@example.com".to_owned(),
            language: "en".to_owned(),
            about,
        }
    }

    fn notices(lines: Vec<Line>) -> Letter {
        letter(About::Notices {
            lines,
            unsubscribe: "0123abcd".to_owned(),
        })
    }

    /// The message as SMTP gets it, without the folding of long lines.
    async fn sent(id: u128, letter: &Letter) -> String {
        let folder = tempfile::tempdir().unwrap();
        let outbox = Outbox::open(folder.path().to_owned()).unwrap();
        let post = Post::outbox(
            "R <r@relink.example>",
            outbox,
            "Relink".into(),
            site(),
            Tz::UTC,
        )
        .unwrap();
        let id = Uuid::from_u128(id);
        post.send(id, letter).await.unwrap();
        let file = folder.path().join(id.simple().to_string());
        let message = std::fs::read_to_string(file.with_extension("eml")).unwrap();
        message.replace("=\r\n", "").replace("\r\n ", " ")
    }

    #[tokio::test]
    async fn a_letter_with_notices_can_be_stopped_by_one_click() {
        let message = sent(7, &notices(vec![line(1, "First Bank")])).await;
        for header in [
            "List-Unsubscribe: <https://relink.example/unsubscribe?token=0123abcd>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "Message-ID: <00000000-0000-0000-0000-000000000007@relink.example>",
            "Subject: First Bank needs you",
        ] {
            assert!(message.contains(header), "{header} in {message}");
        }
        let link = "https://relink.example/notices/00000000-0000-0000-0000-000000000001";
        assert_eq!(message.matches(link).count(), 2, "{message}");
    }

    #[tokio::test]
    async fn a_letter_about_the_account_itself_cannot() {
        let message = sent(7, &letter(About::PasswordChanged)).await;
        assert!(!message.to_lowercase().contains("unsubscribe"), "{message}");
    }

    #[tokio::test]
    async fn several_notices_have_a_link_each_and_one_to_all() {
        let letter = notices(vec![line(1, "First Bank"), line(2, "Second Bank")]);
        let message = sent(7, &letter).await;
        assert!(
            message.contains("Subject: Two of your connections need you"),
            "{message}"
        );
        for number in [1, 2] {
            let id = Uuid::from_u128(number);
            let link = format!("https://relink.example/notices/{id}");
            assert_eq!(message.matches(&link).count(), 2, "{message}");
        }
        assert!(
            message.contains("https://relink.example/notices\r\n"),
            "{message}"
        );
    }

    /// A mail server that answers `answer` to the recipient. Gives its address.
    async fn server(answer: &'static str) -> Secret {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        #[expect(clippy::disallowed_methods, reason = "ends with its test")]
        tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let (read, mut write) = socket.split();
            let mut lines = BufReader::new(read).lines();
            write
                .write_all(b"220 mail.example ESMTP\r\n")
                .await
                .unwrap();
            let mut body = false;
            while let Ok(Some(line)) = lines.next_line().await {
                let reply = match line.split(' ').next().unwrap_or_default() {
                    "." => "250 taken",
                    _ if body => continue,
                    "RCPT" => answer,
                    "DATA" => "354 go on",
                    "QUIT" => "221 bye",
                    _ => "250 mail.example",
                };
                body = (body || line == "DATA") && line != ".";
                write
                    .write_all(format!("{reply}\r\n").as_bytes())
                    .await
                    .unwrap();
            }
        });
        Secret::new(format!("smtp://127.0.0.1:{port}"))
    }

    #[rstest]
    #[case::taken("250 2.1.5 fine", "taken")]
    #[case::nobody("550 5.1.1 no such user", "address")]
    #[case::not_here("551 user not local", "address")]
    #[case::no_name("553 5.1.3 bad address", "address")]
    #[case::our_fault("550 5.7.1 blocked by policy", "refused")]
    #[case::full("552 5.2.2 mailbox full", "refused")]
    #[case::spam("554 5.7.1 spam", "refused")]
    #[case::busy("450 4.2.1 try again", "later")]
    #[case::echo("550 5.1.1 <ada@example.com>: no such user", "address")]
    #[case::echo_in_lines("550-ada@example.com\r\n550 5.1.1 is not ada@example.com", "address")]
    #[case::echo_of_policy("554 5.7.1 <ada@example.com>: blocked", "refused")]
    #[case::echo_for_now("450 4.2.0 <ada@example.com>: greylisted", "later")]
    #[case::nonsense("ada@example.com?", "later")]
    #[tokio::test]
    async fn what_the_server_says_decides_whether_to_come_again_and_names_nobody(
        #[case] answer: &'static str,
        #[case] what: &str,
    ) {
        let url = server(answer).await;
        let post = Post::smtp(
            "R <r@relink.example>",
            &url,
            "Relink".into(),
            site(),
            Tz::UTC,
        )
        .unwrap();
        let sent = post
            .send(Uuid::nil(), &letter(About::PasswordChanged))
            .await;
        let was = match &sent {
            Ok(()) => "taken",
            Err(MailError::NoSuchAddress(_)) => "address",
            Err(MailError::Refused(_)) => "refused",
            Err(MailError::Later(_)) => "later",
        };
        assert_eq!(was, what, "{sent:?}");
        let Err(error) = sent else { return };
        let told = format!("{} {error:?}", crate::http::chain(&error));
        assert!(!told.contains("ada"), "{told}");
        let code = answer.split([' ', '-']).next().unwrap_or_default();
        let known = answer.starts_with(char::is_numeric);
        assert!(!known || told.contains(code), "{told}");
    }
}
