//! One option of the list.

use leptos::prelude::*;
use leptos::web_sys;

use super::types::{SearchWords, letter};
use crate::api::paths;
use crate::api::search::{Availability, Hit};

/// The element id of an option.
pub(super) fn at(index: usize) -> String {
    format!("hit-{index}")
}

/// Brings the active option into view.
pub(super) fn reveal(index: usize) {
    let how = web_sys::ScrollIntoViewOptions::new();
    how.set_block(web_sys::ScrollLogicalPosition::Nearest);
    if let Some(option) = document().get_element_by_id(&at(index)) {
        option.scroll_into_view_with_scroll_into_view_options(&how);
    }
}

/// Follows the link of an option; one that cannot be chosen has none.
pub(super) fn take(index: usize) {
    use leptos::wasm_bindgen::JsCast;
    let option = document().get_element_by_id(&at(index));
    if let Some(option) = option.and_then(|option| option.dyn_into::<web_sys::HtmlElement>().ok()) {
        option.click();
    }
}

fn show(event: &web_sys::Event, shown: bool) {
    event_target::<web_sys::HtmlElement>(event).set_hidden(!shown);
}

/// A link; where it cannot be chosen an `a` without address, which is none.
pub(super) fn row(
    index: usize,
    hit: &Hit,
    words: StoredValue<SearchWords>,
    active: RwSignal<Option<usize>>,
    awake: bool,
) -> impl IntoView + use<> {
    let closed = matches!(hit.availability, Availability::Unavailable(_));
    let (details, state) =
        words.with_value(|words| (words.details(hit), words.state(hit).to_owned()));
    view! {
        <li role=awake.then_some("none")>
            <a
                class="hit" id=at(index) href=(!closed).then(|| paths::institution(hit.id))
                role=awake.then_some("option")
                tabindex=awake.then_some("-1")
                aria-disabled=(closed && awake).then_some("true")
                aria-selected=move || {
                    awake.then(|| if active.get() == Some(index) { "true" } else { "false" })
                }
            >
                <span class="icon" aria-hidden="true">
                    {letter(&hit.name)}
                    // A dead icon stays away: one request, then the letter.
                    <img
                        src=paths::icon(hit.id) alt=""
                        on:error=|event| show(&event, false) on:load=|event| show(&event, true)
                    />
                </span>
                <span class="hit-text">
                    <span class="hit-name">{hit.name.clone()}</span>
                    <span class="hit-details">{details}</span>
                    <span class="hit-state">{state}</span>
                </span>
            </a>
        </li>
    }
}
