//! Figures for Prometheus, on a listener of their own.
//!
//! What this process does (requests, calls) is counted as it happens. What the
//! database knows (queue, events, breaks) is read when Prometheus asks, so each
//! node says the same of it; where it cannot be read, those figures are missing
//! and `relink_database_up` is 0.

mod read;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::Counter,
        family::Family,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};
use relink_mastercard::{Operation, ports::Observer};

use crate::http::App;

/// What all names begin with.
const PREFIX: &str = "relink";
const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    operation: String,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Called {
    operation: String,
}

/// What this process has done.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    answers: Family<Route, Histogram>,
    calls: Family<Call, Counter>,
    replies: Family<Called, Histogram>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix(PREFIX);
        // 5 ms to 20 s: a page, and a call with its retries.
        let seconds: fn() -> Histogram = || Histogram::new(exponential_buckets(0.005, 2.0, 13));
        let (requests, calls) = (Family::default(), Family::default());
        let answers = Family::new_with_constructor(seconds);
        let replies = Family::new_with_constructor(seconds);
        registry.register(
            "http_requests",
            "Requests by route and status",
            Family::clone(&requests),
        );
        registry.register(
            "http_request_duration_seconds",
            "Time to the head of the answer",
            Family::clone(&answers),
        );
        registry.register(
            "mastercard_calls",
            "Calls of Mastercard by operation and outcome, retries within one",
            Family::clone(&calls),
        );
        registry.register(
            "mastercard_call_duration_seconds",
            "Time of a call with its retries",
            Family::clone(&replies),
        );
        Self {
            registry,
            requests,
            answers,
            calls,
            replies,
        }
    }
}

impl Metrics {
    /// A request was answered.
    pub(crate) fn answered(&self, method: &http::Method, route: &str, status: u16, took: Duration) {
        let request = Request {
            method: known(method),
            route: route.to_owned(),
            status,
        };
        self.requests.get_or_create(&request).inc();
        let route = Route {
            route: request.route,
        };
        self.answers
            .get_or_create(&route)
            .observe(took.as_secs_f64());
    }
}

impl Observer for Metrics {
    fn called(&self, operation: Operation, outcome: &'static str, took: Duration) {
        let call = Call {
            operation: operation.to_string(),
            outcome,
        };
        self.calls.get_or_create(&call).inc();
        let called = Called {
            operation: call.operation,
        };
        self.replies
            .get_or_create(&called)
            .observe(took.as_secs_f64());
    }
}

/// A stranger can invent methods, and each would be a row for ever.
fn known(method: &http::Method) -> &'static str {
    match *method {
        http::Method::GET => "GET",
        http::Method::HEAD => "HEAD",
        http::Method::POST => "POST",
        _ => "other",
    }
}

/// The listener's only page.
pub fn router(app: &App) -> Router {
    Router::new()
        .route("/metrics", get(show))
        .with_state(app.clone())
}

async fn show(State(app): State<App>) -> Response {
    match written(&app).await {
        Ok(text) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn written(app: &App) -> Result<String, std::fmt::Error> {
    let now = read::read(app).await;
    let metrics: &Arc<Metrics> = &app.metrics;
    let mut text = String::new();
    text::encode_registry(&mut text, &metrics.registry)?;
    text::encode_registry(&mut text, &now)?;
    text::encode_eof(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_is_counted_under_few_names() {
        let metrics = Metrics::default();
        let strange = http::Method::from_bytes(b"BREW").unwrap();
        let took = Duration::from_millis(7);
        metrics.answered(&http::Method::GET, "/connect/{id}", 200, took);
        metrics.answered(&strange, "-", 404, took);
        metrics.called(Operation::GetInstitution, "answered", took);
        let mut text = String::new();
        text::encode_registry(&mut text, &metrics.registry).unwrap();
        for line in [
            r#"relink_http_requests_total{method="GET",route="/connect/{id}",status="200"} 1"#,
            r#"relink_http_requests_total{method="other",route="-",status="404"} 1"#,
            r#"relink_http_request_duration_seconds_bucket{le="0.01",route="/connect/{id}"} 1"#,
            r#"relink_mastercard_calls_total{operation="GetInstitution",outcome="answered"} 1"#,
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
    }
}
