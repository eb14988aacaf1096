//! Typed ids, as the browser and the server exchange them.
//!
//! Rows of ours have UUIDs. They travel here as the 128 bits, so that neither
//! `uuid` nor the engine's types reach the browser; the server converts with
//! `new(id.as_u128())` and `get()`, which cannot fail.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id")
    }
}

impl std::error::Error for NotAnId {}

/// An institution's id at Mastercard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InstitutionId(u64);

impl InstitutionId {
    /// Wraps Mastercard's number.
    pub const fn new(id: u64) -> Self {
        Self(id)
    }

    /// Mastercard's number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for InstitutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Positive, and one that a database can hold.
impl FromStr for InstitutionId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        // `i64::from_str` takes a plus sign; an address with one is not ours.
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let id = text.parse::<i64>().ok().filter(|id| digits && *id > 0);
        let id = id.and_then(|id| u64::try_from(id).ok());
        id.map(Self).ok_or(NotAnId)
    }
}

macro_rules! refs {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// Wraps the bits of the row's UUID.
            pub const fn new(bits: u128) -> Self {
                Self(bits)
            }

            /// The bits of the row's UUID.
            pub const fn get(self) -> u128 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hyphenated(self.0))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                bits(text).map(Self).ok_or(NotAnId)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(&hyphenated(self.0))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

refs! {
    /// One visit to Data Connect.
    SessionRef;
    /// Our row for one institution login.
    ConnectionRef;
    /// A break of a connection.
    BreakRef;
    /// Trouble at an institution or at Mastercard.
    OutageRef;
    /// Our row for one account of a connection.
    AccountRef;
    /// A notice to a user.
    NoticeRef;
    /// A person with a sign-in of ours.
    UserRef;
    /// An invitation that was not accepted yet.
    InvitationRef;
    /// A passkey of a person.
    PasskeyRef;
    /// Work that must happen.
    JobRef;
    /// What Mastercard was told of at once.
    CaseRef;
    /// What asks all affected people to repair.
    CampaignRef;
    /// The public handle of a sign-in session (never its secret id).
    SignInRef;
}

/// 8-4-4-4-12, as `uuid` writes it.
fn hyphenated(bits: u128) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(36);
    for (index, byte) in bits.to_be_bytes().into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// Only the one spelling that [`hyphenated`] makes: an id has one address.
fn bits(text: &str) -> Option<u128> {
    let bits = u128::from_str_radix(&text.replace('-', ""), 16).ok()?;
    (hyphenated(bits) == text).then_some(bits)
}

#[cfg(test)]
mod tests {
    use super::{AccountRef, InstitutionId, NotAnId, SessionRef};

    const TEXT: &str = "01994c1e-7a2b-7f00-8abc-0123456789ab";

    #[test]
    fn an_id_has_one_spelling() {
        let id: SessionRef = TEXT.parse().unwrap();
        assert_eq!(id.to_string(), TEXT);
        assert_eq!(SessionRef::new(id.get()), id);
        for other in [
            "",
            "x",
            "01994C1E-7A2B-7F00-8ABC-0123456789AB",
            "01994c1e7a2b7f008abc0123456789ab",
            "01994c1e-7a2b-7f00-8abc-0123456789ab-",
            "+1994c1e-7a2b-7f00-8abc-0123456789ab",
        ] {
            assert_eq!(other.parse::<SessionRef>(), Err(NotAnId), "{other}");
        }
        assert_eq!(
            AccountRef::new(0).to_string(),
            "00000000-0000-0000-0000-000000000000"
        );
    }

    #[test]
    fn an_institution_is_a_plain_number() {
        assert_eq!("4222".parse(), Ok(InstitutionId::new(4222)));
        let most = InstitutionId::new(9_223_372_036_854_775_807);
        assert_eq!("9223372036854775807".parse(), Ok(most));
        for other in [
            "",
            "+4222",
            "-1",
            "0",
            "42 22",
            "9223372036854775808",
            "99999999999999999999",
        ] {
            assert_eq!(other.parse::<InstitutionId>(), Err(NotAnId), "{other}");
        }
    }
}
