//! Which address shows which page, and who may see it.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_params_map;
use leptos_router::{SsrMode, path};

use crate::api::paths;
use crate::api::visit::{Person, Visit};
use crate::pages::{self, Page, PageFault};

/// Who may see a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Open,
    /// Who is signed in; others are led through the sign-in and back.
    Person,
    /// Staff: viewer, support, admin. Others get 403, and the signed-out the
    /// sign-in. Some pages ask for more: their ports are there for those only.
    Staff,
}

/// Who may see a page's path. What is not listed is closed: a page that was
/// forgotten here shows nothing to a stranger.
pub fn access(path: &str) -> Access {
    match path.trim_end_matches('/') {
        ""
        | paths::SIGN_IN
        | paths::SECOND_STEP
        | paths::SET_UP
        | paths::SET_UP_CODE
        | paths::SET_UP_PASSKEY
        | paths::SET_UP_PASSKEY_ASK
        | paths::STEP_PASSKEY
        | paths::STEP_PASSKEY_ASK
        | paths::SIGN_UP
        | paths::CONFIRM_EMAIL
        | paths::FORGOT_PASSWORD
        | paths::RESET_PASSWORD
        | paths::UNSUBSCRIBE => Access::Open,
        path if path == paths::ADMIN || path.starts_with("/admin/") => Access::Staff,
        _ => Access::Person,
    }
}

/// The document; what `leptos_axum` is given for routes and fallback alike.
pub fn shell() -> impl IntoView {
    App()
}

/// All pages. Each makes its whole document, so that its title and status are
/// known before the first byte, and an error page is made the same way.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Routes fallback=|| page(async |_| Err(PageFault::NotFound))>
                <Route path=path!("/") view=|| page(pages::landing::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=|| page(pages::people::sign_in).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/sign-in/second-step") view=|| page(pages::factor::second_step).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/sign-up") view=|| page(pages::people::sign_up).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/confirm-email") view=|| page(pages::people::confirm_email).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/forgot-password") view=|| page(pages::people::forgot_password).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/reset-password") view=|| page(pages::people::reset_password).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/account") view=|| personal(pages::account::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/account/second-factor") view=|| personal(pages::factor::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/account/passkeys/:id") view=|| at(pages::passkeys::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/account/notices") view=|| personal(pages::telling::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/account/erase") view=|| personal(pages::erase::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/unsubscribe") view=|| page(pages::telling::unsubscribe).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/notices") view=|| personal(pages::notices::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/notices/:id") view=|| at(pages::notices::one).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/connections") view=|| personal(pages::connections::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/connections/disconnect") view=|| personal(pages::connections::disconnect_all).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/connections/:id") view=|| at(pages::connections::one).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/connections/:id/disconnect") view=|| at(pages::connections::disconnect).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/accounts/:id/remove") view=|| at(pages::connections::remove).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/connect") view=|| personal(pages::search::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/connect/missing") view=|| personal(pages::search::missing).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/connect/sessions/:id") view=|| at(pages::session::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/connect/:id") view=|| at(pages::confirm::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/people") view=|| page(pages::admin::people::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/people/:id") view=|| about(pages::admin::person::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/people/:id/story") view=|| about(pages::admin::story::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/find") view=|| page(pages::admin::find::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/cases") view=|| page(pages::admin::cases::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/cases/new") view=|| page(pages::admin::cases::bundle).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/cases/:id") view=|| about(pages::admin::cases::one).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/campaigns") view=|| page(pages::admin::campaigns::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/campaigns/new") view=|| page(pages::admin::campaigns::new).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/campaigns/:id") view=|| about(pages::admin::campaign::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/audit") view=|| page(pages::admin::audit::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin") view=|| page(pages::admin::health::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/connections") view=|| page(pages::admin::rows::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/breaks") view=|| page(pages::admin::breaks::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/outages/:id") view=|| about(pages::admin::outage::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/institutions") view=|| page(pages::admin::places::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/institutions/:id") view=|| at(pages::admin::place::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/codes") view=|| page(pages::admin::codes::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/funnels") view=|| page(pages::admin::funnels::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/events") view=|| page(pages::admin::events::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/events/:id") view=|| about(pages::admin::event::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/gaps") view=|| page(pages::admin::gaps::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/jobs") view=|| page(pages::admin::jobs::page).into_any() ssr=SsrMode::Async/>
                <Route path=path!("/admin/missing-institutions") view=|| page(pages::admin::missing::page).into_any() ssr=SsrMode::Async/>
            </Routes>
        </Router>
    }
}

/// A page for everybody.
fn page<F>(make: impl FnOnce(Visit) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<Page, PageFault>> + Send + 'static,
{
    // Pages outside islands are never hydrated; saying so keeps their data
    // out of the document.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let visit = Visit::current();
    let response = use_context::<leptos_axum::ResponseOptions>();
    visit.map(|visit| {
        Suspend::new(async move {
            let page = match make(visit.clone()).await {
                Ok(page) => page,
                Err(fault) => pages::fault(&visit, fault),
            };
            if let Some(response) = response {
                response.set_status(page.status);
            }
            let unseen = unseen(&visit).await;
            pages::document(&visit, page, unseen)
        })
    })
}

/// How many notices are new. A page is not lost for want of this number.
async fn unseen(visit: &Visit) -> u32 {
    match &visit.person {
        Some(person) => person.notices.unseen().await.unwrap_or_default(),
        None => 0,
    }
}

/// A page for the person signed in.
fn personal<F>(make: impl FnOnce(Visit, Person) -> F + Send + 'static) -> impl IntoView
where
    F: Future<Output = Result<Page, PageFault>> + Send + 'static,
{
    page(async move |visit: Visit| {
        let person = visit.person.clone().ok_or(PageFault::Forbidden)?;
        make(visit, person).await
    })
}

/// A page of staff about one thing. Whether it may be seen is decided before
/// whether there is such a thing.
fn about<I, F>(make: impl FnOnce(Visit, I) -> F + Send + 'static) -> impl IntoView
where
    I: std::str::FromStr + Send + 'static,
    F: Future<Output = Result<Page, PageFault>> + Send + 'static,
{
    let id = use_params_map().with_untracked(|map| map.get("id"));
    page(async move |visit: Visit| {
        visit.admin.as_ref().ok_or(PageFault::Forbidden)?;
        let id = id
            .and_then(|id| id.parse().ok())
            .ok_or(PageFault::NotFound)?;
        make(visit, id).await
    })
}

/// A page of the person signed in, about one thing.
fn at<I, F>(make: impl FnOnce(Visit, Person, I) -> F + Send + 'static) -> impl IntoView
where
    I: std::str::FromStr + Send + 'static,
    F: Future<Output = Result<Page, PageFault>> + Send + 'static,
{
    let id = use_params_map().with_untracked(|map| map.get("id"));
    personal(async move |visit, person| {
        let id = id
            .and_then(|id| id.parse().ok())
            .ok_or(PageFault::NotFound)?;
        make(visit, person, id).await
    })
}
