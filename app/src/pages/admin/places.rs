//! For staff: how institutions are, one among others.

use leptos::prelude::*;

use super::chart::{by_day, spark};
use super::numbers::{grouped, linked, share};
use super::table::{
    Head::{Number, Text},
    cells, grid,
};
use super::{bad_address, menu};
use crate::api::forms::Tone;
use crate::api::health::{Share, Standing};
use crate::api::paths;
use crate::api::places::{PlaceFilter, PlaceRow, PlacesPage, Sort, Status};
use crate::api::rows::{BadPart, RowFilter};
use crate::api::shared::When;
use crate::api::visit::Visit;
use crate::pages::parts::badge;
use crate::pages::{Page, PageFault};
use crate::words::{HealthWords, PlaceWords, Words};

/// A form to search and sort, and a page of institutions.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.places;
    let filter = match PlaceFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::ADMIN_INSTITUTIONS)),
    };
    let Some(it) = admin.institutions(&filter).await? else {
        let name = "after".to_owned();
        return Ok(bad_address(
            &visit,
            &BadPart { name },
            paths::ADMIN_INSTITUTIONS,
        ));
    };
    let main = view! {
        {menu(&visit)}
        <h1>{words.title}</h1>
        <p class="quiet">{words.lead}" "{words.tries_note}</p>
        {form(&filter, all)}
        {table(&it, all)}
        <p class="actions">
            {it.next.map(|next| view! { <a class="button" href=next>{all.rows.next}</a> })}
            <a class="button button-plain" href=filter.csv()>{words.csv}</a>
        </p>
    };
    Ok(Page::new(words.title, main).wide())
}

fn form(filter: &PlaceFilter, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.places;
    let options = Sort::ALL.map(|sort| {
        let selected = sort == filter.sort;
        view! { <option value=sort.name() selected=selected>{(words.sort_by)(sort)}</option> }
    });
    let statuses = Status::SAID.map(|status| {
        let selected = Some(status) == filter.status;
        view! { <option value=status.name() selected=selected>{(words.status)(status)}</option> }
    });
    let search = filter.search.clone();
    view! {
        <form class="filters" method="get" action=paths::ADMIN_INSTITUTIONS aria-label=words.filter>
            <div class="field">
                <label class="label" for="q">{words.search}</label>
                <input class="input" id="q" name="q" type="search" maxlength="100" value=search/>
            </div>
            <div class="field">
                <label class="label" for="sort">{words.sort}</label>
                <select class="input" id="sort" name="sort">{options.into_iter().collect_view()}</select>
            </div>
            <div class="field">
                <label class="label" for="status">{words.status_title}</label>
                <select class="input" id="status" name="status">
                    <option value="">{all.rows.any}</option>
                    {statuses.into_iter().collect_view()}
                </select>
            </div>
            <div class="field field-check">
                <input id="outage" name="outage" type="checkbox" value="yes" checked=filter.outage/>
                <label for="outage">{words.troubled}</label>
            </div>
            <div class="field field-check">
                <input id="never" name="never" type="checkbox" value="yes" checked=filter.never/>
                <label for="never">{words.never}</label>
            </div>
            <button class="button button-plain" type="submit">{all.rows.apply}</button>
            <a href=paths::ADMIN_INSTITUTIONS>{all.rows.clear}</a>
        </form>
    }
}

fn table(it: &PlacesPage, all: &'static Words) -> AnyView {
    let (words, health) = (&all.places, &all.health);
    if it.rows.is_empty() {
        return view! { <p>{words.none}</p> }.into_any();
    }
    let rows = it.rows.iter().map(|row| line(row, &it.days, all));
    grid(
        words.title,
        "",
        [
            Text(health.institution),
            Text(words.status_title),
            Number(health.now),
            Number(health.sample_column),
            Text(health.last_month),
            Number(words.broken),
            Number(health.affected),
            Number(words.tries),
            Number(words.of_tries),
        ],
        rows,
    )
}

fn line(row: &PlaceRow, days: &[When], all: &'static Words) -> [AnyView; 9] {
    let health = &all.health;
    let said = row.trend.iter().map(|day| permille(*day, health));
    let said = by_day(days, said);
    let place = RowFilter {
        institution: Some(row.id),
        ..RowFilter::default()
    };
    let judged = RowFilter {
        judged: true,
        ..place.clone()
    };
    let broken = RowFilter {
        standing: Some(Standing::Broken),
        ..place
    };
    cells![
        view! { <a href=paths::admin_institution(row.id)>{row.name.clone()}</a> },
        status(row, &all.places),
        share(row.now, health),
        linked(row.now.sample, judged.path()),
        spark(
            &format!("trend-{}", row.id),
            &row.trend,
            trend(row, all),
            said
        ),
        linked(row.broken, broken.path()),
        linked(row.people, broken.path()),
        share(row.tries, health),
        grouped(row.tries.sample),
    ]
}

/// What the small line is: its first and its last day that are known.
fn trend(row: &PlaceRow, all: &'static Words) -> String {
    let health = &all.health;
    let mut known = row.trend.iter().flatten().copied();
    let first = known.next();
    let last = known.next_back().or(first);
    let ends = match first.zip(last) {
        None => health.not_enough.to_owned(),
        Some((first, last)) => {
            let [first, last] = [first, last].map(|it| permille(Some(it), health));
            (all.places.from_to)(&first, &last)
        }
    };
    format!("{}. {ends}", health.trend_title)
}

fn permille(of: Option<u16>, words: &HealthWords) -> String {
    share(
        Share {
            permille: of,
            sample: 0,
        },
        words,
    )
}

/// Mastercard's word, and what we know besides.
pub(super) fn status(row: &PlaceRow, words: &'static PlaceWords) -> impl IntoView + use<> {
    let never = row.never.then(|| badge(Tone::Act, words.never_alarm));
    let outage = row.outage.then(|| badge(Tone::Wait, words.outage));
    view! { {(words.status)(row.status)} " " {outage} " " {never} }
}
