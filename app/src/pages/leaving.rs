//! The short page between us and Data Connect.

use std::sync::Arc;

use leptos::prelude::*;

use super::parts::icon;
use super::{Page, document};
use crate::api::shared::InstitutionName;
use crate::api::site::SiteFacts;
use crate::api::visit::Visit;
use crate::words::Language;

/// The answer to the confirm page's POST. The server sends it with
/// `Refresh: 0; url={link}` and `Cache-Control: no-store`; a redirect would be
/// stopped by `form-action`. The link is a credential: it stands in this page
/// and its header, and nowhere else.
pub fn leaving_page(
    site: &Arc<SiteFacts>,
    language: Language,
    institution: &InstitutionName,
    link: &str,
) -> String {
    let visit = Visit::of_nobody(site.clone(), language);
    let words = &language.words().visit;
    let title = (words.leaving)(&institution.name);
    let (link, go) = (link.to_owned(), (words.go)(&institution.name));
    let icon = icon(institution.id, &institution.name);
    Owner::new().with(|| {
        let main = view! {
            <div class="institution">{icon}<h1>{title.clone()}</h1></div>
            <p class="lead">{words.leaving_lead}</p>
            <p class="actions"><a class="button" href=link rel="noreferrer">{go}</a></p>
        };
        document(&visit, Page::new(title, main).without_menu(), 0).to_html()
    })
}
