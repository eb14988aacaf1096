//! The page: rendered by the server, no script.

use std::sync::LazyLock;

use axum::extract::{Query, State as From};
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use serde::Deserialize;

use super::view;
use crate::state::Sandbox;

const STYLE: &str = include_str!("../../templates/control/style.css");

// Compiled in, so a mistake in it is met by the first test that opens the page.
static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    if let Err(problem) = templates.add_template(
        "page.html",
        include_str!("../../templates/control/page.html"),
    ) {
        tracing::error!(%problem, "the control page's template is broken");
    }
    templates
});

#[derive(Deserialize)]
pub(super) struct Asked {
    problem: Option<String>,
}

pub(super) async fn show(From(sandbox): From<Sandbox>, Query(asked): Query<Asked>) -> Response {
    let operations: Vec<&str> = crate::api::OPERATIONS
        .iter()
        .map(|(_, _, name)| *name)
        .collect();
    let scenarios: Vec<&str> = crate::scenario::names().collect();
    let view = Value::from(Serde(view::state(&sandbox)));
    let page = TEMPLATES.get_template("page.html").and_then(|page| {
        page.render(context! { problem => asked.problem, operations, scenarios, ..view })
    });
    match page {
        Ok(page) => Html(page).into_response(),
        Err(problem) => {
            tracing::error!(%problem, "the control page cannot be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

pub(super) async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}
