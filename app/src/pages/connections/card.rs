//! One connection as a card: the institution, whose accounts, one sentence
//! with cause and remedy, when, and one action.

use leptos::prelude::*;

use super::super::parts::{badge, icon, time};
use crate::api::accounts::AccountState;
use crate::api::connect::Window;
use crate::api::connections::{
    CardAccount, ConnectionCard, ConnectionState, OtherTrouble, Outlook, Trouble, Turn, Way,
};
use crate::api::forms::Tone;
use crate::api::paths;
use crate::api::shared::{Mask, When};
use crate::api::site::{Renewal, RepairEntry};
use crate::api::visit::Visit;
use crate::words::{Words, codes};

/// A card of the overview.
pub(super) fn card(it: &ConnectionCard, visit: &Visit) -> impl IntoView + use<> {
    let all = visit.language.words();
    let words = &all.overview;
    let name = &it.institution.name;
    let brief = is_alike(&it.accounts);
    view! {
        <li class="card" id=format!("c-{}", it.id)>
            <div class="card-head">
                {icon(it.institution.id, name)}
                <h2>{name.clone()}</h2>
                {standing(it, all)}
            </div>
            {brief.then(|| line(it, all))}
            {story(it, visit)}
            {(!brief).then(|| accounts(it, visit))}
            <div class="card-foot">
                <p class="quiet">{dates(it, all)}{quiet(it, all)}</p>
                {action(it, visit, Window::Redirect)}
                <a class="more" href=paths::one(it.id) aria-label=(words.manage)(name)>{words.more}</a>
            </div>
        </li>
    }
}

/// The state: sign, words and colour.
pub(in crate::pages) fn standing(
    it: &ConnectionCard,
    all: &'static Words,
) -> impl IntoView + use<> {
    let words = &all.overview;
    let (tone, text) = match &it.state {
        ConnectionState::SettingUp => (Tone::Wait, words.setting_up),
        ConnectionState::WaitingForChoice(_) => (Tone::Act, words.waiting),
        ConnectionState::Connected | ConnectionState::RenewSoon(_) => (Tone::Fine, words.connected),
        ConnectionState::Stale(_) => (Tone::Wait, words.stale),
        ConnectionState::Broken(Turn::Fix | Turn::Elsewhere) => (Tone::Act, words.needs_you),
        ConnectionState::Broken(Turn::Institution) => (Tone::Wait, words.institution_on_it),
        ConnectionState::Broken(Turn::Mastercard) => (Tone::Wait, words.mastercard_on_it),
        ConnectionState::Broken(Turn::Ours) => (Tone::Wait, words.we_are_on_it),
        ConnectionState::Leaving => (Tone::Ended, words.leaving),
        ConnectionState::Gone => (Tone::Ended, words.gone),
    };
    badge(tone, text)
}

/// What happened and what helps, in one paragraph; two steps as a list.
pub(in crate::pages) fn story(it: &ConnectionCard, visit: &Visit) -> impl IntoView + use<> {
    let late = it.late_removal.as_ref().map(|asked| {
        let text = (visit.language.words().overview.late_removal)(&asked.text);
        view! { <p class="card-text">{text}</p> }
    });
    view! { {told(it, visit)} {coming(it, visit)} {late} }
}

/// A change that is known before it happens; what asks for a sign-in already
/// says so itself.
fn coming(it: &ConnectionCard, visit: &Visit) -> Option<impl IntoView + use<>> {
    let runs = matches!(
        it.state,
        ConnectionState::Connected | ConnectionState::RenewSoon(_) | ConnectionState::Stale(_)
    );
    (runs && it.outlook == Outlook::Moving).then(|| {
        let text = (visit.language.words().overview.moving)(&it.institution.name);
        view! { <p class="card-text quiet">{text}</p> }
    })
}

fn told(it: &ConnectionCard, visit: &Visit) -> AnyView {
    let all = visit.language.words();
    let words = &all.overview;
    let plain = |text: String| view! { <p class="card-text">{text}</p> }.into_any();
    match (&it.state, &it.trouble) {
        (ConnectionState::Broken(turn), Some(trouble)) => broken(it, *turn, trouble, visit),
        (ConnectionState::SettingUp, _) => plain(words.setting_up_text.into()),
        (ConnectionState::WaitingForChoice(_), _) => plain(words.waiting_text.into()),
        (ConnectionState::Stale(since), _) => {
            let since = since.as_ref().map(|since| &*since.text);
            plain((words.stale_text)(since, &it.reading.text))
        }
        (ConnectionState::RenewSoon(by), _) => plain(match visit.site.renewal {
            Renewal::Explained => (words.renew_explained)(&by.text),
            Renewal::ThroughFix => (words.renew_text)(&by.text),
        }),
        (ConnectionState::Leaving, _) if it.late_removal.is_some() => ().into_any(),
        (ConnectionState::Leaving, _) => plain(words.leaving_text.into()),
        (ConnectionState::Gone, _) => plain((words.gone_text)(&it.institution.name)),
        (ConnectionState::Connected | ConnectionState::Broken(_), _) => ().into_any(),
    }
}

fn broken(it: &ConnectionCard, turn: Turn, trouble: &Trouble, visit: &Visit) -> AnyView {
    let words = &visit.language.words().overview;
    let said = codes(visit.language, trouble.wording, &it.institution.name);
    // The institution is in trouble: what would help a sign-in does not now.
    let waits = turn == Turn::Institution && matches!(trouble.way, Way::Fix | Way::ActThenFix);
    let rhythm = trouble
        .rhythm
        .map(|days| view! { <p class="card-text quiet">{(words.rhythm)(days)}</p> });
    let text = match &trouble.outage {
        Some(outage) => Some((words.outage)(&it.institution.name, outage)),
        None if waits => Some((words.institution_down)(
            &it.institution.name,
            &it.reading.text,
        )),
        None => None,
    };
    if let Some(text) = text {
        return view! { <p class="card-text">{text}</p> }.into_any();
    }
    let steps = (!said.steps.is_empty()).then(|| {
        let steps = said.steps.iter();
        let steps = steps.map(|step| view! { <li>{step.clone()}</li> });
        view! { <ol class="steps-two">{steps.collect_view()}</ol> }
    });
    let replaced = trouble.way == Way::Replaced;
    let remedy = if replaced {
        Some(format!(" {}", words.replaced))
    } else {
        steps.is_none().then(|| format!(" {}", said.remedy))
    };
    // What Fix helps is not waited for.
    let next = (turn != Turn::Fix && !replaced).then(|| {
        let text = (words.next_reading)(&it.reading.text);
        view! { <p class="card-text quiet">{text}</p> }
    });
    view! {
        <p class="card-text">{said.what}{remedy}</p>
        {next}
        {steps}
        {rhythm}
    }
    .into_any()
}

/// Since when, as exactly as it is known, and the last good data.
pub(in crate::pages) fn dates(it: &ConnectionCard, all: &'static Words) -> AnyView {
    let words = &all.overview;
    let together = together(&it.accounts);
    let last = together.map(|when| view! { " · " {words.last_good} " " {time(when)} });
    match it
        .trouble
        .as_ref()
        .and_then(|trouble| trouble.failed.as_ref())
    {
        Some(failed) => {
            let before = it
                .trouble
                .as_ref()
                .and_then(|trouble| trouble.last_good.as_ref());
            let since = (words.broken_since)(before.map(|before| &*before.text), &failed.text);
            view! { {since} {last} }.into_any()
        }
        None => view! { {(words.since)(&it.since.text)} {last} }.into_any(),
    }
}

/// That nothing is told of it for a while.
fn quiet(it: &ConnectionCard, all: &'static Words) -> Option<String> {
    let until = it.snoozed.as_ref();
    until.map(|until| format!(" · {}", (all.notices.snoozed)(&until.text)))
}

/// The one action of a card. `window` is how Data Connect opens, where the
/// page has but one such button.
pub(in crate::pages) fn action(it: &ConnectionCard, visit: &Visit, window: Window) -> AnyView {
    let words = &visit.language.words().overview;
    let link = |href: String, text: String| {
        view! { <a class="button" href=href rel="noreferrer">{text}</a> }.into_any()
    };
    let name = &it.institution.name;
    match (&it.state, it.trouble.as_ref().map(|trouble| trouble.way)) {
        (ConnectionState::WaitingForChoice(session), _) => {
            link(paths::session(*session), words.choose.into())
        }
        // The way leads through the institution's page, which offers it first.
        (ConnectionState::Broken(Turn::Fix), Some(_))
            if visit.site.repair_entry == RepairEntry::Integrated =>
        {
            link(paths::institution(it.institution.id), words.fix.into())
        }
        (ConnectionState::Broken(Turn::Fix), Some(way)) => fix(it, way, visit, window),
        (ConnectionState::RenewSoon(_), _) => match visit.site.renewal {
            Renewal::ThroughFix => view! {
                <form class="fix" action=paths::renew(it.id) method="post">
                    <button class="button" type="submit">{words.renew}</button>
                </form>
            }
            .into_any(),
            Renewal::Explained => {
                let (to, text) = (
                    paths::institution(it.institution.id),
                    (words.connect_anew)(name),
                );
                view! { <a class="button button-plain" href=to>{text}</a> }.into_any()
            }
        },
        (ConnectionState::Broken(Turn::Elsewhere), Some(Way::Replaced)) => {
            link(paths::disconnect(it.id), words.remove_old.into())
        }
        (ConnectionState::Broken(Turn::Elsewhere), Some(Way::ConnectAnew))
        | (ConnectionState::Gone, _) => link(
            paths::institution(it.institution.id),
            (words.connect_anew)(name),
        ),
        (
            ConnectionState::Broken(Turn::Elsewhere),
            Some(Way::AtInstitution | Way::CheckAccount),
        ) => {
            let site = it.links.sign_in.as_ref().or(it.links.home.as_ref());
            site.map_or_else(
                || ().into_any(),
                |site| link(site.clone(), (words.open_site)(name)),
            )
        }
        _ => ().into_any(),
    }
}

/// The button that makes the link, on the click; before it, where one must go
/// to the institution first, the way there.
fn fix(it: &ConnectionCard, way: Way, visit: &Visit, window: Window) -> AnyView {
    let words = &visit.language.words().overview;
    let name = &it.institution.name;
    let site = it.links.sign_in.as_ref().or(it.links.home.as_ref());
    let first = site.filter(|_| way == Way::ActThenFix).map(|site| {
        let text = (words.open_site)(name);
        view! { <a class="button" href=site.clone() rel="noreferrer">{text}</a> }
    });
    let class = if first.is_some() {
        "button button-plain"
    } else {
        "button"
    };
    let mode = match window {
        Window::Redirect => None,
        Window::Embedded => Some("Embedded"),
        Window::Popup => Some("Popup"),
    };
    let sdk = mode.and(visit.site.assets.sdk.clone());
    view! {
        {first}
        <form
            class="fix" action=paths::repair(it.id) method="post" data-window=mode data-sdk=sdk
            data-connection=mode.map(|_| it.id.to_string())
            data-failed=mode.map(|_| visit.language.words().confirm.window_failed)
        >
            <button class=class type="submit" aria-label=(words.fix_label)(name)>{words.fix}</button>
            {mode.map(|_| view! { <p class="quiet" role="status" data-said></p> })}
        </form>
    }
    .into_any()
}

/// The time of the last data, where all accounts have the same: it is said once.
fn together(accounts: &[CardAccount]) -> Option<&When> {
    let mut all = accounts.iter().map(|one| one.last_good.as_ref());
    let first = all.next()??;
    all.all(|other| other.is_some_and(|other| other.text == first.text))
        .then_some(first)
}

/// Whether one line says all there is to say of the accounts.
fn is_alike(accounts: &[CardAccount]) -> bool {
    let plain = |one: &CardAccount| {
        one.other.is_none() && matches!(one.state, AccountState::Kept | AccountState::Undecided)
    };
    together(accounts).is_some() && accounts.iter().all(plain)
}

/// So many accounts are named in a line; of more, the first few tell enough.
const NAMED: usize = 4;

/// The accounts by name, in one line.
fn line(it: &ConnectionCard, all: &'static Words) -> impl IntoView + use<> {
    // "And one more" would take the place of its name.
    let shown = match it.accounts.len() {
        few if few <= NAMED => few,
        _ => NAMED - 1,
    };
    let (first, rest) = it.accounts.split_at(shown);
    let rest = (!rest.is_empty()).then(|| (all.overview.more_accounts)(rest.len()));
    let names = first.iter().map(|one| called(one, all)).chain(rest);
    let items = names.map(|name| view! { <li>{name}</li> });
    view! { <ul class="card-line">{items.collect_view()}</ul> }
}

/// The list of accounts, each with what the card does not say of it.
pub(super) fn accounts(it: &ConnectionCard, visit: &Visit) -> impl IntoView + use<> {
    let together = together(&it.accounts);
    let rows = it
        .accounts
        .iter()
        .map(|one| account(it, one, together, visit));
    view! { <ul class="card-accounts">{rows.collect_view()}</ul> }
}

/// What an account is called.
pub(super) fn called(one: &CardAccount, all: &'static Words) -> String {
    (all.choice.account)(&one.name, one.mask.as_ref().map(Mask::as_str))
}

/// `together` is what the card says for all of its accounts.
fn account(
    it: &ConnectionCard,
    one: &CardAccount,
    together: Option<&When>,
    visit: &Visit,
) -> impl IntoView + use<> {
    let all = visit.language.words();
    let words = &all.overview;
    let last = match (one.state, &one.last_good) {
        (AccountState::Removing | AccountState::Removed, _) => Some(words.removing.into_any()),
        (_, None) => Some(words.no_data_yet.into_any()),
        (_, Some(_)) if together.is_some() => None,
        (_, Some(when)) => Some(view! { {words.last_good} " " {time(when)} }.into_any()),
    };
    let other = one.other.map(|other| match other {
        OtherTrouble::Broken(wording) => codes(visit.language, wording, &it.institution.name).what,
        OtherTrouble::Gone => words.account_gone.into(),
        OtherTrouble::Works => words.account_works.into(),
    });
    let last = last.map(|last| view! { <span class="account-last quiet">{last}</span> });
    let class = match one.other {
        Some(OtherTrouble::Works) => "account-other quiet",
        _ => "account-other",
    };
    let other = other.map(|text| view! { <span class=class>{text}</span> });
    view! {
        <li>
            <span class="account-name">{called(one, all)}</span>
            <span class="account-kind quiet">{(all.choice.kind)(&one.kind)}</span>
            {last}
            {other}
        </li>
    }
}
