//! The table that pages of staff have in common.

use leptos::prelude::*;

/// The head of a column.
#[derive(Clone, Copy)]
pub(super) enum Head {
    /// Of words.
    Text(&'static str),
    /// Of numbers, which end at one edge.
    Number(&'static str),
}

/// A table that scrolls by itself where it is too wide, by keyboard as well; that
/// is why it has a name. It is as long as its rows: a list cut off within its page
/// looks whole. `class` is what else it is.
pub(super) fn grid(
    name: impl Into<String>,
    class: &'static str,
    heads: impl IntoIterator<Item = Head>,
    rows: impl IntoView + 'static,
) -> AnyView {
    let heads = heads.into_iter().map(|head| {
        let (text, class) = match head {
            Head::Text(text) => (text, None),
            Head::Number(text) => (text, Some("number")),
        };
        view! { <th scope="col" class=class>{text}</th> }
    });
    view! {
        <div class=format!("scroll scroll-page {class}") tabindex="0" role="group" aria-label=name.into()>
            <table class="table">
                <thead><tr>{heads.collect_view()}</tr></thead>
                <tbody>{rows.into_any()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
