//! How a person is told: ways, hours, the phone, and what is kept quiet.

use axum::{
    Extension, Form as Typed,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::NaiveTime;
use relink_app::api::{
    forms::{Field, Form, Notice, Problem},
    ids::ConnectionRef,
    notices::{Digest as DigestView, SnoozeFor as SnoozeView},
    paths,
};
use relink_engine::{
    identity::SignedIn,
    notify::{ConfirmError, Digest, Phone, PhoneError, Preferences, Quiet, SnoozeFor},
};
use serde::Deserialize;
use tower_sessions::Session;

use super::{By, Mistakes, Ours, identity::too_many, internal, tell};
use crate::{
    http::{App, visit::Asking},
    ports,
};

/// `POST /notices/seen`
pub(super) async fn seen(State(app): State<App>, by: By) -> Response {
    let notice = match app.notices.mark_seen(&by.person).await {
        Ok(()) => Notice::NoticesRead,
        Err(error) => by.internal(&error),
    };
    by.tell(paths::NOTICES, notice).await
}

/// What the form posts. A box that is not ticked is not posted.
#[derive(Deserialize)]
pub(super) struct TellingForm {
    by_email: Option<String>,
    by_sms: Option<String>,
    #[serde(default)]
    digest: String,
    quiet: Option<String>,
    #[serde(default)]
    quiet_from: String,
    #[serde(default)]
    quiet_until: String,
}

impl TellingForm {
    /// The form as it was filled in, and what is wrong with it.
    fn mistakes(&self) -> Mistakes {
        let boxes = [
            (Field::ByEmail, &self.by_email),
            (Field::BySms, &self.by_sms),
            (Field::Quiet, &self.quiet),
        ];
        let mut mistakes = Mistakes::of(Form::Telling)
            .typed(Field::Digest, &self.digest)
            .typed(Field::QuietFrom, &self.quiet_from)
            .typed(Field::QuietUntil, &self.quiet_until);
        for (field, ticked) in boxes {
            if let Some(value) = ticked {
                mistakes = mistakes.typed(field, value);
            }
        }
        mistakes
    }

    fn digest(&self) -> Digest {
        if self.digest == DigestView::Daily.value() {
            Digest::Daily
        } else {
            Digest::Soon
        }
    }

    /// The quiet hours, if they are wanted; every field that makes no sense.
    fn quiet(&self) -> Result<Option<Quiet>, Vec<(Field, Problem)>> {
        if self.quiet.is_none() {
            return Ok(None);
        }
        match (time(&self.quiet_from), time(&self.quiet_until)) {
            (Some(from), Some(until)) => match Quiet::new(from, until) {
                Some(quiet) => Ok(Some(quiet)),
                None => Err(vec![(Field::QuietUntil, Problem::SameTime)]),
            },
            (from, until) => {
                let bad = [
                    (Field::QuietFrom, from.is_none()),
                    (Field::QuietUntil, until.is_none()),
                ];
                let bad = bad.into_iter().filter(|(_, bad)| *bad);
                Err(bad.map(|(field, _)| (field, Problem::NotATime)).collect())
            }
        }
    }
}

/// A time of day, as a field of a form gives it; some add seconds.
fn time(text: &str) -> Option<NaiveTime> {
    ["%H:%M", "%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(text.trim(), form).ok())
}

/// `POST /account/notices`
pub(super) async fn choose(
    State(app): State<App>,
    by: By,
    Typed(form): Typed<TellingForm>,
) -> Response {
    let mut mistakes = form.mistakes();
    let quiet = match form.quiet() {
        Ok(quiet) => quiet,
        Err(bad) => {
            for (field, problem) in bad {
                mistakes = mistakes.at(field, problem);
            }
            return mistakes.at_page(&by.session, paths::NOTICE_SETTINGS).await;
        }
    };
    match store(&app, &by.person, &form, quiet).await {
        Ok(()) => by.tell(paths::NOTICE_SETTINGS, Notice::TellingSaved).await,
        Err(error) => {
            mistakes
                .because(by.internal(&error))
                .at_page(&by.session, paths::NOTICE_SETTINGS)
                .await
        }
    }
}

async fn store(
    app: &App,
    person: &SignedIn,
    form: &TellingForm,
    quiet: Option<Quiet>,
) -> Result<(), relink_engine::store::StoreError> {
    let ways = app.notices.preferences(person).await?;
    // Without a phone the form has no box for it: nothing was said of it.
    let asked = ways.phone.is_some_and(|phone| phone.number.is_some());
    let chosen = Preferences {
        email: form.by_email.is_some(),
        sms: if asked {
            form.by_sms.is_some()
        } else {
            ways.preferences.sms
        },
        digest: form.digest(),
        quiet,
    };
    app.notices.set_preferences(person, chosen).await
}

/// `POST /account/notices/email`
pub(super) async fn email_again(State(app): State<App>, by: By) -> Response {
    let notice = match app.notices.try_email_again(&by.person).await {
        Ok(()) => Notice::EmailAgain,
        Err(error) => by.internal(&error),
    };
    by.tell(paths::NOTICE_SETTINGS, notice).await
}

/// A number.
#[derive(Deserialize)]
pub(super) struct PhoneForm {
    #[serde(default)]
    phone: String,
}

/// `POST /account/notices/phone`
pub(super) async fn begin_phone(
    State(app): State<App>,
    by: By,
    Typed(form): Typed<PhoneForm>,
) -> Response {
    let mistakes = Mistakes::of(Form::Phone).typed(Field::Phone, &form.phone);
    let said = match Phone::parse(&form.phone) {
        Err(_) if form.phone.trim().is_empty() => mistakes.at(Field::Phone, Problem::Missing),
        Err(_) => mistakes.at(Field::Phone, Problem::NotAPhone),
        Ok(phone) => match app.notices.begin_phone(&by.person, phone).await {
            Ok(()) => Mistakes::of(Form::Phone).because(Notice::CodeSent),
            Err(PhoneError::Off) => mistakes.because(Notice::NoTexts),
            Err(PhoneError::Stopped) => mistakes.at(Field::Phone, Problem::PhoneStopped),
            Err(PhoneError::TooMany(locked)) => mistakes.because(too_many(&app, locked)),
            Err(error @ PhoneError::Store(_)) => mistakes.because(by.internal(&error)),
        },
    };
    said.at_page(&by.session, paths::PHONE_PART).await
}

/// A code.
#[derive(Deserialize)]
pub(super) struct CodeForm {
    #[serde(default)]
    code: String,
}

/// `POST /account/notices/phone/code`
pub(super) async fn confirm_phone(
    State(app): State<App>,
    by: By,
    Typed(form): Typed<CodeForm>,
) -> Response {
    let mistakes = Mistakes::of(Form::PhoneCode);
    let code: String = form.code.split_whitespace().collect();
    let said = if code.is_empty() {
        mistakes.at(Field::Code, Problem::Missing)
    } else {
        match app.notices.confirm_phone(&by.person, &code).await {
            Ok(()) => mistakes.because(Notice::PhoneConfirmed),
            Err(ConfirmError::Wrong) => mistakes.at(Field::Code, Problem::WrongCode),
            Err(ConfirmError::Expired) => mistakes.at(Field::Code, Problem::CodeTooOld),
            Err(ConfirmError::TooMany(locked)) => mistakes.because(too_many(&app, locked)),
            Err(error @ ConfirmError::Store(_)) => mistakes.because(by.internal(&error)),
        }
    };
    said.at_page(&by.session, paths::PHONE_PART).await
}

/// `POST /account/notices/phone/remove`
pub(super) async fn remove_phone(State(app): State<App>, by: By) -> Response {
    let notice = match app.notices.remove_phone(&by.person).await {
        Ok(()) => Notice::PhoneRemoved,
        Err(error) => by.internal(&error),
    };
    let said = Mistakes::of(Form::Phone).because(notice);
    said.at_page(&by.session, paths::PHONE_PART).await
}

/// For how long.
#[derive(Deserialize)]
pub(super) struct SnoozeForm {
    #[serde(default)]
    how_long: String,
}

/// `POST /connections/{connection}/snooze`
pub(super) async fn snooze(
    State(app): State<App>,
    by: By,
    Ours(connection): Ours<ConnectionRef>,
    Typed(form): Typed<SnoozeForm>,
) -> Response {
    let mut known = SnoozeView::ALL.into_iter();
    let how_long = known.find(|how_long| how_long.value() == form.how_long);
    let Some(how_long) = how_long else {
        return by.tell(paths::CONNECTIONS, Notice::NotFromHere).await;
    };
    let id = ports::connection_id(connection);
    match app.notices.snooze(&by.person, id, snoozes(how_long)).await {
        Ok(Some(until)) => {
            let notice = Notice::Snoozed(by.asking.calendar.when(until));
            by.tell(&paths::one(connection), notice).await
        }
        Ok(None) => by.tell(paths::CONNECTIONS, Notice::NotFromHere).await,
        Err(error) => by.tell(paths::CONNECTIONS, by.internal(&error)).await,
    }
}

/// The engine's name for how long.
pub(super) fn snoozes(how_long: SnoozeView) -> SnoozeFor {
    match how_long {
        SnoozeView::Day => SnoozeFor::Day,
        SnoozeView::Week => SnoozeFor::Week,
        SnoozeView::Month => SnoozeFor::Month,
    }
}

/// `POST /connections/{connection}/unsnooze`
pub(super) async fn unsnooze(
    State(app): State<App>,
    by: By,
    Ours(connection): Ours<ConnectionRef>,
) -> Response {
    let id = ports::connection_id(connection);
    match app.notices.unsnooze(&by.person, id).await {
        Ok(true) => by.tell(&paths::one(connection), Notice::Unsnoozed).await,
        Ok(false) => by.tell(paths::CONNECTIONS, Notice::NotFromHere).await,
        Err(error) => by.tell(paths::CONNECTIONS, by.internal(&error)).await,
    }
}

/// `POST /unsubscribe`: the button of our page, with the token in the form; or
/// a mail program's one click (RFC 8058), with the token in the address. That
/// one says nothing of where it comes from and reads the status only.
pub(super) async fn unsubscribe(
    State(app): State<App>,
    session: Session,
    Extension(asking): Extension<Asking>,
    body: Bytes,
) -> Response {
    let mut query = asking.query.iter();
    let one_click = query.find(|(name, _)| name == Field::Token.name());
    if let Some((_, token)) = one_click {
        return match app.notices.unsubscribe(token).await {
            Ok(Some(_)) => StatusCode::OK.into_response(),
            Ok(None) => StatusCode::NOT_FOUND.into_response(),
            Err(error) => {
                internal(&asking, &error);
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        };
    }
    let mut fields = url::form_urlencoded::parse(&body);
    let token = fields.find(|(name, _)| name == Field::Token.name());
    let token = token
        .map(|(_, token)| token.into_owned())
        .unwrap_or_default();
    let notice = match app.notices.unsubscribe(&token).await {
        Ok(Some(_)) => Notice::Unsubscribed,
        Ok(None) => Notice::NotALetter,
        Err(error) => internal(&asking, &error),
    };
    let again: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
    tell(&session, &paths::unsubscribe(&again), notice).await
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("21:00", Some((21, 0)))]
    #[case("21:00:00", Some((21, 0)))]
    #[case(" 8:05 ", Some((8, 5)))]
    #[case("24:00", None)]
    #[case("9 pm", None)]
    #[case("", None)]
    fn times_of_day(#[case] typed: &str, #[case] read: Option<(u32, u32)>) {
        let read = read.and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
        assert_eq!(time(typed), read);
    }
}
