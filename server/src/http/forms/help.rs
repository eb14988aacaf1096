//! What support does for people, and tells Mastercard.

use axum::{
    extract::{RawForm, State},
    response::Response,
};
use relink_app::api::{
    cases::{BundleFilter, DAYS},
    forms::{Field, Notice},
    ids::{CaseRef, ConnectionRef, InstitutionId, UserRef},
    notices::SnoozeFor as SnoozeView,
    paths,
    story::{HelpNotice, Mark},
};
use relink_engine::{
    cases::CaseError,
    health::{self, MarkError},
    identity::Support,
    notify::{self, Goes},
    status::Code,
};

use super::{By, Fields, notices::snoozes};
use crate::{
    http::{App, At, pages},
    ports::{
        self,
        helper::{case_id, refusal},
    },
};

/// Back to the person whose page the form is on.
async fn back(by: &By<Support>, fields: &Fields, notice: Notice) -> Response {
    let person = fields.one(Field::Person).parse::<UserRef>();
    let page = person.map_or_else(|_| paths::FIND_PERSON.to_owned(), paths::story);
    by.tell(&page, notice).await
}

/// `POST /admin/connections/{connection}/snooze`
pub(super) async fn snooze(
    State(app): State<App>,
    by: By<Support>,
    At(connection): At<ConnectionRef>,
    RawForm(raw): RawForm,
) -> Response {
    let fields = Fields::of(&raw);
    let mut known = SnoozeView::ALL.into_iter();
    let how_long = known.find(|how_long| how_long.value() == fields.one(Field::HowLong));
    let Some(how_long) = how_long else {
        return back(&by, &fields, Notice::NotFromHere).await;
    };
    let (id, client) = (ports::connection_id(connection), by.asking.client());
    let snoozed = app
        .notices
        .snooze_for(&by.person, &client, id, snoozes(how_long));
    let notice = match snoozed.await {
        Ok(Some(until)) => Notice::Help(HelpNotice::Snoozed(by.asking.calendar.when(until))),
        Ok(None) => return pages::not_found(&app, &by.asking),
        Err(error) => by.internal(&error),
    };
    back(&by, &fields, notice).await
}

/// `POST /admin/connections/{connection}/unsnooze`
pub(super) async fn unsnooze(
    State(app): State<App>,
    by: By<Support>,
    At(connection): At<ConnectionRef>,
    RawForm(raw): RawForm,
) -> Response {
    let fields = Fields::of(&raw);
    let (id, client) = (ports::connection_id(connection), by.asking.client());
    let notice = match app.notices.unsnooze_for(&by.person, &client, id).await {
        Ok(true) => Notice::Help(HelpNotice::Unsnoozed),
        Ok(false) => Notice::NotFromHere,
        Err(error) => by.internal(&error),
    };
    back(&by, &fields, notice).await
}

/// `POST /admin/connections/{connection}/mark`
pub(super) async fn mark(
    State(app): State<App>,
    by: By<Support>,
    At(connection): At<ConnectionRef>,
    RawForm(raw): RawForm,
) -> Response {
    let fields = Fields::of(&raw);
    let reason = fields.one(Field::Reason).to_owned();
    marked(app, by, connection, &fields, Some(&reason)).await
}

/// `POST /admin/connections/{connection}/unmark`
pub(super) async fn unmark(
    State(app): State<App>,
    by: By<Support>,
    At(connection): At<ConnectionRef>,
    RawForm(raw): RawForm,
) -> Response {
    marked(app, by, connection, &Fields::of(&raw), None).await
}

async fn marked(
    app: App,
    by: By<Support>,
    connection: ConnectionRef,
    fields: &Fields,
    reason: Option<&str>,
) -> Response {
    let mark = Mark::parse(fields.one(Field::Mark));
    let known = mark.and_then(|mark| Some((mark, health::Mark::read(mark.value())?)));
    let Some((mark, of)) = known else {
        return back(&by, fields, Notice::NotFromHere).await;
    };
    // No database stores a control character that somebody slipped in.
    if reason.is_some_and(|reason| reason.contains(char::is_control)) {
        return back(&by, fields, Notice::Help(HelpNotice::NoReason)).await;
    }
    let (id, client) = (ports::connection_id(connection), by.asking.client());
    let done = app
        .helping
        .marks
        .mark(&by.person, &client, id, of, reason)
        .await;
    let notice = match done {
        Ok(()) if reason.is_some() => Notice::Help(HelpNotice::Marked(mark)),
        Ok(()) => Notice::Help(HelpNotice::Unmarked(mark)),
        Err(MarkError::NotFound) => return pages::not_found(&app, &by.asking),
        Err(MarkError::Reason) => Notice::Help(HelpNotice::NoReason),
        Err(MarkError::Store(error)) => by.internal(&error),
    };
    back(&by, fields, notice).await
}

/// `POST /admin/connections/{connection}/letter`
pub(super) async fn letter(
    State(app): State<App>,
    by: By<Support>,
    At(connection): At<ConnectionRef>,
    RawForm(raw): RawForm,
) -> Response {
    let fields = Fields::of(&raw);
    let (id, client) = (ports::connection_id(connection), by.asking.client());
    let notice = match app.notices.write_by_hand(&by.person, &client, id).await {
        Ok(Goes::Now) => HelpNotice::LetterSent,
        Ok(Goes::At(at)) => HelpNotice::LetterAt(by.asking.calendar.when(at)),
        Err(error) => match (refusal(&error, by.asking.calendar), error) {
            (Some(why), _) => HelpNotice::NoLetter(why),
            (None, notify::NoLetter::Store(error)) => {
                let notice = by.internal(&error);
                return back(&by, &fields, notice).await;
            }
            (None, _) => return pages::not_found(&app, &by.asking),
        },
    };
    back(&by, &fields, Notice::Help(notice)).await
}

/// `POST /admin/cases`: Mastercard was told.
pub(super) async fn case_sent(
    State(app): State<App>,
    by: By<Support>,
    RawForm(raw): RawForm,
) -> Response {
    let fields = Fields::of(&raw);
    let code = fields.one(Field::StatusCode).parse::<i64>();
    let place = fields.one(Field::Institution).parse::<InstitutionId>();
    let (Ok(code), Ok(institution)) = (code, place) else {
        return by.tell(paths::CASES, Notice::NotFromHere).await;
    };
    let Ok(place) = i64::try_from(institution.get()) else {
        return by.tell(paths::CASES, Notice::NotFromHere).await;
    };
    let connections: Vec<ConnectionRef> = fields.ids(Field::Connection);
    let connections: Vec<_> = connections.into_iter().map(ports::connection_id).collect();
    let (client, number) = (by.asking.client(), fields.one(Field::Number));
    let of = (Code::new(code), place);
    let sent = app
        .helping
        .cases
        .sent(&by.person, &client, of, &connections, number);
    let bundle = BundleFilter {
        code,
        institution,
        days: fields.one(Field::Days).parse().unwrap_or(DAYS),
    };
    let (page, notice) = match sent.await {
        Ok(case) => {
            let page = paths::case(CaseRef::new(case.0.as_u128()));
            (page, Notice::Help(HelpNotice::CaseSent))
        }
        Err(CaseError::Nothing) => (paths::CASES.to_owned(), Notice::Help(HelpNotice::CaseEmpty)),
        Err(CaseError::NotANumber) => (bundle.path(), Notice::Help(HelpNotice::NotANumber)),
        Err(CaseError::Store(error)) => (paths::CASES.to_owned(), by.internal(&error)),
    };
    by.tell(&page, notice).await
}

/// `POST /admin/cases/{case}/number`
pub(super) async fn case_number(
    State(app): State<App>,
    by: By<Support>,
    At(case): At<CaseRef>,
    RawForm(raw): RawForm,
) -> Response {
    let fields = Fields::of(&raw);
    let (client, number) = (by.asking.client(), fields.one(Field::Number));
    let done = app
        .helping
        .cases
        .number(&by.person, &client, case_id(case), number);
    let notice = match done.await {
        Ok(()) => Notice::Help(HelpNotice::CaseNumbered),
        Err(CaseError::Nothing) => return pages::not_found(&app, &by.asking),
        Err(CaseError::NotANumber) => Notice::Help(HelpNotice::NotANumber),
        Err(CaseError::Store(error)) => by.internal(&error),
    };
    by.tell(&paths::case(case), notice).await
}
