//! Errors as the API words them.

use std::borrow::Cow;

use axum::Json;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

/// An error reply. Its `code` becomes a JSON number or string in [`render`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    status: StatusCode,
    code: u32,
    message: Cow<'static, str>,
    wording: Wording,
}

/// How much of the error object is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wording {
    /// `code` and `message`.
    Short,
    /// With `status`, `user_message` and `tags`, as failed field checks have it.
    Validation,
    /// Bare text, as for an unknown application key.
    Text,
}

/// A refused call.
pub(crate) type Refused = Fault;

/// What handlers answer.
pub(crate) type Reply = Result<Response, Refused>;

impl Fault {
    fn new(
        status: StatusCode,
        code: u32,
        message: impl Into<Cow<'static, str>>,
        wording: Wording,
    ) -> Refused {
        Self {
            status,
            code,
            message: message.into(),
            wording,
        }
    }

    /// 400 with a code of the description.
    pub(crate) fn bad(code: u32, message: impl Into<Cow<'static, str>>) -> Refused {
        Self::new(StatusCode::BAD_REQUEST, code, message, Wording::Short)
    }

    /// 400 14020, the general one.
    pub(crate) fn bad_request() -> Refused {
        Self::bad(14020, "Bad request.")
    }

    /// 400 10005.
    pub(crate) fn missing(field: &str) -> Refused {
        Self::bad(10005, format!("Missing parameter ({field})"))
    }

    /// 400 10010: a field failed its check.
    pub(crate) fn invalid(message: impl Into<Cow<'static, str>>) -> Refused {
        Self::new(StatusCode::BAD_REQUEST, 10010, message, Wording::Validation)
    }

    /// 401.
    pub(crate) fn unauthorized(code: u32, message: &'static str) -> Refused {
        Self::new(StatusCode::UNAUTHORIZED, code, message, Wording::Short)
    }

    /// 401 in bare text.
    pub(crate) fn bad_app_key() -> Refused {
        let message = "Invalid (Finicity-App-Key)";
        Self::new(StatusCode::UNAUTHORIZED, 0, message, Wording::Text)
    }

    /// 404.
    pub(crate) fn not_found(code: u32, message: impl Into<Cow<'static, str>>) -> Refused {
        Self::new(StatusCode::NOT_FOUND, code, message, Wording::Short)
    }

    /// 404 14001 for customers.
    pub(crate) fn no_customer() -> Refused {
        Self::not_found(14001, "Customer not found.")
    }

    /// 404 14001 for anything else.
    pub(crate) fn no_resource() -> Refused {
        Self::not_found(14001, "Resource not found.")
    }

    /// 404 14006.
    pub(crate) fn no_institution() -> Refused {
        Self::not_found(14006, "Institution not found.")
    }

    /// 404 38007.
    pub(crate) fn no_login() -> Refused {
        let message = "Customer does not have any accounts associated with institutionLoginId.";
        Self::not_found(38007, message)
    }

    /// 409.
    pub(crate) fn conflict(code: u32, message: impl Into<Cow<'static, str>>) -> Refused {
        Self::new(StatusCode::CONFLICT, code, message, Wording::Short)
    }

    /// An aggregation that failed: HTTP 500 with the aggregation status code.
    pub(crate) fn aggregation(code: u32) -> Refused {
        let message = "The accounts could not be aggregated.";
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            code,
            message,
            Wording::Short,
        )
    }

    /// Any other pair of status and code, for faults that were asked for.
    pub(crate) fn asked_for(status: StatusCode, code: u32) -> Refused {
        Self::new(
            status,
            code,
            "A fault asked for in the sandbox.",
            Wording::Short,
        )
    }

    fn body(&self, codes: Codes) -> Value {
        let code = match codes {
            Codes::Numbers => json!(self.code),
            Codes::Strings => json!(self.code.to_string()),
        };
        let mut body = json!({ "code": code, "message": self.message });
        if self.wording == Wording::Validation {
            body["status"] = json!(self.status.as_str());
            body["user_message"] = json!(
                "One or more of the fields could not be validated. \
                 Please ensure you have entered the correct data."
            );
            body["tags"] = json!("");
        }
        body
    }
}

/// The form of `code`.
#[derive(Clone, Copy)]
enum Codes {
    Numbers,
    Strings,
}

impl Codes {
    /// Connect replies write strings; aggregation, consumer and institution ones numbers.
    fn of(path: &str) -> Self {
        if path.starts_with("/connect/") {
            Self::Strings
        } else {
            Self::Numbers
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives faults their bodies: which form `code` has depends on the path.
pub(super) async fn render(request: Request, next: Next) -> Response {
    let codes = Codes::of(request.uri().path());
    let mut response = next.run(request).await;
    let Some(fault) = response.extensions_mut().remove::<Fault>() else {
        return response;
    };
    let rendered = match fault.wording {
        Wording::Text => (fault.status, fault.message.into_owned()).into_response(),
        Wording::Short | Wording::Validation => {
            (fault.status, Json(fault.body(codes))).into_response()
        }
    };
    let (mut parts, body) = rendered.into_parts();
    // What a layer inside has set, such as Retry-After, stays.
    for (name, value) in response.headers() {
        if !parts.headers.contains_key(name) {
            parts.headers.append(name, value.clone());
        }
    }
    Response::from_parts(parts, body)
}
