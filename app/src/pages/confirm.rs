//! Before leaving: what will happen, and one button that says where it leads.

use leptos::prelude::*;

use super::form::hidden;
use super::parts::{flash, icon, notice};
use super::{Needs, Page, PageFault};
use crate::api::connect::Window;
use crate::api::connections::ConnectionCard;
use crate::api::forms::{Field, Form, Tone};
use crate::api::ids::InstitutionId;
use crate::api::institution::{InstitutionError, InstitutionPage, Links};
use crate::api::paths;
use crate::api::search::{Availability, SignInPlace};
use crate::api::shared::Mask;
use crate::api::site::RepairEntry;
use crate::api::visit::{Browser, Person, Visit};
use crate::words::{Confirm, Words};

/// The confirm page.
pub(crate) async fn page(
    visit: Visit,
    person: Person,
    id: InstitutionId,
) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.confirm;
    let it = match person.institutions.page(id).await {
        Ok(it) => it,
        Err(InstitutionError::Gone) => return Ok(gone(words)),
        Err(error) => return Err(error.into()),
    };
    let name = it.hit.name.clone();
    let title = (words.title)(&name);
    let kind = it.hit.kind.map(all.find.kind);
    let twins = [it.hit.host.clone(), it.hit.place.clone(), kind];
    let twins = twins.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let window = window(&visit, &it);
    let needs = if window == Window::Redirect {
        Needs::Nothing
    } else {
        Needs::Window
    };
    let asks = || {
        view! {
            {in_app(&visit, words)}
            {facts(&it, words)}
            {instructions(&it, words)}
        }
    };
    let rest = match it.hit.availability {
        // What would be read and how does not matter while it cannot be.
        Availability::Unavailable(why) => view! {
            {notice(Tone::Wait, (words.cannot)(&name, why))}
            {it.phone.as_deref().map(|number| view! { <p class="quiet">{(words.phone)(number)}</p> })}
            <p class="actions"><a class="button" href=paths::CONNECT>{words.other}</a></p>
            {links(&it.links, None, words)}
        }
        .into_any(),
        Availability::Open | Availability::Maintenance | Availability::Troubled => view! {
            {warnings(&it, words)}
            {asks()}
            {go(&visit, &it, window, words)}
            {links(&it.links, Some(words.other), words)}
        }
        .into_any(),
    };
    let first = match fixable(&visit, &it) {
        Some(broken) => Some(fix_first(broken, &it, all)),
        None => existing(&it, all),
    };
    let main = view! {
        <div class="institution">
            {icon(it.hit.id, &name)}
            <div><h1>{title.clone()}</h1><p class="quiet">{twins}</p></div>
        </div>
        {flash(&visit.flash, all, &[Form::Connect])}
        {first}
        {rest}
    };
    Ok(Page::new(title, main).needs(needs))
}

/// What speaks against trying now, as far as it is known.
fn warnings(it: &InstitutionPage, words: &'static Confirm) -> impl IntoView + use<> {
    let name = &it.hit.name;
    let outage = it
        .outage
        .as_ref()
        .map(|outage| (words.outage)(name, outage));
    let planned = it.hit.availability == Availability::Maintenance;
    let hopeless = it.hopeless.filter(|_| outage.is_none());
    let all = [
        planned.then(|| words.maintenance.into()),
        outage.filter(|_| !planned),
        hopeless.map(|record| (words.hopeless)(name, record)),
    ];
    let all = all.into_iter().flatten();
    all.map(|text| notice(Tone::Wait, text)).collect_view()
}

/// OAuth leaves at the top level whatever the setting: institutions refuse to
/// be framed, and a phone opens their own app only from there.
fn window(visit: &Visit, it: &InstitutionPage) -> Window {
    match (it.hit.sign_in, visit.browser, &visit.site.assets.sdk) {
        (SignInPlace::DataConnect, Browser::Ordinary, Some(_)) => visit.site.window,
        _ => Window::Redirect,
    }
}

/// The connection there that is to be fixed before another is made.
fn fixable<'a>(visit: &Visit, it: &'a InstitutionPage) -> Option<&'a ConnectionCard> {
    let mut existing = it.existing.iter();
    match visit.site.repair_entry {
        RepairEntry::Standalone => None,
        RepairEntry::Integrated | RepairEntry::Both => existing.find(|card| card.is_fixable()),
    }
}

/// The first way on: what is there is fixed. The second is the form below.
fn fix_first(broken: &ConnectionCard, it: &InstitutionPage, all: &'static Words) -> AnyView {
    let words = &all.confirm;
    view! {
        <section class="before" aria-labelledby="fix-first">
            <h2 id="fix-first">{(words.fix_first_title)(&it.hit.name)}</h2>
            <p>{words.fix_first_text}</p>
            <form class="fix" action=paths::repair(broken.id) method="post">
                <button class="button button-wide" type="submit">{words.fix_first}</button>
            </form>
        </section>
    }
    .into_any()
}

fn go(
    visit: &Visit,
    it: &InstitutionPage,
    window: Window,
    words: &'static Confirm,
) -> impl IntoView + use<> {
    let name = &it.hit.name;
    let another = fixable(visit, it).is_some();
    let (class, text) = match it.hit.sign_in {
        _ if another => ("button button-wide button-plain", (words.another)(name)),
        SignInPlace::OwnSite => ("button button-wide", (words.own_site)(name)),
        SignInPlace::DataConnect => ("button button-wide", (words.here)(name)),
    };
    let (mode, where_to) = match window {
        Window::Redirect => (None, None),
        Window::Embedded => (Some("Embedded"), Some(words.window_embedded)),
        Window::Popup => (Some("Popup"), Some(words.window_popup)),
    };
    let sdk = mode.and(visit.site.assets.sdk.clone());
    let institution = mode.map(|_| it.hit.id.to_string());
    view! {
        <form
            class="go" action=paths::institution(it.hit.id) method="post" data-window=mode
            data-sdk=sdk data-institution=institution
            data-failed=mode.map(|_| words.window_failed)
        >
            {hidden(Field::ConsentVersion, &it.consent.version)}
            {another.then(|| hidden(Field::Another, "yes"))}
            <button class=class type="submit">{text}</button>
            {where_to.map(|text| view! { <p class="quiet where-to" hidden>{text}</p> })}
            <p class="quiet" role="status" data-said></p>
        </form>
    }
}

fn facts(it: &InstitutionPage, words: &'static Confirm) -> impl IntoView + use<> {
    let consent = &it.consent;
    let reads = format!("{} {}", consent.reads, consent.why);
    let rows = [
        (words.reads, reads),
        (words.how_long, consent.how_long.clone()),
        (words.how_to_stop, consent.how_to_stop.clone()),
        (words.mastercard, words.mastercard_text.into()),
    ];
    let rows = rows.map(|(title, text)| view! { <div><dt>{title}</dt><dd>{text}</dd></div> });
    view! { <dl class="facts">{rows.into_iter().collect_view()}</dl> }
}

fn instructions(it: &InstitutionPage, words: &'static Confirm) -> Option<AnyView> {
    let special = it.special_text.clone().map(|text| view! { <p>{text}</p> });
    let steps = it.instructions.as_ref().map(|list| {
        let title = list
            .title
            .clone()
            .map(|title| view! { <p><strong>{title}</strong></p> });
        let steps = list
            .steps
            .iter()
            .map(|step| view! { <li>{step.clone()}</li> });
        view! { {title} <ol class="instructions">{steps.collect_view()}</ol> }
    });
    (special.is_some() || steps.is_some()).then(|| {
        view! {
            <section class="before" aria-labelledby="before">
                <h2 id="before">{words.before}</h2>
                {special}
                {steps}
            </section>
        }
        .into_any()
    })
}

fn existing(it: &InstitutionPage, all: &'static Words) -> Option<AnyView> {
    let words = &all.confirm;
    (!it.existing.is_empty()).then(|| {
        let rows = it.existing.iter().map(|card| {
            let names = card.accounts.iter().map(|account| {
                let mask = account.mask.as_ref().map(Mask::as_str);
                (all.choice.account)(&account.name, mask)
            });
            let mut names: Vec<_> = names.collect();
            if names.is_empty() {
                names.push(card.institution.name.clone());
            }
            view! { <li><a href=paths::connection(card.id)>{(words.show)(&names)}</a></li> }
        });
        view! {
            <section class="before" aria-labelledby="existing">
                <h2 id="existing">{(words.existing)(&it.hit.name)}</h2>
                <p>{words.existing_lead}</p>
                <ul>{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn in_app(visit: &Visit, words: &'static Confirm) -> Option<impl IntoView + use<>> {
    (visit.browser == Browser::InApp).then(|| {
        view! {
            <section class="before" aria-labelledby="in-app">
                <h2 id="in-app">{words.in_app}</h2>
                <p>{words.in_app_text}</p>
            </section>
        }
    })
}

/// The institution's own pages, and the way to another one where no button is.
fn links(
    links: &Links,
    other: Option<&'static str>,
    words: &'static Confirm,
) -> impl IntoView + use<> {
    let all = [
        (words.home, &links.home),
        (words.sign_in_page, &links.sign_in),
        (words.forgot_password, &links.forgot_password),
        (words.register, &links.register),
    ];
    let all = all.map(|(text, href)| {
        href.clone()
            .map(|href| view! { <li><a href=href rel="noreferrer">{text}</a></li> })
    });
    view! {
        <ul class="links">
            {all.into_iter().collect_view()}
            {other.map(|other| view! { <li><a href=paths::CONNECT>{other}</a></li> })}
        </ul>
    }
}

fn gone(words: &'static Confirm) -> Page {
    let main = view! {
        <h1>{words.gone_title}</h1>
        <p class="lead">{words.gone_text}</p>
        <p class="actions"><a class="button" href=paths::CONNECT>{words.other}</a></p>
    };
    Page::new(words.gone_title, main).status(http::StatusCode::NOT_FOUND)
}
