//! When a page cannot be shown: what, and a way on.

use http::StatusCode;
use leptos::prelude::*;

use super::{Page, admin, document};
use crate::api::accounts::RemoveError;
use crate::api::connect::SessionError;
use crate::api::institution::InstitutionError;
use crate::api::paths;
use crate::api::refusal::Fault;
use crate::api::search::SearchError;
use crate::api::visit::Visit;

/// Why a page cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageFault {
    /// 404: not there, or not this person's.
    NotFound,
    /// 403.
    Forbidden,
    /// 429.
    TooMany,
    /// 503: something behind us does not answer.
    Busy,
    /// 500. The page shows the request's reference.
    Internal,
}

impl PageFault {
    /// The HTTP status.
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<Fault> for PageFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotFound | Fault::BadRequest => Self::NotFound,
            Fault::SignedOut => Self::Forbidden,
            Fault::TooMany => Self::TooMany,
            Fault::Unreachable => Self::Busy,
            // The reference of the visit is that of the same request.
            Fault::Internal(_) => Self::Internal,
        }
    }
}

impl From<SessionError> for PageFault {
    fn from(SessionError::Fault(fault): SessionError) -> Self {
        fault.into()
    }
}

impl From<RemoveError> for PageFault {
    fn from(RemoveError::Fault(fault): RemoveError) -> Self {
        fault.into()
    }
}

impl From<SearchError> for PageFault {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::NoDirectory => Self::Busy,
            SearchError::Fault(fault) => fault.into(),
        }
    }
}

impl From<InstitutionError> for PageFault {
    fn from(error: InstitutionError) -> Self {
        match error {
            InstitutionError::Gone => Self::NotFound,
            InstitutionError::Upstream => Self::Busy,
            InstitutionError::Fault(fault) => fault.into(),
        }
    }
}

/// The page that says so.
pub(crate) fn fault(visit: &Visit, fault: PageFault) -> Page {
    let words = &visit.language.words().fault;
    // Staff look for no bank of their own there.
    let staff = visit.admin.is_some() && visit.path.starts_with(paths::ADMIN);
    let (title, text) = match fault {
        PageFault::NotFound if staff => (words.not_found, words.staff_not_found),
        PageFault::Forbidden if staff => (words.forbidden, words.staff_forbidden),
        PageFault::NotFound => (words.not_found, words.not_found_text),
        PageFault::Forbidden => (words.forbidden, words.forbidden_text),
        PageFault::TooMany => (words.too_many, words.too_many_text),
        PageFault::Busy => (words.busy, words.busy_text),
        PageFault::Internal => (words.internal, words.internal_text),
    };
    let reference = visit.reference.as_str().to_owned();
    let trouble = matches!(fault, PageFault::Internal | PageFault::Busy) && !reference.is_empty();
    let (home, to_home) = if staff {
        (paths::ADMIN, words.staff_home)
    } else {
        (paths::HOME, words.home)
    };
    let main = view! {
        {staff.then(|| admin::menu(visit))}
        <h1>{title}</h1>
        <p class="lead">{text}</p>
        {trouble.then(|| view! {
            <dl class="facts"><div><dt>{words.reference}</dt><dd><code>{reference}</code></dd></div></dl>
        })}
        <p class="actions">
            <a class="button" href=home>{to_home}</a>
            {(visit.person.is_some() && !staff).then(|| view! {
                <a class="button button-plain" href=paths::CONNECT>{words.search}</a>
            })}
        </p>
    };
    let page = Page::new(title, main).status(fault.status());
    if staff { page.wide() } else { page }
}

/// The same as text, for what the server refuses before any page is asked.
pub fn fault_page(visit: &Visit, why: &PageFault) -> String {
    Owner::new().with(|| document(visit, fault(visit, *why), 0).to_html())
}
