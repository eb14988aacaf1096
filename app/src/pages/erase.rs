//! Before somebody erases all that we have of them.

use leptos::prelude::*;

use super::form::{Input, Takes};
use super::parts::flash;
use super::{Page, PageFault};
use crate::api::forms::{Field, Form};
use crate::api::paths;
use crate::api::visit::{Person, Visit};

/// What goes and what stays, and the password once more.
pub(crate) async fn page(visit: Visit, _: Person) -> Result<Page, PageFault> {
    let all = visit.language.words();
    let words = &all.account;
    let form = Form::Erase;
    let password = Input::new(
        form,
        Field::Password,
        Takes::CurrentPassword,
        words.current_password,
    );
    let main = view! {
        <h1>{words.erase}</h1>
        {flash(&visit.flash, all, &[form])}
        <p class="lead">{words.erase_lead}</p>
        <ul class="rows">
            <li class="row">{words.erase_reading}</li>
            <li class="row">{words.erase_names}</li>
            <li class="row">{words.erase_banks}</li>
            <li class="row">{words.erase_stays}</li>
        </ul>
        <form class="form" action=paths::ERASE method="post">
            {password.view(&visit)}
            <p class="actions">
                <button class="button button-loss" type="submit">{words.erase_button}</button>
                <a class="button button-plain" href=paths::ACCOUNT>{words.erase_keep}</a>
            </p>
        </form>
    };
    Ok(Page::new(words.erase, main))
}
