//! What a person has connected, and what support can do about it.

use leptos::prelude::*;

use super::super::table::{Head::Text, cells, grid};
use crate::api::forms::{Field, Notice};
use crate::api::ids::UserRef;
use crate::api::notices::SnoozeFor;
use crate::api::paths;
use crate::api::shared::When;
use crate::api::story::{Held, HeldAccount, HelpNotice, Mark, Meaning, StoryPage};
use crate::pages::form::hidden;
use crate::pages::parts::time;
use crate::words::Words;

/// Each connection, with its facts and forms.
pub(super) fn part(it: &StoryPage, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.story;
    let mut first: Vec<&Held> = it.connections.iter().collect();
    // What is broken is what somebody calls about.
    first.sort_by_key(|one| one.broken.is_none());
    let held = first.into_iter().map(|one| connection(one, it.id, all));
    let none = it.connections.is_empty();
    view! {
        <section class="part" aria-labelledby="connections">
            <h2 id="connections">{words.connections}</h2>
            {none.then(|| view! { <p>{words.none_connected}</p> })}
            {held.collect_view()}
        </section>
    }
}

fn connection(one: &Held, person: UserRef, all: &'static Words) -> AnyView {
    let words = &all.story;
    let (title, label) = (format!("held-{}", one.id), format!("held-{}", one.id));
    let facts = [
        (words.state, state(one, all)),
        (all.rows.customer, one.customer.clone()),
        (words.login, one.login.clone()),
        (all.rows.reference, one.id.to_string()),
    ];
    let facts = facts.map(|(name, text)| view! { <div><dt>{name}</dt><dd>{text}</dd></div> });
    view! {
        <article class="part" aria-labelledby=label>
            <h3 id=title>{one.institution.1.clone()}</h3>
            <dl class="facts">{facts.into_iter().collect_view()}</dl>
            {accounts(one, all)}
            <details class="helps">
                <summary>{words.help}</summary>
                {letter(one, person, all)}
                {snooze(one, person, all)}
                {marks(one, person, all)}
            </details>
        </article>
    }
    .into_any()
}

/// How it stands, since when, and what was said of it.
fn state(one: &Held, all: &'static Words) -> String {
    let words = &all.story;
    let mut parts = Vec::new();
    match (&one.broken, one.standing) {
        (Some((code, acts, cause, since)), _) => {
            let code = (all.rows.broken_by)(&code.to_string());
            parts.push(format!("{} ({code})", (all.health.cause)(*cause)));
            parts.push(format!("{}: {}", all.places.who, (all.health.acts)(*acts)));
            parts.push(format!("{}: {}", all.rows.since, since.text));
        }
        (None, Ok(standing)) => parts.push((all.health.standing)(standing)),
        (None, Err(why)) => parts.push((words.uncounted)(why)),
    }
    let marks = one.marks.iter().map(|(mark, why)| {
        // Without a reason it is nobody's mark.
        let why = if why.is_empty() { words.of_kind } else { why };
        (words.of_mark)(&(words.mark)(*mark), why)
    });
    parts.extend(marks);
    let snoozed = one.snoozed.as_ref();
    parts.extend(snoozed.map(|until| (all.notices.snoozed)(&until.text)));
    parts.join(" · ")
}

/// What Mastercard told of each account last: what is read out on the phone.
fn accounts(one: &Held, all: &'static Words) -> Option<AnyView> {
    let words = &all.story;
    let when = |when: Option<&When>| match when {
        Some(when) => time(when).into_any(),
        None => all.cases.never.into_any(),
    };
    let row = |account: &HeldAccount| {
        let mask = account.mask.as_ref();
        let mask = mask.map(|mask| format!(" ··{}", mask.as_str()));
        cells![
            view! { <code>{account.id.clone()}</code>
            {format!(" {}{}", account.name, mask.unwrap_or_default())} },
            when(account.tried.as_ref()),
            when(account.data.as_ref()),
            said(account, all),
        ]
    };
    let heads = [words.account_ids, words.tried, words.data, words.said].map(Text);
    let rows = one.accounts.iter().map(row);
    (!one.accounts.is_empty()).then(|| grid(words.account_ids, "part results", heads, rows))
}

/// The last code of an account that is there no more says nothing of it.
fn said(account: &HeldAccount, all: &'static Words) -> String {
    if let Some(left) = &account.left {
        return (all.story.left)(left);
    }
    let Some((code, meaning)) = account.code else {
        return all.story.no_code.to_owned();
    };
    let code = (all.rows.broken_by)(&code.to_string());
    match meaning {
        Meaning::Works => format!("{} ({code})", all.story.works),
        Meaning::Fails(acts, cause) => {
            let who = (all.health.acts)(acts);
            let cause = (all.health.cause)(cause);
            format!("{cause} ({code}) · {}: {who}", all.places.who)
        }
    }
}

/// Of what is broken: a way to write, or why none is open.
fn letter(one: &Held, person: UserRef, all: &'static Words) -> Option<AnyView> {
    one.broken.as_ref()?;
    if let Some(why) = &one.no_letter {
        let why = Notice::Help(HelpNotice::NoLetter(why.clone()));
        let why = (all.forms.notice)(&why);
        return Some(view! { <p class="part">{why}</p> }.into_any());
    }
    let words = &all.story;
    let form = view! {
        <form class="form" action=paths::help_letter(one.id) method="post">
            {hidden(Field::Person, &person.to_string())}
            <p class="hint">{words.letter_text}</p>
            <p class="actions"><button class="button" type="submit">{words.letter}</button></p>
        </form>
    };
    Some(form.into_any())
}

fn snooze(one: &Held, person: UserRef, all: &'static Words) -> AnyView {
    let words = &all.story;
    let who = hidden(Field::Person, &person.to_string());
    if one.snoozed.is_some() {
        return view! {
            <form class="actions" action=paths::help_unsnooze(one.id) method="post">
                {who}
                <button class="button button-plain" type="submit">{all.notices.unsnooze}</button>
            </form>
        }
        .into_any();
    }
    let options = SnoozeFor::ALL.map(|how_long| {
        let text = (all.notices.snooze_for)(how_long);
        view! { <option value=how_long.value()>{text}</option> }
    });
    let id = format!("snooze-{}", one.id);
    view! {
        <form class="form" action=paths::help_snooze(one.id) method="post">
            {who}
            <div class="field">
                <label class="label" for=id.clone()>{words.snooze}</label>
                <p class="hint">{words.snooze_text}</p>
                <select class="input" id=id name=Field::HowLong.name()>
                    {options.into_iter().collect_view()}
                </select>
            </div>
            <p class="actions">
                <button class="button button-plain" type="submit">{words.snooze}</button>
            </p>
        </form>
    }
    .into_any()
}

fn marks(one: &Held, person: UserRef, all: &'static Words) -> AnyView {
    let words = &all.story;
    let who = || hidden(Field::Person, &person.to_string());
    let set: Vec<Mark> = one.marks.iter().map(|(mark, _)| *mark).collect();
    let unset = set.iter().map(|mark| {
        view! {
            <form class="actions" action=paths::help_unmark(one.id) method="post">
                {who()}
                {hidden(Field::Mark, mark.value())}
                <button class="button button-plain" type="submit">{(words.unmark)(*mark)}</button>
            </form>
        }
    });
    let unset = unset.collect_view();
    let options = Mark::ALL.into_iter().filter(|mark| !set.contains(mark));
    let options = options
        .map(|mark| view! { <option value=mark.value()>{(words.mark)(mark)}</option> })
        .collect_view();
    let (mark_id, reason_id) = (format!("mark-{}", one.id), format!("reason-{}", one.id));
    let form = (set.len() < Mark::ALL.len()).then(|| {
        view! {
            <form class="form" action=paths::help_mark(one.id) method="post">
                {who()}
                <div class="field">
                    <label class="label" for=mark_id.clone()>{words.mark_title}</label>
                    <p class="hint">{words.mark_text}</p>
                    <select class="input" id=mark_id name=Field::Mark.name()>{options}</select>
                </div>
                <div class="field">
                    <label class="label" for=reason_id.clone()>{words.reason}</label>
                    <input class="input" id=reason_id name=Field::Reason.name() required
                        autocomplete="off" maxlength="200"/>
                </div>
                <p class="actions">
                    <button class="button button-plain" type="submit">{words.set_mark}</button>
                </p>
            </form>
        }
    });
    view! { {unset}{form} }.into_any()
}
