//! What admins do with people, and the audit as CSV.

use axum::{
    Form as Typed,
    body::Body,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::stream;
use relink_app::api::{
    audit::{Act, AuditFilter},
    forms::{Field, Form, Notice, Problem},
    ids::{InvitationRef, UserRef},
    paths,
    people::{PersonNotice, Role},
};
use relink_engine::{
    audit::{Actor, Export},
    identity::{Access, Admin, Email, InviteError, PersonError, SignedIn},
    ids::InvitationId,
    store::StoreError,
};
use serde::Deserialize;

use super::{By, Mistakes, identity::tag};
use crate::{
    acts,
    calendar::Calendar,
    http::{App, At, pages},
    ports,
};

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct InviteForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
}

/// `POST /admin/people`
pub(super) async fn invite(
    State(app): State<App>,
    by: By<Admin>,
    Typed(form): Typed<InviteForm>,
) -> Response {
    let Some(role) = Role::parse(&form.role) else {
        return by.tell(paths::PEOPLE, Notice::NotFromHere).await;
    };
    let mistakes = Mistakes::of(Form::Invite)
        .typed(Field::Email, &form.email)
        .typed(Field::Role, &form.role);
    let Ok(email) = Email::parse(&form.email) else {
        return mistakes
            .at(Field::Email, Problem::NotAnEmail)
            .at_page(&by.session, paths::PEOPLE)
            .await;
    };
    let (language, client) = (tag(by.asking.language), by.asking.client());
    let role = ports::role(role);
    let invited = app
        .identity
        .invite(&by.person, email, role, language, &client);
    let notice = match invited.await {
        Ok(()) => {
            let notice = Notice::Person(PersonNotice::Invited);
            return by.tell(paths::PEOPLE, notice).await;
        }
        Err(InviteError::Closed) => Notice::Person(PersonNotice::SignUpOff),
        Err(InviteError::AlreadySignedUp) => Notice::Person(PersonNotice::AlreadyThere),
        Err(InviteError::Store(error)) => by.internal(&error),
    };
    mistakes
        .because(notice)
        .at_page(&by.session, paths::PEOPLE)
        .await
}

/// `POST /admin/invitations/{id}/withdraw`
pub(super) async fn withdraw(
    State(app): State<App>,
    by: By<Admin>,
    At(id): At<InvitationRef>,
) -> Response {
    let (id, client) = (
        InvitationId(uuid::Uuid::from_u128(id.get())),
        by.asking.client(),
    );
    let done = app
        .identity
        .withdraw_invitation(&by.person, id, &client)
        .await;
    let notice = match done {
        Ok(true) => Notice::Person(PersonNotice::Withdrawn),
        Ok(false) => Notice::Person(PersonNotice::NotOpen),
        Err(error) => by.internal(&error),
    };
    by.tell(paths::PEOPLE, notice).await
}

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct RoleForm {
    #[serde(default)]
    role: String,
}

/// `POST /admin/people/{id}/role`
pub(super) async fn set_role(
    State(app): State<App>,
    by: By<Admin>,
    At(id): At<UserRef>,
    Typed(form): Typed<RoleForm>,
) -> Response {
    let back = paths::person(id);
    let Some(role) = Role::parse(&form.role) else {
        return by.tell(&back, Notice::NotFromHere).await;
    };
    let client = by.asking.client();
    let (user, role) = (ports::user_id(id), ports::role(role));
    let done = app.identity.set_role(&by.person, user, role, &client).await;
    ended(&app, &by, id, done.map(|()| PersonNotice::RoleChanged)).await
}

/// What the form posts.
#[derive(Deserialize)]
pub(super) struct AccessForm {
    #[serde(default)]
    access: String,
}

/// `POST /admin/people/{id}/access`
pub(super) async fn set_access(
    State(app): State<App>,
    by: By<Admin>,
    At(id): At<UserRef>,
    Typed(form): Typed<AccessForm>,
) -> Response {
    let (to, notice) = match form.access.as_str() {
        "allowed" => (Access::Allowed, PersonNotice::Enabled),
        "disabled" => (Access::Disabled, PersonNotice::Disabled),
        _ => return by.tell(&paths::person(id), Notice::NotFromHere).await,
    };
    let (user, client) = (ports::user_id(id), by.asking.client());
    let done = app.identity.set_access(&by.person, user, to, &client).await;
    ended(&app, &by, id, done.map(|()| notice)).await
}

/// `POST /admin/people/{id}/sign-ins`
pub(super) async fn end_sign_ins(
    State(app): State<App>,
    by: By<Admin>,
    At(id): At<UserRef>,
) -> Response {
    let (user, client) = (ports::user_id(id), by.asking.client());
    let done = app.identity.end_sign_ins(&by.person, user, &client).await;
    let count = |count| PersonNotice::SignInsEnded(u32::try_from(count).unwrap_or(u32::MAX));
    ended(&app, &by, id, done.map(count)).await
}

/// `POST /admin/people/{id}/second-factor`
pub(super) async fn reset_factor(
    State(app): State<App>,
    by: By<Admin>,
    At(id): At<UserRef>,
) -> Response {
    let (user, client) = (ports::user_id(id), by.asking.client());
    let done = app.identity.reset_factors(&by.person, user, &client).await;
    ended(&app, &by, id, done.map(reset)).await
}

fn reset(was_there: bool) -> PersonNotice {
    if was_there {
        PersonNotice::FactorReset
    } else {
        PersonNotice::NoFactor
    }
}

/// Back to the person, or to the page that there is no such person.
pub(super) async fn ended(
    app: &App,
    by: &By<Admin>,
    id: UserRef,
    done: Result<PersonNotice, PersonError>,
) -> Response {
    let notice = match done {
        Ok(notice) => Notice::Person(notice),
        Err(PersonError::Gone) => return pages::not_found(app, &by.asking),
        Err(PersonError::Oneself) => Notice::Person(PersonNotice::Oneself),
        Err(PersonError::AnotherAddress) => Notice::Person(PersonNotice::AnotherAddress),
        Err(PersonError::Unproven) => Notice::Person(PersonNotice::Unproven),
        Err(PersonError::LastAdmin) => Notice::Person(PersonNotice::LastAdmin),
        Err(PersonError::Store(error)) => by.internal(&error),
    };
    by.tell(&paths::person(id), notice).await
}

/// The filter that is in force.
#[derive(Deserialize)]
pub(super) struct ExportForm {
    #[serde(default)]
    who: String,
    #[serde(default)]
    what: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

/// `POST /admin/audit/export`
pub(super) async fn export(
    State(app): State<App>,
    by: By<Admin>,
    Typed(form): Typed<ExportForm>,
) -> Response {
    let typed = AuditFilter {
        who: form.who,
        what: Act::parse(&form.what),
        from: form.from,
        until: form.until,
    };
    let unknown = typed.what.is_none() && !form.what.is_empty();
    let filter = match acts::filter(&app, &by.person, &typed, by.asking.zone()).await {
        Ok(filter) if !unknown => filter,
        Err(acts::NoFilter::Store(error)) => {
            return by.tell(paths::AUDIT, by.internal(&error)).await;
        }
        _ => return by.tell(paths::AUDIT, Notice::NotFromHere).await,
    };
    let who: &SignedIn = by.person.as_ref();
    let actor = Actor::person(who, &by.asking.client());
    match app.identity.audit().export(&actor, filter).await {
        Ok(export) => download(export, by.asking.calendar),
        Err(error) => by.tell(paths::AUDIT, by.internal(&error)).await,
    }
}

/// Some lines at a time: nobody holds all of them.
fn download(export: Export, calendar: Calendar) -> Response {
    let head = stream::iter([Ok::<_, StoreError>(Bytes::from(acts::head()))]);
    let lines = stream::try_unfold(export, move |mut export| async move {
        let entries = export.next().await?;
        let lines = entries.iter().map(|entry| acts::line(entry, calendar));
        let lines: String = lines.collect();
        Ok((!entries.is_empty()).then(|| (Bytes::from(lines), export)))
    });
    let body = Body::from_stream(futures::StreamExt::chain(head, lines));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"audit.csv\""),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}
