//! One person, for an admin. Looking is put down by the port.

use leptos::prelude::*;

use super::people::{roles, standing};
use super::{keeper, menu};
use crate::api::account::SignIn;
use crate::api::audit::QUERY;
use crate::api::forms::{Field, Form};
use crate::api::ids::UserRef;
use crate::api::paths;
use crate::api::people::{PersonPage, Standing, Whose};
use crate::api::visit::Visit;
use crate::pages::form::{Input, Takes, hidden};
use crate::pages::parts::{flash, time};
use crate::pages::{Page, PageFault};
use crate::words::{PeopleWords, Words};

/// What there is to know, and to do.
pub(crate) async fn page(visit: Visit, id: UserRef) -> Result<Page, PageFault> {
    let it = keeper(&visit)?.person(id).await?;
    let all = visit.language.words();
    let words = &all.people;
    let acts = paths::with_query(paths::AUDIT, &QUERY[..1], &[&it.row.email]);
    let disabled = match &it.row.standing {
        Standing::Disabled(since) => Some((words.disabled_since)(&since.text)),
        Standing::Active | Standing::Unconfirmed => None,
    };
    let forms = match it.whose {
        Whose::Own => view! { <p class="aside">{words.oneself}</p> }.into_any(),
        Whose::Another => acts_on(&visit, &it, all).into_any(),
    };
    let story = visit.helper.is_some().then(|| {
        view! { <a href=paths::story(id)>{all.story.story}</a> }
    });
    let main = view! {
        {menu(&visit)}
        <h1>{it.row.email.clone()}</h1>
        {flash(&visit.flash, all, &[Form::Person, Form::ErasePerson])}
        <dl class="facts">
            <div><dt>{words.role}</dt><dd>{(words.role_name)(it.row.role)}</dd></div>
            <div>
                <dt>{words.state}</dt>
                <dd>{standing(&it.row, words)} " " {disabled}</dd>
            </div>
            <div>
                <dt>{words.second_step}</dt>
                <dd>{second_step(&it, words)}</dd>
            </div>
            <div><dt>{words.since}</dt><dd>{time(&it.row.since)}</dd></div>
        </dl>
        {forms}
        {sign_ins(&it, all)}
        <p class="actions part">
            <a href=paths::PEOPLE>{words.back}</a>
            <a href=acts>{words.acts}</a>
            {story}
        </p>
    };
    Ok(Page::new(it.row.email, main))
}

fn second_step(it: &PersonPage, words: &PeopleWords) -> String {
    let state = if it.row.has_factor {
        words.on
    } else {
        words.off
    };
    if it.passkeys == 0 {
        return state.into();
    }
    let used = it.passkey_used.as_ref().map(|used| &*used.text);
    format!("{state} · {}", (words.passkeys)(it.passkeys, used))
}

fn acts_on(visit: &Visit, it: &PersonPage, all: &'static Words) -> impl IntoView + use<> {
    let (words, id) = (&all.people, it.row.id);
    let (access, text, button) = match it.row.standing {
        Standing::Disabled(_) => ("allowed", None, words.enable),
        Standing::Active | Standing::Unconfirmed => {
            ("disabled", Some(words.disable_text), words.disable)
        }
    };
    let reset = it.row.has_factor.then(|| {
        view! {
            <section class="part" aria-labelledby="factor">
                <h2 id="factor">{words.second_step}</h2>
                <p>{words.reset_text}</p>
                <form class="actions" action=paths::person_factor(id) method="post">
                    <button class="button button-plain" type="submit">{words.reset}</button>
                </form>
            </section>
        }
    });
    let typed = Input::new(
        Form::ErasePerson,
        Field::Email,
        Takes::OtherEmail,
        words.erase_typed,
    );
    view! {
        <section class="part" aria-labelledby="role">
            <h2 id="role">{words.change}</h2>
            <form class="form" action=paths::person_role(id) method="post">
                {roles(Form::Person, it.row.role, words).view()}
                <p class="actions"><button class="button" type="submit">{words.change}</button></p>
            </form>
        </section>
        <section class="part" aria-labelledby="access">
            <h2 id="access">{words.access}</h2>
            {text.map(|text| view! { <p>{text}</p> })}
            <form class="actions" action=paths::person_access(id) method="post">
                {hidden(Field::Access, access)}
                <button class="button button-plain" type="submit">{button}</button>
            </form>
        </section>
        {reset}
        <section class="part" aria-labelledby="erase">
            <h2 id="erase">{words.erase}</h2>
            <p>{words.erase_text}</p>
            <form class="form" action=paths::person_erase(id) method="post">
                {typed.view(visit)}
                <p class="actions"><button class="button button-loss" type="submit">{words.erase}</button></p>
            </form>
        </section>
    }
}

fn sign_ins(it: &PersonPage, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.people;
    let row = |one: &SignIn| {
        let used = (all.account.used)(&one.address, &one.started.text, &one.last_used.text);
        view! {
            <li class="row">
                <span class="row-text"><strong>{one.device.clone()}</strong><span>{used}</span></span>
            </li>
        }
    };
    let list = if it.sign_ins.is_empty() {
        view! { <p>{words.no_sign_ins}</p> }.into_any()
    } else {
        view! {
            <ul class="rows">{it.sign_ins.iter().map(row).collect_view()}</ul>
            <form class="actions" action=paths::person_sign_ins(it.row.id) method="post">
                <button class="button button-plain" type="submit">{words.end_all}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="part" aria-labelledby="sign-ins">
            <h2 id="sign-ins">{words.sign_ins}</h2>
            {list}
        </section>
    }
}
