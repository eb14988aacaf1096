//! Small values that several areas use.

use serde::{Deserialize, Serialize};

/// Reads an enum of plain names from its name, as the derived `Serialize` writes
/// it. The derived reader costs the browser over a kilobyte for each enum; text
/// is read there anyway.
macro_rules! named {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let name = String::deserialize(from)?;
                match &*name {
                    $(stringify!($variant) => Ok(Self::$variant),)*
                    _ => Err(serde::de::Error::custom("an unknown name")),
                }
            }
        }
    };
}
pub(crate) use named;

/// A moment, as the server wrote it for this person's language and time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// RFC 3339 in UTC, for the `datetime` attribute.
    pub iso: String,
    /// For reading: "Tue 18 Nov, 2:10 am".
    pub text: String,
}

/// What support can find a request by. Safe to show to anybody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    /// Wraps the request's reference.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The reference, or an empty text where the request never arrived.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The end of an account number: at most four letters or digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mask(String);

impl Mask {
    /// Takes the last four letters or digits, so that a longer number cannot
    /// pass this door; `None` when there are none.
    pub fn of(number: &str) -> Option<Self> {
        let all: Vec<char> = number.chars().filter(|c| c.is_alphanumeric()).collect();
        let end: String = all[all.len().saturating_sub(4)..].iter().collect();
        (!end.is_empty()).then_some(Self(end))
    }

    /// One to four characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Trouble that is not the user's own, and goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// Whose it is.
    pub whose: Whose,
    /// About since when.
    pub since: When,
    /// How many it cuts off, besides this person.
    pub others: u32,
}

/// Whose trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// The institution's.
    Institution,
    /// Mastercard's.
    Mastercard,
}

/// An institution where only its name is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionName {
    /// Mastercard's id.
    pub id: super::ids::InstitutionId,
    /// The display name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::Mask;

    #[test]
    fn a_mask_never_holds_more_than_four() {
        let mask = |text| Mask::of(text).map(|mask| mask.as_str().to_owned());
        assert_eq!(mask("xx-4821").as_deref(), Some("4821"));
        assert_eq!(mask("1234567890").as_deref(), Some("7890"));
        assert_eq!(mask("-9A").as_deref(), Some("9A"));
        assert_eq!(mask("**"), None);
    }
}
