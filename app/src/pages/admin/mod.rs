//! Pages of staff.

pub mod today;

use leptos::prelude::*;

use crate::api::paths;
use crate::api::visit::Visit;

/// The ways among the pages of staff: those that are open to who asks. One way
/// alone is no menu.
fn menu(visit: &Visit) -> Option<impl IntoView + use<>> {
    let words = &visit.language.words().admin;
    let ways = [(paths::ADMIN, words.title, visit.admin.is_some())];
    let ways: Vec<_> = ways.into_iter().filter(|(.., open)| *open).collect();
    (ways.len() > 1).then(|| {
        let links = ways.into_iter().map(|(href, text, _)| {
            let here = visit.path == href;
            view! { <a href=href aria-current=here.then_some("page")>{text}</a> }
        });
        let links = links.collect_view();
        view! { <nav class="nav menu" aria-label=words.menu>{links}</nav> }
    })
}
