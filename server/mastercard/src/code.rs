//! Codes: of an aggregation, and of an error reply.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::wire;

/// The result of an account's latest aggregation attempt. An **absent** code
/// means that no attempt has run yet, which is not the same as success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct AggregationStatusCode(i64);

impl AggregationStatusCode {
    /// The latest attempt worked.
    pub const SUCCESS: Self = Self(0);

    /// The code with this number.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Whether the latest attempt worked.
    pub const fn is_success(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for AggregationStatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for AggregationStatusCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer).map(Self)
    }
}

/// The `code` of an error reply: a JSON number in aggregation and consumer
/// replies, a JSON string in Connect replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ErrorCode(i64);

impl ErrorCode {
    /// Wrong partner id or partner secret.
    pub const INVALID_CREDENTIALS: Self = Self(10001);
    /// A parameter is missing.
    pub const MISSING_PARAMETER: Self = Self(10005);
    /// A field failed validation, for instance an unknown customer on a Connect call.
    pub const INVALID_FIELD: Self = Self(10010);
    /// The `Finicity-App-Token` is not known.
    pub const INVALID_TOKEN: Self = Self(10022);
    /// The `Finicity-App-Token` has expired.
    pub const EXPIRED_TOKEN: Self = Self(10023);
    /// The `Finicity-App-Key` is missing.
    pub const MISSING_APP_KEY: Self = Self(10026);
    /// No consumer with that id or for that customer.
    pub const CONSUMER_NOT_FOUND: Self = Self(10100);
    /// The customer or another resource is not found.
    pub const NOT_FOUND: Self = Self(14001);
    /// The institution is not found.
    pub const INSTITUTION_NOT_FOUND: Self = Self(14006);
    /// A generic bad request.
    pub const BAD_REQUEST: Self = Self(14020);
    /// The customer id is not valid.
    pub const INVALID_CUSTOMER: Self = Self(14023);
    /// The customer has no account under that institution login.
    pub const LOGIN_WITHOUT_ACCOUNTS: Self = Self(38007);
    /// The partner's plan allows no further testing customer.
    pub const TESTING_CUSTOMER_LIMIT: Self = Self(42000);
    /// No experience for that application name.
    pub const NO_EXPERIENCE: Self = Self(4004);
    /// The username is taken.
    pub const USERNAME_TAKEN: Self = Self(110_002);

    /// The code with this number.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer).map(Self)
    }
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let value = Value::deserialize(deserializer)?;
    wire::integer(&value).ok_or_else(|| serde::de::Error::custom("expected a number or its digits"))
}
