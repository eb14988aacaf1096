//! `GetAllExperience`.

use axum::extract::RawQuery;
use serde_json::{Value, json};

use super::fault::{Fault, Reply};
use super::input::Query;
use super::ok;
use crate::state::EXPERIENCES;

pub(super) async fn list(RawQuery(raw): RawQuery) -> Reply {
    let query = Query::parse(raw.as_deref());
    let app = query
        .get("appName")
        .ok_or_else(|| Fault::missing("appName"))?;
    let codes: Vec<&str> = query
        .get("productCode")
        .map(|codes| codes.split(',').collect())
        .unwrap_or_default();
    if codes.iter().any(|code| code.is_empty() || code.len() > 10) {
        return Err(Fault::bad_request());
    }
    let of_app: Vec<_> = EXPERIENCES
        .iter()
        .filter(|known| known.app_name == app)
        .collect();
    if of_app.is_empty() {
        let message = "The requested experience could not be found for the external app name.";
        return Err(Fault::not_found(4004, message));
    }
    let found: Vec<Value> = of_app
        .into_iter()
        .filter(|known| codes.is_empty() || codes.iter().any(|code| known.product_codes.contains(code)))
        .map(|known| {
            json!({ "id": known.id, "appName": known.app_name, "productCode": known.product_codes })
        })
        .collect();
    ok(found)
}
