//! Reading JSON that is looser than its description: numbers that come as
//! text, dates as seconds, text where a flag was promised.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serializer};
use serde_json::Value;

/// The integer in a JSON number or in a string of digits.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// An optional field whose unreadable values count as absent: for facts that
/// are nice to have, never for ids.
pub(crate) fn lenient<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> Deserialize<'a>,
{
    let value = Value::deserialize(deserializer)?;
    Ok(T::deserialize(&value).ok())
}

/// As [`lenient`], with the type's own word for absence.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + for<'a> Deserialize<'a>,
{
    lenient(deserializer).map(Option::unwrap_or_default)
}

/// A list whose unreadable members are left out.
pub(crate) fn lenient_list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: for<'a> Deserialize<'a>,
{
    let values = Vec::<Value>::deserialize(deserializer)?;
    Ok(values
        .iter()
        .filter_map(|value| T::deserialize(value).ok())
        .collect())
}

/// Epoch seconds, as a number or as text (a customer's dates are text, an
/// account's are numbers); anything else counts as absent.
pub(crate) mod epoch {
    use super::{DateTime, Deserialize, Deserializer, Serializer, Utc, Value, integer};

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(integer(&value).and_then(|seconds| DateTime::from_timestamp(seconds, 0)))
    }

    #[expect(
        clippy::ref_option,
        reason = "serde's `with` gives a reference to the field"
    )]
    pub(crate) fn serialize<S: Serializer>(
        date: &Option<DateTime<Utc>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => serializer.serialize_some(&date.timestamp()),
            None => serializer.serialize_none(),
        }
    }
}
