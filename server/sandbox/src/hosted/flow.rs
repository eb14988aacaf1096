//! The link and the pages under `/connect`.

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::people;

use super::limits::Phase;
use super::page::{Frames, page, protect};
use super::stage::Stage;
use super::step::{Outcome, Step, Window};
use super::store::{Entry, VisitId};
use super::view;
use super::visit::Visit;
use super::words::{self, Notice};
use super::world::{Flow, Institution, Link, Login};

/// The fields of a form in order; a name may come more than once.
pub(super) type Fields = Form<Vec<(String, String)>>;

pub(super) fn router() -> Router<Stage> {
    Router::new()
        .route("/", get(open))
        .route("/connect/{visit}", get(current))
        .route("/connect/{visit}/state", get(state))
        .route("/connect/{visit}/agree", post(agree))
        .route("/connect/{visit}/sign-in", post(sign_in))
        .route("/connect/{visit}/answer", post(answer))
        .route("/connect/{visit}/accounts", post(accounts))
        .route("/connect/{visit}/stay", post(stay))
        .route("/connect/{visit}/leave", post(leave))
}

/// A link followed: begins a visit, or says why not.
async fn open(
    State(stage): State<Stage>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(query) = query.filter(|query| !query.is_empty()) else {
        return refuse(&words::bare(), None);
    };
    let link = match stage.world.open_link(&query) {
        Ok(link) => link,
        Err(fault) => return refuse(&words::link_fault(fault), None),
    };
    if let Flow::NotPlayed(name) = link.flow {
        return refuse(&words::not_played(name), Some(&link));
    }
    let Some((institution, login)) = place(&stage, &link) else {
        return refuse(&words::gone(), Some(&link));
    };
    let now = stage.now();
    let (visit, outcome) = Visit::open(link, institution, login, window(&headers), now);
    let id = stage.admit(visit, outcome, now);
    to(&view::base(&id))
}

/// Where a link leads; nowhere when institution or login are gone since.
fn place(stage: &Stage, link: &Link) -> Option<(Institution, Option<Login>)> {
    match link.flow {
        Flow::Lite(id) => Some((stage.world.institution(id)?, None)),
        Flow::Fix(id) => {
            let login = stage.world.login(link.customer, id)?;
            Some((stage.world.institution(login.institution)?, Some(login)))
        }
        Flow::NotPlayed(_) => None,
    }
}

/// Browsers tell what a page is loaded into; where one does not, its script does.
fn window(headers: &HeaderMap) -> Window {
    match headers.get("sec-fetch-dest") {
        Some(place) if place == "iframe" => Window::Frame,
        _ => Window::Top,
    }
}

fn refuse(notice: &Notice, link: Option<&Link>) -> Response {
    page(
        notice.status,
        Frames::Anyone,
        "notice.html",
        view::notice(notice, link),
    )
}

/// A page of ours; never cached, and nothing of it told to other sites.
pub(super) fn to(path: &str) -> Response {
    let mut response = Redirect::to(path).into_response();
    protect(&mut response, Frames::Anyone);
    response
}

/// The visit named in a path, or the page that says it is not known.
pub(super) fn find(stage: &Stage, id: String) -> Result<(VisitId, Entry), Box<Response>> {
    let id = VisitId::from_path(id);
    let entry = stage
        .find(&id)
        .ok_or_else(|| Box::new(refuse(&words::unknown(), None)))?;
    Ok((id, entry))
}

async fn current(State(stage): State<Stage>, Path(id): Path<String>) -> Response {
    let (id, entry) = match find(&stage, id) {
        Ok(found) => found,
        Err(unknown) => return *unknown,
    };
    let now = stage.now();
    let visit = stage.look(&entry, now);
    let (template, values) = view::current(&visit, &id, now);
    page(StatusCode::OK, Frames::Anyone, template, values)
}

/// What a page asks every second or two: whether it is out of date, and how
/// long the person may go on being quiet. Asking is no sign of life.
async fn state(State(stage): State<Stage>, Path(id): Path<String>) -> Response {
    let Ok((_, entry)) = find(&stage, id) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let now = stage.now();
    let visit = stage.look(&entry, now);
    let phase = visit.phase(now);
    let (warning, left) = match phase {
        Phase::Active(left) => (false, left.num_seconds()),
        Phase::Warning(left) => (true, left.num_seconds()),
        Phase::Over => (false, 0),
    };
    let body = json!({
        "version": visit.version,
        "away": matches!(visit.step, Step::Away(_)),
        "warning": warning && visit.step.end().is_none(),
        "left": left,
    });
    let mut response = Json(body).into_response();
    protect(&mut response, Frames::Anyone);
    response
}

/// Takes a step of the person and leads to the page where the visit then stands.
fn step(
    stage: &Stage,
    id: String,
    step: impl FnOnce(&mut Visit, chrono::DateTime<chrono::Utc>) -> Outcome,
) -> Response {
    match find(stage, id) {
        Ok((id, entry)) => {
            drop(stage.act(&entry, step));
            to(&view::base(&id))
        }
        Err(unknown) => *unknown,
    }
}

async fn agree(State(stage): State<Stage>, Path(id): Path<String>) -> Response {
    step(&stage, id, |visit, _| visit.agree())
}

async fn sign_in(State(stage): State<Stage>, Path(id): Path<String>, form: Fields) -> Response {
    let answer = people::sign_in(field(&form, "username"), field(&form, "password"));
    step(&stage, id, |visit, now| visit.sign_in(answer, now))
}

async fn answer(State(stage): State<Stage>, Path(id): Path<String>, form: Fields) -> Response {
    step(&stage, id, |visit, now| {
        let Step::Challenge(challenge) = &visit.step else {
            return Outcome::nothing();
        };
        let given: Vec<String> = (1..=challenge.questions().len())
            .map(|number| field(&form, &format!("answer-{number}")).to_owned())
            .collect();
        let answer = people::answer(challenge, &given);
        visit.answer(answer, now)
    })
}

async fn accounts(State(stage): State<Stage>, Path(id): Path<String>, form: Fields) -> Response {
    step(&stage, id, |visit, _| visit.choose(&ticked(&form)))
}

/// A sign of life, by the button of the warning or by typing.
async fn stay(State(stage): State<Stage>, Path(id): Path<String>) -> Response {
    step(&stage, id, |_, _| Outcome::nothing())
}

async fn leave(State(stage): State<Stage>, Path(id): Path<String>) -> Response {
    step(&stage, id, |visit, _| visit.leave())
}

pub(super) fn field<'a>(form: &'a Fields, name: &str) -> &'a str {
    form.iter()
        .find(|(field, _)| field == name)
        .map_or("", |(_, value)| value)
}

/// The keys of the accounts that are ticked.
pub(super) fn ticked(form: &Fields) -> Vec<String> {
    form.iter()
        .filter(|(name, _)| name == "account")
        .map(|(_, key)| key.clone())
        .collect()
}
