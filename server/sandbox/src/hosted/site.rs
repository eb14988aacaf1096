//! The site of an OAuth institution, under `/institution/{visit}`: a window of
//! its own, or the visitor's window for a while.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::{HeaderMap, StatusCode};

use crate::people;

use super::assets;
use super::flow::{Fields, field, find, ticked, to};
use super::page::{Frames, page, protect};
use super::stage::Stage;
use super::step::{Outcome, Step};
use super::store::VisitId;
use super::view::{self, Return};
use super::visit::Visit;

pub(super) fn router() -> Router<Stage> {
    Router::new()
        .route("/", get(current))
        .route("/colours.css", get(colours))
        .route("/sign-in", post(sign_in))
        .route("/allow", post(allow))
        .route("/deny", post(deny))
}

async fn current(
    State(stage): State<Stage>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let (id, entry) = match find(&stage, id) {
        Ok(found) => found,
        Err(unknown) => return *unknown,
    };
    // The browser will not show it in a frame, so nobody has arrived.
    if headers
        .get("sec-fetch-dest")
        .is_some_and(|place| place == "iframe")
    {
        let mut response = StatusCode::FORBIDDEN.into_response();
        protect(&mut response, Frames::Nobody);
        return response;
    }
    let back = Return::of(query.as_deref());
    let fresh = matches!(entry.lock().step, Step::HandOff);
    let now = stage.now();
    let visit = if fresh {
        stage.act(&entry, |visit, _| visit.arrive())
    } else {
        stage.look(&entry, now)
    };
    match (&visit.step, back) {
        (Step::Away(away), _) => {
            let (template, values) = view::site(&visit, away, &id, back, now);
            page(StatusCode::OK, Frames::Nobody, template, values)
        }
        (_, Return::OwnWindow) => {
            let values = view::site_done(&visit, &id);
            page(
                StatusCode::OK,
                Frames::Nobody,
                "institution_notice.html",
                values,
            )
        }
        (_, Return::SameWindow) => to(&view::base(&id)),
    }
}

async fn colours(State(stage): State<Stage>, Path(id): Path<String>) -> Response {
    let sheet = stage.find(&VisitId::from_path(id)).and_then(|entry| {
        let visit = entry.lock();
        assets::colours(visit.institution.colour.as_deref()?)
    });
    sheet.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn step(
    stage: &Stage,
    id: String,
    query: Option<&str>,
    step: impl FnOnce(&mut Visit, chrono::DateTime<chrono::Utc>) -> Outcome,
) -> Response {
    match find(stage, id) {
        Ok((id, entry)) => {
            drop(stage.act(&entry, step));
            to(&view::site_path(&id, Return::of(query)))
        }
        Err(unknown) => *unknown,
    }
}

async fn sign_in(
    State(stage): State<Stage>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    form: Fields,
) -> Response {
    let answer = people::sign_in(field(&form, "username"), field(&form, "password"));
    step(&stage, id, query.as_deref(), |visit, now| {
        visit.sign_in_there(answer, now)
    })
}

async fn allow(
    State(stage): State<Stage>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    form: Fields,
) -> Response {
    step(&stage, id, query.as_deref(), |visit, _| {
        visit.allow(&ticked(&form))
    })
}

async fn deny(
    State(stage): State<Stage>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    // After a denial the step is hand-off again, where a look at this site would
    // count as a new arrival: back to our page, or to the end of the window.
    match find(&stage, id) {
        Ok((id, entry)) => {
            drop(stage.act(&entry, |visit, _| visit.deny()));
            match Return::of(query.as_deref()) {
                Return::SameWindow => to(&view::base(&id)),
                Return::OwnWindow => {
                    let values = view::site_done(&entry.lock(), &id);
                    page(
                        StatusCode::OK,
                        Frames::Nobody,
                        "institution_notice.html",
                        values,
                    )
                }
            }
        }
        Err(unknown) => *unknown,
    }
}
