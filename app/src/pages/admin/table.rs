//! The table that pages of staff have in common.

use leptos::prelude::*;

use crate::api::ids::ConnectionRef;

/// The head of a column.
#[derive(Clone, Copy)]
pub(super) enum Head {
    /// Of words.
    Text(&'static str),
    /// Of numbers, which end at one edge.
    Number(&'static str),
}

impl Head {
    const fn parts(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Text(text) => (text, None),
            Self::Number(text) => (text, Some("number")),
        }
    }
}

/// The cells of one row, of any kinds of views. The first one heads its row.
macro_rules! cells {
    ($($cell:expr),+ $(,)?) => { [$(::leptos::prelude::IntoAny::into_any($cell)),+] };
}
pub(super) use cells;

/// A connection by its id, in two lines: in one it would leave the words of its row
/// a few letters each.
pub(super) fn reference(id: ConnectionRef) -> AnyView {
    view! { <code class="id">{id.to_string()}</code> }.into_any()
}

/// A phone has room for so many columns beside each other, and shows more as cards.
const BESIDE: usize = 2;

/// A table with as many cells in a row as it has heads. `class` is what else it is.
pub(super) fn grid<const N: usize>(
    name: impl Into<String>,
    class: &'static str,
    heads: [Head; N],
    rows: impl IntoIterator<Item = [AnyView; N]>,
) -> AnyView {
    grid_of(name.into(), class, &heads, rows.into_iter().map(Vec::from))
}

/// The same where the columns are known only when it is shown.
///
/// It scrolls by itself where it is too wide, by keyboard as well; that is why it
/// has a name. It is as long as its rows: a list cut off within its page looks
/// whole. On a phone a row of many columns is a card whose cells name their
/// columns. The roles are those of the elements: some browsers take them away
/// from what is no table to the eye.
pub(super) fn grid_of(
    name: String,
    class: &'static str,
    heads: &[Head],
    rows: impl Iterator<Item = Vec<AnyView>>,
) -> AnyView {
    let cards = heads.len() > BESIDE;
    let rows = rows.map(|cells| {
        debug_assert_eq!(cells.len(), heads.len(), "{name}");
        let cells = heads.iter().zip(cells).enumerate();
        let cells = cells.map(|(index, (head, cell))| {
            let (text, class) = head.parts();
            let text = cards.then_some(text);
            if index == 0 {
                view! { <th scope="row" role="rowheader" class=class data-head=text>{cell}</th> }
                    .into_any()
            } else {
                view! { <td role="cell" class=class data-head=text>{cell}</td> }.into_any()
            }
        });
        view! { <tr role="row">{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let heads = heads.iter().map(|head| {
        let (text, class) = head.parts();
        view! { <th scope="col" role="columnheader" class=class>{text}</th> }
    });
    let table = if cards { "table cards-narrow" } else { "table" };
    view! {
        <div class=format!("scroll scroll-page {class}") tabindex="0" role="group" aria-label=name>
            <table class=table role="table">
                <thead role="rowgroup"><tr role="row">{heads.collect_view()}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
