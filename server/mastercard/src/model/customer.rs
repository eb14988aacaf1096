//! Customers: Mastercard's record of a person.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ApplicationId, CustomerId};
use crate::wire;

/// Which kind of customer to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CustomerKind {
    /// Free; reaches the test institutions only.
    Testing,
    /// Billable; reaches live institutions.
    Active,
}

/// A customer's username by the official rules: 6 to 255 letters, digits and
/// `! @ . # $ % & * _ - +`. An e-mail address is discouraged there and refused
/// here: it would hand a person's address to a third party for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Username(String);

/// Why a text is no username.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAUsername {
    /// Fewer than 6 or more than 255 characters.
    #[error("a username has 6 to 255 characters")]
    Length,
    /// A character the rules do not allow.
    #[error("a username has letters, digits and !@.#$%&*_-+ only")]
    Character,
    /// It looks like an e-mail address.
    #[error("an e-mail address is no username")]
    Email,
}

impl Username {
    /// Reads a username.
    pub fn parse(text: impl Into<String>) -> Result<Self, NotAUsername> {
        let text = text.into();
        if !(6..=255).contains(&text.len()) {
            return Err(NotAUsername::Length);
        }
        if !text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!@.#$%&*_-+".contains(&b))
        {
            return Err(NotAUsername::Character);
        }
        if text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        {
            return Err(NotAUsername::Email);
        }
        Ok(Self(text))
    }

    /// The username.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A customer to make. Names, phone and e-mail are possible and never sent:
/// no operation we call needs them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewCustomer {
    /// Unique among all customers of the partner, for ever.
    pub username: Username,
    /// Only for partners with several registered applications; cannot be
    /// changed later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_id: Option<ApplicationId>,
}

/// What came of making a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrolment {
    /// It was made.
    Created(Customer),
    /// The username belongs to a customer already: look it up, it may be the
    /// one an earlier try made.
    UsernameTaken,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// The id everything hangs on.
    pub id: CustomerId,
    /// The username, as Mastercard keeps it.
    pub username: String,
    /// The kind; absent in the reply to making one, and when the word is new.
    #[serde(rename = "type", default, deserialize_with = "wire::lenient")]
    pub kind: Option<CustomerKind>,
    /// When it was made.
    #[serde(default, with = "wire::epoch")]
    pub created_date: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("relink", Ok(()))]
    #[case("a!.#$%&*_-+@9", Ok(()))]
    #[case("short", Err(NotAUsername::Length))]
    #[case("with space", Err(NotAUsername::Character))]
    #[case("señor-1", Err(NotAUsername::Character))]
    #[case("ann@example.com", Err(NotAUsername::Email))]
    #[case("@home.base", Ok(()))]
    fn usernames(#[case] text: &str, #[case] expected: Result<(), NotAUsername>) {
        assert_eq!(Username::parse(text).map(drop), expected);
    }

    #[test]
    fn a_username_has_255_characters_at_most() {
        assert!(Username::parse("u".repeat(255)).is_ok());
        assert_eq!(Username::parse("u".repeat(256)), Err(NotAUsername::Length));
    }
}
