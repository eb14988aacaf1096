//! Operations on customers.

use axum::extract::{Path, RawQuery, State as From};
use bytes::Bytes;
use serde_json::{Value, json};

use super::fault::{Fault, Refused, Reply};
use super::input::{Body, Query, id};
use super::{created, no_content, ok};
use crate::state::{APP_NAME, Customer, CustomerId, CustomerType, NewCustomer, Sandbox};

pub(super) async fn add_testing(From(sandbox): From<Sandbox>, body: Bytes) -> Reply {
    add(&sandbox, CustomerType::Testing, &body)
}

pub(super) async fn add_active(From(sandbox): From<Sandbox>, body: Bytes) -> Reply {
    add(&sandbox, CustomerType::Active, &body)
}

fn add(sandbox: &Sandbox, kind: CustomerType, body: &[u8]) -> Reply {
    let body = Body::parse(body)?;
    let username = body.required_text("username")?.to_owned();
    if !is_policy_username(&username) {
        return Err(Fault::bad(110_039, "Username is not as per the policy."));
    }
    let phone = body.owned_text("phone")?;
    if phone
        .as_ref()
        .is_some_and(|phone| phone.chars().count() > 15)
    {
        return Err(Fault::bad_request());
    }
    let new = NewCustomer {
        kind,
        username,
        first_name: name(&body, "firstName")?,
        last_name: name(&body, "lastName")?,
        phone,
        email: body.owned_text("email")?,
        application_id: body.owned_text("applicationId")?,
    };
    let reply = sandbox.work(|state, now| {
        let customer = state.add_customer(new, now).ok()?;
        Some(json!({
            "id": customer.id.to_string(),
            "username": customer.username,
            "createdDate": customer.created.timestamp(),
        }))
    });
    created(reply.ok_or_else(|| Fault::conflict(110_002, "Username is not available."))?)
}

pub(super) async fn list(From(sandbox): From<Sandbox>, RawQuery(raw): RawQuery) -> Reply {
    let query = Query::parse(raw.as_deref());
    let kind = match query.get("type") {
        None => None,
        Some("testing") => Some(CustomerType::Testing),
        Some("active") => Some(CustomerType::Active),
        Some(_) => return Err(Fault::bad(14016, "Invalid customer type.")),
    };
    let start = match query.number("start")?.unwrap_or(1) {
        ..=0 => return Err(Fault::bad(41003, "Start index cannot be less than one.")),
        start => usize::try_from(start).unwrap_or(usize::MAX),
    };
    let limit = match query.number("limit")?.unwrap_or(25) {
        ..=0 => return Err(Fault::bad(41004, "Limit cannot be less than one.")),
        limit @ 1..=1000 => usize::try_from(limit).unwrap_or(1000),
        _ => return Err(Fault::bad_request()),
    };
    let wanted = |customer: &&Customer| {
        kind.is_none_or(|kind| customer.kind == kind)
            && query
                .get("username")
                .is_none_or(|name| customer.username == name)
            && query
                .get("search")
                .is_none_or(|text| customer.matches(text))
    };
    let found: Vec<Value> = sandbox.work(|state, _| {
        state
            .customers()
            .into_iter()
            .filter(wanted)
            .map(Customer::to_json)
            .collect()
    });
    let page: Vec<&Value> = found.iter().skip(start - 1).take(limit).collect();
    ok(json!({
        "found": found.len(),
        "displaying": page.len(),
        "moreAvailable": found.len().saturating_sub(start - 1) > page.len(),
        "customers": page,
    }))
}

pub(super) async fn get(From(sandbox): From<Sandbox>, Path(customer): Path<String>) -> Reply {
    let customer: CustomerId = id(&customer)?;
    let found = sandbox.work(|state, _| {
        let customer = state.customer(customer)?;
        let mut object = customer.to_json();
        if let Some(application) = &customer.application_id {
            object["applicationId"] = json!(application);
        }
        Some(object)
    });
    ok(found.ok_or_else(Fault::no_customer)?)
}

pub(super) async fn with_app_data(
    From(sandbox): From<Sandbox>,
    Path(customer): Path<String>,
) -> Reply {
    let customer: CustomerId = customer.parse().map_err(|_| invalid_id(&customer))?;
    let reply = sandbox.work(|state, _| {
        let customer = state.customer(customer).ok_or_else(Fault::no_customer)?;
        let application = customer
            .application_id
            .as_ref()
            .ok_or_else(|| Fault::not_found(50052, "Customer has no assigned application."))?;
        let mut object = customer.to_json();
        // Required here, optional when the customer is made.
        for (name, value) in [
            ("firstName", &customer.first_name),
            ("lastName", &customer.last_name),
        ] {
            object[name] = json!(value.as_deref().unwrap_or_default());
        }
        object["applicationId"] = json!(application);
        object["applicationName"] = json!(APP_NAME);
        Ok::<_, Refused>(object)
    })?;
    ok(reply)
}

pub(super) async fn modify(
    From(sandbox): From<Sandbox>,
    Path(customer): Path<String>,
    body: Bytes,
) -> Reply {
    let customer: CustomerId = id(&customer)?;
    let body = Body::parse(&body)?;
    let (first, last) = (name(&body, "firstName")?, name(&body, "lastName")?);
    if first.is_none() && last.is_none() {
        return Err(Fault::bad(10025, "No data to update."));
    }
    sandbox.work(|state, now| {
        // Listed for every customer operation but this one, whose 400 has no fitting code.
        let customer = state
            .customer_mut(customer)
            .ok_or_else(Fault::no_customer)?;
        customer.first_name = first.or_else(|| customer.first_name.take());
        customer.last_name = last.or_else(|| customer.last_name.take());
        customer.modified = now;
        Ok::<_, Refused>(())
    })?;
    no_content()
}

pub(super) async fn delete(From(sandbox): From<Sandbox>, Path(customer): Path<String>) -> Reply {
    let customer: CustomerId = customer.parse().map_err(|_| invalid_id(&customer))?;
    let deleted = sandbox.work(|state, _| state.delete_customer(customer));
    deleted.ok_or_else(Fault::no_customer)?;
    no_content()
}

fn invalid_id(text: &str) -> Refused {
    Fault::bad(14023, format!("Invalid customer id. customerId = ({text})"))
}

/// The rule for usernames (`CustomerUsername`).
fn is_policy_username(username: &str) -> bool {
    (6..=255).contains(&username.len())
        && username
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!@.#$%&*_-+".contains(&byte))
}

/// A name of a person. Which signs are refused is not written; these are none of any name.
fn name(body: &Body, field: &str) -> Result<Option<String>, Refused> {
    let name = body.owned_text(field)?;
    let refused = |sign: char| sign.is_control() || "<>{}[]|\\^~;\"".contains(sign);
    if name.as_ref().is_some_and(|name| name.contains(refused)) {
        return Err(Fault::bad(45003, "Invalid character in name fields."));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn username_policy() {
        for good in ["sixsix", "a!@.#$%&*_-+1", &"x".repeat(255)] {
            assert!(is_policy_username(good), "{good}");
        }
        for bad in ["five5", "with space", "ümlaut", &"x".repeat(256), ""] {
            assert!(!is_policy_username(bad), "{bad}");
        }
    }
}
