//! Pages and server functions: Leptos behind the same door.

use axum::{
    Extension, Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{Html, IntoResponse, Response},
    routing::{MethodFilter, on},
};
use leptos::{prelude::*, server_fn::axum::server_fn_paths};
use leptos_axum::{ResponseOptions, generate_route_list, handle_server_fns_with_context};
use relink_app::{
    PageFault,
    api::{refusal::Fault, rows::BadPart, shared::Reference, visit::Visit},
    words::Language,
};
use tower_http::limit::RequestBodyLimitLayer;

use super::{App, headers, trace::RequestReference, visit::Asking};
use crate::ports;

/// Every page, every server function, and the answer where there is none.
pub(super) fn routes(app: &App) -> Router<App> {
    let context = provide(app.clone());
    let mut pages = Router::new();
    for (path, method) in server_fn_paths() {
        let context = context.clone();
        let call = move |request: Request| handle_server_fns_with_context(context.clone(), request);
        // No standard method is unknown to the filter.
        if let Ok(method) = MethodFilter::try_from(method) {
            pages = pages.route(path, on(method, call));
        }
    }
    // A server function reads its whole body: axum's own limit does not reach it.
    pages = pages.layer(RequestBodyLimitLayer::new(super::LARGEST_FORM));
    for page in generate_route_list(relink_app::App) {
        let context = context.clone();
        let render = leptos_axum::render_app_async_with_context(context, relink_app::shell);
        pages = pages.route(page.path(), axum::routing::get(render));
    }
    pages.fallback(missing)
}

/// Puts the request's one value into context, and its policy on the answer.
fn provide(app: App) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        let Some(asking) = use_context::<Parts>().and_then(|parts| {
            let asking = parts.extensions.get::<Asking>().cloned()?;
            Some((asking, parts.uri.path().to_owned()))
        }) else {
            return;
        };
        let (asking, path) = asking;
        let nonce = leptos::nonce::use_nonce()
            .map(|nonce| nonce.to_string())
            .unwrap_or_default();
        if let (Some(response), Some(policy)) = (
            use_context::<ResponseOptions>(),
            headers::page_policy(Some(&nonce), app.settings.frame_origin.as_deref()),
        ) {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
            response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        provide_context(visit(&app, asking, path, nonce));
    }
}

fn visit(app: &App, asking: Asking, path: String, nonce: String) -> Visit {
    Visit {
        person: ports::person(app, &asking),
        admin: ports::admin(app, &asking),
        helper: ports::helper(app, &asking),
        keeper: ports::keeper(app, &asking),
        owed: ports::owed(app, &asking),
        links: Some(ports::links(app, &asking)),
        site: app.site.clone(),
        language: asking.language,
        reference: Reference::new(asking.reference),
        flash: asking.flash,
        query: asking.query,
        browser: asking.browser,
        nonce,
        path,
    }
}

async fn missing(
    State(app): State<App>,
    Extension(asking): Extension<Asking>,
    uri: Uri,
) -> Response {
    let visit = visit(&app, asking, uri.path().to_owned(), String::new());
    fault(&visit, PageFault::NotFound)
}

/// There is no such page, or it is not this person's.
pub(super) fn not_found(app: &App, asking: &Asking) -> Response {
    let visit = visit(app, asking.clone(), String::new(), String::new());
    fault(&visit, PageFault::NotFound)
}

/// There is such a page, for others.
pub(super) fn forbidden(app: &App, asking: &Asking) -> Response {
    let visit = visit(app, asking.clone(), String::new(), String::new());
    fault(&visit, PageFault::Forbidden)
}

/// A part of an address of a file makes no sense; `back` is where to begin anew.
pub(super) fn bad_address(app: &App, asking: &Asking, bad: &BadPart, back: &str) -> Response {
    let visit = visit(app, asking.clone(), String::new(), String::new());
    let html = Html(relink_app::bad_address_page(&visit, bad, back));
    under_policy((StatusCode::BAD_REQUEST, html).into_response())
}

/// It is ours to find; the log has it under the reference.
pub(super) fn broken(app: &App, asking: &Asking) -> Response {
    let reference = Reference::new(asking.reference.clone());
    let visit = visit(app, asking.clone(), String::new(), String::new());
    fault(&visit, Fault::Internal(reference).into())
}

/// What a page needs does not answer in time.
pub(super) fn busy(app: &App, asking: &Asking) -> Response {
    let visit = visit(app, asking.clone(), String::new(), String::new());
    fault(&visit, PageFault::Busy)
}

/// Before anybody knows who asks: an apology with a way on.
pub(super) fn apology(
    app: &App,
    language: Language,
    reference: Option<&RequestReference>,
    why: PageFault,
) -> Response {
    let mut visit = Visit::of_nobody(app.site.clone(), language);
    if let Some(reference) = reference {
        visit.reference = Reference::new(reference.0.clone());
    }
    fault(&visit, why)
}

fn fault(visit: &Visit, why: PageFault) -> Response {
    let html = Html(relink_app::fault_page(visit, &why));
    under_policy((why.status(), html).into_response())
}

fn under_policy(mut response: Response) -> Response {
    if let Some(policy) = headers::page_policy(None, None) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
