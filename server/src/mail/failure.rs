//! What is kept of a letter that was not taken.
//!
//! A server's own words echo the recipient, and errors of jobs are logged and
//! shown to staff. So only the codes of a reply are kept; what fails on our side of
//! the wire is told whole.

use std::{error::Error as _, fmt};

use lettre::transport::smtp::{
    Error,
    response::{Category, Code, Detail},
};
use relink_engine::mail::MailError;

/// Why a letter was not taken, without the server's words.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The server refused.
    #[error("the mail server answered {code}{}", After(status.as_deref()))]
    Reply {
        /// The reply's code.
        code: Code,
        /// The enhanced status (RFC 3463), where it gave one.
        status: Option<String>,
    },
    /// Its answer is no reply.
    #[error("the mail server's answer makes no sense")]
    Nonsense,
    /// It was not reached.
    #[error("the mail server was not reached: {0}")]
    Unreached(String),
}

/// After a space, if there is something.
struct After<'a>(Option<&'a str>);

impl fmt::Display for After<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |text| write!(f, " {text}"))
    }
}

/// What is told of it, and whether to come again.
pub(super) fn told(error: &Error) -> MailError {
    let Some(code) = error.status() else {
        let failure = if error.is_response() {
            Failure::Nonsense
        } else {
            Failure::Unreached(error.to_string())
        };
        return MailError::Later(Box::new(failure));
    };
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    let status = enhanced(&said).map(str::to_owned);
    let no_such_address = refuses_address(code, status.as_deref());
    let failure = Box::new(Failure::Reply { code, status });
    if !error.is_permanent() {
        MailError::Later(failure)
    } else if no_such_address {
        MailError::NoSuchAddress(failure)
    } else {
        MailError::Refused(failure)
    }
}

/// The enhanced status at the beginning of a reply's text: three numbers.
fn enhanced(said: &str) -> Option<&str> {
    let first = said.split_whitespace().next()?;
    let parts: Vec<&str> = first.split('.').collect();
    let number =
        |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit());
    (parts.len() == 3 && parts.iter().all(number)).then_some(first)
}

/// Whether the mailbox itself is what a server refuses for good: no such mailbox,
/// not here, or a name that is none. A full mailbox may be empty tomorrow, and what
/// the server's policy says (5.7.x) is about us.
fn refuses_address(code: Code, status: Option<&str>) -> bool {
    let mailbox = matches!(code.detail, Detail::Zero | Detail::One | Detail::Three);
    let policy = status.is_some_and(|status| status.starts_with("5.7."));
    code.category == Category::MailSystem && mailbox && !policy
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::enhanced;

    #[rstest]
    #[case("5.1.1 <ada@example.com>: nobody", Some("5.1.1"))]
    #[case("  4.2.0\r\nlater", Some("4.2.0"))]
    #[case("ada@example.com 5.1.1", None)]
    #[case("5.1", None)]
    #[case("5.1.ada", None)]
    #[case("5.1.1234", None)]
    #[case("", None)]
    fn statuses(#[case] said: &str, #[case] status: Option<&str>) {
        assert_eq!(enhanced(said), status);
    }
}
