//! Operations on consumers.

use axum::extract::{Path, State as From};
use bytes::Bytes;
use serde_json::{Value, json};

use super::fault::{Fault, Refused, Reply};
use super::input::{Body, id};
use super::{created, no_content, ok};
use crate::state::{Birthday, Consumer, ConsumerFacts, ConsumerId, CustomerId, Sandbox};

const TEXTS: [&str; 9] = [
    "firstName",
    "lastName",
    "address",
    "city",
    "state",
    "zip",
    "phone",
    "email",
    "suffix",
];

pub(super) async fn create(
    From(sandbox): From<Sandbox>,
    Path(customer): Path<String>,
    body: Bytes,
) -> Reply {
    let customer: CustomerId = id(&customer)?;
    let body = Body::parse(&body)?;
    for field in ["firstName", "lastName", "state"] {
        body.required_text(field)?;
    }
    let facts = facts(&body)?;
    if facts.ssn_last4.is_none() && facts.birthday.is_none() {
        return Err(Fault::missing("ssn or birthday"));
    }
    if !facts.texts.contains_key("phone") && !facts.texts.contains_key("email") {
        return Err(Fault::missing("phone or email"));
    }
    let reply = sandbox.work(|state, now| {
        state.customer(customer).ok_or_else(Fault::no_customer)?;
        if state.consumer_of(customer).is_some() {
            let message = format!("A consumer already exists for customer {customer}");
            return Err(Fault::conflict(11000, message));
        }
        let consumer = state.add_consumer(customer, facts, now);
        Ok(json!({
            "id": consumer.id,
            "createdDate": consumer.created.timestamp(),
            "customerId": consumer.customer,
        }))
    })?;
    created(reply)
}

pub(super) async fn of_customer(
    From(sandbox): From<Sandbox>,
    Path(customer): Path<String>,
) -> Reply {
    let customer: CustomerId = id(&customer)?;
    let reply = sandbox.work(|state, _| {
        state.customer(customer).ok_or_else(Fault::no_customer)?;
        state
            .consumer_of(customer)
            .map(Consumer::to_json)
            .ok_or_else(|| {
                let message = format!("Cannot find consumer for customer with id {customer}.");
                Fault::not_found(10100, message)
            })
    })?;
    ok(reply)
}

pub(super) async fn get(From(sandbox): From<Sandbox>, Path(consumer): Path<String>) -> Reply {
    let consumer = ConsumerId(consumer);
    let found = sandbox.work(|state, _| state.consumer(&consumer).map(Consumer::to_json));
    ok(found.ok_or_else(|| no_consumer(&consumer))?)
}

pub(super) async fn modify(
    From(sandbox): From<Sandbox>,
    Path(consumer): Path<String>,
    body: Bytes,
) -> Reply {
    let consumer = ConsumerId(consumer);
    let change = facts(&Body::parse(&body)?)?;
    sandbox.work(|state, _| {
        let found = state
            .consumer_mut(&consumer)
            .ok_or_else(|| no_consumer(&consumer))?;
        found.apply(change);
        Ok::<_, Refused>(())
    })?;
    no_content()
}

fn no_consumer(consumer: &ConsumerId) -> Refused {
    Fault::not_found(
        10100,
        format!("Cannot find consumer with id {}.", consumer.0),
    )
}

fn facts(body: &Body) -> Result<ConsumerFacts, Refused> {
    let mut facts = ConsumerFacts::default();
    for name in TEXTS {
        if let Some(text) = body.text(name)? {
            facts.texts.insert(name.to_owned(), text.to_owned());
        }
    }
    let is =
        |name: &str, good: fn(&str) -> bool| facts.texts.get(name).is_none_or(|text| good(text));
    if !is("phone", is_phone) {
        return Err(Fault::bad(
            10100,
            "Invalid format for field consumer.phone.",
        ));
    }
    if !is("email", is_email) {
        return Err(Fault::bad(
            10100,
            "Invalid format for field consumer.email.",
        ));
    }
    facts.ssn_last4 = body.text("ssn")?.map(last_four).transpose()?;
    facts.birthday = body.get("birthday").map(birthday).transpose()?;
    facts.end_user = body.get("endUser").map(end_user).transpose()?;
    Ok(facts)
}

fn last_four(ssn: &str) -> Result<String, Refused> {
    let digits: String = ssn.chars().filter(|sign| *sign != '-').collect();
    if digits.len() != 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = "Invalid format for field consumer.ssn.  Required format is 9 digits.";
        return Err(Fault::bad(10100, message));
    }
    Ok(digits[5..].to_owned())
}

fn is_phone(text: &str) -> bool {
    text.len() <= 15
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-(). ".contains(&byte))
}

fn is_email(text: &str) -> bool {
    let plain = !text.contains(char::is_whitespace);
    plain
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// The official example writes the parts as strings, the schema as numbers.
fn birthday(value: &Value) -> Result<Birthday, Refused> {
    let part = |name: &str| -> Option<u16> {
        match &value[name] {
            Value::Number(number) => u16::try_from(number.as_u64()?).ok(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    };
    let read = || {
        let (year, month, day) = (part("year")?, part("month")?, part("dayOfMonth")?);
        chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))?;
        let (month, day_of_month) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        Some(Birthday {
            year,
            month,
            day_of_month,
        })
    };
    read().ok_or_else(Fault::bad_request)
}

fn end_user(value: &Value) -> Result<Value, Refused> {
    let fields = Body::of(value).ok_or_else(Fault::bad_request)?;
    for field in ["name", "address", "city", "state", "zip", "phone"] {
        fields
            .text(field)?
            .ok_or_else(|| Fault::missing(&format!("endUser.{field}")))?;
    }
    if fields.text("url")?.is_some_and(|url| url.len() < 2) {
        return Err(Fault::bad_request());
    }
    Ok(value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ssn_with_and_without_hyphens() {
        assert_eq!(last_four("989-89-1234").unwrap(), "1234");
        assert_eq!(last_four("989891234").unwrap(), "1234");
        assert!(last_four("98989123").is_err());
        assert!(last_four("98989123x").is_err());
    }

    #[test]
    fn birthday_parts_are_numbers_or_strings() {
        let date = Birthday {
            year: 1989,
            month: 12,
            day_of_month: 13,
        };
        let parts = json!({ "year": "1989", "month": 12, "dayOfMonth": "13" });
        assert_eq!(birthday(&parts).unwrap(), date);
        assert!(birthday(&json!({ "year": 1989, "month": 13, "dayOfMonth": 1 })).is_err());
        assert!(birthday(&json!("1989-12-13")).is_err());
    }
}
