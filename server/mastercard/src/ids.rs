//! Mastercard's identifiers. On the wire the same id is text in one place and
//! a number in another (an account shows its institution login as a number, a
//! fix link wants it as text), so each reads both and writes the one form its
//! requests need. The characters are limited, so that an id cannot leave its
//! segment of a URL path.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// The text is no identifier: empty, above 64 characters, or with characters
/// other than ASCII letters, digits, `-` and `_`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a Mastercard identifier")]
pub struct NotAnId;

fn check(text: &str) -> Result<(), NotAnId> {
    let fits = (1..=64).contains(&text.len());
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if fits && plain { Ok(()) } else { Err(NotAnId) }
}

/// The two forms an id may have in JSON.
#[derive(Deserialize)]
#[serde(untagged)]
enum Wire {
    Number(u64),
    Text(String),
}

macro_rules! text_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Reads an id from text.
            pub fn parse(text: impl Into<String>) -> Result<Self, NotAnId> {
                let text = text.into();
                check(&text).map(|()| Self(text))
            }

            /// The id as it stands in paths and bodies.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Self::parse(text)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                match Wire::deserialize(deserializer)? {
                    Wire::Number(number) => Ok(Self(number.to_string())),
                    Wire::Text(text) => Self::parse(text).map_err(serde::de::Error::custom),
                }
            }
        }
    )*};
}

text_ids! {
    /// A customer: Mastercard's record of a person.
    CustomerId;
    /// An account of a customer.
    AccountId;
    /// One sign-in of a customer at an institution; several accounts share it.
    InstitutionLoginId;
    /// The partner: us, at Mastercard.
    PartnerId;
    /// A consumer: the identity data that reports need.
    ConsumerId;
    /// A registered application, wanted by OAuth institutions.
    ApplicationId;
}

/// An institution. A number in institution objects, in paths and in a lite
/// link's body; text on an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct InstitutionId(i64);

impl InstitutionId {
    /// The institution with this number.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Reads an id from text.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits {
            return Err(NotAnId);
        }
        text.parse().map(Self).map_err(|_| NotAnId)
    }
}

impl fmt::Display for InstitutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for InstitutionId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Self::parse(text)
    }
}

impl<'de> Deserialize<'de> for InstitutionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Wire::deserialize(deserializer)? {
            Wire::Number(number) => i64::try_from(number)
                .map(Self)
                .map_err(serde::de::Error::custom),
            Wire::Text(text) => Self::parse(&text).map_err(serde::de::Error::custom),
        }
    }
}

/// A nine-digit bank routing number. The check digit is not tested: a wrong
/// one is Mastercard's to refuse, and test institutions need not keep the rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct RoutingNumber(String);

impl RoutingNumber {
    /// Reads exactly nine digits, not all of them zero.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let digits = text.len() == 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits && text != "000000000" {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnId)
        }
    }

    /// The nine digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RoutingNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_login_id_is_read_as_number_or_text_and_written_as_text(number in any::<u64>()) {
            let from_number: InstitutionLoginId = serde_json::from_str(&number.to_string()).unwrap();
            let from_text: InstitutionLoginId = serde_json::from_str(&format!("\"{number}\"")).unwrap();
            prop_assert_eq!(&from_number, &from_text);
            prop_assert_eq!(serde_json::to_string(&from_number).unwrap(), format!("\"{number}\""));
        }

        #[test]
        fn an_institution_id_is_read_as_number_or_text_and_written_as_number(number in 0..i64::MAX) {
            let from_number: InstitutionId = serde_json::from_str(&number.to_string()).unwrap();
            let from_text: InstitutionId = serde_json::from_str(&format!("\"{number}\"")).unwrap();
            prop_assert_eq!(from_number, from_text);
            prop_assert_eq!(serde_json::to_string(&from_text).unwrap(), number.to_string());
        }

        #[test]
        fn no_id_leaves_its_path_segment(text in ".*") {
            if let Ok(id) = CustomerId::parse(text) {
                let mut url = url::Url::parse("https://a.example/x/").unwrap();
                url.path_segments_mut().unwrap().pop().push(id.as_str()).push("end");
                let path = format!("/x/{id}/end");
                prop_assert_eq!(url.path(), path.as_str());
            }
        }

        #[test]
        fn what_parses_shows_itself_unchanged(text in "[A-Za-z0-9_-]{1,64}") {
            prop_assert_eq!(AccountId::parse(text.clone()).unwrap().to_string(), text);
        }
    }

    #[rstest::rstest]
    #[case("")]
    #[case("..")]
    #[case("a/b")]
    #[case("a%2fb")]
    #[case("a b")]
    #[case("ä")]
    fn text_that_is_no_id(#[case] text: &str) {
        assert_eq!(CustomerId::parse(text), Err(NotAnId));
        assert_eq!(InstitutionId::parse(text), Err(NotAnId));
    }

    #[rstest::rstest]
    #[case("021000021", true)]
    #[case("21000021", false)]
    #[case("02100002x", false)]
    #[case("000000000", false)]
    fn routing_numbers_have_nine_digits(#[case] text: &str, #[case] good: bool) {
        assert_eq!(RoutingNumber::parse(text).is_ok(), good);
    }
}
