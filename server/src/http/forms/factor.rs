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
use relink_engine::identity::{FactorError, Half, SessionKey, SetUp, Showing, SignInMark};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    By, Mistakes,
    identity::{home, keep, too_many},
    inside, internal, tell, with_next,
};
use crate::http::{App, headers, sessions, visit::Asking};

/// What the forms post: what was typed, or what a passkey answered.
#[derive(Deserialize)]
pub(super) struct CodeForm {
    #[serde(default)]
    code: SecretString,
    #[serde(default)]
    passkey: SecretString,
    #[serde(default)]
    pub(super) next: String,
}

impl CodeForm {
    /// What is shown by who posts from `session`.
    pub(super) fn showing<'a>(&'a self, session: &'a SessionKey) -> Showing<'a> {
        match self.passkey.expose_secret() {
            "" => Showing::Code(self.code.expose_secret()),
            answer => Showing::Passkey { session, answer },
        }
    }
}

/// The key of a session that a browser sent; of nobody's where it sent none.
pub(super) fn key(session: &Session) -> SessionKey {
    sessions::key(session.id().unwrap_or_default())
}

/// `POST /sign-in/second-step`, `POST /sign-in/passkey`
pub(super) async fn show(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(typed): Typed<CodeForm>,
) -> Response {
    let back = with_next(paths::SECOND_STEP, &typed.next);
    let Some(Half::Factor(owed)) = &asking.half else {
        return Redirect::to(&back).into_response();
    };
    let (key, client) = (key(&session), asking.client());
    let shown = app.identity.show_factor(owed, typed.showing(&key), &client);
    let mark = match shown.await {
        Ok(mark) => mark,
        Err(error) => {
            let asked = (Form::SecondStep, &*back);
            return refused(&app, &session, &asking, asked, &error).await;
        }
    };
    let target = home(&app, &mark, &typed.next).await;
    match keep(&session, &mark).await {
        Ok(()) => Redirect::to(&target).into_response(),
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
        Err(error) => refused(&app, &session, &asking, (Form::SetUp, &back), &error).await,
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
        Err(error) => {
            let asked = (Form::SetUp, paths::SECOND_FACTOR);
            refused(&app, &session, &asking, asked, &error).await
        }
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
    let (key, client) = (key(&session), asking.client());
    let showing = typed.showing(&key);
    match app
        .identity
        .new_recovery_codes(&person, showing, &client)
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
    let (key, client) = (key(&session), asking.client());
    let showing = typed.showing(&key);
    match app.identity.remove_factor(&person, showing, &client).await {
        Ok(mark) => removed(&session, &asking, &mark, FactorNotice::Removed).await,
        Err(error) => {
            let asked = (Form::RemoveFactor, paths::SECOND_FACTOR);
            refused(&app, &session, &asking, asked, &error).await
        }
    }
}

/// Keeps the session that goes on, and says what it is without.
pub(super) async fn removed(
    session: &Session,
    asking: &Asking,
    mark: &SignInMark,
    notice: FactorNotice,
) -> Response {
    let notice = match keep(session, mark).await {
        Ok(()) => Notice::Factor(notice),
        Err(error) => internal(asking, &error),
    };
    tell(session, paths::SECOND_FACTOR, notice).await
}

/// Says at a page why nothing was done.
pub(super) async fn refused(
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
        FactorError::WrongPasskey(error) => {
            // A number that was used may mean a clone.
            tracing::warn!(%error, "a passkey was refused");
            mistakes.because(Notice::Factor(FactorNotice::WrongPasskey))
        }
        FactorError::TooManyPasskeys => {
            mistakes.because(Notice::Factor(FactorNotice::TooManyPasskeys))
        }
        FactorError::SignInAgain => mistakes.because(Notice::Factor(FactorNotice::SignInAgain)),
        FactorError::Gone => mistakes.because(Notice::Factor(FactorNotice::Gone)),
        FactorError::Required => mistakes.because(Notice::Factor(FactorNotice::Required)),
        FactorError::OtherKey(_) | FactorError::Store(_) => {
            mistakes.because(internal(asking, error))
        }
    };
    mistakes.at_page(session, back).await
}

/// Keeps the new session and shows the codes, once, where there are new ones.
pub(super) async fn done_with(
    app: &App,
    session: &Session,
    asking: &Asking,
    done: SetUp,
    next: &str,
) -> Response {
    match keep(session, &done.mark).await {
        Ok(()) => match &done.codes {
            Some(codes) => codes_page(app, asking, codes, next),
            None => tell(session, next, Notice::Factor(FactorNotice::PasskeyAdded)).await,
        },
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
