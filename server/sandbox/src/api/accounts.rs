//! Operations on accounts, full and simple.

use axum::extract::{Path, RawQuery, State as From};
use serde_json::{Value, json};

use super::fault::{Fault, Refused, Reply};
use super::input::{Query, id};
use super::{no_content, ok};
use crate::state::{
    Account, AccountId, CustomerId, InstitutionId, LoginId, Sandbox, State, StatusCode,
};

type View = fn(&Account) -> Value;

pub(super) async fn list(
    From(sandbox): From<Sandbox>,
    Path(customer): Path<String>,
    RawQuery(raw): RawQuery,
) -> Reply {
    let query = Query::parse(raw.as_deref());
    let status = status_of(&query)?;
    let only_ava = match query.get("account_type") {
        None => false,
        Some("ava") => true,
        Some(_) => {
            return Err(Fault::bad(
                14020,
                "Bad request. (Account type not supported).",
            ));
        }
    };
    accounts_where(&sandbox, &customer, Account::to_full, |account| {
        // A sandbox account is activated before anyone can read it.
        status != Some(Status::Pending) && (!only_ava || account.has_ach())
    })
}

pub(super) async fn list_simple(
    From(sandbox): From<Sandbox>,
    Path(customer): Path<String>,
) -> Reply {
    accounts_where(&sandbox, &customer, Account::to_simple, |_| true)
}

pub(super) async fn by_institution(
    From(sandbox): From<Sandbox>,
    Path(path): Path<(String, String)>,
) -> Reply {
    at_institution(&sandbox, &path, Account::to_full)
}

pub(super) async fn by_institution_simple(
    From(sandbox): From<Sandbox>,
    Path(path): Path<(String, String)>,
) -> Reply {
    at_institution(&sandbox, &path, Account::to_simple)
}

pub(super) async fn by_login(
    From(sandbox): From<Sandbox>,
    Path(path): Path<(String, String)>,
    RawQuery(raw): RawQuery,
) -> Reply {
    if status_of(&Query::parse(raw.as_deref()))? == Some(Status::Pending) {
        return Err(Fault::no_login());
    }
    under_login(&sandbox, &path, Account::to_full)
}

pub(super) async fn by_login_simple(
    From(sandbox): From<Sandbox>,
    Path(path): Path<(String, String)>,
) -> Reply {
    under_login(&sandbox, &path, Account::to_simple)
}

pub(super) async fn get(From(sandbox): From<Sandbox>, Path(path): Path<(String, String)>) -> Reply {
    one(&sandbox, &path, Account::to_full)
}

pub(super) async fn get_simple(
    From(sandbox): From<Sandbox>,
    Path(path): Path<(String, String)>,
) -> Reply {
    one(&sandbox, &path, Account::to_simple)
}

pub(super) async fn delete(
    From(sandbox): From<Sandbox>,
    Path((customer, account)): Path<(String, String)>,
) -> Reply {
    let (customer, account): (CustomerId, AccountId) = (id(&customer)?, id(&account)?);
    sandbox.work(|state, _| {
        owned_account(state, customer, account)?;
        state.delete_account(account);
        Ok::<_, Refused>(())
    })?;
    no_content()
}

pub(super) async fn delete_login(
    From(sandbox): From<Sandbox>,
    Path((customer, login)): Path<(String, String)>,
) -> Reply {
    let (customer, login): (CustomerId, LoginId) = (id(&customer)?, id(&login)?);
    sandbox.work(|state, _| {
        ids_under(state, customer, login)?;
        state.delete_login(login);
        Ok::<_, Refused>(())
    })?;
    no_content()
}

pub(super) async fn refresh(From(sandbox): From<Sandbox>, Path(customer): Path<String>) -> Reply {
    refreshed(&sandbox, |state| ids_of(state, id(&customer)?))
}

pub(super) async fn refresh_login(
    From(sandbox): From<Sandbox>,
    Path((customer, login)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
) -> Reply {
    let query = Query::parse(raw.as_deref());
    let (from, to) = (query.number("fromDate")?, query.number("toDate")?);
    if from.zip(to).is_some_and(|(from, to)| to <= from) {
        return Err(Fault::bad_request());
    }
    refreshed(&sandbox, |state| {
        ids_under(state, id(&customer)?, id(&login)?)
    })
}

/// The answer does not wait for the institution, so it cannot tell of a failure.
pub(super) async fn refresh_v2(
    From(sandbox): From<Sandbox>,
    Path(customer): Path<String>,
) -> Reply {
    sandbox.work(|state, now| {
        let ids = ids_of(state, id(&customer)?)?;
        state.refresh(&ids, now);
        Ok::<_, Refused>(())
    })?;
    no_content()
}

pub(super) async fn refresh_login_v2(
    From(sandbox): From<Sandbox>,
    Path((customer, login)): Path<(String, String)>,
) -> Reply {
    sandbox.work(|state, now| {
        let ids = ids_under(state, id(&customer)?, id(&login)?)?;
        state.refresh(&ids, now);
        Ok::<_, Refused>(())
    })?;
    no_content()
}

#[derive(PartialEq, Eq)]
enum Status {
    Active,
    Pending,
}

fn status_of(query: &Query) -> Result<Option<Status>, Refused> {
    match query.get("status") {
        None => Ok(None),
        Some("active") => Ok(Some(Status::Active)),
        Some("pending") => Ok(Some(Status::Pending)),
        Some(_) => Err(Fault::bad(
            18017,
            "status parameter value must be 'active' or 'pending",
        )),
    }
}

fn accounts_where(
    sandbox: &Sandbox,
    customer: &str,
    view: View,
    wanted: impl Fn(&Account) -> bool,
) -> Reply {
    let customer: CustomerId = id(customer)?;
    let accounts: Vec<Value> = sandbox.work(|state, _| {
        state.customer(customer).ok_or_else(Fault::no_customer)?;
        let all = state.accounts(customer).into_iter();
        Ok::<_, Refused>(all.filter(|account| wanted(account)).map(view).collect())
    })?;
    ok(json!({ "accounts": accounts }))
}

fn at_institution(
    sandbox: &Sandbox,
    (customer, institution): &(String, String),
    view: View,
) -> Reply {
    let institution: InstitutionId = id(institution)?;
    if sandbox.directory().get(institution).is_none() {
        return Err(Fault::no_institution());
    }
    accounts_where(sandbox, customer, view, |account| {
        account.institution == institution
    })
}

fn under_login(sandbox: &Sandbox, (customer, login): &(String, String), view: View) -> Reply {
    let (customer, login): (CustomerId, LoginId) = (id(customer)?, id(login)?);
    let accounts = sandbox.work(|state, _| {
        let ids = ids_under(state, customer, login)?;
        Ok::<_, Refused>(views(state, &ids, view))
    })?;
    ok(json!({ "accounts": accounts }))
}

fn one(sandbox: &Sandbox, (customer, account): &(String, String), view: View) -> Reply {
    let (customer, account): (CustomerId, AccountId) = (id(customer)?, id(account)?);
    let found = sandbox.work(|state, _| owned_account(state, customer, account).map(view))?;
    ok(found)
}

fn owned_account(
    state: &State,
    customer: CustomerId,
    account: AccountId,
) -> Result<&Account, Refused> {
    state.customer(customer).ok_or_else(Fault::no_customer)?;
    state
        .account(account)
        .filter(|found| found.customer == customer)
        .ok_or_else(Fault::no_resource)
}

fn ids_of(state: &State, customer: CustomerId) -> Result<Vec<AccountId>, Refused> {
    state.customer(customer).ok_or_else(Fault::no_customer)?;
    Ok(state
        .accounts(customer)
        .iter()
        .map(|account| account.id)
        .collect())
}

/// The accounts under a login; a login without any is none.
fn ids_under(
    state: &State,
    customer: CustomerId,
    login: LoginId,
) -> Result<Vec<AccountId>, Refused> {
    state.customer(customer).ok_or_else(Fault::no_customer)?;
    let accounts = state.accounts(customer);
    let ids: Vec<AccountId> = accounts
        .iter()
        .filter(|account| account.login == login)
        .map(|account| account.id)
        .collect();
    if ids.is_empty() {
        Err(Fault::no_login())
    } else {
        Ok(ids)
    }
}

fn views(state: &State, ids: &[AccountId], view: View) -> Vec<Value> {
    ids.iter()
        .filter_map(|id| state.account(*id))
        .map(view)
        .collect()
}

/// One good account is enough for a list; if all fail, the first code is the answer.
fn refreshed(
    sandbox: &Sandbox,
    find: impl FnOnce(&State) -> Result<Vec<AccountId>, Refused>,
) -> Reply {
    let accounts = sandbox.work(|state, now| {
        let ids = find(state)?;
        let codes = state.refresh(&ids, now);
        match codes.first() {
            Some(first) if codes.iter().all(|code| *code != StatusCode::GOOD) => {
                Err(Fault::aggregation(first.0))
            }
            _ => Ok(views(state, &ids, Account::to_full)),
        }
    })?;
    ok(json!({ "accounts": accounts }))
}
