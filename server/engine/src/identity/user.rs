//! A person with a sign-in of ours.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Email;
use crate::ids::UserId;

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees and changes their own rows.
    User,
    /// Looks at the installation, too.
    Viewer,
    /// Helps users, too.
    Support,
    /// Runs the installation, too.
    Admin,
}

impl Role {
    /// From who may least to who may most.
    pub const ALL: [Self; 4] = [Self::User, Self::Viewer, Self::Support, Self::Admin];

    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Viewer => "viewer",
            Self::Support => "support",
            Self::Admin => "admin",
        }
    }
}

/// The text names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a role: `user`, `viewer`, `support` or `admin`")]
pub struct NotARole;

impl std::str::FromStr for Role {
    type Err = NotARole;

    fn from_str(text: &str) -> Result<Self, NotARole> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(NotARole)
    }
}

/// The language of pages and letters, as a tag (`en`, `es-MX`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

/// The text is no language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a language tag")]
pub struct NotALanguage;

impl Language {
    /// Reads a tag. Which languages are spoken is the pages' matter.
    pub fn parse(tag: &str) -> Result<Self, NotALanguage> {
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let good = (2..=3).contains(&language.len())
            && language.chars().all(|c| c.is_ascii_lowercase())
            && parts.all(|part| {
                (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
            })
            && tag.len() <= 35;
        good.then(|| Self(tag.to_owned())).ok_or(NotALanguage)
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Language {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

impl TryFrom<String> for Language {
    type Error = NotALanguage;

    fn try_from(tag: String) -> Result<Self, NotALanguage> {
        Self::parse(&tag)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

/// A user as stored, without the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Ours.
    pub id: UserId,
    /// The sign-in.
    pub email: Email,
    /// What they may do.
    pub role: Role,
    /// What they read.
    pub language: Language,
    /// By which clock, if they chose one.
    pub zone: Option<Tz>,
    /// Since when the address is proven theirs; nobody signs in before.
    pub email_confirmed_at: Option<DateTime<Utc>>,
    /// Since when they may not sign in.
    pub disabled_at: Option<DateTime<Utc>>,
    /// When they signed up.
    pub created_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("en", true)]
    #[case("es-MX", true)]
    #[case("zh-Hant-TW", true)]
    #[case("", false)]
    #[case("english", false)]
    #[case("EN", false)]
    #[case("en-", false)]
    #[case("en\r\nX-Evil: 1", false)]
    fn tags(#[case] tag: &str, #[case] good: bool) {
        assert_eq!(Language::parse(tag).is_ok(), good);
    }
}
