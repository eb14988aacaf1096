//! An e-mail address as a sign-in.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// An address that a letter can be sent to, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnEmail;

impl Email {
    /// Reads what a person typed. Whether the mailbox exists only a letter can
    /// tell, so this refuses what surely is a mistake and no more.
    pub fn parse(text: &str) -> Result<Self, NotAnEmail> {
        const LONGEST: usize = 254;
        const LONGEST_LOCAL: usize = 64;
        let text: String = text.trim().nfc().collect();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnEmail)?;
        let plain =
            |c: char| !c.is_whitespace() && !c.is_control() && !r#"@<>,;"\()[]"#.contains(c);
        let label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let good = text.len() <= LONGEST
            && (1..=LONGEST_LOCAL).contains(&local.len())
            && local.chars().all(plain)
            && domain.contains('.')
            && domain.split('.').all(label);
        good.then_some(Self(text)).ok_or(NotAnEmail)
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// So much of it that its owner knows it, and nobody else learns it.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let first: String = local.chars().take(1).collect();
        format!("{first}\u{2026}@{domain}")
    }

    /// What makes two addresses the same: no provider in use tells upper from
    /// lower case.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl TryFrom<String> for Email {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, NotAnEmail> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("ada@example.com", true)]
    #[case("  Ada.L+bank@mail.example.co.uk ", true)]
    #[case("rené@exämple.fr", true)]
    #[case("ada", false)]
    #[case("@example.com", false)]
    #[case("ada@localhost", false)]
    #[case("ada@example..com", false)]
    #[case("ada@-example.com", false)]
    #[case("a da@example.com", false)]
    #[case("ada@b@example.com", false)]
    #[case("ada@example.com\r\nBcc: x@example.com", false)]
    #[case("Ada <ada@example.com>", false)]
    fn addresses(#[case] text: &str, #[case] good: bool) {
        assert_eq!(Email::parse(text).is_ok(), good);
    }

    #[test]
    fn long_ones_are_refused_and_case_makes_no_difference() {
        assert!(Email::parse(&format!("{}@example.com", "a".repeat(65))).is_err());
        assert!(Email::parse(&format!("a@{}com", "abcdefghij.".repeat(24))).is_err());
        assert_eq!(
            Email::parse("ADA@Example.com").unwrap().key(),
            "ada@example.com"
        );
    }
}
