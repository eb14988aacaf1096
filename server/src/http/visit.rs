//! Who asks, in which language, and what a form left behind.

use std::net::{IpAddr, SocketAddr};

use axum::{
    body::HttpBody as _,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use chrono_tz::Tz;
use relink_app::{
    PageFault,
    api::{
        forms::{Flash, Notice},
        paths,
        visit::Browser,
    },
    routes::{Access, access},
    words::Language,
};
use relink_engine::identity::{Client, HALF, Half, SessionData, SignedIn};
use tower_sessions::Session;

use super::{
    App,
    address::client_address,
    pages, sessions,
    trace::{self, RequestReference},
};
use crate::calendar::Calendar;

/// What a session keeps for the next page.
const FLASH: &str = "flash";

/// A request, as handlers and pages need it.
#[derive(Clone)]
pub struct Asking {
    /// Who is signed in: the proof itself.
    pub person: Option<SignedIn>,
    /// What a sign-in owes whose password was right: no proof at all.
    pub half: Option<Half>,
    /// Where from, behind the trusted proxies.
    pub address: IpAddr,
    /// The browser, in its own words.
    pub user_agent: Option<String>,
    /// The language of the words.
    pub language: Language,
    /// How days and times are told.
    pub calendar: Calendar,
    /// What a form left behind; taken for pages only.
    pub flash: Flash,
    /// The request's reference.
    pub reference: String,
    /// The query, decoded once.
    pub query: Vec<(String, String)>,
    /// What the browser is.
    pub browser: Browser,
}

impl Asking {
    /// Where the request comes from, for limits, the list of sign-ins and the
    /// audit.
    pub fn client(&self) -> Client {
        Client {
            address: self.address,
            user_agent: self.user_agent.clone(),
        }
    }

    /// By which clock the person reads.
    pub fn zone(&self) -> Tz {
        self.calendar.zone()
    }
}

/// Finds out who asks, and sends away who may not.
pub(super) async fn attach(
    State(app): State<App>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(person) = signed_in(&app, &session).await else {
        return away(&app, &request);
    };
    let half = match &person {
        None => half(&app, &session).await,
        Some(_) => Some(None),
    };
    let Some(half) = half else {
        return away(&app, &request);
    };
    let uri = request.uri().clone();
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    // Server functions answer for themselves; letters are read before anybody
    // can be signed in.
    let rpc = uri.path().starts_with("/rpc/");
    if person.is_none()
        && !rpc
        && !uri.path().starts_with("/outbox")
        && access(uri.path()) != Access::Open
    {
        return to_sign_in(&session, safe.then_some(&uri)).await;
    }
    let page = safe && !rpc;
    let flash = if page {
        take_flash(&session).await
    } else {
        Flash::default()
    };
    let asking = Asking {
        half,
        ..asking(&app, &request, person, flash)
    };
    request.extensions_mut().insert(asking.clone());
    // Several slow calls can stand behind one click; what they were for goes on
    // at the next one, and nobody waits for an answer that may never come.
    let answer = trace::caught(next.run(request));
    match tokio::time::timeout(app.settings.answer_within, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(trace::Panicked)) => pages::broken(&app, &asking),
        Err(_) => {
            tracing::warn!("a page took too long");
            pages::busy(&app, &asking)
        }
    }
}

/// Who is signed in, if anybody is; `None` when our records cannot be read.
async fn signed_in(app: &App, session: &Session) -> Option<Option<SignedIn>> {
    let Some(id) = session.id() else {
        return Some(None);
    };
    // Loading counts as use, which keeps the sign-in from ending.
    if let Err(error) = session.load().await {
        tracing::error!(%error, "the session cannot be loaded");
        return None;
    }
    let found = app.identity.sessions().signed_in(&sessions::key(id)).await;
    found
        .inspect_err(|error| {
            let error = super::chain(error);
            tracing::error!(error, "the session cannot be checked");
        })
        .ok()
}

/// What the session owes, if it owes anything; `None` when our records cannot
/// be read.
async fn half(app: &App, session: &Session) -> Option<Option<Half>> {
    if session.id().is_none() {
        return Some(None);
    }
    let Ok(Some(mark)) = session.get_value(HALF).await else {
        return Some(None);
    };
    let data = SessionData::from([(HALF.to_owned(), mark)]);
    let found = app.identity.half(&data).await;
    found
        .inspect_err(|error| {
            let error = super::chain(error);
            tracing::error!(error, "what a sign-in owes cannot be read");
        })
        .ok()
}

/// Our own records cannot be reached.
fn away(app: &App, request: &Request) -> Response {
    let language = language(None, request.headers());
    pages::apology(app, language, request.extensions().get(), PageFault::Busy)
}

/// The session layer answers a session that cannot be saved with an empty 500.
pub(super) async fn never_blank(State(app): State<App>, request: Request, next: Next) -> Response {
    let reference = request.extensions().get::<RequestReference>().cloned();
    let language = language(None, request.headers());
    let response = next.run(request).await;
    let failed = response.status() == StatusCode::INTERNAL_SERVER_ERROR;
    if failed && response.body().is_end_stream() {
        return pages::apology(&app, language, reference.as_ref(), PageFault::Busy);
    }
    response
}

async fn to_sign_in(session: &Session, wanted: Option<&Uri>) -> Response {
    leave(
        session,
        &Flash {
            notice: Some(Notice::SignInFirst),
            ..Flash::default()
        },
    )
    .await;
    let mut target = paths::SIGN_IN.to_owned();
    if let Some(wanted) = wanted.and_then(Uri::path_and_query) {
        let next: String =
            url::form_urlencoded::byte_serialize(wanted.as_str().as_bytes()).collect();
        target = format!("{target}?next={next}");
    }
    Redirect::to(&target).into_response()
}

/// Leaves something for the next page.
pub(super) async fn leave(session: &Session, flash: &Flash) {
    if let Err(error) = session.insert(FLASH, flash).await {
        // The page comes without its notice; nothing else is lost.
        tracing::warn!(%error, "a notice for the next page was lost");
    }
}

/// Looks before it takes: taking marks the session as changed even where there
/// was nothing, and each page would cost a write.
async fn take_flash(session: &Session) -> Flash {
    if session.id().is_none() {
        return Flash::default();
    }
    match session.get_value(FLASH).await {
        Ok(Some(_)) => session.remove(FLASH).await.ok().flatten(),
        Ok(None) | Err(_) => None,
    }
    .unwrap_or_default()
}

fn asking(app: &App, request: &Request, person: Option<SignedIn>, flash: Flash) -> Asking {
    let headers = request.headers();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)), |info| info.0);
    let reference = request.extensions().get::<RequestReference>();
    let query = request.uri().query().unwrap_or_default();
    let user_agent = text(headers, header::USER_AGENT.as_str());
    let spoken = person.as_ref().map(|person| person.language().as_str());
    let language = language(spoken, headers);
    let zone = person.as_ref().and_then(SignedIn::zone);
    Asking {
        address: client_address(peer, headers, app.settings.trusted_proxies),
        browser: browser(user_agent.as_deref().unwrap_or_default()),
        calendar: Calendar::new(language, zone.unwrap_or(app.settings.zone)),
        language,
        user_agent,
        flash,
        reference: reference
            .map(|reference| reference.0.clone())
            .unwrap_or_default(),
        query: url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect(),
        person,
        half: None,
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}

/// The person's own choice, else what the browser wishes most of what we speak.
pub(super) fn language(chosen: Option<&str>, headers: &HeaderMap) -> Language {
    let spoken = |tag: &str| Language::of_tag(tag.split('-').next().unwrap_or_default());
    let wishes = text(headers, header::ACCEPT_LANGUAGE.as_str()).unwrap_or_default();
    let mut wishes: Vec<_> = wishes.split(',').map(wish).collect();
    // Of equals the first one named counts: the sort is stable.
    wishes.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    let wishes = wishes.into_iter().filter(|(_, weight)| *weight > 0);
    chosen
        .into_iter()
        .chain(wishes.map(|(tag, _)| tag))
        .find_map(spoken)
        .unwrap_or_default()
}

/// A tag and its weight in thousandths: `fr-CA;q=0.8`. A weight that is none
/// counts as no wish.
fn wish(part: &str) -> (&str, u16) {
    let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
    let weight = weight.trim().strip_prefix("q=").unwrap_or_default();
    let weight: f32 = weight.parse().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=1000"
    )]
    let thousandths = (weight.clamp(0.0, 1.0) * 1000.0) as u16;
    (tag.trim(), thousandths)
}

/// In-app browsers name themselves; Chase and others refuse them.
fn browser(user_agent: &str) -> Browser {
    const IN_APP: [&str; 9] = [
        "FBAN",
        "FBAV",
        "Instagram",
        "Line/",
        "LinkedInApp",
        "Snapchat",
        "TikTok",
        "Twitter",
        "; wv)",
    ];
    if IN_APP.iter().any(|mark| user_agent.contains(mark)) {
        Browser::InApp
    } else {
        Browser::Ordinary
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use async_trait::async_trait;
    use rstest::rstest;
    use tower_sessions::{
        SessionStore,
        session::{Id, Record},
        session_store::Result,
    };

    use super::*;

    #[rstest]
    #[case::none(None, "", Language::English)]
    #[case::first(None, "es-MX,es;q=0.9,en;q=0.8", Language::Spanish)]
    #[case::unknown_before(None, "de-DE, de;q=0.9, fr-CA;q=0.7, en;q=0.3", Language::French)]
    #[case::weight_before_order(None, "en;q=0.2, fr;q=0.8, es;q=0.5", Language::French)]
    #[case::equals_in_order(None, "fr;q=0.5, es;q=0.5", Language::French)]
    #[case::refused(None, "es;q=0, fr;q=0.1", Language::French)]
    #[case::nonsense(None, "es;q=NaN, fr;q=x, ;;, *", Language::English)]
    #[case::capitals(None, "ES-us", Language::Spanish)]
    #[case::chosen_first(Some("es"), "fr", Language::Spanish)]
    #[case::chosen_unspoken(Some("de"), "fr", Language::French)]
    fn languages(#[case] chosen: Option<&str>, #[case] wishes: &str, #[case] spoken: Language) {
        let wishes = (header::ACCEPT_LANGUAGE, wishes.parse().unwrap());
        let headers = HeaderMap::from_iter([wishes]);
        assert_eq!(language(chosen, &headers), spoken);
    }

    /// A store in which every session keeps the same.
    #[derive(Debug)]
    struct Kept(serde_json::Value);

    #[async_trait]
    impl SessionStore for Kept {
        async fn save(&self, _: &Record) -> Result<()> {
            Ok(())
        }

        async fn load(&self, id: &Id) -> Result<Option<Record>> {
            Ok(Some(Record {
                id: *id,
                data: serde_json::from_value(self.0.clone()).unwrap(),
                expiry_date: time::OffsetDateTime::UNIX_EPOCH,
            }))
        }

        async fn delete(&self, _: &Id) -> Result<()> {
            Ok(())
        }
    }

    fn session(kept: serde_json::Value) -> Session {
        Session::new(Some(Id::default()), Arc::new(Kept(kept)), None)
    }

    #[tokio::test]
    async fn a_page_changes_the_session_only_where_something_was_left() {
        let empty = session(serde_json::json!({ "other": 1 }));
        assert_eq!(take_flash(&empty).await, Flash::default());
        assert!(!empty.is_modified(), "a page view would write");

        let flash = Flash {
            notice: Some(Notice::SignInFirst),
            ..Flash::default()
        };
        let full = session(serde_json::json!({ FLASH: flash }));
        assert_eq!(take_flash(&full).await, flash);
        assert!(full.is_modified(), "it would be shown again");
        assert_eq!(take_flash(&full).await, Flash::default());
    }
}
