//! What a person was told: the list, and the page of one, where the link of a
//! letter leads. It shows what the notice was about as it is now; looking at
//! it changes nothing, because mail programs open links to look at them.

use leptos::prelude::*;

use super::connections::card::{action, dates, standing, story};
use super::connections::{needs, window};
use super::parts::{badge, flash, icon, time};
use super::{Page, PageFault};
use crate::api::connections::{ConnectionCard, ConnectionState};
use crate::api::forms::{Form, Tone};
use crate::api::ids::NoticeRef;
use crate::api::notices::{Ask, NoticeView, Now, Seen, Told};
use crate::api::paths;
use crate::api::refusal::Fault;
use crate::api::visit::{Person, Visit};
use crate::words::{NoticeWords, Words};

/// All notices, the newest first, each with what became of it.
pub(crate) async fn page(visit: Visit, person: Person) -> Result<Page, PageFault> {
    let notices = person.notices.all().await?;
    let all = visit.language.words();
    let words = &all.notices;
    let top = flash(&visit.flash, all, &[]);
    let how = view! { <a href=paths::NOTICE_SETTINGS>{words.how}</a> };
    if notices.is_empty() {
        let main = view! {
            {top}
            <div class="empty">
                <h1>{words.empty_title}</h1>
                <p class="lead">{words.empty_text}</p>
                <p class="actions">
                    <a class="button" href=paths::CONNECTIONS>{all.repair.to_connections}</a>
                    {how}
                </p>
            </div>
        };
        return Ok(Page::new(words.title, main));
    }
    let new = notices.iter().filter(|one| one.seen == Seen::New).count();
    let mark = (new > 0).then(|| {
        view! {
            <form action=paths::NOTICES_SEEN method="post">
                <button class="button button-plain" type="submit">{words.mark_read}</button>
            </form>
        }
    });
    let main = view! {
        {top}
        <h1>{words.title}</h1>
        <div class="told-head">
            <p class="lead">{(words.news)(u32::try_from(new).unwrap_or(u32::MAX))}</p>
            {mark}
        </div>
        <ol class="rows told">{notices.iter().map(|one| row(one, all)).collect_view()}</ol>
        <p class="actions">{how}</p>
    };
    Ok(Page::new(words.title, main))
}

fn row(one: &NoticeView, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.notices;
    let picture = match &one.institution {
        Some(institution) => icon(institution.id, &institution.name).into_any(),
        None => envelope().into_any(),
    };
    let new =
        (one.seen == Seen::New).then(|| view! { <span class="told-new">{words.new}</span> " " });
    let mended = match &one.now {
        Now::Mended(at) => Some(format!(" · {}", (words.mended)(&at.text))),
        Now::Holds | Now::Over => None,
    };
    let connection = one.connection.zip(one.institution.as_ref());
    let connection = connection.map(|(id, at)| {
        let label = (all.overview.manage)(&at.name);
        view! { " · " <a href=paths::one(id) aria-label=label>{all.overview.more}</a> }
    });
    view! {
        <li class="row">
            {picture}
            <span class="row-text">
                <strong>{new}<a href=paths::notice(one.id)>{said(one, words)}</a></strong>
                <span>{time(&one.made)}{mended}{connection}</span>
            </span>
            {became(one, words)}
        </li>
    }
}

/// In the place of an institution's icon.
fn envelope() -> impl IntoView {
    view! {
        <span class="icon" aria-hidden="true">
            <svg viewBox="0 0 16 16"><path d="M1.5 3.5h13v9h-13zM1.5 4l6.5 5 6.5-5"/></svg>
        </span>
    }
}

/// What the notice said.
fn said(one: &NoticeView, words: &NoticeWords) -> String {
    let name = one
        .institution
        .as_ref()
        .map(|institution| &*institution.name);
    (words.told)(&one.told, name.unwrap_or_default())
}

/// What became of it: sign, words and colour.
fn became(one: &NoticeView, words: &'static NoticeWords) -> impl IntoView + use<> {
    let (tone, text) = match (&one.now, &one.told) {
        (Now::Over, _) => (Tone::Ended, words.over),
        (Now::Holds, Told::Broke(Ask::Fix | Ask::Elsewhere, _) | Told::EmailRefused(_)) => {
            (Tone::Act, words.needs_you)
        }
        (Now::Holds, Told::Broke(Ask::Nothing, _)) => (Tone::Wait, words.being_handled),
        (Now::Holds, Told::Outage) => (Tone::Wait, words.goes_on),
        (Now::Holds, Told::PermissionEnds(_) | Told::InstitutionChanges) => {
            (Tone::Wait, words.comes)
        }
        (Now::Holds, Told::Repaired | Told::Back) => (Tone::Fine, words.working),
        (Now::Mended(_), Told::Broke(..)) => (Tone::Fine, words.repaired),
        (Now::Mended(_), Told::Outage) => (Tone::Fine, words.back),
        (Now::Mended(_), Told::PermissionEnds(_)) => (Tone::Fine, words.renewed),
        (Now::Mended(_), _) => (Tone::Fine, words.done),
    };
    badge(tone, text)
}

/// What one notice was about, as it is now.
pub(crate) async fn one(visit: Visit, person: Person, id: NoticeRef) -> Result<Page, PageFault> {
    let it = person.notices.one(id).await?;
    let card = match it.connection {
        Some(connection) => match person.connections.one(connection).await {
            Ok((card, _)) => Some(card),
            Err(Fault::NotFound) => None,
            Err(fault) => return Err(fault.into()),
        },
        None => None,
    };
    Ok(match (&it.told, card) {
        (Told::EmailRefused(_), _) => refused(&it, &visit),
        (_, None) => removed(&it, &visit),
        (told, Some(card)) => match (&card.state, told) {
            (ConnectionState::RenewSoon(by), Told::PermissionEnds(_)) => {
                let ends = visit.language.words().notices.ends_title;
                stands(ends(&card.institution.name, &by.text), &it, &card, &visit)
            }
            (ConnectionState::Connected | ConnectionState::RenewSoon(_), _) => {
                well(&it, &card, &visit)
            }
            _ => stands(card.institution.name.clone(), &it, &card, &visit),
        },
    })
}

/// It works.
fn well(it: &NoticeView, card: &ConnectionCard, visit: &Visit) -> Page {
    let all = visit.language.words();
    let words = &all.notices;
    let name = &card.institution.name;
    let (title, text) = match (&it.told, &it.now) {
        (Told::Broke(..) | Told::Outage, _) => ((words.already)(name), words.fine_text),
        (Told::PermissionEnds(_), Now::Mended(_)) => ((words.renewed_title)(name), words.fine_text),
        (Told::InstitutionChanges, Now::Holds) => {
            ((words.told)(&it.told, name), words.changes_text)
        }
        _ => ((words.works)(name), words.fine_text),
    };
    let main = view! {
        {flash(&visit.flash, all, &[Form::Repair])}
        <div class="institution">{icon(card.institution.id, name)}<h1>{title.clone()}</h1></div>
        <p class="lead">{text}</p>
        <p class="quiet">{dates(card, all)}</p>
        <p class="actions">
            <a class="button" href=paths::CONNECTIONS>{all.repair.to_connections}</a>
            <a href=paths::one(card.id)>{(all.overview.manage)(name)}</a>
        </p>
        {origin(it, words)}
    };
    Page::new(title, main)
}

/// It is not all well: what the card says, and its one action.
fn stands(title: String, it: &NoticeView, card: &ConnectionCard, visit: &Visit) -> Page {
    let all = visit.language.words();
    let name = &card.institution.name;
    let window = window(visit, card);
    let main = view! {
        {flash(&visit.flash, all, &[Form::Repair])}
        <div class="institution">{icon(card.institution.id, name)}<h1>{title.clone()}</h1></div>
        <p class="standing">{standing(card, all)}</p>
        {story(card, visit)}
        <p class="quiet">{dates(card, all)}</p>
        <div class="actions">
            {action(card, visit, window)}
            <a href=paths::one(card.id)>{(all.overview.manage)(name)}</a>
        </div>
        {origin(it, &all.notices)}
    };
    Page::new(title, main).needs(needs(window))
}

/// The connection is not there any more.
fn removed(it: &NoticeView, visit: &Visit) -> Page {
    let all = visit.language.words();
    let words = &all.notices;
    let name = it
        .institution
        .as_ref()
        .map(|institution| &*institution.name);
    let title = (words.removed)(name.unwrap_or_default());
    let main = view! {
        <h1>{title.clone()}</h1>
        <p class="lead">{words.removed_text}</p>
        <p class="actions">
            <a class="button" href=paths::CONNECTIONS>{all.repair.to_connections}</a>
        </p>
        {origin(it, words)}
    };
    Page::new(title, main)
}

/// About the person's address.
fn refused(it: &NoticeView, visit: &Visit) -> Page {
    let all = visit.language.words();
    let words = &all.notices;
    let (title, text) = match it.now {
        Now::Holds => (words.refused_title, words.refused_text),
        Now::Mended(_) | Now::Over => (words.reached_title, words.reached_text),
    };
    let again = (it.now == Now::Holds).then(|| email_again(words));
    let main = view! {
        <h1>{title}</h1>
        <p class="lead">{text}</p>
        <div class="actions">{again}<a href=paths::NOTICE_SETTINGS>{words.how}</a></div>
        {origin(it, words)}
    };
    Page::new(title, main)
}

/// The button by which letters go to a refused address again.
pub(super) fn email_again(words: &'static NoticeWords) -> impl IntoView {
    view! {
        <form action=paths::EMAIL_AGAIN method="post">
            <button class="button" type="submit">{words.email_again}</button>
        </form>
    }
}

/// What was said, and when; and the way to the others.
fn origin(it: &NoticeView, words: &'static NoticeWords) -> impl IntoView + use<> {
    let said = (words.told_then)(&it.made.text, &said(it, words));
    view! {
        <p class="aside">{said} " " <a href=paths::NOTICES>{words.all}</a></p>
    }
}
