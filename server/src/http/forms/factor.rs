//! The second step: taken, set up, renewed, turned off.

use axum::{
    Extension, Form as Typed,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use relink_app::api::{
    factor::FactorNotice,
    forms::{Field, Form, Notice, Problem},
    paths,
};
use relink_engine::identity::{FactorError, Half, SetUp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    By, Mistakes,
    identity::{keep, too_many},
    inside, internal, tell, with_next,
};
use crate::http::{App, headers, visit::Asking};

/// What the forms post.
#[derive(Deserialize)]
pub(super) struct CodeForm {
    #[serde(default)]
    code: SecretString,
    #[serde(default)]
    next: String,
}

/// `POST /sign-in/second-step`
pub(super) async fn show(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(typed): Typed<CodeForm>,
) -> Response {
    let back = with_next(paths::SECOND_STEP, &typed.next);
    let Some(Half::Code(owed)) = &asking.half else {
        return Redirect::to(&back).into_response();
    };
    let code = typed.code.expose_secret();
    let shown = app.identity.show_factor(owed, code, &asking.client()).await;
    let mark = match shown {
        Ok(mark) => mark,
        Err(error) => {
            let asked = (Form::SecondStep, &*back);
            return refused(&app, &session, &asking, asked, &error).await;
        }
    };
    match keep(&session, &mark).await {
        Ok(()) => Redirect::to(inside(&typed.next)).into_response(),
        Err(error) => tell(&session, paths::SIGN_IN, internal(&asking, &error)).await,
    }
}

/// Where to go on.
#[derive(Deserialize)]
pub(super) struct BeginForm {
    #[serde(default)]
    next: String,
}

/// `POST /sign-in/set-up`
pub(super) async fn begin_owed(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(typed): Typed<BeginForm>,
) -> Response {
    let back = with_next(paths::SECOND_STEP, &typed.next);
    let Some(Half::SetUp(owed)) = &asking.half else {
        return Redirect::to(&back).into_response();
    };
    match app.identity.begin_factor(owed).await {
        Ok(()) => Redirect::to(&back).into_response(),
        Err(error) => tell(&session, &back, internal(&asking, &error)).await,
    }
}

/// `POST /sign-in/set-up/code`
pub(super) async fn finish_owed(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(typed): Typed<CodeForm>,
) -> Response {
    let back = with_next(paths::SECOND_STEP, &typed.next);
    let Some(Half::SetUp(owed)) = &asking.half else {
        return Redirect::to(&back).into_response();
    };
    let (code, client) = (typed.code.expose_secret(), asking.client());
    match app.identity.finish_factor(owed, code, &client).await {
        Ok(done) => done_with(&app, &session, &asking, done, inside(&typed.next)).await,
        Err(error) => refused(&app, &session, &asking, (Form::SetUp, &back), &error).await,
    }
}

/// `POST /account/second-factor`
pub(super) async fn begin(
    State(app): State<App>,
    By {
        person,
        asking,
        session,
    }: By,
) -> Response {
    match app.identity.begin_factor(&person).await {
        Ok(()) => Redirect::to(paths::SECOND_FACTOR).into_response(),
        Err(error) => tell(&session, paths::SECOND_FACTOR, internal(&asking, &error)).await,
    }
}

/// `POST /account/second-factor/code`
pub(super) async fn finish(
    State(app): State<App>,
    By {
        person,
        asking,
        session,
    }: By,
    Typed(typed): Typed<CodeForm>,
) -> Response {
    let (code, client) = (typed.code.expose_secret(), asking.client());
    match app.identity.finish_factor(&person, code, &client).await {
        Ok(done) => done_with(&app, &session, &asking, done, paths::SECOND_FACTOR).await,
        Err(error) => {
            let asked = (Form::SetUp, paths::SECOND_FACTOR);
            refused(&app, &session, &asking, asked, &error).await
        }
    }
}

/// `POST /account/second-factor/recovery-codes`
pub(super) async fn renew(
    State(app): State<App>,
    By {
        person,
        asking,
        session,
    }: By,
    Typed(typed): Typed<CodeForm>,
) -> Response {
    let (code, client) = (typed.code.expose_secret(), asking.client());
    match app
        .identity
        .new_recovery_codes(&person, code, &client)
        .await
    {
        Ok(codes) => codes_page(&app, &asking, &codes, paths::SECOND_FACTOR),
        Err(error) => {
            let asked = (Form::RecoveryCodes, paths::SECOND_FACTOR);
            refused(&app, &session, &asking, asked, &error).await
        }
    }
}

/// `POST /account/second-factor/remove`
pub(super) async fn remove(
    State(app): State<App>,
    By {
        person,
        asking,
        session,
    }: By,
    Typed(typed): Typed<CodeForm>,
) -> Response {
    let (code, client) = (typed.code.expose_secret(), asking.client());
    let mark = match app.identity.remove_factor(&person, code, &client).await {
        Ok(mark) => mark,
        Err(error) => {
            let asked = (Form::RemoveFactor, paths::SECOND_FACTOR);
            return refused(&app, &session, &asking, asked, &error).await;
        }
    };
    let notice = match keep(&session, &mark).await {
        Ok(()) => Notice::Factor(FactorNotice::Removed),
        Err(error) => internal(&asking, &error),
    };
    tell(&session, paths::SECOND_FACTOR, notice).await
}

async fn refused(
    app: &App,
    session: &Session,
    asking: &Asking,
    (form, back): (Form, &str),
    error: &FactorError,
) -> Response {
    let mistakes = Mistakes::of(form);
    let mistakes = match error {
        FactorError::Wrong => mistakes.at(Field::Code, Problem::WrongAppCode),
        FactorError::Locked(locked) => mistakes.because(too_many(app, *locked)),
        FactorError::Gone => mistakes.because(Notice::Factor(FactorNotice::Gone)),
        FactorError::Required => mistakes.because(Notice::Factor(FactorNotice::Required)),
        FactorError::OtherKey(_) | FactorError::Store(_) => {
            mistakes.because(internal(asking, error))
        }
    };
    mistakes.at_page(session, back).await
}

/// Keeps the new session and shows the codes, once.
async fn done_with(
    app: &App,
    session: &Session,
    asking: &Asking,
    done: SetUp,
    next: &str,
) -> Response {
    match keep(session, &done.mark).await {
        Ok(()) => codes_page(app, asking, &done.codes, next),
        // The factor is set up; new codes can be made after the sign-in.
        Err(error) => tell(session, paths::SIGN_IN, internal(asking, &error)).await,
    }
}

fn codes_page(app: &App, asking: &Asking, codes: &[String], next: &str) -> Response {
    let html = relink_app::recovery_codes_page(&app.site, asking.language, codes, next);
    let mut response = (StatusCode::OK, Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(policy) = headers::page_policy(None, None) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
