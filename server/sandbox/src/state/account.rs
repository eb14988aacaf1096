//! Institution logins and accounts.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{AccountId, Break, CustomerId, FixAnswer, InstitutionId, LoginId, Move, StatusCode};
use crate::people::AccountSeed;

/// One sign-in of a customer at an institution.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Login {
    /// Its id.
    pub id: LoginId,
    /// Whose.
    pub customer: CustomerId,
    /// Where.
    pub institution: InstitutionId,
    /// The person who signed in there.
    pub person: String,
    /// Why attempts under it fail.
    #[serde(default)]
    pub broken: Option<Break>,
    /// Neither the nightly batch nor a first aggregation takes it.
    #[serde(default)]
    pub frozen: bool,
    /// Where the next Fix takes it.
    #[serde(default)]
    pub moving: Option<Move>,
    /// What Fix says of it.
    #[serde(default)]
    pub fix: FixAnswer,
    /// When it was made.
    pub created: DateTime<Utc>,
}

impl Login {
    /// Where a visit of Fix takes place.
    pub fn fixed_at(&self) -> InstitutionId {
        self.moving.map_or(self.institution, |moving| moving.to)
    }
}

/// Latest aggregation attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aggregation {
    /// Its result.
    pub code: StatusCode,
    /// When it was.
    pub attempt: DateTime<Utc>,
    /// The latest good one.
    pub success: Option<DateTime<Utc>>,
}

/// An aggregation that is owed to a new or repaired account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Owed {
    /// None beyond the nightly batch.
    Nothing,
    /// At that time.
    At(DateTime<Utc>),
    /// With the next batch, whatever the code.
    NextBatch,
}

/// An account of a customer.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The login it came through.
    pub login: LoginId,
    /// Whose.
    pub customer: CustomerId,
    /// Where.
    pub institution: InstitutionId,
    /// What the institution says.
    pub facts: AccountSeed,
    /// Place at the institution, 1 is the top.
    pub place: usize,
    /// When the record was made; also when it was first linked.
    pub created: DateTime<Utc>,
    /// When the record last changed.
    pub updated: DateTime<Utc>,
    /// Absent before the first aggregation.
    pub aggregation: Option<Aggregation>,
    /// Aggregation still owed.
    pub owed: Owed,
    /// Why attempts for it fail, whatever its login says.
    pub broken: Option<Break>,
    /// Start and end of an authorization.
    pub authorization: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Account {
    /// The simple account object: neither balances nor numbers.
    pub fn to_simple(&self) -> Value {
        let mut object = json!({
            "id": self.id.to_string(),
            "accountNumberDisplay": self.facts.mask,
            "name": self.facts.name,
            "type": self.facts.kind,
            "status": "active",
            "customerId": self.customer.to_string(),
            "institutionId": self.institution.to_string(),
            "createdDate": self.created.timestamp(),
            "currency": self.facts.currency,
            "institutionLoginId": self.login,
            "displayPosition": self.place,
            "linkedAccountDate": self.created.timestamp(),
            "authorizationExpires": self.authorization.is_some(),
        });
        if let Some(aggregation) = self.aggregation {
            object["aggregationStatusCode"] = json!(aggregation.code);
            object["aggregationAttemptDate"] = json!(aggregation.attempt.timestamp());
            if let Some(success) = aggregation.success {
                object["aggregationSuccessDate"] = json!(success.timestamp());
            }
        }
        if let Some((start, end)) = self.authorization {
            object["authorizationStartDate"] = json!(start.timestamp());
            object["authorizationEndDate"] = json!(end.timestamp());
        }
        object
    }

    /// The full account object.
    pub fn to_full(&self) -> Value {
        let mut object = self.to_simple();
        object["number"] = json!(self.facts.number);
        // Required by the description, which nowhere defines it.
        object["accountNickname"] = json!(self.facts.name);
        object["balance"] = json!(self.facts.balance);
        object["balanceDate"] = json!(self.balance_date().timestamp());
        object["lastUpdatedDate"] = json!(self.updated.timestamp());
        object["marketSegment"] = json!(self.facts.market_segment);
        object["detail"] = Value::Object(self.facts.detail.clone());
        if let Some(success) = self.aggregation.and_then(|latest| latest.success) {
            let last = success - Duration::days(i64::from(self.facts.last_activity_days));
            let opened = self.facts.opened.and_time(chrono::NaiveTime::MIN).and_utc();
            let reach = (self.created - Duration::days(180)).max(opened);
            object["lastTransactionDate"] = json!(last.timestamp());
            object["oldestTransactionDate"] = json!(reach.min(last).timestamp());
            if self.has_ach() {
                object["realAccountNumberLast4"] = json!(self.facts.mask);
            }
        }
        object
    }

    /// Account types of which money can be moved, and that `account_type=ava` asks for.
    pub fn has_ach(&self) -> bool {
        matches!(
            self.facts.kind.as_str(),
            "checking" | "savings" | "moneyMarket"
        )
    }

    fn balance_date(&self) -> DateTime<Utc> {
        self.aggregation
            .and_then(|latest| latest.success)
            .unwrap_or(self.created)
    }
}
