//! Finding the institution, and saying that one is missing.

use leptos::prelude::*;

use super::form::{Input, Takes};
use super::parts::{flash, icon};
use super::{Needs, Page, PageFault};
use crate::api::forms::{Field, Form};
use crate::api::paths;
use crate::api::search::{Availability, Hit, Relation, Typing};
use crate::api::visit::{Person, Visit};
use crate::widgets::institution_search::InstitutionSearch;
use crate::words::Find;

/// The field is the page.
pub(crate) async fn page(visit: Visit, person: Person) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.find;
    let popular = person.institutions.popular().await?;
    let term = visit.query("q").unwrap_or_default().trim().to_owned();
    let found = if term.is_empty() {
        None
    } else {
        let found = person.institutions.search(&term, Typing::Done).await?;
        leptos::serde_json::to_string(&found).ok()
    };
    let tiles = popular
        .into_iter()
        .map(|hit| tile(&hit, words))
        .collect_view();
    let main = view! {
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {flash(&visit.flash, all, &[Form::Missing, Form::Connect])}
        <InstitutionSearch term=term found=found words=(all.islands.search)()>
            <h2 class="tiles-title">{words.popular}</h2>
            <ul class="tiles">{tiles}</ul>
        </InstitutionSearch>
    };
    Ok(Page::new(words.title, main).needs(Needs::Islands(None)))
}

fn tile(hit: &Hit, words: &'static Find) -> impl IntoView + use<> {
    let state = match (hit.availability, hit.relation) {
        (Availability::Troubled, _) => Some(words.troubled),
        (_, Relation::Connected) => Some(words.connected),
        (_, Relation::New) => None,
    };
    let state = state.map(|state| view! { <span class="tile-state">{state}</span> });
    view! {
        <li>
            <a class="tile" href=paths::institution(hit.id)>
                {icon(hit.id, &hit.name)}
                <span class="tile-name">{hit.name.clone()}</span>
                {state}
            </a>
        </li>
    }
}

/// A way out when nothing is found.
pub(crate) async fn missing(visit: Visit, _person: Person) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.find;
    let name = Input::new(Form::Missing, Field::Name, Takes::Text, words.missing_name)
        .value(visit.query("q"));
    let (form, field) = (Form::Missing, Field::Address);
    let address = Input::new(form, field, Takes::Address, words.missing_address);
    let main = view! {
        <h1>{words.missing_title}</h1>
        <p class="lead">{words.missing_lead}</p>
        {flash(&visit.flash, all, &[Form::Missing])}
        <form class="form" action=paths::MISSING method="post">
            {name.view(&visit)}
            {address.hint(words.missing_address_hint).view(&visit)}
            <p class="actions">
                <button class="button" type="submit">{words.missing_send}</button>
                <a href=paths::CONNECT>{words.missing_back}</a>
            </p>
        </form>
    };
    Ok(Page::new(words.missing_title, main))
}
