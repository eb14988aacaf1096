//! For support: what Mastercard is told of, and what becomes of it.

use leptos::prelude::*;

use super::numbers::grouped;
use super::table::{
    Head::{Number, Text},
    cells, grid, reference,
};
use super::{bad_address, helper, menu, named, unreadable, whose};
use crate::api::cases::{
    BundleFilter, BundleRow, CaseFilter, CasePage, CaseRow, CasesPage, Settled, Stuck, Together,
};
use crate::api::forms::Field;
use crate::api::ids::CaseRef;
use crate::api::paths;
use crate::api::visit::Visit;
use crate::pages::form::{Filter, hidden};
use crate::pages::parts::{flash, time};
use crate::pages::{Page, PageFault};
use crate::words::{Words, case_text};

/// What no case has yet, and what was sent.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let helper = helper(&visit)?;
    let all = visit.language.words();
    let words = &all.cases;
    let filter = match CaseFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::CASES)),
    };
    let Some(it) = helper.cases(&filter).await? else {
        return Ok(unreadable(&visit, paths::CASES, words.back));
    };
    let main = view! {
        {menu(&visit)}
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {flash(&visit.flash, all, &[])}
        {open(&it, &filter, all)}
        {sent(&it, all)}
    };
    Ok(Page::new(words.title, main).wide())
}

fn open(it: &CasesPage, filter: &CaseFilter, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.cases;
    let row = |row: &BundleRow| {
        cells![
            view! { <a href=row.path.clone()>{row.institution.clone()}</a> },
            coded(row.code, all),
            grouped(row.count),
            time(&row.since),
        ]
    };
    let heads = [
        Text(all.health.institution),
        Text(all.rows.code),
        Number(words.count),
        Text(all.rows.since),
    ];
    let rows = it.open.iter().map(row);
    let table = if it.open.is_empty() {
        view! { <p class="part">{words.open_none}</p> }.into_any()
    } else {
        grid(words.open_title, "part acts", heads, rows)
    };
    let more = it.next.clone();
    view! {
        <section class="part" aria-labelledby="open">
            <h2 id="open">{words.open_title}</h2>
            <form class="filters" action=paths::CASES method="get">
                {Filter::number("days", words.days, 0, Some(filter.days))}
                <button class="button button-plain" type="submit">{all.rows.apply}</button>
            </form>
            {table}
            {more.map(|more| view! { <p class="actions"><a href=more rel="next">{words.more}</a></p> })}
        </section>
    }
}

fn sent(it: &CasesPage, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.cases;
    let row = |row: &CaseRow| {
        let number = row.number.clone();
        cells![
            view! { <a href=paths::case(row.id)>{row.institution.1.clone()}</a> },
            coded(row.code, all),
            number,
            time(&row.sent),
            named(&row.sender, all),
            state(row, all),
        ]
    };
    let heads = [
        Text(all.health.institution),
        Text(all.rows.code),
        Text(words.number),
        Text(words.sent),
        Text(words.by),
        Text(words.state),
    ];
    let rows = it.cases.iter().map(row);
    let table = if it.cases.is_empty() {
        view! { <p class="part">{words.sent_none}</p> }.into_any()
    } else {
        grid(words.sent_title, "part acts", heads, rows)
    };
    let earlier = it.earlier.clone();
    view! {
        <section class="part" aria-labelledby="sent">
            <h2 id="sent">{words.sent_title}</h2>
            {table}
            {earlier.map(|href| view! { <p class="actions"><a href=href rel="next">{words.earlier}</a></p> })}
        </section>
    }
}

/// What one case would tell of.
pub(crate) async fn bundle(visit: Visit) -> Result<Page, PageFault> {
    let helper = helper(&visit)?;
    let all = visit.language.words();
    let words = &all.cases;
    let filter = match BundleFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::CASES)),
    };
    let Some(it) = helper.bundle(&filter).await? else {
        let main = view! {
            {menu(&visit)}
            <h1>{words.nothing_title}</h1>
            <p class="lead">{words.nothing_text}</p>
            <p class="actions"><a class="button" href=paths::CASES>{words.back}</a></p>
        };
        return Ok(Page::new(words.nothing_title, main));
    };
    let title = heading(&it, all);
    let seen = it.stuck.iter();
    let seen = seen.map(|one| hidden(Field::Connection, &one.id.to_string()));
    let main = view! {
        {menu(&visit)}
        <h1>{title.clone()}</h1>
        {flash(&visit.flash, all, &[])}
        {it.more.then(|| view! { <p class="quiet">{words.more_text}</p> })}
        {block(&it, filter.csv(), all)}
        <section class="part narrow" aria-labelledby="mark">
            <h2 id="mark">{words.mark_title}</h2>
            <p>{words.mark_text}</p>
            <form class="form" action=paths::CASES method="post">
                {hidden(Field::StatusCode, &filter.code.to_string())}
                {hidden(Field::Institution, &filter.institution.to_string())}
                {hidden(Field::Days, &filter.days.to_string())}
                {seen.collect_view()}
                {number(None, all)}
                <p class="actions"><button class="button" type="submit">{words.mark}</button></p>
            </form>
        </section>
        {stuck(&it.stuck, all)}
        <p class="actions part"><a href=paths::CASES>{words.back}</a></p>
    };
    Ok(Page::new(title, main).wide())
}

/// One case.
pub(crate) async fn one(visit: Visit, id: CaseRef) -> Result<Page, PageFault> {
    let CasePage { row, together } = helper(&visit)?.case(id).await?;
    let all = visit.language.words();
    let words = &all.cases;
    let title = heading(&together, all);
    let main = view! {
        {menu(&visit)}
        <h1>{title.clone()}</h1>
        {flash(&visit.flash, all, &[])}
        <dl class="facts">
            <div><dt>{words.state}</dt><dd>{state(&row, all)}</dd></div>
            <div><dt>{words.sent}</dt><dd>{time(&row.sent)}</dd></div>
            <div><dt>{words.by}</dt><dd>{named(&row.sender, all)}</dd></div>
        </dl>
        <form class="form narrow" action=paths::case_number(id) method="post">
            {number(row.number.as_deref(), all)}
            <p class="actions">
                <button class="button button-plain" type="submit">{words.save_number}</button>
            </p>
        </form>
        {stuck(&together.stuck, all)}
        {block(&together, paths::case_csv(id), all)}
        <p class="actions part"><a href=paths::CASES>{words.back}</a></p>
    };
    Ok(Page::new(title, main).wide())
}

fn heading(it: &Together, all: &'static Words) -> String {
    let code = (all.rows.broken_by)(&it.code.0.to_string());
    (all.cases.heading)(&it.institution.1, &code)
}

fn coded((code, cause): (i64, crate::api::health::Cause), all: &'static Words) -> String {
    let code = (all.rows.broken_by)(&code.to_string());
    format!("{} ({code})", (all.health.cause)(cause))
}

fn state(row: &CaseRow, all: &'static Words) -> String {
    let words = &all.cases;
    let mut parts = vec![(words.progress)(row.repaired, &grouped(row.count))];
    parts.extend((row.gone > 0).then(|| (words.gone)(row.gone)));
    let closed = row.closed.as_ref();
    parts.extend(closed.map(|when| (words.closed)(&when.text)));
    parts.join(" · ")
}

fn number(value: Option<&str>, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.cases;
    let value = value.map(str::to_owned);
    view! {
        <div class="field">
            <label class="label" for="number">{words.number}</label>
            <p class="hint" id="number-hint">{words.number_hint}</p>
            <input class="input" id="number" name=Field::Number.name() autocomplete="off"
                maxlength="40" aria-describedby="number-hint" value=value/>
        </div>
    }
}

/// The text, and the same as CSV.
fn block(it: &Together, csv: String, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.cases;
    view! {
        <section class="part">
            <div class="field">
                <label class="label" for="text">{words.text_label}</label>
                <p class="hint" id="text-hint">{words.text_hint}</p>
                <textarea class="input plain-text" id="text" readonly rows="12" lang="en"
                    aria-describedby="text-hint">{case_text(it)}</textarea>
            </div>
            <p class="actions"><a href=csv>{words.csv}</a></p>
        </section>
    }
}

fn stuck(stuck: &[Stuck], all: &'static Words) -> AnyView {
    let words = &all.cases;
    let row = |one: &Stuck| {
        let last_good = match &one.last_good {
            Some(when) => time(when).into_any(),
            None => words.never.into_any(),
        };
        let settled = (words.settled)(&one.settled);
        let class = match one.settled {
            Settled::Not => "",
            Settled::Repaired(_) | Settled::Gone(_) => "quiet",
        };
        cells![
            reference(one.id),
            whose(&one.customer, true),
            view! { <code>{one.login.clone()}</code> },
            time(&one.since),
            last_good,
            view! { <span class=class>{settled}</span> },
        ]
    };
    let heads = [
        Text(all.rows.reference),
        Text(all.rows.customer),
        Text(all.story.login),
        Text(all.rows.since),
        Text(words.last_good),
        Text(words.state),
    ];
    grid(words.table, "part acts", heads, stuck.iter().map(row))
}
