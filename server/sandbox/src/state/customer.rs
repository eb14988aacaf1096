//! Customers and consumers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{ConsumerId, CustomerId};

/// Whether a customer is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CustomerType {
    /// Reaches the FinBank test institutions.
    Testing,
    /// A billable customer.
    Active,
}

impl CustomerType {
    /// The word used in replies and in the list's `type` filter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Testing => "testing",
            Self::Active => "active",
        }
    }
}

/// Mastercard's record of a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// Unique name given by the partner.
    pub username: String,
    /// Testing or active.
    pub kind: CustomerType,
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// Phone, at most 15 characters.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The partner's registered application.
    pub application_id: Option<String>,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it was last changed.
    pub modified: DateTime<Utc>,
    /// Place in the list, by time of making.
    pub(super) place: u64,
}

impl Customer {
    /// The customer object of the description; its dates are strings of seconds.
    pub fn to_json(&self) -> Value {
        let mut object = json!({
            "id": self.id.to_string(),
            "username": self.username,
            "type": self.kind.as_str(),
            "createdDate": self.created.timestamp().to_string(),
            "lastModifiedDate": self.modified.timestamp().to_string(),
        });
        let optional = [
            ("firstName", &self.first_name),
            ("lastName", &self.last_name),
            ("phone", &self.phone),
            ("email", &self.email),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                object[name] = json!(value);
            }
        }
        object
    }

    /// The list's `search`: in the username or in any combination of the names, any case.
    pub fn matches(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let first = self.first_name.as_deref().unwrap_or_default();
        let last = self.last_name.as_deref().unwrap_or_default();
        [
            self.username.clone(),
            format!("{first} {last}"),
            format!("{last} {first}"),
            format!("{last}, {first}"),
            format!("{first}{last}"),
        ]
        .iter()
        .any(|candidate| candidate.to_lowercase().contains(&text))
    }
}

/// A birth date as the description splits it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Birthday {
    /// Four digits.
    pub year: u16,
    /// 1 is January.
    pub month: u8,
    /// Day of the month.
    pub day_of_month: u8,
}

/// The changeable part of a consumer; also the body of a change, where absent means unchanged.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ConsumerFacts {
    /// Plain text members, by official name.
    pub texts: BTreeMap<String, String>,
    /// Last four digits only: the sandbox does not keep a full number either.
    pub ssn_last4: Option<String>,
    /// Birth date.
    pub birthday: Option<Birthday>,
    /// Reseller's end user, as given.
    pub end_user: Option<Value>,
}

/// Owner of reports; outlives its customer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Consumer {
    /// Its id.
    pub id: ConsumerId,
    /// The customer it was made for.
    pub customer: CustomerId,
    /// What is known.
    pub facts: ConsumerFacts,
    /// When it was made.
    pub created: DateTime<Utc>,
}

impl Consumer {
    /// The consumer object. Creation makes several members optional which the
    /// reply requires, so unknown ones are empty.
    pub fn to_json(&self) -> Value {
        let mut object = json!({
            "id": self.id,
            "customerId": self.customer,
            "createdDate": self.created.timestamp(),
            "ssn": self.facts.ssn_last4.as_deref().unwrap_or_default(),
            "birthday": self.facts.birthday.map_or_else(|| json!({}), |date| json!(date)),
        });
        for name in [
            "firstName",
            "lastName",
            "address",
            "city",
            "state",
            "zip",
            "phone",
            "email",
        ] {
            object[name] = json!(self.facts.texts.get(name).map_or("", String::as_str));
        }
        if let Some(suffix) = self.facts.texts.get("suffix") {
            object["suffix"] = json!(suffix);
        }
        if let Some(end_user) = &self.facts.end_user {
            object["endUser"] = end_user.clone();
        }
        object
    }

    /// Takes over what a change names.
    pub fn apply(&mut self, change: ConsumerFacts) {
        self.facts.texts.extend(change.texts);
        self.facts.ssn_last4 = change.ssn_last4.or_else(|| self.facts.ssn_last4.take());
        self.facts.birthday = change.birthday.or(self.facts.birthday);
        self.facts.end_user = change.end_user.or_else(|| self.facts.end_user.take());
    }
}
