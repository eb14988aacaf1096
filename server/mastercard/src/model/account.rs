//! Accounts, as the simple operations show them: neither balances nor full
//! account numbers.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ids::{AccountId, CustomerId, InstitutionId, InstitutionLoginId};
use crate::{AggregationStatusCode, wire};

/// An account of the official `CustomerAccountSimple` schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SimpleAccount {
    /// The account.
    pub id: AccountId,
    /// What is kept of `accountNumberDisplay`; see [`Mask`].
    pub account_number_display: Mask,
    /// The institution's name for it.
    #[serde(default, deserialize_with = "wire::or_default")]
    pub name: String,
    /// What kind of account it is.
    #[serde(rename = "type")]
    pub kind: AccountType,
    /// Whether discovery has ended. It does not turn bad when a connection breaks.
    pub status: AccountStatus,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Where it is held.
    pub institution_id: InstitutionId,
    /// When the record was made.
    #[serde(default, with = "wire::epoch")]
    pub created_date: Option<DateTime<Utc>>,
    /// Currency code.
    #[serde(default, deserialize_with = "wire::or_default")]
    pub currency: String,
    /// The sign-in it came with: what a repair wants.
    pub institution_login_id: InstitutionLoginId,
    /// Result of the latest attempt; absent before the first.
    #[serde(default)]
    pub aggregation_status_code: Option<AggregationStatusCode>,
    /// The latest good attempt.
    #[serde(default, with = "wire::epoch")]
    pub aggregation_success_date: Option<DateTime<Utc>>,
    /// The latest attempt, good or bad.
    #[serde(default, with = "wire::epoch")]
    pub aggregation_attempt_date: Option<DateTime<Utc>>,
    /// Start of the person's consent.
    #[serde(default, with = "wire::epoch")]
    pub authorization_start_date: Option<DateTime<Utc>>,
    /// End of the person's consent; without meaning unless
    /// `authorization_expires`.
    #[serde(default, with = "wire::epoch")]
    pub authorization_end_date: Option<DateTime<Utc>>,
    /// Whether the consent ends by itself.
    #[serde(default, deserialize_with = "wire::or_default")]
    pub authorization_expires: bool,
    /// When it was first linked through Data Connect.
    #[serde(default, with = "wire::epoch")]
    pub linked_account_date: Option<DateTime<Utc>>,
}

impl SimpleAccount {
    /// The last four letters or digits of the account number; may be fewer.
    pub fn mask(&self) -> &str {
        self.account_number_display.as_str()
    }
}

/// The last four letters or digits of `accountNumberDisplay`, whose format
/// varies by institution and may hold more of the number. The rest is dropped
/// while reading, so that it cannot be stored or shown by mistake.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Mask(String);

impl Mask {
    /// Keeps the last four letters or digits of `display`.
    pub fn of(display: &str) -> Self {
        let mut kept: Vec<char> = display
            .chars()
            .rev()
            .filter(|c| c.is_alphanumeric())
            .take(4)
            .collect();
        kept.reverse();
        Self(kept.into_iter().collect())
    }

    /// At most four letters or digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Mask {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|display| Self::of(&display))
    }
}

/// An account type under its official name (`checking`, `creditCard`, …).
/// The description's list is open, so a name this crate never saw is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountType(String);

impl AccountType {
    /// The type of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The official name. 529 and 457 plans arrive as `529` and `457`,
    /// although the list calls them `529plan` and `457plan`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How far an account's discovery has come.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum AccountStatus {
    /// Being discovered.
    Pending,
    /// Activated, for good.
    Active,
    /// A status this crate does not know.
    Unknown(String),
}

impl AccountStatus {
    /// The official name.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Unknown(name) => name,
        }
    }
}

impl Serialize for AccountStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AccountStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Ok(match name.as_str() {
            "pending" => Self::Pending,
            "active" => Self::Active,
            _ => Self::Unknown(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[rstest::rstest]
    #[case("5720", "5720")]
    #[case("3539-259", "9259")]
    #[case("1500-1", "5001")]
    #[case("0824-S0050", "0050")]
    #[case("x7", "x7")]
    #[case("--", "")]
    #[case("1234567890123456", "3456")]
    fn masks(#[case] display: &str, #[case] mask: &str) {
        assert_eq!(Mask::of(display).as_str(), mask);
    }

    proptest! {
        #[test]
        fn a_mask_holds_four_letters_or_digits_at_most(display in ".*") {
            let mask = Mask::of(&display);
            prop_assert!(mask.as_str().chars().count() <= 4);
            prop_assert!(mask.as_str().chars().all(char::is_alphanumeric));
        }

        #[test]
        fn the_rest_of_the_number_is_not_kept(number in "[0-9]{12,19}") {
            let account: SimpleAccount = serde_json::from_value(serde_json::json!({
                "id": "1", "accountNumberDisplay": number, "name": "n", "type": "checking",
                "status": "closed", "customerId": 2, "institutionId": 3, "institutionLoginId": 4,
            })).unwrap();
            prop_assert_eq!(account.mask(), &number[number.len() - 4..]);
            let kept = format!("{account:?}{}", serde_json::to_string(&account).unwrap());
            prop_assert!(!kept.contains(&number[..number.len() - 4]));
        }
    }

    #[test]
    fn a_stored_account_is_read_back_as_it_was() {
        let account: SimpleAccount = serde_json::from_value(serde_json::json!({
            "id": "1", "accountNumberDisplay": "0050", "name": "n", "type": "529",
            "status": "pending", "customerId": "2", "institutionId": "3", "institutionLoginId": 4,
            "createdDate": 1_607_450_357, "aggregationStatusCode": 0, "currency": "USD",
            "aggregationAttemptDate": "1607450358", "aggregationSuccessDate": null,
            "authorizationExpires": "no",
        }))
        .unwrap();
        let stored = serde_json::to_string(&account).unwrap();
        assert_eq!(
            serde_json::from_str::<SimpleAccount>(&stored).unwrap(),
            account
        );
        assert_eq!(
            account.aggregation_attempt_date.unwrap().timestamp(),
            1_607_450_358
        );
        assert_eq!(account.aggregation_success_date, None);
        assert!(account.aggregation_status_code.unwrap().is_success());
    }
}
