//! Pages of staff.

pub mod audit;
pub mod breaks;
pub mod campaign;
pub mod campaigns;
pub mod cases;
mod chart;
pub mod codes;
pub mod event;
pub mod events;
pub mod find;
pub mod funnels;
pub mod gaps;
pub mod health;
pub mod jobs;
pub mod missing;
mod numbers;
mod operations;
pub mod outage;
pub mod people;
pub mod person;
pub mod place;
pub mod places;
pub mod rows;
pub mod story;
mod table;

use std::sync::Arc;

use http::StatusCode;
use leptos::prelude::*;

use crate::api::paths;
use crate::api::rows::BadPart;
use crate::api::visit::{HelperPort, KeeperPort, Visit};
use crate::pages::{Page, PageFault, document, parts};
use crate::words::Words;

/// The ways among the pages of staff: those that are open to who asks. One way
/// alone is no menu.
pub(super) fn menu(visit: &Visit) -> Option<impl IntoView + use<>> {
    let all = visit.language.words();
    let (staff, admin) = (visit.admin.is_some(), visit.keeper.is_some());
    let helper = visit.helper.is_some();
    let ways = [
        (paths::ADMIN, all.health.title, staff),
        (paths::ADMIN_CONNECTIONS, all.rows.title, staff),
        (paths::ADMIN_INSTITUTIONS, all.places.title, staff),
        (paths::ADMIN_CODES, all.codes.title, staff),
        (paths::FUNNELS, all.funnels.title, staff),
        (paths::ADMIN_MISSING, all.admin.missing_title, staff),
        (paths::EVENTS, all.events.title, staff),
        (paths::JOBS, all.jobs.title, staff),
        (paths::CAMPAIGNS, all.campaigns.title, staff),
        (paths::FIND_PERSON, all.story.find_title, helper),
        (paths::CASES, all.cases.title, helper),
        (paths::PEOPLE, all.people.title, admin),
        (paths::AUDIT, all.audit.title, admin),
    ];
    let ways: Vec<_> = ways.into_iter().filter(|(.., open)| *open).collect();
    (ways.len() > 1).then(|| {
        let links = ways.into_iter().map(|(href, text, _)| {
            view! { <a href=href aria-current=current(&visit.path, href)>{text}</a> }
        });
        let links = links.collect_view();
        view! { <nav class="nav menu" aria-label=all.admin.menu>{links}</nav> }
    })
}

/// Whether the page of `path` is this entry of the menu, or one below it.
fn current(path: &str, entry: &str) -> Option<&'static str> {
    let under = |path: &str, top: &str| parts::current(path, top).is_some();
    // Where the ways to those lead from that have no entry of their own.
    let home = match path {
        _ if under(path, paths::ADMIN_BREAKS) || under(path, "/admin/outages") => paths::ADMIN,
        _ if under(path, paths::GAPS) => paths::EVENTS,
        _ if under(path, paths::PEOPLE) && path.ends_with("/story") => paths::FIND_PERSON,
        path => path,
    };
    if path == entry {
        return Some("page");
    }
    // All of them are below that one.
    let below = entry != paths::ADMIN || home == paths::ADMIN;
    (below && under(home, entry)).then_some("true")
}

/// An address with a part that makes no sense, and the way back.
fn bad_address(visit: &Visit, bad: &BadPart, back: impl Into<String>) -> Page {
    let back: String = back.into();
    let words = &visit.language.words().rows;
    let rest = rest(visit, &bad.name);
    let class = if rest.is_some() {
        "button button-plain"
    } else {
        "button"
    };
    let rest = rest.map(|rest| view! { <a class="button" href=rest>{words.bad_without}</a> });
    let main = view! {
        {menu(visit)}
        <h1>{words.bad_title}</h1>
        <p class="lead">{(words.bad_text)(&bad.name)}</p>
        <p class="actions">{rest}<a class=class href=back>{words.clear}</a></p>
    };
    Page::new(words.bad_title, main)
        .wide()
        .status(StatusCode::BAD_REQUEST)
}

/// What else was asked for there, without a place to go on from: that belongs to
/// what was asked. A bundle of a case needs all its parts.
fn rest(visit: &Visit, bad: &str) -> Option<String> {
    if visit.path.starts_with(paths::CASE_BUNDLE) {
        return None;
    }
    let ours = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase());
    let kept = visit.query.iter().filter(|(name, value)| {
        let place = matches!(&**name, "after" | "before" | "visits" | "customers");
        name != bad && !place && !value.is_empty() && ours(name)
    });
    let (names, values): (Vec<_>, Vec<_>) = kept.map(|(name, value)| (&**name, &**value)).unzip();
    (!names.is_empty()).then(|| paths::with_query(&visit.path, &names, &values))
}

/// The same as text, for what is a file and no page.
pub fn bad_address_page(visit: &Visit, bad: &BadPart, back: &str) -> String {
    Owner::new().with(|| document(visit, bad_address(visit, bad, back), 0).to_html())
}

/// Who did something; of somebody who was erased no name is left.
fn named(name: &str, all: &'static Words) -> String {
    match name {
        "" => all.audit.erased.to_owned(),
        name => name.to_owned(),
    }
}

/// A customer. Leads who helps users to whose it is, and others to its events.
fn whose(customer: &str, helps: bool) -> AnyView {
    if !helps {
        return events::of_customer(customer).into_any();
    }
    let href = paths::with_query(paths::FIND_PERSON, &["q"], &[customer]);
    view! { <a href=href><code>{customer.to_owned()}</code></a> }.into_any()
}

/// The port of who helps users, or 403.
fn helper(visit: &Visit) -> Result<Arc<dyn HelperPort>, PageFault> {
    visit.helper.clone().ok_or(PageFault::Forbidden)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_entry_is_marked_on_its_page_and_on_those_below_it() {
        let entries = [
            paths::ADMIN,
            paths::ADMIN_INSTITUTIONS,
            paths::EVENTS,
            paths::FIND_PERSON,
            paths::CASES,
            paths::PEOPLE,
        ];
        for (path, entry, how) in [
            ("/admin", paths::ADMIN, "page"),
            ("/admin/breaks", paths::ADMIN, "true"),
            ("/admin/outages/7", paths::ADMIN, "true"),
            ("/admin/institutions/7", paths::ADMIN_INSTITUTIONS, "true"),
            ("/admin/gaps", paths::EVENTS, "true"),
            ("/admin/events/7", paths::EVENTS, "true"),
            ("/admin/cases/new", paths::CASES, "true"),
            ("/admin/people", paths::PEOPLE, "page"),
            ("/admin/people/7", paths::PEOPLE, "true"),
            ("/admin/people/7/story", paths::FIND_PERSON, "true"),
        ] {
            let marked = entries.map(|entry| current(path, entry).map(|how| (entry, how)));
            let marked: Vec<_> = marked.into_iter().flatten().collect();
            assert_eq!(marked, [(entry, how)], "{path}");
        }
    }
}
