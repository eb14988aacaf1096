//! The API of the official description: Authentication, Customers,
//! Institutions, Connect, Accounts, Accounts (Simple), Consumers.

mod accounts;
mod authentication;
mod connect;
mod consumers;
mod customers;
mod experiences;
mod fault;
mod gate;
mod input;
mod institutions;
mod operations;
mod order;

use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, post, put};
use axum::{Json, Router, middleware};
use http::StatusCode;
use serde::Serialize;

use crate::state::Sandbox;
pub(crate) use operations::OPERATIONS;

/// Bodies of the API are small.
const BODY_LIMIT: usize = 256 * 1024;

/// All operations.
pub(crate) fn router(sandbox: &Sandbox) -> Router {
    let mut router = Router::new();
    for (_, path, name) in OPERATIONS {
        if let Some(method) = method_of(name) {
            router = router.route(path, method);
        }
    }
    router
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(
            sandbox.clone(),
            gate::authorize,
        ))
        .layer(middleware::from_fn_with_state(
            sandbox.clone(),
            gate::play_faults,
        ))
        .layer(middleware::from_fn(fault::render))
        .with_state(sandbox.clone())
}

/// Any other path below the API's roots.
pub(crate) async fn unknown_path() -> Response {
    let body = serde_json::json!({ "code": 14001, "message": "Resource not found." });
    (StatusCode::NOT_FOUND, Json(body)).into_response()
}

fn method_of(operation: &str) -> Option<MethodRouter<Sandbox>> {
    Some(match operation {
        "CreateToken" => post(authentication::create_token),
        "ModifyPartnerSecret" => put(authentication::modify_secret),
        "AddTestingCustomer" => post(customers::add_testing),
        "AddCustomer" => post(customers::add_active),
        "GetCustomers" => get(customers::list),
        "GetCustomer" => get(customers::get),
        "ModifyCustomer" => put(customers::modify),
        "DeleteCustomer" => delete(customers::delete),
        "GetCustomerWithAppData" => get(customers::with_app_data),
        "GetInstitutions" => get(institutions::list),
        "GetInstitution" => get(institutions::get),
        "GetInstitutionBranding" => get(institutions::branding),
        "GetCertifiedInstitutions" => get(institutions::certified),
        "GetCertifiedInstitutionsWithRSSD" => get(institutions::certified_with_rssd),
        "GetInstitutionsByRoutingNumber" => get(institutions::by_routing_number),
        "GenerateConnectUrl" => post(connect::full),
        "GenerateLiteConnectUrl" => post(connect::lite),
        "GenerateFixConnectUrl" => post(connect::fix),
        "GenerateJointBorrowerConnectUrl" => post(connect::joint_borrower),
        "SendConnectEmail" => post(connect::email),
        "SendJointBorrowerConnectEmail" => post(connect::joint_borrower_email),
        "GetAllExperience" => get(experiences::list),
        "GetCustomerAccounts" => get(accounts::list),
        "RefreshCustomerAccounts" => post(accounts::refresh),
        "RefreshCustomerAccountsV2" => post(accounts::refresh_v2),
        "GetCustomerAccount" => get(accounts::get),
        "DeleteCustomerAccount" => delete(accounts::delete),
        "GetCustomerAccountsByInstitution" => get(accounts::by_institution),
        "GetCustomerAccountsByInstitutionLogin" => get(accounts::by_login),
        "RefreshCustomerAccountsByInstitutionLogin" => post(accounts::refresh_login),
        "RefreshCustomerAccountsByInstitutionLoginV2" => post(accounts::refresh_login_v2),
        "DeleteCustomerAccountsByInstitutionLogin" => delete(accounts::delete_login),
        "GetCustomerAccountsSimple" => get(accounts::list_simple),
        "GetCustomerAccountSimple" => get(accounts::get_simple),
        "GetCustomerAccountsByInstitutionSimple" => get(accounts::by_institution_simple),
        "GetCustomerAccountsByInstitutionLoginSimple" => get(accounts::by_login_simple),
        "CreateConsumer" => post(consumers::create),
        "GetConsumerForCustomer" => get(consumers::of_customer),
        "GetConsumer" => get(consumers::get),
        "ModifyConsumer" => put(consumers::modify),
        _ => return None,
    })
}

fn ok(body: impl Serialize) -> fault::Reply {
    answer(StatusCode::OK, body)
}

fn created(body: impl Serialize) -> fault::Reply {
    answer(StatusCode::CREATED, body)
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the last word of handlers, which answer a Reply"
)]
fn answer(status: StatusCode, body: impl Serialize) -> fault::Reply {
    Ok((status, Json(body)).into_response())
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the last word of handlers, which answer a Reply"
)]
fn no_content() -> fault::Reply {
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_operation_is_served() {
        for (_, _, name) in OPERATIONS {
            assert!(method_of(name).is_some(), "{name}");
        }
        assert_eq!(OPERATIONS.len(), 40);
    }
}
