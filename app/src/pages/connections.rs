//! What is connected.

use leptos::prelude::*;

use super::parts::{badge, flash, icon, time};
use super::{Page, PageFault};
use crate::api::accounts::AccountState;
use crate::api::connections::{CardAccount, ConnectionCard, ConnectionState};
use crate::api::forms::{Form, Tone};
use crate::api::ids::AccountRef;
use crate::api::paths;
use crate::api::shared::{Mask, When};
use crate::api::visit::{Person, Visit};
use crate::words::{Counts, Words};

/// A sentence as headline, then a card for each connection.
pub(crate) async fn page(visit: Visit, person: Person) -> Result<Page, PageFault> {
    let cards = person.connections.overview().await?;
    let all = visit.language.words();
    let words = &all.overview;
    let top = flash(
        &visit.flash,
        all,
        &[Form::Keep, Form::Remove, Form::ConfirmEmail],
    );
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
    let count =
        |is: fn(&ConnectionState) -> bool| cards.iter().filter(|card| is(&card.state)).count();
    let headline = (words.headline)(&Counts {
        all: cards.len(),
        waiting: count(|state| matches!(state, ConnectionState::WaitingForChoice(_))),
        not_updating: count(|state| matches!(state, ConnectionState::NotUpdating)),
        setting_up: count(|state| matches!(state, ConnectionState::SettingUp)),
        leaving: count(|state| matches!(state, ConnectionState::Leaving)),
    });
    let cards = cards.iter().map(|it| card(it, all)).collect_view();
    let main = view! {
        {top}
        <h1>{headline}</h1>
        <ul class="cards">{cards}</ul>
        <p class="actions">
            <a class="button button-plain" href=paths::CONNECT>{words.connect_more}</a>
        </p>
    };
    Ok(Page::new(words.title, main))
}

fn card(it: &ConnectionCard, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.overview;
    let name = &it.institution.name;
    let (tone, state, text) = match it.state {
        ConnectionState::SettingUp => (Tone::Wait, words.setting_up, Some(words.setting_up_text)),
        ConnectionState::WaitingForChoice(_) => {
            (Tone::Act, words.waiting, Some(words.waiting_text))
        }
        ConnectionState::NotUpdating => (
            Tone::Wait,
            words.not_updating,
            Some(words.not_updating_text),
        ),
        ConnectionState::Leaving => (Tone::Ended, words.leaving, Some(words.leaving_text)),
        ConnectionState::Connected => (Tone::Fine, words.connected, None),
    };
    let choose = match it.state {
        ConnectionState::WaitingForChoice(session) => Some(view! {
            <a class="button" href=paths::session(session)>{words.choose}</a>
        }),
        _ => None,
    };
    let together = together(&it.accounts);
    let accounts = it.accounts.iter();
    let accounts = accounts.map(|one| account(one, together, all));
    let accounts = accounts.collect_view();
    let last = together.map(|when| view! { " · " {words.last_good} " " {time(when)} });
    let removable = it
        .accounts
        .iter()
        .filter(|one| one.state == AccountState::Kept);
    let removable = removable.map(|one| {
        let text = (words.remove_button)(&called(one, all));
        view! { <li><a href=paths::remove(one.id)>{text}</a></li> }
    });
    let removable = removable.collect_view();
    let more = (!removable.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary aria-label=(words.manage)(name)>{words.more}</summary>
                <ul>{removable}</ul>
            </details>
        }
    });
    view! {
        <li class="card" id=format!("c-{}", it.id)>
            <div class="card-head">
                {icon(it.institution.id, name)}
                <h2>{name.clone()}</h2>
                {badge(tone, state)}
            </div>
            {text.map(|text| view! { <p class="card-text">{text}</p> })}
            <ul class="card-accounts" class:card-accounts-brief=together.is_some()>{accounts}</ul>
            <div class="card-foot">
                {choose}
                {more}
                <span class="quiet">{(words.since)(&it.since.text)} {last}</span>
            </div>
        </li>
    }
}

/// The time of the last data, where all accounts have the same: it is said once.
fn together(accounts: &[CardAccount]) -> Option<&When> {
    let mut all = accounts.iter().map(|one| one.last_good.as_ref());
    let first = all.next()??;
    all.all(|other| other.is_some_and(|other| other.text == first.text))
        .then_some(first)
}

fn called(one: &CardAccount, all: &'static Words) -> String {
    (all.choice.account)(&one.name, one.mask.as_ref().map(Mask::as_str))
}

/// `together` is what the card says for all of its accounts.
fn account(
    one: &CardAccount,
    together: Option<&When>,
    all: &'static Words,
) -> impl IntoView + use<> {
    let words = &all.overview;
    let last = match (one.state, &one.last_good) {
        (AccountState::Removing | AccountState::Removed, _) => Some(words.removing.into_any()),
        (_, None) => Some(words.no_data_yet.into_any()),
        (_, Some(_)) if together.is_some() => None,
        (_, Some(when)) => Some(view! { {words.last_good} " " {time(when)} }.into_any()),
    };
    let last = last.map(|last| view! { " · " {last} });
    let kind = (all.choice.kind)(&one.kind);
    view! {
        <li>
            <span class="account-name">{called(one, all)}</span>
            <span class="quiet">{kind} {last}</span>
        </li>
    }
}

/// The question before an account is removed.
pub(crate) async fn remove(
    visit: Visit,
    person: Person,
    id: AccountRef,
) -> Result<Page, PageFault> {
    let cards = person.connections.overview().await?;
    let all = visit.language.words();
    let words = &all.overview;
    let mut accounts = cards.iter().flat_map(|card| &card.accounts);
    let one = accounts.find(|one| one.id == id && one.state == AccountState::Kept);
    let name = called(one.ok_or(PageFault::NotFound)?, all);
    let title = (words.remove_title)(&name);
    let main = view! {
        <h1>{title.clone()}</h1>
        {flash(&visit.flash, all, &[Form::Remove])}
        <p class="lead">{words.remove_text}</p>
        <form class="actions" action=paths::remove(id) method="post">
            <button class="button button-loss" type="submit">{(words.remove_button)(&name)}</button>
            <a class="button button-plain" href=paths::CONNECTIONS>{words.remove_keep}</a>
        </form>
    };
    Ok(Page::new(title, main))
}
