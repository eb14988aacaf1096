//! How a repair ended: what came back, what is left, and the next one.

use leptos::prelude::*;

use super::Page;
use super::parts::icon;
use crate::api::connect::{Refresh, RepairEnd, SessionView};
use crate::api::ids::ConnectionRef;
use crate::api::paths;
use crate::api::visit::Visit;
use crate::words::{Words, codes};

/// The end of a repair of `connection`.
pub(super) fn ended(
    view: &SessionView,
    connection: ConnectionRef,
    end: &RepairEnd,
    visit: &Visit,
) -> Page {
    let all = visit.language.words();
    let words = &all.repair;
    let name = &view.institution.name;
    let (title, text) = match end {
        RepairEnd::Repaired { .. } => ((words.repaired)(name), words.repaired_text.into()),
        RepairEnd::SignedIn { reading, .. } => (
            (words.signed_in)(name),
            (words.signed_in_text)(&reading.text),
        ),
        RepairEnd::NothingToRepair { reading } => {
            ((words.nothing)(name), (words.nothing_text)(&reading.text))
        }
        RepairEnd::Renewed => ((words.renewed)(name), words.renewed_text.into()),
        RepairEnd::RenewalOpen { reading } => (
            (words.signed_in)(name),
            (words.renewal_open_text)(&reading.text),
        ),
        RepairEnd::TooEarly { by } => ((words.too_early)(name), (words.too_early_text)(&by.text)),
        RepairEnd::OtherAccounts => ((words.others)(name), words.others_text.into()),
        RepairEnd::StillBroken(wording) => {
            let said = codes(visit.language, *wording, name);
            (
                (words.still)(name),
                format!("{} {}", said.what, said.remedy),
            )
        }
    };
    let ways = match end {
        RepairEnd::Repaired { next } => next_one(next.as_ref(), all).into_any(),
        RepairEnd::SignedIn { refresh, .. } => view! {
            {get_data(view, *refresh, all)}
            {list("button button-plain", all)}
        }
        .into_any(),
        RepairEnd::Renewed | RepairEnd::TooEarly { .. } => list("button", all).into_any(),
        RepairEnd::NothingToRepair { .. } | RepairEnd::RenewalOpen { .. } => view! {
            {look(view, all)}
            {list("button button-plain", all)}
        }
        .into_any(),
        RepairEnd::OtherAccounts => view! {
            {again(connection, words.again)}
            <a class="button button-plain" href=paths::institution(view.institution.id)>{words.add}</a>
            <a class="more" href=paths::one(connection)>{(all.overview.manage)(name)}</a>
        }
        .into_any(),
        RepairEnd::StillBroken(_) => view! {
            <a class="button" href=paths::one(connection)>{(all.overview.manage)(name)}</a>
            {list("button button-plain", all)}
        }
        .into_any(),
    };
    let main = view! {
        <div class="institution">{icon(view.institution.id, name)}<h1>{title.clone()}</h1></div>
        <p class="lead">{text}</p>
        <div class="actions">{ways}</div>
    };
    Page::new(title, main)
}

fn next_one(
    next: Option<&(ConnectionRef, String, u32)>,
    all: &'static Words,
) -> impl IntoView + use<> {
    let words = &all.repair;
    match next {
        Some((connection, name, left)) => view! {
            <p>{(words.next_one)(name, *left)}</p>
            {again(*connection, words.next)}
            {list("button button-plain", all)}
        }
        .into_any(),
        None => list("button", all).into_any(),
    }
}

/// The button that makes the link for another try, or another connection.
pub(super) fn again(connection: ConnectionRef, text: &'static str) -> impl IntoView + use<> {
    view! {
        <form action=paths::repair(connection) method="post">
            <button class="button" type="submit">{text}</button>
        </form>
    }
}

fn list(class: &'static str, all: &'static Words) -> impl IntoView + use<> {
    view! { <a class=class href=paths::CONNECTIONS>{all.repair.to_connections}</a> }
}

fn look(view: &SessionView, all: &'static Words) -> impl IntoView + use<> {
    view! {
        <form action=paths::look(view.id) method="post">
            <button class="button" type="submit">{all.repair.look}</button>
        </form>
    }
}

/// One refresh may be asked for while the person is here.
fn get_data(view: &SessionView, refresh: Refresh, all: &'static Words) -> AnyView {
    match refresh {
        Refresh::Possible => view! {
            <form action=paths::refresh(view.id) method="post">
                <button class="button" type="submit">{all.repair.get_data}</button>
            </form>
        }
        .into_any(),
        Refresh::Spent => look(view, all).into_any(),
    }
}
