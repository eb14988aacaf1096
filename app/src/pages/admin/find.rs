//! For support: finds a person. That one was found is put down by the port.

use leptos::prelude::*;

use super::{bad_address, helper, menu};
use crate::api::asked::parts;
use crate::api::paths;
use crate::api::visit::Visit;
use crate::pages::form::Filter;
use crate::pages::{Page, PageFault};

/// The search, and whom it found.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let helper = helper(&visit)?;
    let words = &visit.language.words().story;
    let text = match parts(&visit.query, ["q"]) {
        Ok([text]) => text.trim().to_owned(),
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::FIND_PERSON)),
    };
    let found = if text.is_empty() {
        None
    } else {
        Some(helper.find(&text).await?)
    };
    let found = found.map(|people| {
        if people.is_empty() {
            return view! { <p class="part" role="status">{words.find_none}</p> }.into_any();
        }
        let rows = people.into_iter().map(|person| {
            view! { <li class="row"><a href=paths::story(person.id)>{person.email}</a></li> }
        });
        view! { <ul class="rows part">{rows.collect_view()}</ul> }.into_any()
    });
    let main = view! {
        {menu(&visit)}
        <h1>{words.find_title}</h1>
        <p class="lead">{words.find_lead}</p>
        <form class="filters" action=paths::FIND_PERSON method="get" role="search">
            {Filter::text("q", words.find_label, &text)}
            <button class="button" type="submit">{words.find}</button>
        </form>
        {found}
    };
    Ok(Page::new(words.find_title, main).wide())
}
