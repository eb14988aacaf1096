//! People with a sign-in: the list, and an invitation.

use leptos::prelude::*;

use super::table::{Head::Text, cells, grid};
use super::{bad_address, keeper, menu, unreadable};
use crate::api::asked::{parts, typed};
use crate::api::forms::{Field, Form, Tone};
use crate::api::paths;
use crate::api::people::{
    Invitations, LONGEST, PeopleFilter, PeoplePage, PersonRow, QUERY, Role, Standing,
};
use crate::api::rows::BadPart;
use crate::api::visit::Visit;
use crate::pages::form::{Filter, Group, Input, Select, Takes};
use crate::pages::parts::{badge, flash, time};
use crate::pages::{Page, PageFault};
use crate::words::PeopleWords;

/// Search, table, next page, invitation.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let keeper = keeper(&visit)?;
    let words = &visit.language.words().people;
    let [beginning, role, after] = match parts(&visit.query, QUERY) {
        Ok(parts) => parts,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::PEOPLE)),
    };
    let Some(beginning) = typed(beginning, LONGEST) else {
        let name = QUERY[0].to_owned();
        return Ok(bad_address(&visit, &BadPart { name }, paths::PEOPLE));
    };
    let wanted = match role {
        "" => None,
        role => match Role::parse(role) {
            Some(role) => Some(role),
            None => return Ok(unreadable(&visit, paths::PEOPLE, words.back)),
        },
    };
    let after = match after {
        "" => None,
        id => match id.parse() {
            Ok(id) => Some(id),
            Err(_) => return Ok(unreadable(&visit, paths::PEOPLE, words.back)),
        },
    };
    let filter = PeopleFilter {
        beginning,
        role: wanted,
    };
    let Some(found) = keeper.people(&filter, after).await? else {
        return Ok(unreadable(&visit, paths::PEOPLE, words.back));
    };
    let invited = match after {
        None => Some(keeper.invitations(&filter).await?),
        Some(_) => None,
    };
    let machine = visit.language.words().audit.machine;
    let first = after.is_some().then(|| {
        let href = filter.address(None);
        view! { <a href=href>{words.first}</a> }
    });
    let next = found.next.map(|next| {
        let href = filter.address(Some(next));
        view! { <a href=href rel="next">{words.next}</a> }
    });
    let main = view! {
        {menu(&visit)}
        <h1>{words.title}</h1>
        {flash(&visit.flash, visit.language.words(), &[Form::Invite])}
        {search(&filter, words)}
        {table(&found, words)}
        <p class="actions">{first}{next}</p>
        {invited.map(|invited| invitations(&invited, machine, words))}
        {invite(&visit, words)}
    };
    Ok(Page::new(words.title, main).wide())
}

fn search(filter: &PeopleFilter, words: &'static PeopleWords) -> impl IntoView + use<> {
    let [beginning, role, _] = QUERY;
    let mut roles = vec![(String::new(), words.all_roles.to_owned())];
    roles.extend(Role::ALL.map(|role| (role.value().to_owned(), (words.role_name)(role))));
    let chosen = filter.role.map(Role::value).unwrap_or_default();
    view! {
        <form class="filters" action=paths::PEOPLE method="get">
            {Filter::text(beginning, words.beginning, &filter.beginning)}
            {Filter::list(role, words.role, roles, chosen)}
            <button class="button button-plain" type="submit">{words.find}</button>
        </form>
    }
}

fn table(found: &PeoplePage, words: &'static PeopleWords) -> AnyView {
    if found.rows.is_empty() {
        return view! { <p class="aside">{words.none}</p> }.into_any();
    }
    let rows = found.rows.iter().map(|row| {
        cells![
            view! { <a href=paths::person(row.id)>{row.email.clone()}</a> },
            (words.role_name)(row.role),
            standing(row, words),
            if row.has_factor { words.on } else { words.off },
            time(&row.since),
        ]
    });
    grid(
        words.title,
        "part people",
        [
            words.address,
            words.role,
            words.state,
            words.second_step,
            words.since,
        ]
        .map(Text),
        rows,
    )
}

/// Whether they can sign in.
pub(super) fn standing(row: &PersonRow, words: &'static PeopleWords) -> impl IntoView + use<> {
    match &row.standing {
        Standing::Active => badge(Tone::Fine, words.active),
        Standing::Unconfirmed => badge(Tone::Wait, words.unconfirmed),
        Standing::Disabled(_) => badge(Tone::Ended, words.disabled),
    }
}

/// The list of roles in a form.
pub(super) fn roles(form: Form, chosen: Role, words: &'static PeopleWords) -> Select {
    let option = |role: Role| {
        let text = format!("{}: {}", (words.role_name)(role), (words.role_text)(role));
        (role.value().to_owned(), text)
    };
    Select {
        form,
        field: Field::Role,
        label: words.role,
        hint: None,
        groups: vec![Group {
            title: None,
            options: Role::ALL.map(option).into(),
        }],
        chosen: chosen.value().to_owned(),
    }
}

/// Those that can still be accepted, each with a way to take it back.
fn invitations(
    open: &Invitations,
    machine: &'static str,
    words: &'static PeopleWords,
) -> impl IntoView + use<> {
    let rows = open.rows.iter().map(|one| {
        let by = one.inviter.clone().unwrap_or_else(|| machine.to_owned());
        cells![
            one.email.clone(),
            (words.role_name)(one.role),
            by,
            time(&one.until),
            view! { <form action=paths::withdraw(one.id) method="post">
                <button class="button button-plain" type="submit"
                    aria-label=(words.withdraw_one)(&one.email)>{words.withdraw}</button>
            </form> },
        ]
    });
    let heads = [
        words.address,
        words.role,
        words.inviter,
        words.until,
        words.withdraw,
    ]
    .map(Text);
    let list = if open.rows.is_empty() {
        view! { <p class="aside">{words.no_invitations}</p> }.into_any()
    } else {
        grid(words.invitations, "people", heads, rows)
    };
    view! {
        <section class="part" aria-labelledby="invitations">
            <h2 id="invitations">{words.invitations}</h2>
            {list}
            {open.more.then(|| view! { <p class="aside">{words.more_invitations}</p> })}
        </section>
    }
}

fn invite(visit: &Visit, words: &'static PeopleWords) -> impl IntoView + use<> {
    let email = Input::new(Form::Invite, Field::Email, Takes::OtherEmail, words.address);
    let left = visit.flash.value(Form::Invite, Field::Role);
    let chosen = left.and_then(Role::parse).unwrap_or(Role::Viewer);
    view! {
        <section class="part narrow" aria-labelledby="invite">
            <h2 id="invite">{words.invite}</h2>
            <p>{words.invite_text}</p>
            <form class="form" action=paths::PEOPLE method="post">
                {email.view(visit)}
                {roles(Form::Invite, chosen, words).view()}
                <p class="actions"><button class="button" type="submit">{words.send}</button></p>
            </form>
        </section>
    }
}
