//! For staff: institutions that people look for in vain.

use leptos::prelude::*;

use super::table::{
    Head::{Number, Text},
    cells, grid,
};
use super::{menu, numbers::grouped};
use crate::api::admin::Counted;
use crate::api::visit::Visit;
use crate::pages::parts::time;
use crate::pages::{Page, PageFault};
use crate::words::Admin;

/// What was reported, and what searches did not find.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let it = admin.missing().await?;
    let words = &visit.language.words().admin;
    let main = view! {
        {menu(&visit)}
        <h1>{words.missing_title}</h1>
        <div class="halves">
            {counted(words.missing, words.missing_none, &it.reported, words)}
            {counted(words.empty, words.empty_none, &it.empty, words)}
        </div>
    };
    Ok(Page::new(words.missing_title, main).wide())
}

fn counted(
    title: &'static str,
    none: &'static str,
    rows: &[Counted],
    words: &'static Admin,
) -> AnyView {
    if rows.is_empty() {
        return view! { <section class="part"><h2>{title}</h2><p class="quiet">{none}</p></section> }
            .into_any();
    }
    let rows = rows
        .iter()
        .map(|row| cells![row.text.clone(), grouped(row.count), time(&row.last),]);
    view! {
        <section class="part">
            <h2>{title}</h2>
            {grid(title, "", [Text(words.text), Number(words.count), Text(words.last)], rows)}
        </section>
    }
    .into_any()
}
