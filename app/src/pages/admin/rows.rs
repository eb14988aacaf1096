//! For staff: the connections behind a number.

use leptos::prelude::*;

use super::numbers::grouped;
use super::table::{Head::Text, grid};
use super::{bad_address, menu, whose};
use crate::api::health::{Acts, Cause, Standing};
use crate::api::paths;
use crate::api::rows::{Row, RowFilter, RowsPage};
use crate::api::visit::Visit;
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
    let standings = Standing::ALL.map(|it| (it.name(), (health.standing)(it)));
    let acts = Acts::ALL.map(|it| (it.name(), (health.acts)(it)));
    let causes = Cause::ALL.map(|it| (it.name(), (health.cause)(it)));
    let chosen = [
        filter.standing.map(Standing::name),
        filter.acts.map(Acts::name),
        filter.cause.map(Cause::name),
    ];
    let code = filter.code.map(|code| code.to_string());
    let days = filter.days.map(|days| days.to_string());
    let place = filter.institution.map(|place| place.to_string());
    view! {
        <form class="filters" method="get" action=paths::ADMIN_CONNECTIONS aria-label=words.filter>
            {choice("standing", health.standing_title, &standings, chosen[0], words)}
            {choice("acts", health.acts_title, &acts, chosen[1], words)}
            {choice("cause", health.cause_title, &causes, chosen[2], words)}
            <div class="field">
                <label class="label" for="code">{words.code}</label>
                <input class="input" id="code" name="code" inputmode="numeric" size="6" value=code/>
            </div>
            <div class="field">
                <label class="label" for="days">{words.days}</label>
                <input class="input" id="days" name="days" inputmode="numeric" size="6" value=days/>
            </div>
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

fn choice(
    name: &'static str,
    title: &'static str,
    options: &[(&'static str, String)],
    chosen: Option<&str>,
    words: &'static RowsWords,
) -> impl IntoView + use<> {
    let options = options.iter().map(|(value, text)| {
        let selected = chosen == Some(*value);
        view! { <option value=*value selected=selected>{text.clone()}</option> }
    });
    view! {
        <div class="field">
            <label class="label" for=name>{title}</label>
            <select class="input" id=name name=name>
                <option value="">{words.any}</option>
                {options.collect_view()}
            </select>
        </div>
    }
}

fn table(it: &RowsPage, helps: bool, all: &'static Words) -> AnyView {
    let (words, health) = (&all.rows, &all.health);
    if it.rows.is_empty() {
        return view! { <p>{words.none}</p> }.into_any();
    }
    let rows = it.rows.iter().map(|row| line(row, helps, words, health));
    let rows = rows.collect_view();
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
) -> impl IntoView + use<> {
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
    let masks = masks.collect::<Vec<_>>().join(", ");
    view! {
        <tr>
            <th scope="row"><a href=there.path()>{name}</a></th>
            <td>{how}</td>
            <td>{acts}</td>
            <td>{time(&row.since)}</td>
            <td>{masks}</td>
            <td>{whose(&row.customer, helps)}</td>
            <td><code>{row.id.to_string()}</code></td>
        </tr>
    }
}
