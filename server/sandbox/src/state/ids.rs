//! Identifiers. The description writes some as numbers in one place and as
//! strings in another, so they are kept as numbers here and each reply says
//! which form it wants.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                // `parse` would take a leading plus sign, which no id of theirs has.
                if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(NotAnId);
                }
                text.parse().map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

/// Text that is not an id of the kind that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

number_id! {
    /// A customer: Mastercard's record of a person.
    CustomerId
}
number_id! {
    /// An account of a customer.
    AccountId
}
number_id! {
    /// One sign-in of one customer at one institution (`institutionLoginId`).
    LoginId
}
/// A consumer: 32 hex digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConsumerId(pub String);

/// A generated Connect link, named by its signature (64 hex digits).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LinkId(pub String);

/// A webhook event on its way to its receiver; counts up in the order of queuing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeliveryId(pub u64);

/// An aggregation status code: 0 is good, anything else a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StatusCode(pub u32);

impl StatusCode {
    /// The last aggregation worked.
    pub const GOOD: Self = Self(0);
    /// The institution's site is down or out of reach.
    pub const UNREACHABLE: Self = Self(102);
    /// The authorization is over or withdrawn.
    pub const EXPIRED: Self = Self(947);
    /// The account cannot be brought back on this login.
    pub const UNRECOVERABLE: Self = Self(949);

    /// The person must sign in again through Fix; the nightly batch leaves such accounts alone.
    pub fn is_fixable(self) -> bool {
        matches!(self.0, 103 | 108 | 109 | 185 | 187 | 945..=948)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_digits() {
        assert_eq!("102105".parse(), Ok(CustomerId(102_105)));
        for bad in ["", "+5", "-5", "5a", "99999999999999999999999"] {
            assert_eq!(bad.parse::<CustomerId>(), Err(NotAnId), "{bad}");
        }
    }

    #[test]
    fn fixable_codes_are_the_nine() {
        let fixable: Vec<u32> = (0..2000)
            .filter(|code| StatusCode(*code).is_fixable())
            .collect();
        assert_eq!(fixable, [103, 108, 109, 185, 187, 945, 946, 947, 948]);
    }
}
