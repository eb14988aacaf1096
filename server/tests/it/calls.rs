//! Server functions, and what they are called with.

use axum::http::Method;
use serde_json::{Value, json};

use super::{
    app::FINBANK,
    browser::{Answer, Browser},
};

pub(crate) struct Call {
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    arguments: Value,
    /// What others get for Ada's ids.
    pub(crate) others: u16,
}

impl Call {
    pub(crate) async fn made_by(&self, browser: &Browser) -> Answer {
        if self.method == Method::POST {
            return browser.call(self.name, &self.arguments).await;
        }
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.arguments.as_object().unwrap() {
            query.append_pair(
                name,
                &value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned),
            );
        }
        browser
            .get(&format!("/rpc/{}?{}", self.name, query.finish()))
            .await
    }
}

/// Every server function, with ids of one person.
pub(crate) fn calls(visit: &str, accounts: &[String], connection: &str) -> [Call; 8] {
    let call = |name, method, others, arguments| Call {
        name,
        method,
        arguments,
        others,
    };
    [
        call("accounts", Method::GET, 404, json!({ "session": visit })),
        call("session", Method::GET, 404, json!({ "id": visit })),
        call("institution", Method::GET, 200, json!({ "id": FINBANK })),
        call("search", Method::GET, 200, json!({ "term": "finbank" })),
        call(
            "keep",
            Method::POST,
            404,
            json!({ "session": visit, "kept": accounts, "seen": accounts }),
        ),
        call(
            "remove",
            Method::POST,
            404,
            json!({ "account": accounts[0] }),
        ),
        call(
            "repair",
            Method::POST,
            404,
            json!({ "connection": connection, "window": "Redirect" }),
        ),
        // Of nobody's: an old text, so that no visit begins.
        call(
            "start",
            Method::POST,
            409,
            json!({ "institution": FINBANK, "consent_version": "old", "window": "Redirect" }),
        ),
    ]
}
