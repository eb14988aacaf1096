//! The choice of accounts: says in the button how many are kept.

#![expect(
    missing_docs,
    reason = "the struct that `#[island]` makes of the props has none"
)]

mod types;

use leptos::prelude::*;

pub use types::ReviewWords;

/// The checklist is server-rendered and comes as children; this counts what is
/// ticked in it.
#[island]
pub fn AccountReview(
    /// How many are ticked at first.
    ticked: u32,
    /// Texts.
    words: ReviewWords,
    /// The checklist.
    children: Children,
) -> impl IntoView {
    let ticked = RwSignal::new(ticked);
    let count = move || {
        if let Ok(boxes) = document().query_selector_all(".review input:checked") {
            ticked.set(boxes.length());
        }
    };
    // A browser may restore other ticks when the page is gone back to.
    Effect::new(move |_| count());
    view! {
        <div class="review" on:change=move |_| count()>
            {children()}
        </div>
        <button class="button" type="submit">
            {move || words.button(ticked.get())}
        </button>
    }
}
