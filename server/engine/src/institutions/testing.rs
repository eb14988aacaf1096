//! Institutions for tests.

use relink_mastercard::InstitutionId;
use relink_mastercard::model::{Institution, InstitutionStatus, Products};

use super::Entry;

/// An open institution that has nothing but a name.
pub(crate) fn entry(id: i64, name: &str) -> Entry {
    Entry {
        id: InstitutionId::new(id),
        name: name.to_owned(),
        connection_name: None,
        aliases: Vec::new(),
        home: None,
        logon: None,
        place: None,
        country: None,
        kind: None,
        oauth: false,
        successors: Vec::new(),
        status: InstitutionStatus::Online,
        products: Products::NONE,
        routing_numbers: Vec::new(),
        pictured: false,
    }
}

/// The same as Mastercard's object.
pub(crate) fn institution(id: i64, name: &str) -> Institution {
    let body = serde_json::json!({ "id": id, "name": name, "status": "online", "transAgg": true });
    serde_json::from_value(body).unwrap()
}
