//! The questions before an account or a whole connection is removed.

use leptos::prelude::*;

use super::super::parts::flash;
use super::super::{Page, PageFault};
use super::card::called;
use crate::api::accounts::AccountState;
use crate::api::forms::Form;
use crate::api::ids::{AccountRef, ConnectionRef};
use crate::api::paths;
use crate::api::visit::{Person, Visit};

/// Before an account is removed.
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
    let button = (words.remove_button)(&name);
    Ok(question(
        &visit,
        title,
        words.remove_text,
        button,
        paths::remove(id),
    ))
}

/// Before a connection is removed with all its accounts.
pub(crate) async fn disconnect(
    visit: Visit,
    person: Person,
    id: ConnectionRef,
) -> Result<Page, PageFault> {
    let (it, _) = person.connections.one(id).await?;
    let words = &visit.language.words().overview;
    let title = (words.disconnect_title)(&it.institution.name);
    let button = (words.disconnect)(&it.institution.name);
    Ok(question(
        &visit,
        title,
        words.disconnect_text,
        button,
        paths::disconnect(id),
    ))
}

/// Before everything is removed.
pub(crate) async fn disconnect_all(visit: Visit, person: Person) -> Result<Page, PageFault> {
    if person.connections.overview().await?.is_empty() {
        return Err(PageFault::NotFound);
    }
    let words = &visit.language.words().overview;
    Ok(question(
        &visit,
        words.disconnect_all_title.into(),
        words.disconnect_all_text,
        words.disconnect_all.into(),
        paths::DISCONNECT_ALL.into(),
    ))
}

fn question(visit: &Visit, title: String, text: &'static str, yes: String, to: String) -> Page {
    let all = visit.language.words();
    let main = view! {
        <h1>{title.clone()}</h1>
        {flash(&visit.flash, all, &[Form::Remove])}
        <p class="lead">{text}</p>
        <form class="actions" action=to method="post">
            <button class="button button-loss" type="submit">{yes}</button>
            <a class="button button-plain" href=paths::CONNECTIONS>{all.overview.remove_keep}</a>
        </form>
    };
    Page::new(title, main)
}
