//! Reading queries, paths and bodies as leniently or strictly as the API does.

use std::str::FromStr;

use serde_json::{Map, Value};

use super::fault::{Fault, Refused};
use crate::state::CustomerId;

/// A query string; empty values count as absent.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn parse(raw: Option<&str>) -> Self {
        let pairs = url::form_urlencoded::parse(raw.unwrap_or_default().as_bytes());
        Self(
            pairs
                .into_owned()
                .filter(|(_, value)| !value.is_empty())
                .collect(),
        )
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// A number, when there is one.
    pub(super) fn number(&self, name: &str) -> Result<Option<i64>, Refused> {
        self.get(name)
            .map(|text| text.parse().map_err(|_| Fault::bad_request()))
            .transpose()
    }
}

/// An id of a path; text that is none is a bad request.
pub(super) fn id<T: FromStr>(text: &str) -> Result<T, Refused> {
    text.parse().map_err(|_| Fault::bad_request())
}

/// A body: a JSON object.
pub(super) struct Body(Map<String, Value>);

impl Body {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            _ => Err(Fault::bad_request()),
        }
    }

    pub(super) fn of(value: &Value) -> Option<Self> {
        value.as_object().cloned().map(Self)
    }

    /// A member; `null` counts as absent.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A text, when there is one that is not empty.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Refused> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong_type(name, "a string")),
        }
    }

    pub(super) fn owned_text(&self, name: &str) -> Result<Option<String>, Refused> {
        Ok(self.text(name)?.map(ToOwned::to_owned))
    }

    pub(super) fn required_text(&self, name: &str) -> Result<&str, Refused> {
        self.text(name)?.ok_or_else(|| Fault::missing(name))
    }

    pub(super) fn integer(&self, name: &str) -> Result<Option<i64>, Refused> {
        let integer = |value: &Value| value.as_i64().ok_or_else(|| wrong_type(name, "a number"));
        self.get(name).map(integer).transpose()
    }

    pub(super) fn boolean(&self, name: &str) -> Result<Option<bool>, Refused> {
        let boolean = |value: &Value| value.as_bool().ok_or_else(|| wrong_type(name, "a boolean"));
        self.get(name).map(boolean).transpose()
    }

    pub(super) fn object(&self, name: &str) -> Result<Option<&Map<String, Value>>, Refused> {
        match self.get(name) {
            Some(value) if !value.is_object() => Err(wrong_type(name, "of type object")),
            found => Ok(found.and_then(Value::as_object)),
        }
    }

    pub(super) fn array(&self, name: &str) -> Result<Option<&Vec<Value>>, Refused> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Array(items)) => Ok(Some(items)),
            Some(_) => Err(wrong_type(name, "an array")),
        }
    }

    /// A customer id, which bodies write as a string.
    pub(super) fn customer(&self) -> Result<CustomerId, Refused> {
        let text = self.required_text("customerId")?;
        text.parse().map_err(|_| unknown_customer())
    }
}

fn wrong_type(name: &str, wanted: &str) -> Refused {
    Fault::invalid(format!("\"{name}\" must be {wanted}"))
}

/// 400 10010 of Connect calls.
pub(super) fn unknown_customer() -> Refused {
    Fault::invalid("Customer ID does not exist or does not belong to this partner")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_query_values_are_absent() {
        let query = Query::parse(Some("search=&start=2&type=%20x"));
        assert_eq!(query.get("search"), None);
        assert_eq!(query.number("start"), Ok(Some(2)));
        assert_eq!(query.get("type"), Some(" x"));
        assert!(query.number("type").is_err());
    }

    #[test]
    fn bodies_are_objects() {
        for bad in ["", "[]", "1", "{", "null"] {
            assert!(Body::parse(bad.as_bytes()).is_err(), "{bad}");
        }
        let body = Body::parse(br#"{"a":"","b":null,"c":1}"#).unwrap();
        assert_eq!(body.text("a"), Ok(None));
        assert_eq!(body.required_text("b"), Err(Fault::missing("b")));
        assert_eq!(
            body.text("c"),
            Err(Fault::invalid("\"c\" must be a string"))
        );
    }
}
