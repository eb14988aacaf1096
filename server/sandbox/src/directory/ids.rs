//! The small values that an institution is described with.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A text that is not one of the values it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Not a positive whole number.
    #[error("not an institution id")]
    InstitutionId,
    /// Not nine digits.
    #[error("a routing number has nine digits")]
    RoutingNumber,
    /// Not one of the certified product types.
    #[error("unknown product type")]
    Product,
    /// Not two letters.
    #[error("a country code has two letters")]
    CountryCode,
}

/// `NumericInstitutionId` of the official description: a number on institutions,
/// a string on accounts and in Connect requests, which is why it has both forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InstitutionId(u64);

impl InstitutionId {
    /// The id with this number.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number, as institution objects carry it.
    pub const fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for InstitutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for InstitutionId {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text.parse() {
            Ok(number @ 1..) => Ok(Self(number)),
            _ => Err(ParseError::InstitutionId),
        }
    }
}

/// An ABA routing number. The official path takes it as an integer, so that the
/// leading zeros of, say, 021000021 may be gone: the value is the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoutingNumber(u32);

impl RoutingNumber {
    const LIMIT: u32 = 1_000_000_000;

    /// The routing number with this value, if it fits into nine digits.
    pub const fn new(number: u32) -> Option<Self> {
        if 0 < number && number < Self::LIMIT {
            Some(Self(number))
        } else {
            None
        }
    }

    /// Completes eight digits by the check digit that the ABA rule asks for
    /// (weights 3, 7, 1 over all nine digits, a multiple of ten).
    pub(super) fn with_check_digit(eight: u32) -> Self {
        let open = Self(eight % (Self::LIMIT / 10) * 10);
        Self(open.0 + (10 - open.weighted_sum() % 10) % 10)
    }

    /// Whether the check digit is right. Not a condition of the type: an
    /// operator's own test data need not keep the rule.
    pub fn has_valid_checksum(self) -> bool {
        self.weighted_sum().is_multiple_of(10)
    }

    fn weighted_sum(self) -> u32 {
        let (mut rest, mut sum) = (self.0, 0);
        for weight in [1, 7, 3].into_iter().cycle().take(9) {
            sum += rest % 10 * weight;
            rest /= 10;
        }
        sum
    }
}

impl fmt::Display for RoutingNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:09}", self.0)
    }
}

impl FromStr for RoutingNumber {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        if text.len() != 9 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ParseError::RoutingNumber);
        }
        text.parse()
            .ok()
            .and_then(Self::new)
            .ok_or(ParseError::RoutingNumber)
    }
}

impl Serialize for RoutingNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RoutingNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Number(u32),
            Text(String),
        }
        match Form::deserialize(deserializer)? {
            Form::Number(number) => Self::new(number).ok_or(ParseError::RoutingNumber),
            Form::Text(text) => text.parse(),
        }
        .map_err(de::Error::custom)
    }
}

/// `status` of an institution. The description names these seven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Available.
    #[default]
    Online,
    /// Not available.
    Offline,
    /// Planned work.
    Maintenance,
    /// Available to some partners.
    Testing,
    /// New.
    Beta,
    /// Checked, not yet released.
    Validated,
    /// Being replaced by `newInstitutionId`.
    Migrating,
}

/// A product type that an institution is certified for, as in the `type` query
/// of the institution lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Product {
    /// Transaction aggregation.
    TransAgg,
    /// Money transfer details.
    Ach,
    /// Statements.
    StateAgg,
    /// Verification of income.
    Voi,
    /// Verification of assets.
    Voa,
    /// Account history.
    Aha,
    /// Balance check.
    AvailBalance,
    /// Account owner.
    AccountOwner,
}

impl FromStr for Product {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Ok(match text {
            "transAgg" => Self::TransAgg,
            "ach" => Self::Ach,
            "stateAgg" => Self::StateAgg,
            "voi" => Self::Voi,
            "voa" => Self::Voa,
            "aha" => Self::Aha,
            "availBalance" => Self::AvailBalance,
            "accountOwner" => Self::AccountOwner,
            _ => return Err(ParseError::Product),
        })
    }
}

/// A two-letter country code, in capitals whatever the query wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CountryCode([u8; 2]);

impl CountryCode {
    /// The United States, where an institution is unless its address says else.
    pub const US: Self = Self(*b"US");
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

impl FromStr for CountryCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match *text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(ParseError::CountryCode),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("021000021", true)]
    #[case("314074269", true)]
    #[case("021000012", false)]
    fn checks_the_ninth_digit(#[case] text: &str, #[case] valid: bool) {
        let number: RoutingNumber = text.parse().unwrap();
        assert_eq!(number.has_valid_checksum(), valid);
        assert_eq!(number.to_string(), text);
    }

    #[test]
    fn completes_the_check_digit() {
        for eight in [2_100_002, 31_407_426, 9, 99_999_999] {
            assert!(RoutingNumber::with_check_digit(eight).has_valid_checksum());
        }
        assert_eq!(
            RoutingNumber::with_check_digit(2_100_002).to_string(),
            "021000021"
        );
    }

    #[rstest]
    #[case("12345678")]
    #[case("1234567890")]
    #[case("12345678x")]
    #[case("000000000")]
    fn refuses_what_is_no_routing_number(#[case] text: &str) {
        assert_eq!(
            text.parse::<RoutingNumber>(),
            Err(ParseError::RoutingNumber)
        );
    }

    #[test]
    fn reads_routing_numbers_as_text_or_number() {
        let read: Vec<RoutingNumber> = serde_json::from_str(r#"["021000021", 21000021]"#).unwrap();
        assert_eq!(read[0], read[1]);
    }

    #[test]
    fn country_codes_ignore_case() {
        assert_eq!("us".parse(), Ok(CountryCode::US));
        assert_eq!("USA".parse::<CountryCode>(), Err(ParseError::CountryCode));
    }
}
