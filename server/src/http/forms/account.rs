//! A person's own sign-in: password and signed-in browsers.

use axum::{
    Extension, Form as Typed,
    extract::{Path, State},
    response::Response,
};
use chrono_tz::Tz;
use relink_app::{
    api::{
        forms::{Field, Form, Notice, Problem},
        ids::SignInRef,
        paths,
    },
    words,
};
use relink_engine::{
    identity::{ChangeError, Password},
    ids::SignInId,
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    Mistakes,
    identity::{bad_password, keep, tag, too_many},
    internal, tell,
};
use crate::http::{App, visit::Asking};

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct PasswordForm {
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    new_password: SecretString,
}

/// `POST /account/password`
pub(super) async fn change_password(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(form): Typed<PasswordForm>,
) -> Response {
    let Some(person) = asking.person.clone() else {
        return tell(&session, paths::SIGN_IN, Notice::SignInFirst).await;
    };
    let mut mistakes = Mistakes::of(Form::ChangePassword);
    if form.password.expose_secret().is_empty() {
        mistakes = mistakes.at(Field::Password, Problem::Missing);
    }
    let new = match Password::parse(&form.new_password) {
        Ok(new) if !form.password.expose_secret().is_empty() => new,
        Ok(_) => return mistakes.at_page(&session, paths::ACCOUNT).await,
        Err(bad) => {
            return mistakes
                .at(Field::NewPassword, bad_password(bad))
                .at_page(&session, paths::ACCOUNT)
                .await;
        }
    };
    match app
        .identity
        .change_password(&person, &form.password, &new, &asking.client())
        .await
    {
        Ok(mark) => match keep(&session, &mark).await {
            Ok(()) => tell(&session, paths::ACCOUNT, Notice::PasswordChanged).await,
            Err(error) => tell(&session, paths::SIGN_IN, internal(&asking, &error)).await,
        },
        Err(ChangeError::Wrong) => {
            mistakes
                .at(Field::Password, Problem::WrongPassword)
                .at_page(&session, paths::ACCOUNT)
                .await
        }
        Err(ChangeError::Locked(locked)) => {
            mistakes
                .because(too_many(&app, locked))
                .at_page(&session, paths::ACCOUNT)
                .await
        }
        Err(error) => {
            mistakes
                .because(internal(&asking, &error))
                .at_page(&session, paths::ACCOUNT)
                .await
        }
    }
}

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct PreferencesForm {
    #[serde(default)]
    language: String,
    #[serde(default)]
    zone: String,
}

/// `POST /account/preferences`
pub(super) async fn prefer(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(form): Typed<PreferencesForm>,
) -> Response {
    let Some(person) = &asking.person else {
        return tell(&session, paths::SIGN_IN, Notice::SignInFirst).await;
    };
    let zone: Result<Option<Tz>, _> = match form.zone.as_str() {
        "" => Ok(None),
        name => name.parse().map(Some),
    };
    // The form offers nothing else.
    let (Some(language), Ok(zone)) = (words::Language::of_tag(&form.language), zone) else {
        return tell(&session, paths::ACCOUNT, Notice::NotFromHere).await;
    };
    let kept = app.identity.prefer(person, &tag(language), zone).await;
    let notice = match kept {
        Ok(()) => Notice::PreferencesKept,
        Err(error) => internal(&asking, &error),
    };
    tell(&session, paths::ACCOUNT, notice).await
}

/// `POST /account/sign-out-everywhere`
pub(super) async fn sign_out_everywhere(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
) -> Response {
    let Some(person) = asking.person.clone() else {
        return tell(&session, paths::SIGN_IN, Notice::SignInFirst).await;
    };
    if let Err(error) = app
        .identity
        .sessions()
        .sign_out_everywhere(person, &asking.client())
        .await
    {
        return tell(&session, paths::ACCOUNT, internal(&asking, &error)).await;
    }
    if let Err(error) = session.flush().await {
        tracing::warn!(%error, "a session that was ended could not be flushed");
    }
    tell(&session, paths::SIGN_IN, Notice::SignedOutEverywhere).await
}

/// `POST /account/sign-ins/{sign_in}/revoke`
pub(super) async fn revoke(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Path(sign_in): Path<String>,
) -> Response {
    let Some(person) = &asking.person else {
        return tell(&session, paths::SIGN_IN, Notice::SignInFirst).await;
    };
    let Ok(sign_in) = sign_in.parse::<SignInRef>() else {
        return tell(&session, paths::ACCOUNT, Notice::NotFromHere).await;
    };
    let handle = SignInId(uuid::Uuid::from_u128(sign_in.get()));
    let (sessions, client) = (app.identity.sessions(), asking.client());
    let notice = match sessions.revoke(person, handle, &client).await {
        // One that is gone already is as good as revoked; another's never was
        // this person's to learn about.
        Ok(_) => Notice::SignInRevoked,
        Err(error) => internal(&asking, &error),
    };
    tell(&session, paths::ACCOUNT, notice).await
}
