//! The way in: the router, and what holds for every request.
//!
//! From the outside in: the request gets its reference and span, security
//! headers, a panic becomes a 500, limits, the same-origin check; then the session,
//! who is signed in (`visit`, which answers a panic in that person's language), and
//! the page, server function or form handler.

mod address;
mod callbacks;
mod export;
mod forms;
mod headers;
mod health;
mod icons;
mod leaving;
mod live;
mod origin;
mod outbox;
mod pages;
mod proof;
mod returning;
mod sessions;
mod trace;
mod visit;
mod webhook;

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts, Path},
    http::{HeaderValue, StatusCode, header, request},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono_tz::Tz;
use relink_app::api::{paths, site::SiteFacts};
use relink_engine::{
    connect::Connect,
    connections::{Connections, Limits},
    health::Health,
    identity::Identity,
    institutions::{Institutions, icons::IconService},
    jobs::JobDesk,
    notify::Notices,
    outages::Outages,
    repair::Repairs,
    store::Store,
    sweep::Sweeps,
    tasks::Tasks,
    time::Clocks,
    webhooks::{EventLog, Webhooks},
};
use relink_mastercard::Client;
use tower::ServiceBuilder;
use tower_http::{
    limit::RequestBodyLimitLayer, services::ServeDir, set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use self::origin::OwnOrigin;
pub use self::{callbacks::Callers, forms::form_paths, visit::Asking};
use crate::{helping::Helping, mail::Outbox, metrics::Metrics, ports::Texts};

/// No machine waits longer for us; people wait [`Settings::answer_within`].
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// Forms and server functions are small.
const LARGEST_FORM: usize = 64 * 1024;

/// Everything a request may need.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts, built by [`crate::assembly`].
pub struct Parts {
    /// The database, for readiness.
    pub store: Store,
    /// Both clocks.
    pub clocks: Clocks,
    /// Work beside requests.
    pub tasks: Tasks,
    /// Signing up and in.
    pub identity: Identity,
    /// How all connections are.
    pub health: Health,
    /// What support works with.
    pub helping: Helping,
    /// From when on a fact means something.
    pub limits: Limits,
    /// Finding institutions.
    pub institutions: Arc<Institutions>,
    /// Their pictures.
    pub icons: Arc<IconService>,
    /// Connecting.
    pub connect: Connect,
    /// What is connected.
    pub connections: Connections,
    /// Repairing what broke.
    pub repairs: Repairs,
    /// The daily reading.
    pub sweeps: Sweeps,
    /// Trouble that is not the users' own.
    pub outages: Outages,
    /// Telling people.
    pub notices: Notices,
    /// The receiver of events.
    pub webhooks: Webhooks,
    /// What it received, for staff.
    pub events: EventLog,
    /// The queue, for staff.
    pub job_desk: JobDesk,
    /// What this process has done.
    pub metrics: Arc<Metrics>,
    /// Mastercard, for the health page.
    pub client: Client,
    /// What is the same for everybody.
    pub site: Arc<SiteFacts>,
    /// The operator's words.
    pub texts: Texts,
    /// Letters of the sandbox environment.
    pub outbox: Option<Outbox>,
    /// Who else may call us, and proves it.
    pub callers: Callers,
    /// How requests are taken.
    pub settings: Settings,
}

/// How requests are taken.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Our own origin, as browsers write it.
    pub origin: String,
    /// Whether it is https.
    pub secure: bool,
    /// How long people wait for a page before it says that it cannot be had
    /// now; a refresh is waited for beside the request.
    pub answer_within: Duration,
    /// How many proxies of the operator's stand in front.
    pub trusted_proxies: usize,
    /// By which clock people read who chose none.
    pub zone: Tz,
    /// The built browser part.
    pub site: PathBuf,
    /// The origin of Data Connect, where pages may frame it.
    pub frame_origin: Option<String>,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Takes the parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

/// The whole way in.
pub fn router(app: &App) -> Router {
    router_with(app, Router::new(), Router::new())
}

/// The same with more pages of people, and more that asks for nobody: tests bring
/// handlers that fail.
pub fn router_with(app: &App, more: Router<App>, open: Router<App>) -> Router {
    let longest = app.identity.settings().lifetimes.absolute();
    let people = Router::new()
        .merge(pages::routes(app))
        .merge(forms::routes())
        .route("/connect/return/{reference}", get(returning::arrive))
        .route("/icons/{institution}", get(icons::serve))
        .route(paths::LIVE, get(live::changes))
        .route(paths::ADMIN_INSTITUTIONS_CSV, get(export::institutions))
        .route(paths::CASE_BUNDLE_CSV, get(export::bundle))
        .route("/admin/cases/{id}/csv", get(export::case))
        .route("/admin/campaigns/{id}/csv", get(export::campaign))
        .route(paths::FUNNELS_CSV, get(export::funnel))
        .route("/outbox", get(outbox::list))
        .route("/outbox/{letter}", get(outbox::show))
        .merge(more)
        .layer(middleware::from_fn_with_state(app.clone(), visit::attach))
        .layer(sessions::layer(
            app.identity.sessions().clone(),
            app.settings.secure,
            longest,
        ))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            visit::never_blank,
        ))
        .layer(DefaultBodyLimit::max(LARGEST_FORM));
    let machines = Router::new()
        .route("/webhooks/mastercard/{reference}", post(webhook::receive))
        .route(callbacks::BOUNCES, post(callbacks::bounce))
        .route(callbacks::TEXTS, post(callbacks::reply))
        .layer(DefaultBodyLimit::max(relink_engine::webhooks::LARGEST_BODY))
        // Refuses by the announced length, before anything is read.
        .layer(RequestBodyLimitLayer::new(
            relink_engine::webhooks::LARGEST_BODY,
        ))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    let secure = app.settings.secure;
    let around = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(
            app.metrics.clone(),
            trace::reference,
        ))
        .layer(middleware::from_fn_with_state(
            headers::Secure(secure),
            headers::security,
        ))
        .layer(middleware::from_fn_with_state(
            app.clone(),
            trace::apologise,
        ))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            TIME_LIMIT,
        ))
        .layer(middleware::from_fn_with_state(
            OwnOrigin(app.settings.origin.clone()),
            origin::same_origin,
        ));
    let pages = Router::new()
        .merge(people)
        .merge(machines)
        .merge(open)
        .with_state(app.clone());
    files(&app.settings.site).merge(pages).layer(around)
}

/// The built browser part. Names under `pkg` carry the content's hash.
fn files(site: &std::path::Path) -> Router {
    let cached = |value| {
        SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static(value))
    };
    let hashed = ServeDir::new(site.join("pkg")).precompressed_br();
    let named =
        |file: &str| tower_http::services::ServeFile::new(site.join(file)).precompressed_br();
    Router::new()
        .nest_service(
            "/pkg",
            ServiceBuilder::new()
                .layer(cached("public, max-age=31536000, immutable"))
                .service(hashed),
        )
        .merge(
            Router::new()
                .route_service(paths::EMBEDDED, named("embedded.js"))
                .route_service(paths::FOLLOWING, named("live.js"))
                .route_service(paths::PASSKEYS_SCRIPT, named("passkeys.js"))
                .route_service("/favicon.svg", named("favicon.svg"))
                .route_service("/favicon.ico", named("favicon.svg"))
                .route_service("/robots.txt", named("robots.txt"))
                .layer(cached("public, max-age=3600")),
        )
}

/// Serves until `tasks` stops, then finishes the requests that are under way.
pub async fn serve(
    listener: tokio::net::TcpListener,
    router: Router,
    tasks: &Tasks,
) -> std::io::Result<()> {
    use axum::serve::ListenerExt as _;
    // Without it a page that is written in two pieces waits 40 ms for the
    // browser's acknowledgement of the first.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was refused");
        }
    });
    let stop = tasks.stop_signal().clone();
    axum::serve(
        listener,
        router.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(async move { stop.cancelled().await })
    .await
}

/// The thing that an address of ours is about. What is no id of ours leads to
/// the page that says so; axum's own refusal is a line of text.
struct At<T>(T);

impl<T: std::str::FromStr + Send> FromRequestParts<App> for At<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut request::Parts, app: &App) -> Result<Self, Response> {
        let text = Path::<String>::from_request_parts(parts, app).await;
        if let Some(id) = text.ok().and_then(|Path(text)| text.parse().ok()) {
            return Ok(Self(id));
        }
        Err(match parts.extensions.get::<Asking>() {
            Some(asking) => pages::not_found(app, asking),
            None => StatusCode::NOT_FOUND.into_response(),
        })
    }
}

/// The reference of a connect session, as addresses carry it: letters and
/// digits. What cannot be one never reaches the database.
fn reference(text: &str) -> Option<&str> {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (plain && !text.is_empty()).then_some(text)
}

/// An error and everything behind it, for the log.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        text = format!("{text}: {error}");
        next = error.source();
    }
    text
}
