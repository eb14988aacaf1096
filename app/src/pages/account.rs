//! The person's own sign-in.

use leptos::prelude::*;

use super::form::{Group, Input, Select, Takes};
use super::parts::{badge, flash};
use super::{Page, PageFault};
use crate::api::account::{Address, SignIn, Which, Zones};
use crate::api::forms::{Field, Form, Tone};
use crate::api::paths;
use crate::api::visit::{Person, Visit};
use crate::words::{Account, Language};

/// Address, password, where signed in.
pub(crate) async fn page(visit: Visit, person: Person) -> Result<Page, PageFault> {
    let sign_ins = person.account.sign_ins().await?;
    let all = visit.language.words();
    let words = &all.account;
    let address = match person.view.address {
        Address::Confirmed => badge(Tone::Fine, words.confirmed).into_any(),
        Address::Unconfirmed => badge(Tone::Act, words.unconfirmed).into_any(),
    };
    let form = Form::ChangePassword;
    let present = Input::new(
        form,
        Field::Password,
        Takes::CurrentPassword,
        words.current_password,
    );
    let new = Input::new(
        form,
        Field::NewPassword,
        Takes::NewPassword,
        words.new_password,
    );
    let zones = person.account.zones();
    let forms = [form, Form::Preferences, Form::SignIns];
    let main = view! {
        <h1>{words.title}</h1>
        {flash(&visit.flash, all, &forms)}
        <section class="part" aria-labelledby="address">
            <h2 id="address">{words.email}</h2>
            <p><strong>{person.view.email.clone()}</strong></p>
            {address}
        </section>
        <section class="part" aria-labelledby="reading">
            <h2 id="reading">{words.reading}</h2>
            <p>{words.reading_lead}</p>
            <form class="form" action=paths::PREFERENCES method="post">
                {languages(visit.language, words).view()}
                {places(zones, words).view()}
                <p class="actions"><button class="button" type="submit">{words.choose}</button></p>
            </form>
        </section>
        <section class="part" aria-labelledby="notices">
            <h2 id="notices">{all.telling.title}</h2>
            <p>{all.telling.account_text}</p>
            <p class="actions"><a href=paths::NOTICE_SETTINGS>{all.notices.how}</a></p>
        </section>
        <section class="part" aria-labelledby="password">
            <h2 id="password">{words.password}</h2>
            <form class="form" action=paths::CHANGE_PASSWORD method="post">
                // Password managers look for the name that belongs to it.
                <input type="text" class="visually-hidden" name="username" autocomplete="username"
                    value=person.view.email.clone() tabindex="-1" aria-hidden="true" readonly/>
                {present.view(&visit)}
                {new.hint(all.door.password_hint).view(&visit)}
                <p class="actions"><button class="button" type="submit">{words.change}</button></p>
            </form>
        </section>
        <section class="part" aria-labelledby="second-step">
            <h2 id="second-step">{all.factor.title}</h2>
            <p>{all.factor.account_text}</p>
            <p class="actions"><a href=paths::SECOND_FACTOR>{all.factor.look}</a></p>
        </section>
        <section class="part" aria-labelledby="sign-ins">
            <h2 id="sign-ins">{words.sign_ins}</h2>
            <p>{words.sign_ins_lead}</p>
            <ul class="rows">{sign_ins.iter().map(|one| row(one, words)).collect_view()}</ul>
            <form class="actions" action=paths::SIGN_OUT_EVERYWHERE method="post">
                <button class="button button-plain" type="submit">{words.everywhere}</button>
                <span class="quiet">{words.everywhere_text}</span>
            </form>
        </section>
        <section class="part" aria-labelledby="erase">
            <h2 id="erase">{words.erase}</h2>
            <p>{words.erase_text}</p>
            <p class="actions"><a href=paths::ERASE>{words.erase}</a></p>
        </section>
    };
    Ok(Page::new(words.title, main))
}

/// Each by its own name, so that whoever reads one finds it.
fn languages(chosen: Language, words: &Account) -> Select {
    let named = |language: Language| (language.tag().to_owned(), language.name().to_owned());
    Select {
        form: Form::Preferences,
        field: Field::Language,
        label: words.language,
        hint: None,
        groups: vec![Group {
            title: None,
            options: Language::ALL.into_iter().map(named).collect(),
        }],
        chosen: chosen.tag().to_owned(),
    }
}

/// The usual one, those of most people here, then all.
fn places(zones: Zones, words: &Account) -> Select {
    let near = [
        ("America/New_York", words.eastern),
        ("America/Chicago", words.central),
        ("America/Denver", words.mountain),
        ("America/Phoenix", words.arizona),
        ("America/Los_Angeles", words.pacific),
        ("America/Anchorage", words.alaska),
        ("Pacific/Honolulu", words.hawaii),
    ];
    let is_near = |zone: &str| near.iter().any(|(name, _)| *name == zone);
    let far = zones.all.into_iter().filter(|zone| !is_near(zone));
    let far = far.map(|zone| {
        let shown = place(&zone);
        (zone, shown)
    });
    let group = |title, options| Group { title, options };
    let usual = (words.usual_zone)(&place(&zones.usual));
    let near_by = near.map(|(name, shown)| (name.to_owned(), shown.to_owned()));
    Select {
        form: Form::Preferences,
        field: Field::Zone,
        label: words.zone,
        hint: Some(words.zone_hint),
        groups: vec![
            group(None, vec![(String::new(), usual)]),
            group(Some(words.zones_us), near_by.into()),
            group(Some(words.zones_all), far.collect()),
        ],
        chosen: zones.chosen.unwrap_or_default(),
    }
}

/// `America/New_York` is a name for programs.
fn place(zone: &str) -> String {
    zone.replace('_', " ")
}

fn row(one: &SignIn, words: &'static Account) -> impl IntoView + use<> {
    let end = match one.which {
        Which::This => badge(Tone::Fine, words.this_one).into_any(),
        Which::Other => view! {
            <form action=paths::revoke(one.id) method="post">
                <button class="button button-plain" type="submit"
                    aria-label=(words.revoke_one)(&one.device)>{words.revoke}</button>
            </form>
        }
        .into_any(),
    };
    let used = (words.used)(&one.address, &one.started.text, &one.last_used.text);
    view! {
        <li class="row">
            <span class="row-text"><strong>{one.device.clone()}</strong><span>{used}</span></span>
            {end}
        </li>
    }
}
