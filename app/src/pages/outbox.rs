//! The letters and text messages of the sandbox environment.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Page, document};
use crate::api::paths;
use crate::api::site::SiteFacts;
use crate::api::visit::Visit;
use crate::words::Language;

/// The list, newest first: file, addressee, subject of each letter or all of a
/// text message.
pub fn outbox_page(
    site: &Arc<SiteFacts>,
    language: Language,
    letters: &[(&str, &str, &str)],
) -> String {
    let visit = Visit::of_nobody(site.clone(), language);
    let words = &visit.language.words().outbox;
    let rows = letters.iter().map(|(file, to, subject)| {
        // A telephone number: a text message.
        let kind = if to.starts_with('+') {
            words.text_to
        } else {
            words.to
        };
        view! {
            <li class="row">
                <span class="row-text">
                    <a href=paths::letter(file)>{(*subject).to_owned()}</a>
                    <span>{kind} " " {(*to).to_owned()}</span>
                </span>
            </li>
        }
    });
    Owner::new().with(|| {
        let rows = rows.collect_view();
        let main = view! {
            <h1>{words.title}</h1>
            <p class="lead">{words.lead}</p>
            {letters.is_empty().then(|| view! { <p class="aside">{words.none}</p> })}
            <ul class="rows" hidden=letters.is_empty()>{rows}</ul>
        };
        document(&visit, Page::new(words.title, main), 0).to_html()
    })
}
