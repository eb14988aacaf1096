//! Passkeys: what browsers are asked, and what becomes of their answers.

use axum::{
    Extension, Form as Typed, Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use relink_app::api::{
    factor::FactorNotice,
    forms::{Field, Form, Notice, Problem},
    paths,
};
use relink_engine::{
    identity::{FactorError, Half, NotAName, PasskeyName},
    ids::PasskeyId,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::Value;
use tower_sessions::Session;

use super::{
    By, Mistakes, Ours,
    factor::{CodeForm, done_with, key, refused, removed},
    inside, internal, with_next,
};
use crate::http::{App, visit::Asking};

/// What the form of a new passkey posts.
#[derive(Deserialize)]
pub(super) struct NewForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    passkey: SecretString,
    #[serde(default)]
    next: String,
}

/// `POST /sign-in/passkey/ask`
pub(super) async fn ask_owed(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
) -> Response {
    match &asking.half {
        Some(Half::Factor(owed)) => {
            let asked = app.identity.ask_passkey(owed, &key(&session)).await;
            question(&asking, asked)
        }
        Some(Half::SetUp(_)) | None => Redirect::to(paths::SECOND_STEP).into_response(),
    }
}

/// `POST /sign-in/set-up/passkey/ask`
pub(super) async fn new_owed(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
) -> Response {
    match &asking.half {
        Some(Half::SetUp(owed)) => {
            let asked = app.identity.ask_new_passkey(owed, &key(&session)).await;
            question(&asking, asked)
        }
        Some(Half::Factor(_)) | None => Redirect::to(paths::SECOND_STEP).into_response(),
    }
}

/// `POST /account/passkeys/ask`
pub(super) async fn ask(State(app): State<App>, by: By) -> Response {
    let asked = app
        .identity
        .ask_passkey(&by.person, &key(&by.session))
        .await;
    question(&by.asking, asked)
}

/// `POST /account/passkeys/new`
pub(super) async fn new(State(app): State<App>, by: By) -> Response {
    let asked = app
        .identity
        .ask_new_passkey(&by.person, &key(&by.session))
        .await;
    question(&by.asking, asked)
}

/// What script asks the browser. Where there is nothing to ask, it posts the
/// form all the same, whose answer says why in words.
fn question(asking: &Asking, asked: Result<Value, FactorError>) -> Response {
    match asked {
        Ok(question) => Json(question).into_response(),
        Err(FactorError::Gone | FactorError::TooManyPasskeys | FactorError::SignInAgain) => {
            StatusCode::CONFLICT.into_response()
        }
        Err(error) => {
            internal(asking, &error);
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// `POST /sign-in/set-up/passkey`
pub(super) async fn add_owed(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(typed): Typed<NewForm>,
) -> Response {
    let back = with_next(paths::SECOND_STEP, &typed.next);
    let Some(Half::SetUp(owed)) = &asking.half else {
        return Redirect::to(&back).into_response();
    };
    let name = match named(&typed.name) {
        Ok(name) => name,
        Err(problem) => {
            return misnamed(Form::AddPasskey, &typed.name, problem, &session, &back).await;
        }
    };
    let (key, client) = (key(&session), asking.client());
    let answer = typed.passkey.expose_secret();
    let done = app.identity.add_passkey(owed, &key, &name, answer, &client);
    match done.await {
        Ok(done) => done_with(&app, &session, &asking, done, inside(&typed.next)).await,
        Err(error) => refused(&app, &session, &asking, (Form::AddPasskey, &back), &error).await,
    }
}

/// `POST /account/passkeys`
pub(super) async fn add(
    State(app): State<App>,
    By {
        person,
        asking,
        session,
    }: By,
    Typed(typed): Typed<NewForm>,
) -> Response {
    let back = paths::SECOND_FACTOR;
    let name = match named(&typed.name) {
        Ok(name) => name,
        Err(problem) => {
            return misnamed(Form::AddPasskey, &typed.name, problem, &session, back).await;
        }
    };
    let (key, client) = (key(&session), asking.client());
    let answer = typed.passkey.expose_secret();
    let done = app
        .identity
        .add_passkey(&person, &key, &name, answer, &client);
    match done.await {
        Ok(done) => done_with(&app, &session, &asking, done, back).await,
        Err(error) => refused(&app, &session, &asking, (Form::AddPasskey, back), &error).await,
    }
}

/// What the form of another name posts.
#[derive(Deserialize)]
pub(super) struct NameForm {
    #[serde(default)]
    name: String,
}

/// `POST /account/passkeys/{id}/name`
pub(super) async fn rename(
    State(app): State<App>,
    by: By,
    Ours(id): Ours<PasskeyId>,
    Typed(typed): Typed<NameForm>,
) -> Response {
    let page = page(id);
    let name = match named(&typed.name) {
        Ok(name) => name,
        Err(problem) => {
            let form = Form::RenamePasskey;
            return misnamed(form, &typed.name, problem, &by.session, &page).await;
        }
    };
    let client = by.asking.client();
    let renamed = app.identity.rename_passkey(&by.person, id, &name, &client);
    match renamed.await {
        Ok(true) => {
            by.tell(&page, Notice::Factor(FactorNotice::PasskeyRenamed))
                .await
        }
        Ok(false) => {
            let gone = Notice::Factor(FactorNotice::Gone);
            by.tell(paths::SECOND_FACTOR, gone).await
        }
        Err(error) => by.tell(&page, by.internal(&error)).await,
    }
}

/// `POST /account/passkeys/{id}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    By {
        person,
        asking,
        session,
    }: By,
    Ours(id): Ours<PasskeyId>,
    Typed(typed): Typed<CodeForm>,
) -> Response {
    let (key, client) = (key(&session), asking.client());
    let showing = typed.showing(&key);
    let done = app.identity.remove_passkey(&person, id, showing, &client);
    match done.await {
        Ok(mark) => removed(&session, &asking, &mark, FactorNotice::PasskeyRemoved).await,
        // Its page may be gone.
        Err(error @ FactorError::Gone) => {
            let asked = (Form::RemovePasskey, paths::SECOND_FACTOR);
            refused(&app, &session, &asking, asked, &error).await
        }
        Err(error) => {
            let page = page(id);
            refused(
                &app,
                &session,
                &asking,
                (Form::RemovePasskey, &page),
                &error,
            )
            .await
        }
    }
}

fn page(id: PasskeyId) -> String {
    format!("{}/{id}", paths::PASSKEYS)
}

fn named(typed: &str) -> Result<PasskeyName, Problem> {
    PasskeyName::parse(typed).map_err(|problem| match problem {
        NotAName::Empty => Problem::Missing,
        NotAName::TooLong => Problem::TooLong,
    })
}

async fn misnamed(
    form: Form,
    typed: &str,
    problem: Problem,
    session: &Session,
    back: &str,
) -> Response {
    let mistakes = Mistakes::of(form).typed(Field::Name, typed);
    mistakes
        .at(Field::Name, problem)
        .at_page(session, back)
        .await
}
