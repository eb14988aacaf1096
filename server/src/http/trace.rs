//! What every request gets: a reference, a span, and an answer to a panic.

use std::{panic::AssertUnwindSafe, sync::Arc};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use futures::FutureExt as _;
use relink_app::PageFault;
use relink_engine::random::{OsRandom, Random};
use tracing::Instrument;

use super::{App, pages, visit};
use crate::metrics::Metrics;

/// What support can find a request by: in the log, and on error pages.
#[derive(Debug, Clone)]
pub(super) struct RequestReference(pub String);

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request its reference and span. Logs the route and never the
/// address: queries carry one-time tokens.
pub(super) async fn reference(
    State(metrics): State<Arc<Metrics>>,
    mut request: Request,
    next: Next,
) -> Response {
    let reference: String = OsRandom.token().chars().take(12).collect();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("-", MatchedPath::as_str)
        .to_owned();
    let (method, counted) = (request.method().clone(), route.clone());
    let span = tracing::info_span!("request", request.reference = %reference, http.method = %request.method(), http.route = route);
    request
        .extensions_mut()
        .insert(RequestReference(reference.clone()));
    async move {
        let begun = tokio::time::Instant::now();
        let mut response = next.run(request).await;
        if let Ok(value) = HeaderValue::from_str(&reference) {
            response.headers_mut().insert(HEADER, value);
        }
        let took = begun.elapsed();
        metrics.answered(&method, &counted, response.status().as_u16(), took);
        tracing::debug!(
            http.status = response.status().as_u16(),
            took_ms = took.as_millis(),
            "answered"
        );
        response
    }
    .instrument(span)
    .await
}

/// An answer, or that a panic ended it: ours to find, logged within the request's
/// span.
pub(super) async fn caught<T>(answer: impl Future<Output = T>) -> Result<T, Panicked> {
    // What a panic left half done goes with the request.
    let answer = AssertUnwindSafe(answer).catch_unwind().await;
    answer.map_err(|panic| {
        let words = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        tracing::error!(panic = words.unwrap_or("(no text)"), "a request panicked");
        Panicked
    })
}

/// A panic was logged.
#[derive(Debug)]
pub(super) struct Panicked;

/// Where nobody knows yet who asks: the page speaks what the browser wishes.
pub(super) async fn apologise(State(app): State<App>, request: Request, next: Next) -> Response {
    let reference = request.extensions().get::<RequestReference>().cloned();
    let language = visit::language(None, request.headers());
    let answer = caught(next.run(request)).await;
    answer.unwrap_or_else(|Panicked| {
        pages::apology(&app, language, reference.as_ref(), PageFault::Internal)
    })
}
