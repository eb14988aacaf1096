//! What pages post without script. A mistake is answered by 303 to the page it
//! came from and a flash; nothing is rendered here.

mod account;
mod campaigns;
mod connect;
mod erase;
mod factor;
mod help;
mod identity;
mod notices;
mod operations;
mod passkeys;
mod people;

use std::str::FromStr;

use axum::{
    Extension, Router,
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, post},
};
use relink_app::api::{
    forms::{Field, Flash, Form, Notice, Problem},
    paths,
    shared::Reference,
    visit::Person,
};
use relink_engine::identity::SignedIn;
use tower_sessions::Session;

use super::{
    App, pages,
    proof::Proof,
    visit::{Asking, leave},
};
use crate::ports;

/// Where a form posts to, and who answers.
type Handler = (&'static str, MethodRouter<App>);

/// Every form handler, and its path.
fn handlers() -> impl Iterator<Item = Handler> {
    others().into_iter().chain(second_factor())
}

/// Those of the second factor.
fn second_factor() -> [Handler; 16] {
    [
        (paths::SECOND_STEP, post(factor::show)),
        (paths::SET_UP, post(factor::begin_owed)),
        (paths::SET_UP_CODE, post(factor::finish_owed)),
        (paths::SECOND_FACTOR, post(factor::begin)),
        (paths::SECOND_FACTOR_CODE, post(factor::finish)),
        (paths::RECOVERY_CODES, post(factor::renew)),
        (paths::SECOND_FACTOR_REMOVE, post(factor::remove)),
        (paths::STEP_PASSKEY, post(factor::show)),
        (paths::STEP_PASSKEY_ASK, post(passkeys::ask_owed)),
        (paths::SET_UP_PASSKEY, post(passkeys::add_owed)),
        (paths::SET_UP_PASSKEY_ASK, post(passkeys::new_owed)),
        (paths::PASSKEYS, post(passkeys::add)),
        (paths::PASSKEYS_NEW, post(passkeys::new)),
        (paths::PASSKEYS_ASK, post(passkeys::ask)),
        ("/account/passkeys/{id}/name", post(passkeys::rename)),
        ("/account/passkeys/{id}/remove", post(passkeys::remove)),
    ]
}

fn others() -> [Handler; 54] {
    [
        (paths::SIGN_IN, post(identity::sign_in)),
        (paths::SIGN_UP, post(identity::sign_up)),
        (paths::SIGN_OUT, post(identity::sign_out)),
        (paths::CONFIRM_EMAIL, post(identity::confirm_email)),
        (paths::FORGOT_PASSWORD, post(identity::forgot_password)),
        (paths::RESET_PASSWORD, post(identity::reset_password)),
        (paths::CHANGE_PASSWORD, post(account::change_password)),
        (paths::PREFERENCES, post(account::prefer)),
        (
            paths::SIGN_OUT_EVERYWHERE,
            post(account::sign_out_everywhere),
        ),
        ("/account/sign-ins/{sign_in}/revoke", post(account::revoke)),
        (paths::ERASE, post(erase::oneself)),
        (paths::MISSING, post(connect::missing)),
        ("/connect/{id}", post(connect::start)),
        ("/connect/sessions/{id}/keep", post(connect::keep)),
        ("/connect/sessions/{id}/look", post(connect::look)),
        ("/connect/sessions/{id}/refresh", post(connect::refresh)),
        ("/accounts/{id}/remove", post(connect::remove)),
        ("/accounts/{id}/same", post(connect::same)),
        ("/connections/{id}/repair", post(connect::repair)),
        ("/connections/{id}/renew", post(connect::renew)),
        (paths::DISCONNECT_ALL, post(connect::disconnect_all)),
        ("/connections/{id}/disconnect", post(connect::disconnect)),
        ("/connections/{id}/snooze", post(notices::snooze)),
        ("/connections/{id}/unsnooze", post(notices::unsnooze)),
        (paths::NOTICES_SEEN, post(notices::seen)),
        (paths::NOTICE_SETTINGS, post(notices::choose)),
        (paths::EMAIL_AGAIN, post(notices::email_again)),
        (paths::PHONE, post(notices::begin_phone)),
        (paths::PHONE_CODE, post(notices::confirm_phone)),
        (paths::PHONE_REMOVE, post(notices::remove_phone)),
        (paths::UNSUBSCRIBE, post(notices::unsubscribe)),
        (paths::PEOPLE, post(people::invite)),
        ("/admin/invitations/{id}/withdraw", post(people::withdraw)),
        ("/admin/people/{id}/role", post(people::set_role)),
        ("/admin/people/{id}/access", post(people::set_access)),
        ("/admin/people/{id}/sign-ins", post(people::end_sign_ins)),
        (
            "/admin/people/{id}/second-factor",
            post(people::reset_factor),
        ),
        ("/admin/people/{id}/erase", post(erase::another)),
        (paths::AUDIT_EXPORT, post(people::export)),
        (paths::EVENTS_REPLAY, post(operations::replay_window)),
        ("/admin/events/{id}/replay", post(operations::replay)),
        ("/admin/jobs/{id}/retry", post(operations::retry)),
        ("/admin/jobs/{id}/cancel", post(operations::cancel)),
        ("/admin/connections/{id}/snooze", post(help::snooze)),
        ("/admin/connections/{id}/unsnooze", post(help::unsnooze)),
        ("/admin/connections/{id}/mark", post(help::mark)),
        ("/admin/connections/{id}/unmark", post(help::unmark)),
        ("/admin/connections/{id}/letter", post(help::letter)),
        (paths::CASES, post(help::case_sent)),
        ("/admin/cases/{id}/number", post(help::case_number)),
        (paths::CAMPAIGNS, post(campaigns::make)),
        ("/admin/campaigns/{id}/count", post(campaigns::count)),
        ("/admin/campaigns/{id}/send", post(campaigns::send)),
        ("/admin/campaigns/{id}/stop", post(campaigns::stop)),
    ]
}

pub(super) fn routes() -> Router<App> {
    let mut routes = Router::new();
    for (path, handler) in handlers() {
        routes = routes.route(path, handler);
    }
    routes
}

/// Where forms post to: what a walk over all routes has to visit.
pub fn form_paths() -> Vec<&'static str> {
    handlers().map(|(path, _)| path).collect()
}

/// Who posts, and what their answer needs. The way in lets nobody else through; a
/// sign-in that ended in between is told so, and who may not, that it is not for them.
struct By<P = SignedIn> {
    person: P,
    asking: Asking,
    session: Session,
}

impl<P: Proof> FromRequestParts<App> for By<P> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let session = Session::from_request_parts(parts, app).await;
        let session = session.map_err(IntoResponse::into_response)?;
        let asking = Extension::<Asking>::from_request_parts(parts, app).await;
        let Extension(asking) = asking.map_err(IntoResponse::into_response)?;
        let Some(person) = &asking.person else {
            return Err(tell(&session, paths::SIGN_IN, Notice::SignInFirst).await);
        };
        match P::of(person) {
            Some(person) => Ok(Self {
                person,
                asking,
                session,
            }),
            None => Err(pages::forbidden(app, &asking)),
        }
    }
}

impl By {
    /// The ports of a page, kept for this person.
    fn ports(&self, app: &App) -> Person {
        ports::of(app, self.person.clone(), &self.asking)
    }
}

impl<P> By<P> {
    async fn tell(&self, target: &str, notice: Notice) -> Response {
        tell(&self.session, target, notice).await
    }

    fn internal(&self, error: &dyn std::error::Error) -> Notice {
        internal(&self.asking, error)
    }
}

/// The thing that the address of a form is about. What is no id of ours came from
/// no page of ours.
struct Ours<T>(T);

impl<T: FromStr + Send> FromRequestParts<App> for Ours<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let text = Path::<String>::from_request_parts(parts, app).await;
        if let Some(id) = text.ok().and_then(|Path(text)| text.parse().ok()) {
            return Ok(Self(id));
        }
        let session = Session::from_request_parts(parts, app).await;
        let session = session.map_err(IntoResponse::into_response)?;
        Err(tell(&session, paths::CONNECTIONS, Notice::NotFromHere).await)
    }
}

/// The fields of a form, in the order they were posted; one may come often.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn of(raw: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(raw).into_owned().collect())
    }

    fn one(&self, field: Field) -> &str {
        self.all(field).next().unwrap_or_default()
    }

    fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(name, _)| name == field.name())
            .map(|(_, value)| value.as_str())
    }

    fn ids<T: FromStr>(&self, field: Field) -> Vec<T> {
        self.all(field).filter_map(|id| id.parse().ok()).collect()
    }
}

/// Goes to `target` and says something there.
async fn go(session: &Session, target: &str, flash: Flash) -> Response {
    leave(session, &flash).await;
    Redirect::to(target).into_response()
}

/// Goes to `target` with a notice about the whole page.
async fn tell(session: &Session, target: &str, notice: Notice) -> Response {
    go(
        session,
        target,
        Flash {
            notice: Some(notice),
            ..Flash::default()
        },
    )
    .await
}

/// A form that came back with mistakes.
struct Mistakes(Flash);

impl Mistakes {
    /// None yet.
    fn of(form: Form) -> Self {
        Self(Flash {
            form: Some(form),
            ..Flash::default()
        })
    }

    /// Something is wrong with a field.
    fn at(mut self, field: Field, problem: Problem) -> Self {
        self.0.problems.push((field, problem));
        self.0.notice = Some(Notice::LookBelow);
        self
    }

    /// Something is wrong with the whole form.
    fn because(mut self, notice: Notice) -> Self {
        self.0.notice = Some(notice);
        self
    }

    /// Keeps what was typed, save secrets and what no database stores.
    fn typed(mut self, field: Field, value: &str) -> Self {
        if !field.is_secret() {
            let kept = value.chars().filter(|letter| !letter.is_control());
            self.0.values.push((field, kept.take(320).collect()));
        }
        self
    }

    async fn at_page(self, session: &Session, target: &str) -> Response {
        go(session, target, self.0).await
    }
}

/// An error that is ours to find: logged here, once.
fn internal(asking: &Asking, error: &dyn std::error::Error) -> Notice {
    tracing::error!(
        error = super::chain(error),
        "a form could not be carried out"
    );
    Notice::Internal(Reference::new(asking.reference.clone()))
}

/// A page of the sign-in that leads on to `next`.
fn with_next(page: &str, next: &str) -> String {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    if next.is_empty() {
        page.to_owned()
    } else {
        format!("{page}?next={next}")
    }
}

/// Where to go after signing in: a page of ours and nothing else. Decoded once,
/// and compared as a path: `//elsewhere` and `/\elsewhere` are other sites.
fn inside(next: &str) -> &str {
    let local = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\r', '\n', '\t']);
    if local { next } else { paths::CONNECTIONS }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("/connect?q=chase", "/connect?q=chase")]
    #[case("//evil.example", paths::CONNECTIONS)]
    #[case("/\\evil.example", paths::CONNECTIONS)]
    #[case("https://evil.example", paths::CONNECTIONS)]
    #[case("javascript:alert(1)", paths::CONNECTIONS)]
    #[case("/\t/evil.example", paths::CONNECTIONS)]
    #[case("", paths::CONNECTIONS)]
    fn signing_in_leads_to_pages_of_ours(#[case] next: &str, #[case] target: &str) {
        assert_eq!(inside(next), target);
    }
}
