//! All that we have of a person goes, as they asked.

use axum::{Form as Typed, extract::State, response::Response};
use relink_app::api::{
    forms::{Field, Form, Notice, Problem},
    ids::UserRef,
    paths,
    people::PersonNotice,
};
use relink_engine::{
    erasure::{EraseError, Erasure},
    identity::{Admin, ChangeError, Email, PersonError},
};
use secrecy::SecretString;
use serde::Deserialize;

use super::{By, Mistakes, identity::too_many, people::ended};
use crate::{
    http::{App, At},
    ports,
};

fn erasure(app: &App) -> Erasure {
    Erasure::new(app.store.clone(), app.identity.clone(), app.connect.clone())
}

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct OneselfForm {
    #[serde(default)]
    password: SecretString,
}

/// `POST /account/erase`
pub(super) async fn oneself(
    State(app): State<App>,
    by: By,
    Typed(form): Typed<OneselfForm>,
) -> Response {
    let client = by.asking.client();
    let done = erasure(&app)
        .oneself(&by.person, &form.password, &client)
        .await;
    let mistakes = Mistakes::of(Form::Erase);
    let mistakes = match done {
        Ok(()) => {
            if let Err(error) = by.session.flush().await {
                tracing::warn!(%error, "a session that was ended could not be flushed");
            }
            return by.tell(paths::HOME, Notice::Erased).await;
        }
        Err(EraseError::Password(ChangeError::Wrong)) => {
            mistakes.at(Field::Password, Problem::WrongPassword)
        }
        Err(EraseError::Password(ChangeError::Locked(locked))) => {
            mistakes.because(too_many(&app, locked))
        }
        Err(EraseError::Person(PersonError::LastAdmin)) => {
            mistakes.because(Notice::Person(PersonNotice::LastAdmin))
        }
        Err(error) => mistakes.because(by.internal(&error)),
    };
    mistakes.at_page(&by.session, paths::ERASE).await
}

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct AnotherForm {
    #[serde(default)]
    email: String,
}

/// `POST /admin/people/{id}/erase`
pub(super) async fn another(
    State(app): State<App>,
    by: By<Admin>,
    At(id): At<UserRef>,
    Typed(form): Typed<AnotherForm>,
) -> Response {
    let Ok(typed) = Email::parse(&form.email) else {
        return Mistakes::of(Form::ErasePerson)
            .typed(Field::Email, &form.email)
            .at(Field::Email, Problem::NotAnEmail)
            .at_page(&by.session, &paths::person(id))
            .await;
    };
    let (user, client) = (ports::user_id(id), by.asking.client());
    let done = erasure(&app)
        .another(&by.person, user, &typed, &client)
        .await;
    match done {
        // Their own page is gone.
        Ok(()) => {
            let notice = Notice::Person(PersonNotice::Erased);
            by.tell(paths::PEOPLE, notice).await
        }
        Err(error) => ended(&app, &by, id, Err(error)).await,
    }
}
