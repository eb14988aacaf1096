//! Connecting, and what is kept of it. Each handler wraps the port that the
//! server function of the same action wraps.

use axum::{
    Extension,
    extract::{Path, RawForm, State},
    response::Response,
};
use relink_app::api::{
    accounts::{KeepError, RemoveError},
    connect::{Launch, Start, StartError, Window},
    connections::{Repair, RepairError},
    forms::{Field, Form, Notice, Problem},
    ids::{AccountRef, ConnectionRef, InstitutionId, SessionRef},
    paths,
    refusal::Fault,
    shared::Reference,
    visit::Person,
};
use relink_engine::institutions::Term;
use tower_sessions::Session;

use super::{By, Fields, Mistakes, Ours, tell};
use crate::{
    http::{App, At, leaving, visit::Asking},
    ports,
};

fn fault(asking: &Asking, fault: Fault) -> Notice {
    match fault {
        Fault::SignedOut => Notice::SignInFirst,
        Fault::NotFound | Fault::BadRequest => Notice::NotFromHere,
        Fault::TooMany => Notice::TooMany { minutes: 1 },
        Fault::Unreachable => Notice::Internal(Reference::new(asking.reference.clone())),
        Fault::Internal(reference) => Notice::Internal(reference),
    }
}

/// `POST /connect/{institution}`: makes the link and leaves for it.
pub(super) async fn start(
    State(app): State<App>,
    by: By,
    Path(institution): Path<String>,
    RawForm(raw): RawForm,
) -> Response {
    let Ok(institution) = institution.parse::<InstitutionId>() else {
        return by
            .tell(paths::CONNECT, Notice::NotStarted(StartError::Gone))
            .await;
    };
    let fields = Fields::of(&raw);
    let start = Start {
        institution,
        consent_version: fields.one(Field::ConsentVersion).to_owned(),
        window: Window::Redirect,
        another: !fields.one(Field::Another).is_empty(),
    };
    match by.ports(&app).connecting.start(start).await {
        Ok(Launch {
            link, institution, ..
        }) => leaving::page(&app, &by.asking, &institution, &link),
        Err(StartError::Gone) => {
            by.tell(paths::CONNECT, Notice::NotStarted(StartError::Gone))
                .await
        }
        Err(error) => {
            by.tell(&paths::institution(institution), Notice::NotStarted(error))
                .await
        }
    }
}

/// `POST /connections/{connection}/repair`: makes the link and leaves for it.
pub(super) async fn repair(
    State(app): State<App>,
    by: By,
    Ours(connection): Ours<ConnectionRef>,
) -> Response {
    let work = async |person: &Person, id| person.connections.repair(id, Window::Redirect).await;
    to_fix(&app, &by, connection, work).await
}

/// `POST /connections/{connection}/renew`: the same, before it breaks.
pub(super) async fn renew(
    State(app): State<App>,
    by: By,
    Ours(connection): Ours<ConnectionRef>,
) -> Response {
    let work = async |person: &Person, id| person.connections.renew(id).await;
    to_fix(&app, &by, connection, work).await
}

async fn to_fix(
    app: &App,
    by: &By,
    connection: ConnectionRef,
    work: impl AsyncFnOnce(&Person, ConnectionRef) -> Result<Repair, RepairError>,
) -> Response {
    match work(&by.ports(app), connection).await {
        Ok(Repair::Leave(Launch {
            link, institution, ..
        })) => leaving::page(app, &by.asking, &institution, &link),
        Ok(Repair::AlreadyWorks) => by.tell(paths::CONNECTIONS, Notice::AlreadyWorks).await,
        Err(error @ RepairError::Fault(Fault::NotFound)) => {
            by.tell(paths::CONNECTIONS, Notice::NotRepaired(error))
                .await
        }
        Err(error) => {
            by.tell(&paths::one(connection), Notice::NotRepaired(error))
                .await
        }
    }
}

/// `POST /connections/disconnect`: everything.
pub(super) async fn disconnect_all(State(app): State<App>, by: By) -> Response {
    let notice = match by.ports(&app).connections.disconnect_all().await {
        Ok(()) => Notice::AllDisconnected,
        Err(RemoveError::Fault(said)) => fault(&by.asking, said),
    };
    by.tell(paths::CONNECTIONS, notice).await
}

/// `POST /connections/{connection}/disconnect`
pub(super) async fn disconnect(
    State(app): State<App>,
    by: By,
    Ours(connection): Ours<ConnectionRef>,
) -> Response {
    let notice = match by.ports(&app).connections.disconnect(connection).await {
        Ok(()) => Notice::Disconnected,
        Err(RemoveError::Fault(said)) => fault(&by.asking, said),
    };
    by.tell(paths::CONNECTIONS, notice).await
}

/// `POST /connect/sessions/{session}/keep`
pub(super) async fn keep(
    State(app): State<App>,
    by: By,
    At(visit): At<SessionRef>,
    RawForm(raw): RawForm,
) -> Response {
    let fields = Fields::of(&raw);
    let (kept, seen) = (
        fields.ids::<AccountRef>(Field::Kept),
        fields.ids::<AccountRef>(Field::Seen),
    );
    let page = paths::session(visit);
    match by.ports(&app).connecting.keep(visit, &kept, &seen).await {
        Ok(kept) => by.tell(paths::CONNECTIONS, Notice::Kept(kept)).await,
        Err(KeepError::Changed) => by.tell(&page, Notice::ChoiceChanged).await,
        Err(KeepError::NotOfThisVisit) => by.tell(&page, Notice::NotFromHere).await,
        Err(KeepError::Fault(said)) => by.tell(&page, fault(&by.asking, said)).await,
    }
}

/// `POST /connect/sessions/{session}/look`: reads the accounts again.
pub(super) async fn look(State(app): State<App>, by: By, At(visit): At<SessionRef>) -> Response {
    let page = paths::session(visit);
    match app
        .connect
        .look_again(&by.person, ports::session_id(visit))
        .await
    {
        Ok(_) => axum::response::IntoResponse::into_response(axum::response::Redirect::to(&page)),
        Err(error) => by.tell(&page, by.internal(&error)).await,
    }
}

/// `POST /connect/sessions/{session}/refresh`: the one refresh. It may take
/// three minutes, so it runs beside the request; the page says what it sees.
pub(super) async fn refresh(State(app): State<App>, by: By, At(visit): At<SessionRef>) -> Response {
    let connect = app.connect.clone();
    let work = async move {
        if let Err(error) = connect.refresh(&by.person, ports::session_id(visit)).await {
            tracing::warn!(
                error = crate::http::chain(&error),
                "the asked-for refresh did not work"
            );
        }
    };
    drop(app.tasks.spawn("refresh", work));
    axum::response::IntoResponse::into_response(axum::response::Redirect::to(&paths::session(
        visit,
    )))
}

/// `POST /accounts/{account}/remove`
pub(super) async fn remove(
    State(app): State<App>,
    by: By,
    Ours(account): Ours<AccountRef>,
) -> Response {
    let notice = match by.ports(&app).connections.remove(account).await {
        Ok(()) => Notice::AccountRemoved,
        Err(RemoveError::Fault(said)) => fault(&by.asking, said),
    };
    by.tell(paths::CONNECTIONS, notice).await
}

/// `POST /accounts/{account}/same`: which account a missing one is now.
pub(super) async fn same(
    State(app): State<App>,
    by: By,
    Ours(account): Ours<AccountRef>,
    RawForm(raw): RawForm,
) -> Response {
    let fields = Fields::of(&raw);
    let candidate = fields.one(Field::Candidate);
    let notice = match by.ports(&app).connections.same(account, candidate).await {
        Ok(()) => Notice::AccountFound,
        Err(said) => fault(&by.asking, said),
    };
    by.tell(paths::CONNECTIONS, notice).await
}

/// `POST /connect/missing`
pub(super) async fn missing(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    RawForm(raw): RawForm,
) -> Response {
    let fields = Fields::of(&raw);
    let (name, address) = (
        fields.one(Field::Name).trim(),
        fields.one(Field::Address).trim(),
    );
    let mistakes = Mistakes::of(Form::Missing)
        .typed(Field::Name, name)
        .typed(Field::Address, address);
    if name.is_empty() {
        return mistakes
            .at(Field::Name, Problem::Missing)
            .at_page(&session, paths::MISSING)
            .await;
    }
    if !address.is_empty() && !is_address(address) {
        let mistakes = mistakes.at(Field::Address, Problem::NotAnAddress);
        return mistakes.at_page(&session, paths::MISSING).await;
    }
    // The address is what tells which one is meant, where it is given.
    let Some(term) = Term::parse(if address.is_empty() { name } else { address }) else {
        return mistakes
            .at(Field::Name, Problem::Missing)
            .at_page(&session, paths::MISSING)
            .await;
    };
    let notice = match app.institutions.report_missing(&term).await {
        Ok(()) => Notice::MissingNoted,
        Err(error) => super::internal(&asking, &error),
    };
    tell(&session, paths::MISSING, notice).await
}

/// Whether somebody typed a web address, with or without its scheme.
fn is_address(typed: &str) -> bool {
    let whole = if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    whole.parse::<url::Url>().is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| host.contains('.'))
    })
}
