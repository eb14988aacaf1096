//! Pages of staff.

pub mod audit;
pub mod people;
pub mod person;
pub mod today;

use std::sync::Arc;

use http::StatusCode;
use leptos::prelude::*;

use crate::api::paths;
use crate::api::visit::{KeeperPort, Visit};
use crate::pages::{Page, PageFault};

/// The ways among the pages of staff: those that are open to who asks. One way
/// alone is no menu.
fn menu(visit: &Visit) -> Option<impl IntoView + use<>> {
    let words = visit.language.words();
    let (viewer, admin) = (visit.admin.is_some(), visit.keeper.is_some());
    let ways = [
        (paths::ADMIN, words.admin.title, viewer),
        (paths::PEOPLE, words.people.title, admin),
        (paths::AUDIT, words.audit.title, admin),
    ];
    let ways: Vec<_> = ways.into_iter().filter(|(.., open)| *open).collect();
    (ways.len() > 1).then(|| {
        let links = ways.into_iter().map(|(href, text, _)| {
            let here = visit.path == href;
            view! { <a href=href aria-current=here.then_some("page")>{text}</a> }
        });
        let links = links.collect_view();
        view! { <nav class="nav menu" aria-label=words.admin.menu>{links}</nav> }
    })
}

/// The port of an admin, or 403.
fn keeper(visit: &Visit) -> Result<Arc<dyn KeeperPort>, PageFault> {
    visit.keeper.clone().ok_or(PageFault::Forbidden)
}

/// A filter, a day or a cursor that is none of ours: said so, with a way back.
fn unreadable(visit: &Visit, way: &'static str, text: &'static str) -> Page {
    let words = &visit.language.words().people;
    let main = view! {
        {menu(visit)}
        <h1>{words.bad_title}</h1>
        <p class="lead">{words.bad_text}</p>
        <p class="actions"><a class="button" href=way>{text}</a></p>
    };
    Page::new(words.bad_title, main).status(StatusCode::BAD_REQUEST)
}
