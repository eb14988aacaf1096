//! What is connected: all of it, one connection, and the ways to end it.

pub(super) mod card;
mod leave;
mod one;

use leptos::prelude::*;

pub(crate) use leave::{disconnect, disconnect_all, remove};
pub(crate) use one::page as one;
pub(super) use one::{needs, window};

use super::parts::flash;
use super::{Page, PageFault};
use crate::api::connections::{ConnectionCard, ConnectionState, Turn};
use crate::api::forms::Form;
use crate::api::paths;
use crate::api::visit::{Person, Visit};
use crate::words::{Counts, Words};

/// A sentence as headline, how many are how, then a card for each connection:
/// what the person can do most about first.
pub(crate) async fn page(visit: Visit, person: Person) -> Result<Page, PageFault> {
    let cards = person.connections.overview().await?;
    let all = visit.language.words();
    let words = &all.overview;
    let forms = [Form::Keep, Form::Remove, Form::Repair, Form::ConfirmEmail];
    let top = flash(&visit.flash, all, &forms);
    if cards.is_empty() {
        let main = view! {
            {top}
            <div class="empty">
                <h1>{words.empty_title}</h1>
                <p class="lead">{words.empty_text}</p>
                <p class="actions"><a class="button" href=paths::CONNECT>{words.empty_start}</a></p>
            </div>
        };
        return Ok(Page::new(words.title, main));
    }
    let counts = counts(&cards);
    let headline = (words.headline)(&counts);
    let strip = strip(&counts, all);
    let cards = cards.iter().map(|it| card::card(it, &visit)).collect_view();
    // Of one connection its own page has the way.
    let everything = (counts.all > 1).then(|| {
        view! { <p class="quiet"><a href=paths::DISCONNECT_ALL>{words.disconnect_all}</a></p> }
    });
    let main = view! {
        {top}
        <h1>{headline}</h1>
        {strip}
        <ul class="cards">{cards}</ul>
        <p class="actions">
            <a class="button button-plain" href=paths::CONNECT>{words.connect_more}</a>
        </p>
        {everything}
    };
    Ok(Page::new(words.title, main))
}

fn counts(cards: &[ConnectionCard]) -> Counts {
    let count = |is: fn(&ConnectionState) -> bool| {
        let counted = cards.iter().filter(|card| is(&card.state));
        counted.count()
    };
    Counts {
        all: cards.len(),
        fine: count(|state| {
            matches!(
                state,
                ConnectionState::Connected | ConnectionState::RenewSoon(_)
            )
        }),
        act: count(|state| {
            matches!(
                state,
                ConnectionState::WaitingForChoice(_)
                    | ConnectionState::Broken(Turn::Fix | Turn::Elsewhere)
                    | ConnectionState::Gone
            )
        }),
        wait: count(|state| {
            matches!(
                state,
                ConnectionState::SettingUp
                    | ConnectionState::Stale(_)
                    | ConnectionState::Leaving
                    | ConnectionState::Broken(Turn::Institution | Turn::Mastercard | Turn::Ours)
            )
        }),
        setting_up: count(|state| matches!(state, ConnectionState::SettingUp)),
    }
}

/// How many are fine, need the person, are being handled. One connection has
/// no need of it, nor has a list that is all fine.
fn strip(counts: &Counts, all: &'static Words) -> Option<impl IntoView + use<>> {
    let words = &all.overview;
    let parts = [
        (counts.act, "act", (words.strip_act)(counts.act)),
        (counts.wait, "wait", words.strip_wait.into()),
        (counts.fine, "fine", words.strip_fine.into()),
    ];
    (counts.all > 1 && counts.fine < counts.all).then(|| {
        let parts = parts.map(|(count, class, text)| {
            (count > 0).then(|| {
                view! { <li class=class><strong>{count}</strong>" "{text}</li> }
            })
        });
        view! { <ul class="strip">{parts.into_iter().collect_view()}</ul> }
    })
}
