//! One connection: all that its card says, the institution's help, its
//! history, and the ways to end it.

use leptos::prelude::*;

use super::super::form::hidden;
use super::super::parts::{flash, icon, time};
use super::super::{Needs, Page, PageFault};
use super::card::{accounts, action, called, dates, standing, story};
use crate::api::accounts::AccountState;
use crate::api::connect::Window;
use crate::api::connections::{Alike, ConnectionCard, ConnectionState, Event, Happened};
use crate::api::forms::{Field, Form};
use crate::api::ids::ConnectionRef;
use crate::api::notices::SnoozeFor;
use crate::api::paths;
use crate::api::shared::Mask;
use crate::api::visit::{Browser, Person, Visit};
use crate::words::{Words, codes};

/// The page of a connection.
pub(crate) async fn page(
    visit: Visit,
    person: Person,
    id: ConnectionRef,
) -> Result<Page, PageFault> {
    let (it, history) = person.connections.one(id).await?;
    let alike = person.connections.alike(id).await?;
    let all = visit.language.words();
    let words = &all.overview;
    let name = it.institution.name.clone();
    let window = window(&visit, &it);
    let code = it.trouble.as_ref().map(|trouble| {
        view! { <p class="quiet">{(words.code)(trouble.code)}</p> }
    });
    let changed = matches!(
        it.state,
        ConnectionState::Connected | ConnectionState::RenewSoon(_) | ConnectionState::Stale(_)
    );
    let changed = changed.then(|| {
        view! {
            <details class="more-text">
                <summary>{words.changed_sign_in}</summary>
                <p>{(words.changed_sign_in_text)(&it.reading.text)}</p>
            </details>
        }
    });
    let main = view! {
        {flash(&visit.flash, all, &[Form::Repair, Form::Remove])}
        <div class="institution">{icon(it.institution.id, &name)}<h1>{name.clone()}</h1></div>
        <p class="standing">{standing(&it, all)}</p>
        {story(&it, &visit)}
        <p class="quiet">{dates(&it, all)}</p>
        <div class="actions">{action(&it, &visit, window)}</div>
        <section class="part">
            <h2>{words.accounts}</h2>
            {accounts(&it, &visit)}
        </section>
        {alike.iter().map(|one| which(one, &it, all)).collect_view()}
        {help(&it, all)}
        {changed}
        <section class="part">
            <h2>{words.history}</h2>
            <ol class="history">{happened(&history, &it, &visit)}</ol>
            {code}
        </section>
        {snooze(&it, all)}
        <section class="part">
            <h2>{words.end}</h2>
            <ul class="ends">{ends(&it, all)}</ul>
        </section>
        <p class="actions"><a href=paths::CONNECTIONS>{words.back}</a></p>
    };
    Ok(Page::new(name, main).needs(needs(window)))
}

/// What a page with the one action of a connection needs.
pub(in crate::pages) fn needs(window: Window) -> Needs {
    match window {
        Window::Redirect => Needs::Nothing,
        Window::Embedded | Window::Popup => Needs::Window,
    }
}

/// OAuth institutions take the redirect in every mode: the server says so when
/// the link is made.
pub(in crate::pages) fn window(visit: &Visit, it: &ConnectionCard) -> Window {
    match (it.is_fixable(), visit.browser, &visit.site.assets.sdk) {
        (true, Browser::Ordinary, Some(_)) => visit.site.window,
        _ => Window::Redirect,
    }
}

/// The question which account a missing one is now.
fn which(one: &Alike, it: &ConnectionCard, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.overview;
    let name = (all.choice.account)(&one.name, one.mask.as_ref().map(Mask::as_str));
    let ways = one.candidates.iter().map(|(id, called)| {
        view! {
            <form action=paths::same(one.account) method="post">
                {hidden(Field::Candidate, id)}
                <button class="button button-plain" type="submit">{(words.it_is)(called)}</button>
            </form>
        }
    });
    view! {
        <section class="part">
            <h2>{(words.which_title)(&name)}</h2>
            <p>{(words.which_text)(&it.institution.name)}</p>
            <div class="actions">{ways.collect_view()}</div>
        </section>
    }
}

/// The institution's own pages and telephone, where it is the person's turn.
fn help(it: &ConnectionCard, all: &'static Words) -> Option<impl IntoView + use<>> {
    it.trouble.as_ref()?;
    let words = &all.confirm;
    let pages = [
        (words.sign_in_page, &it.links.sign_in),
        (words.forgot_password, &it.links.forgot_password),
        (words.home, &it.links.home),
    ];
    let pages = pages.map(|(text, href)| {
        href.clone()
            .map(|href| view! { <li><a href=href rel="noreferrer">{text}</a></li> })
    });
    let phone = it
        .phone
        .as_ref()
        .map(|phone| view! { <li>{(words.phone)(phone)}</li> });
    let any = it.phone.is_some()
        || it.links.sign_in.is_some()
        || it.links.forgot_password.is_some()
        || it.links.home.is_some();
    any.then(|| {
        let title = (all.overview.help)(&it.institution.name);
        view! {
            <section class="part">
                <h2>{title}</h2>
                <ul class="at-institution">{pages.into_iter().collect_view()}{phone}</ul>
            </section>
        }
    })
}

fn happened(history: &[Happened], it: &ConnectionCard, visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().overview;
    let name = &it.institution.name;
    let rows = history.iter().map(|one| {
        let text = match &one.what {
            Event::Connected => words.was_connected.into(),
            Event::Broke(wording) | Event::CauseChanged(wording) => {
                codes(visit.language, *wording, name).what
            }
            Event::Repaired => words.was_repaired.into(),
            Event::Gone => words.was_gone.into(),
            Event::RepairBegun => words.repair_begun.into(),
            Event::RenewalBegun => words.renewal_begun.into(),
            Event::AccountGone(account) => (words.account_was_gone)(account),
            Event::AccountBack(account) => (words.account_is_back)(account),
            Event::Moved => (words.moved)(name),
            Event::Renewed => words.renewed.into(),
        };
        view! { <li><span class="quiet">{time(&one.at)}</span><span>{text}</span></li> }
    });
    rows.collect_view()
}

/// Whether the person wants to be told of it, and the way to change that.
fn snooze(it: &ConnectionCard, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.notices;
    let ways = if let Some(until) = &it.snoozed {
        view! {
            <p>{(words.snoozed)(&until.text)}"."</p>
            <form class="actions" action=paths::unsnooze(it.id) method="post">
                <button class="button button-plain" type="submit">{words.unsnooze}</button>
            </form>
        }
        .into_any()
    } else {
        let ways = SnoozeFor::ALL.map(|how_long| {
            view! {
                <button class="button button-plain" type="submit"
                    name=Field::HowLong.name() value=how_long.value()>
                    {(words.snooze_for)(how_long)}
                </button>
            }
        });
        view! {
            <p>{words.snooze_text}</p>
            <form class="actions" action=paths::snooze(it.id) method="post">
                {ways.into_iter().collect_view()}
            </form>
        }
        .into_any()
    };
    view! { <section class="part"><h2>{words.snooze_title}</h2>{ways}</section> }
}

fn ends(it: &ConnectionCard, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.overview;
    let kept = it
        .accounts
        .iter()
        .filter(|one| one.state == AccountState::Kept);
    let count = kept.clone().count();
    let rows = kept.filter(|_| count > 1).map(|one| {
        let text = (words.remove_button)(&called(one, all));
        view! { <li><a href=paths::remove(one.id)>{text}</a></li> }
    });
    let whole = (words.disconnect)(&it.institution.name);
    view! {
        {rows.collect_view()}
        <li><a href=paths::disconnect(it.id)>{whole}</a></li>
    }
}
