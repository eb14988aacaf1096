//! Which template shows a visit, and with what values.

use chrono::{DateTime, Utc};
use minijinja::{Value, context};
use serde_json::json;

use crate::people::{self, AccountSeed, Question, QuestionKind};

use super::end::End;
use super::limits::Phase;
use super::step::{Away, Step, Window};
use super::store::VisitId;
use super::visit::Visit;
use super::words::{self, Notice};
use super::world::{Institution, Link};

/// Where a visit's pages are.
pub(super) fn base(id: &VisitId) -> String {
    format!("/connect/{id}")
}

/// What happens to the institution's window at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Return {
    /// It is the visitor's only one and goes back.
    SameWindow,
    /// It was opened for the purpose and closes.
    OwnWindow,
}

impl Return {
    /// Told by the query, which the pages carry along.
    pub(super) fn of(query: Option<&str>) -> Self {
        match query {
            Some("window=own") => Self::OwnWindow,
            _ => Self::SameWindow,
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::SameWindow => "",
            Self::OwnWindow => "?window=own",
        }
    }
}

/// The institution's own site for a visit.
pub(super) fn site_path(id: &VisitId, back: Return) -> String {
    format!("/institution/{id}{}", back.suffix())
}

/// The template that shows where the visit stands, with its values.
pub(super) fn current(visit: &Visit, id: &VisitId, now: DateTime<Utc>) -> (&'static str, Value) {
    let shell = shell(visit, id, now);
    if let (Phase::Warning(left), None) = (visit.phase(now), visit.step.end()) {
        return (
            "idle.html",
            context! { left => words::span(left.num_seconds()), ..shell },
        );
    }
    match &visit.step {
        Step::Terms => ("terms.html", context! { broken => broken(visit), ..shell }),
        Step::SignIn => ("sign_in.html", context! { people => hints(), ..shell }),
        Step::Challenge(challenge) => {
            let questions: Vec<Value> = challenge.questions().iter().map(question).collect();
            ("challenge.html", context! { questions, ..shell })
        }
        Step::HandOff | Step::Away(_) => ("hand_off.html", hand_off(visit, id, shell)),
        Step::Discovering { ready, .. } => {
            let seconds = (*ready - now).num_seconds().max(1);
            ("discovering.html", context! { seconds, ..shell })
        }
        Step::Choice { person, found } => {
            let accounts = rows(found);
            (
                "accounts.html",
                context! { person => &person.name, accounts, ..shell },
            )
        }
        Step::Trouble(trouble) => {
            let (heading, text) = words::trouble(*trouble, &visit.institution.name);
            let code = trouble.code().map(|code| code.0);
            ("trouble.html", context! { heading, text, code, ..shell })
        }
        Step::Ended(end) => {
            let (heading, text) = words::end(end, visit.login.is_some());
            ("end.html", context! { heading, text, ..shell })
        }
    }
}

/// What the layout needs on every page of a visit.
fn shell(visit: &Visit, id: &VisitId, now: DateTime<Utc>) -> Value {
    let (screen, params) = route(visit);
    let end = visit.step.end();
    let return_url = end.and_then(|end| return_url(&visit.link, end, Some(&visit.institution)));
    context! {
        base => base(id),
        version => visit.version,
        framed => visit.window == Window::Frame,
        institution => institution(&visit.institution),
        remark => visit.remark.map(words::remark),
        refresh => refresh(visit, id, return_url.as_deref(), now),
        screen,
        params => params.to_string(),
        user => user_event(visit).map(|event| event.to_string()).unwrap_or_default(),
        end => end.map(|end| end.sdk_message().to_string()).unwrap_or_default(),
        return_url => return_url.unwrap_or_default(),
    }
}

fn institution(institution: &Institution) -> Value {
    let initial = institution
        .name
        .chars()
        .next()
        .unwrap_or('?')
        .to_uppercase();
    context! { name => &institution.name, initial => initial.to_string() }
}

fn return_url(link: &Link, end: &End, institution: Option<&Institution>) -> Option<String> {
    let at = institution.map(|institution| institution.id);
    let url = end.return_url(link.redirect_uri.as_deref()?, link.customer, at)?;
    Some(url.into())
}

/// Where a browser without script goes by itself, and when.
fn refresh(visit: &Visit, id: &VisitId, back: Option<&str>, now: DateTime<Utc>) -> Option<Value> {
    let after = |seconds: i64| context! { seconds, url => base(id) };
    match (&visit.step, visit.phase(now)) {
        (Step::Ended(_), _) => back.map(|url| context! { seconds => 0, url }),
        (Step::Discovering { .. }, _) => Some(after(2)),
        // The other window is where it goes on.
        (Step::HandOff | Step::Away(_), Phase::Active(_)) if visit.window == Window::Frame => {
            Some(after(3))
        }
        (_, Phase::Active(left) | Phase::Warning(left)) => Some(after(left.num_seconds() + 1)),
        (_, Phase::Over) => Some(after(1)),
    }
}

/// The SDK's route: screens by the names that older material lists.
fn route(visit: &Visit) -> (&'static str, serde_json::Value) {
    let at = json!({ "id": visit.institution.id });
    match &visit.step {
        Step::Terms if visit.login.is_some() => ("Select-Error-Accounts", json!({})),
        Step::SignIn | Step::Challenge(_) | Step::Discovering { .. } => ("Add-Institution", at),
        Step::HandOff | Step::Away(_) => ("Add-Oauth-Institution", at),
        Step::Choice { .. } => ("Add-Accounts", json!({})),
        Step::Ended(End::Complete { .. }) => ("Done", json!({})),
        Step::Terms | Step::Trouble(_) | Step::Ended(_) => ("", json!({})),
    }
}

/// The SDK's user event: once when adding begins, once with its result.
fn user_event(visit: &Visit) -> Option<serde_json::Value> {
    let (accounts, success, code) = match &visit.step {
        Step::SignIn | Step::HandOff => (&[][..], None, None),
        Step::Ended(End::Complete { accounts, .. }) => (accounts.as_slice(), Some(true), None),
        Step::Trouble(trouble) => (&[][..], Some(false), trouble.code()),
        _ => return None,
    };
    let ids: Vec<_> = accounts
        .iter()
        .filter_map(|account| account.get("id"))
        .collect();
    let login = accounts
        .first()
        .and_then(|account| account.get("institutionLoginId"));
    Some(json!({
        "action": "AddAccounts",
        "institutionId": visit.institution.id,
        "institutionLoginId": login,
        "accounts": ids.len(),
        "accountIds": ids,
        "success": success,
        "errorCode": code.map(|code| code.0),
    }))
}

fn broken(visit: &Visit) -> Vec<Value> {
    visit
        .broken()
        .map(|account| context! { name => &account.name, mask => &account.mask })
        .collect()
}

fn question(question: &Question) -> Value {
    let kind = match question.kind {
        QuestionKind::Text => "text",
        QuestionKind::Choice => "choice",
        QuestionKind::Code => "code",
        QuestionKind::Image => "image",
    };
    // The two commands among the pictures are words.
    let picture = |value: &str| kind == "image" && value.parse::<u8>().is_ok();
    let options: Vec<Value> = question
        .options
        .iter()
        .map(|option| {
            let picture = picture(&option.value);
            context! { value => &option.value, label => &option.label, picture }
        })
        .collect();
    context! { prompt => &question.prompt, kind, options }
}

/// The published sign-ins, so that nobody has to look them up.
fn hints() -> Vec<Value> {
    people::all()
        .iter()
        .map(|person| {
            let username = person.username.as_str();
            context! { username, password => person.password(), what => person.what_happens() }
        })
        .collect()
}

fn rows(accounts: &[AccountSeed]) -> Vec<Value> {
    accounts
        .iter()
        .map(|account| {
            context! {
                key => &account.key,
                name => &account.name,
                mask => &account.mask,
                kind => words::kind(&account.kind),
                balance => words::dollars(account.balance),
            }
        })
        .collect()
}

fn hand_off(visit: &Visit, id: &VisitId, shell: Value) -> Value {
    let back = match visit.window {
        Window::Frame => Return::OwnWindow,
        Window::Top => Return::SameWindow,
    };
    let away = matches!(visit.step, Step::Away(_));
    context! { away, hand_off => site_path(id, back), ..shell }
}

/// A page of the institution's own site.
pub(super) fn site(
    visit: &Visit,
    away: &Away,
    id: &VisitId,
    back: Return,
    now: DateTime<Utc>,
) -> (&'static str, Value) {
    let (left, quiet) = match visit.phase(now) {
        Phase::Active(left) => (left, None),
        Phase::Warning(left) => (left, Some(left)),
        Phase::Over => (chrono::Duration::zero(), None),
    };
    let warned = quiet.map(|left| {
        let left = words::span(left.num_seconds());
        format!("You have been quiet for a while. This page ends in {left}.")
    });
    let shell = context! {
        remark => warned.or_else(|| visit.remark.map(words::remark)),
        refresh => context! { seconds => left.num_seconds() + 1, url => site_path(id, back) },
        suffix => back.suffix(),
        ..site_shell(visit, id)
    };
    match away {
        Away::SignIn => ("institution_sign_in.html", shell),
        Away::Consent { person, found } => {
            let values = context! { person => &person.name, accounts => rows(found), ..shell };
            ("institution_consent.html", values)
        }
    }
}

fn site_shell(visit: &Visit, id: &VisitId) -> Value {
    let path = site_path(id, Return::SameWindow);
    context! {
        institution => institution(&visit.institution),
        colours => visit.institution.colour.as_ref().map(|_| format!("{path}/colours.css")),
        base => path,
        close => false,
        refresh => (),
    }
}

/// The last page of the institution's own window.
pub(super) fn site_done(visit: &Visit, id: &VisitId) -> Value {
    let heading = match &visit.step {
        Step::Ended(End::Complete { .. }) => "You have allowed access",
        Step::HandOff => "You have not allowed access",
        _ => "This page has ended",
    };
    context! {
        heading,
        text => "You can close this window and go back to where you came from.",
        go_on => (),
        close => true,
        ..site_shell(visit, id)
    }
}

/// A page without a visit.
pub(super) fn notice(notice: &Notice, link: Option<&Link>) -> Value {
    let end = notice.end.as_ref();
    let back = end
        .zip(link)
        .and_then(|(end, link)| return_url(link, end, None));
    context! {
        heading => &notice.heading,
        text => &notice.text,
        message => end.map(|end| end.sdk_message().to_string()).unwrap_or_default(),
        return_url => back.unwrap_or_default(),
        base => "",
        version => 0,
        framed => false,
        refresh => (),
        screen => "",
        params => "{}",
        user => "",
        end => "",
    }
}
