//! For staff: the connections behind a number.

use leptos::prelude::*;

use super::numbers::grouped;
use super::table::{Head::Text, cells, grid, reference};
use super::{bad_address, menu, whose};
use crate::api::health::{Acts, Cause, Standing};
use crate::api::paths;
use crate::api::rows::{Row, RowFilter, RowsPage};
use crate::api::visit::Visit;
use crate::pages::form::Filter;
use crate::pages::parts::time;
use crate::pages::{Page, PageFault};
use crate::words::{HealthWords, RowsWords, Words};

/// What is asked for, a form to ask otherwise, and a page of rows.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.rows;
    let filter = match RowFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::ADMIN_CONNECTIONS)),
    };
    let it = admin.rows(&filter).await?;
    let title = match &it.institution {
        Some(name) => format!("{}. {}", words.title, (words.at)(name)),
        None => words.title.to_owned(),
    };
    let total = it.total.map(|total| (words.total)(&grouped(total)));
    let main = view! {
        {menu(&visit)}
        <h1>{title.clone()}</h1>
        <p class="quiet">{total.map(|total| format!("{total}. "))}{words.lead}</p>
        {form(&filter, all)}
        {table(&it, visit.helper.is_some(), all)}
        {it.next.map(|next| view! { <p class="actions"><a class="button" href=next>{words.next}</a></p> })}
    };
    Ok(Page::new(title, main).wide())
}

fn form(filter: &RowFilter, all: &'static Words) -> impl IntoView + use<> {
    let (words, health) = (&all.rows, &all.health);
    let one_of = |name, title, options: Vec<(&str, String)>, chosen: Option<&str>| {
        let any = ("", words.any.to_owned());
        let options = std::iter::once(any).chain(options);
        let options = options.map(|(value, text)| (value.to_owned(), text));
        Filter::list(name, title, options.collect(), chosen.unwrap_or_default())
    };
    let standings = Standing::ALL.map(|it| (it.name(), (health.standing)(it)));
    let standing = filter.standing.map(Standing::name);
    let acts = Acts::ALL.map(|it| (it.name(), (health.acts)(it)));
    let causes = Cause::ALL.map(|it| (it.name(), (health.cause)(it)));
    let cause = filter.cause.map(Cause::name);
    let place = filter.institution.map(|place| place.to_string());
    view! {
        <form class="filters" method="get" action=paths::ADMIN_CONNECTIONS aria-label=words.filter>
            {one_of("standing", health.standing_title, standings.into(), standing)}
            {one_of("acts", health.acts_title, acts.into(), filter.acts.map(Acts::name))}
            {one_of("cause", health.cause_title, causes.into(), cause)}
            {Filter::number("code", words.code, 1, filter.code)}
            {Filter::number("days", words.days, 0, filter.days)}
            {place.map(|place| view! { <input type="hidden" name="institution" value=place/> })}
            <div class="field field-check">
                <input id="judged" name="judged" type="checkbox" value="yes" checked=filter.judged/>
                <label for="judged">{words.judged}</label>
            </div>
            <button class="button button-plain" type="submit">{words.apply}</button>
            <a href=paths::ADMIN_CONNECTIONS>{words.clear}</a>
        </form>
    }
}

fn table(it: &RowsPage, helps: bool, all: &'static Words) -> AnyView {
    let (words, health) = (&all.rows, &all.health);
    if it.rows.is_empty() {
        return view! { <p>{words.none}</p> }.into_any();
    }
    let rows = it.rows.iter().map(|row| line(row, helps, words, health));
    let heads = [
        health.institution,
        health.standing_title,
        health.acts_title,
        words.since,
        words.accounts,
        words.customer,
        words.reference,
    ];
    grid(words.title, "", heads.map(Text), rows)
}

fn line(
    row: &Row,
    helps: bool,
    words: &'static RowsWords,
    health: &'static HealthWords,
) -> [AnyView; 7] {
    let (place, name) = row.institution.clone();
    let there = RowFilter {
        institution: Some(place),
        ..RowFilter::default()
    };
    let (how, acts) = match row.broken {
        None => ((health.standing)(row.standing), String::new()),
        Some((code, acts, cause)) => {
            let how = (health.cause)(cause);
            let by = (words.broken_by)(&code.to_string());
            (format!("{how} ({by})"), (health.acts)(acts))
        }
    };
    let masks = row.masks.iter().map(|mask| format!("··{}", mask.as_str()));
    let masks = masks.collect::<Vec<_>>();
    let masks = (!masks.is_empty()).then(|| masks.join(", "));
    cells![
        view! { <a href=there.path()>{name}</a> },
        how,
        acts,
        time(&row.since),
        masks,
        whose(&row.customer, helps),
        reference(row.id),
    ]
}
