//! Signing up, in and out; letters' links.

use axum::{
    Extension, Form as Typed,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use relink_app::{
    api::{
        forms::{Field, Form, Notice, Problem},
        paths,
    },
    words,
};
use relink_engine::identity::{
    BadPassword, Email, Entered, HALF, HalfMark, Language, Locked, Next, OneTimeToken, Password,
    SIGN_IN, SignInError, SignInMark, SignUp, SignUpError, TokenError,
};
use secrecy::SecretString;
use serde::Deserialize;
use tower_sessions::Session;

use super::{Mistakes, inside, internal, tell, with_next};
use crate::http::{App, visit::Asking};

/// What the sign-in form posts.
#[derive(Deserialize)]
pub(super) struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: SecretString,
    #[serde(default)]
    next: String,
}

/// `POST /sign-in`
pub(super) async fn sign_in(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(form): Typed<SignInForm>,
) -> Response {
    let back = with_next(paths::SIGN_IN, &form.next);
    let mistakes = Mistakes::of(Form::SignIn).typed(Field::Email, &form.email);
    let Ok(email) = Email::parse(&form.email) else {
        return mistakes
            .at(Field::Email, not_an_email(&form.email))
            .at_page(&session, &back)
            .await;
    };
    match app
        .identity
        .sign_in(&email, &form.password, &asking.client())
        .await
    {
        Ok(entered) => {
            let (kept, target) = match entered {
                Entered::In(mark) => {
                    let target = home(&app, &mark, &form.next).await;
                    (keep(&session, &mark).await, target)
                }
                Entered::Owes(mark) => (
                    keep_half(&session, &mark).await,
                    with_next(paths::SECOND_STEP, &form.next),
                ),
            };
            match kept {
                Ok(()) => Redirect::to(&target).into_response(),
                Err(error) => {
                    mistakes
                        .because(internal(&asking, &error))
                        .at_page(&session, &back)
                        .await
                }
            }
        }
        Err(error) => {
            let notice = match error {
                SignInError::Wrong | SignInError::Disabled => Notice::WrongSignIn,
                SignInError::Locked(locked) => too_many(&app, locked),
                SignInError::NotConfirmed => Notice::ConfirmationSent,
                SignInError::Store(_) | SignInError::Hash(_) => internal(&asking, &error),
            };
            mistakes.because(notice).at_page(&session, &back).await
        }
    }
}

/// Keeps whose session it is from now on, under a new id: one that somebody
/// planted before the sign-in is worth nothing after it.
pub(super) async fn keep(
    session: &Session,
    mark: &SignInMark,
) -> Result<(), tower_sessions::session::Error> {
    if session.id().is_some() {
        session.flush().await?;
    }
    session.insert(SIGN_IN, mark).await?;
    session.save().await
}

/// Where somebody goes on after the sign-in: where they were going, else to their
/// own first page. That of staff is how all connections are.
pub(super) async fn home(app: &App, mark: &SignInMark, next: &str) -> String {
    if next.is_empty() {
        match app.identity.is_staff(mark).await {
            Ok(true) => return paths::ADMIN.to_owned(),
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(%error, "it is not known whether somebody is of the staff");
            }
        }
    }
    inside(next).to_owned()
}

/// Keeps whose password was right, under a new id as well. The session is
/// nobody's.
async fn keep_half(
    session: &Session,
    mark: &HalfMark,
) -> Result<(), tower_sessions::session::Error> {
    if session.id().is_some() {
        session.flush().await?;
    }
    session.insert(HALF, mark).await?;
    session.save().await
}

/// What the sign-up form posts.
#[derive(Deserialize)]
pub(super) struct SignUpForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    new_password: SecretString,
    #[serde(default)]
    invitation: String,
}

/// `POST /sign-up`
pub(super) async fn sign_up(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(form): Typed<SignUpForm>,
) -> Response {
    let invited: String =
        url::form_urlencoded::byte_serialize(form.invitation.as_bytes()).collect();
    let back = if invited.is_empty() {
        paths::SIGN_UP.to_owned()
    } else {
        format!("{}?invitation={invited}", paths::SIGN_UP)
    };
    let mut mistakes = Mistakes::of(Form::SignUp).typed(Field::Email, &form.email);
    let email = Email::parse(&form.email);
    if email.is_err() && form.invitation.is_empty() {
        mistakes = mistakes.at(Field::Email, not_an_email(&form.email));
    }
    let password = Password::parse(&form.new_password);
    if let Err(bad) = &password {
        mistakes = mistakes.at(Field::NewPassword, bad_password(*bad));
    }
    let language = tag(asking.language);
    let invitation =
        (!form.invitation.is_empty()).then(|| OneTimeToken::from_link(form.invitation));
    let done = match (email, password, invitation) {
        (_, Ok(password), Some(token)) => app
            .identity
            .accept_invitation(&token, &password, language, &asking.client())
            .await
            .map(|()| Notice::EmailConfirmed)
            .map_err(|error| match error {
                TokenError::NotGood => Refused::Invitation,
                error => Refused::With(internal(&asking, &error)),
            }),
        (Ok(email), Ok(password), None) => {
            let form = SignUp {
                email,
                password,
                language,
            };
            app.identity
                .sign_up(form, asking.address)
                .await
                .map(after_sign_up)
                .map_err(|error| match error {
                    SignUpError::Closed => Refused::Invitation,
                    SignUpError::Locked(locked) => Refused::With(too_many(&app, locked)),
                    error => Refused::With(internal(&asking, &error)),
                })
        }
        _ => return mistakes.at_page(&session, &back).await,
    };
    match done {
        Ok(notice) => tell(&session, paths::SIGN_IN, notice).await,
        Err(Refused::Invitation) => {
            mistakes
                .at(Field::Invitation, Problem::BadInvitation)
                .at_page(&session, &back)
                .await
        }
        Err(Refused::With(notice)) => mistakes.because(notice).at_page(&session, &back).await,
    }
}

enum Refused {
    Invitation,
    With(Notice),
}

fn after_sign_up(next: Next) -> Notice {
    match next {
        Next::ReadTheLetter => Notice::ConfirmationSent,
        Next::SignIn => Notice::EmailConfirmed,
    }
}

/// `POST /sign-out`
pub(super) async fn sign_out(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
) -> Response {
    if let Some(person) = asking.person.clone()
        && let Err(error) = app.identity.sessions().sign_out(person).await
    {
        return tell(&session, paths::CONNECTIONS, internal(&asking, &error)).await;
    }
    if let Err(error) = session.flush().await {
        return tell(&session, paths::CONNECTIONS, internal(&asking, &error)).await;
    }
    tell(&session, paths::SIGN_IN, Notice::SignedOut).await
}

/// A letter's token.
#[derive(Deserialize)]
pub(super) struct TokenForm {
    #[serde(default)]
    token: String,
}

/// `POST /confirm-email`
pub(super) async fn confirm_email(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(form): Typed<TokenForm>,
) -> Response {
    let notice = match app
        .identity
        .confirm_email(&OneTimeToken::from_link(form.token))
        .await
    {
        Ok(()) => Notice::EmailConfirmed,
        Err(TokenError::NotGood) => Notice::LinkDead,
        Err(error) => internal(&asking, &error),
    };
    tell(&session, paths::SIGN_IN, notice).await
}

/// The address that forgot its password.
#[derive(Deserialize)]
pub(super) struct ForgotForm {
    #[serde(default)]
    email: String,
}

/// `POST /forgot-password`
pub(super) async fn forgot_password(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(form): Typed<ForgotForm>,
) -> Response {
    let mistakes = Mistakes::of(Form::ForgotPassword).typed(Field::Email, &form.email);
    let Ok(email) = Email::parse(&form.email) else {
        let mistakes = mistakes.at(Field::Email, not_an_email(&form.email));
        return mistakes.at_page(&session, paths::FORGOT_PASSWORD).await;
    };
    let notice = match app
        .identity
        .forgot_password(email, tag(asking.language), asking.address)
        .await
    {
        Ok(None) => Notice::MailSent,
        Ok(Some(locked)) => too_many(&app, locked),
        Err(error) => internal(&asking, &error),
    };
    tell(&session, paths::FORGOT_PASSWORD, notice).await
}

/// A letter's token and the password to be.
#[derive(Deserialize)]
pub(super) struct ResetForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    new_password: SecretString,
}

/// `POST /reset-password`
pub(super) async fn reset_password(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    Typed(form): Typed<ResetForm>,
) -> Response {
    let password = match Password::parse(&form.new_password) {
        Ok(password) => password,
        Err(bad) => {
            let again: String =
                url::form_urlencoded::byte_serialize(form.token.as_bytes()).collect();
            let back = format!("{}?token={again}", paths::RESET_PASSWORD);
            let mistakes =
                Mistakes::of(Form::ResetPassword).at(Field::NewPassword, bad_password(bad));
            return mistakes.at_page(&session, &back).await;
        }
    };
    match app
        .identity
        .reset_password(
            &OneTimeToken::from_link(form.token),
            &password,
            &asking.client(),
        )
        .await
    {
        Ok(()) => tell(&session, paths::SIGN_IN, Notice::PasswordChanged).await,
        Err(TokenError::NotGood) => tell(&session, paths::FORGOT_PASSWORD, Notice::LinkDead).await,
        Err(error) => tell(&session, paths::FORGOT_PASSWORD, internal(&asking, &error)).await,
    }
}

/// The engine's name for a language of the pages.
pub(super) fn tag(language: words::Language) -> Language {
    Language::parse(language.tag()).unwrap_or_default()
}

fn not_an_email(typed: &str) -> Problem {
    if typed.trim().is_empty() {
        Problem::Missing
    } else {
        Problem::NotAnEmail
    }
}

/// What is wrong with a password to be.
pub(super) fn bad_password(bad: BadPassword) -> Problem {
    match bad {
        BadPassword::TooShort => Problem::TooShort,
        BadPassword::TooLong => Problem::TooLong,
        BadPassword::TooCommon => Problem::Common,
    }
}

/// When the next try may be made.
pub(super) fn too_many(app: &App, locked: Locked) -> Notice {
    let minutes = (locked.until - app.clocks.real.now()).num_minutes().max(0) + 1;
    Notice::TooMany {
        minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
    }
}
