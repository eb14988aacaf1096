//! What staff did.

use leptos::prelude::*;

use super::table::{
    Head::{Number, Text},
    cells, grid,
};
use super::{bad_address, keeper, menu, unreadable};
use crate::api::asked::{parts, typed};
use crate::api::audit::{Act, Actor, AuditError, AuditFilter, AuditPage, AuditRow, QUERY, Thing};
use crate::api::forms::Tone;
use crate::api::paths;
use crate::api::people::LONGEST;
use crate::api::rows::BadPart;
use crate::api::visit::Visit;
use crate::pages::form::Filter;
use crate::pages::parts::{flash, notice, time};
use crate::pages::{Page, PageFault};
use crate::words::AuditWords;

/// Filter, table, older ones, CSV.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let keeper = keeper(&visit)?;
    let words = &visit.language.words().audit;
    let [who, what, from, until, before] = match parts(&visit.query, QUERY) {
        Ok(parts) => parts,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::AUDIT)),
    };
    let Some(who) = typed(who, LONGEST) else {
        let name = QUERY[0].to_owned();
        return Ok(bad_address(&visit, &BadPart { name }, paths::AUDIT));
    };
    let kind = match what {
        "" => None,
        text => match Act::parse(text) {
            Some(act) => Some(act),
            None => return Ok(unreadable(&visit, paths::AUDIT, words.newest)),
        },
    };
    let number = match before {
        "" => None,
        text => match text.parse::<i64>() {
            Ok(number) if number > 0 => Some(number),
            _ => return Ok(unreadable(&visit, paths::AUDIT, words.newest)),
        },
    };
    let filter = AuditFilter {
        who,
        what: kind,
        from: from.to_owned(),
        until: until.to_owned(),
    };
    let list = match keeper.audit(&filter, number).await {
        Ok(found) => found_part(&filter, &found, number.is_some(), words).into_any(),
        Err(AuditError::Nobody) => notice(Tone::Act, words.nobody.into()).into_any(),
        Err(AuditError::NotADay) => notice(Tone::Act, words.not_a_day.into()).into_any(),
        Err(AuditError::Fault(fault)) => return Err(fault.into()),
    };
    let main = view! {
        {menu(&visit)}
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {flash(&visit.flash, visit.language.words(), &[])}
        {search(&filter, words)}
        {list}
    };
    Ok(Page::new(words.title, main).wide())
}

fn search(filter: &AuditFilter, words: &'static AuditWords) -> impl IntoView + use<> {
    let [who, what, from, until, _] = QUERY;
    let mut acts = vec![(String::new(), words.everything.to_owned())];
    acts.extend(
        Act::ALL
            .iter()
            .map(|act| (act.value().to_owned(), (words.act)(*act))),
    );
    let chosen = filter.what.map(Act::value).unwrap_or_default();
    view! {
        <form class="filters" action=paths::AUDIT method="get">
            {Filter::text(who, words.who, &filter.who)}
            {Filter::list(what, words.what, acts, chosen)}
            {Filter::day(from, words.from, &filter.from)}
            {Filter::day(until, words.until, &filter.until)}
            <button class="button button-plain" type="submit">{words.find}</button>
        </form>
    }
}

fn found_part(
    filter: &AuditFilter,
    found: &AuditPage,
    further: bool,
    words: &'static AuditWords,
) -> impl IntoView + use<> {
    let newest = further.then(|| {
        let href = address(filter, None);
        view! { <a href=href>{words.newest}</a> }
    });
    let older = found.older.map(|number| {
        let href = address(filter, Some(number));
        view! { <a href=href rel="next">{words.older}</a> }
    });
    let [who, what, from, until, _] = QUERY;
    let kept = [
        (who, &*filter.who),
        (what, filter.what.map(Act::value).unwrap_or_default()),
        (from, &*filter.from),
        (until, &*filter.until),
    ];
    let kept = kept.map(|(name, value)| {
        view! { <input type="hidden" name=name value=value.to_owned()/> }
    });
    view! {
        {table(found, words)}
        <p class="actions">{newest}{older}</p>
        <form class="actions" action=paths::AUDIT_EXPORT method="post">
            {kept.into_iter().collect_view()}
            <button class="button button-plain" type="submit">{words.export}</button>
        </form>
    }
}

fn address(filter: &AuditFilter, before: Option<i64>) -> String {
    let before = before.map(|number| number.to_string()).unwrap_or_default();
    let what = filter.what.map(Act::value).unwrap_or_default();
    let values = [&*filter.who, what, &*filter.from, &*filter.until, &*before];
    paths::with_query(paths::AUDIT, &QUERY, &values)
}

fn table(found: &AuditPage, words: &'static AuditWords) -> AnyView {
    if found.rows.is_empty() {
        return view! { <p class="aside">{words.none}</p> }.into_any();
    }
    let rows = found.rows.iter().map(|one| row(one, words));
    grid(
        words.table,
        "part acts",
        [
            Text(words.actor),
            Text(words.when),
            Text(words.what),
            Text(words.whom),
            Text(words.change),
            Text(words.place),
            Number(words.number),
        ],
        rows,
    )
}

fn row(one: &AuditRow, words: &'static AuditWords) -> [AnyView; 7] {
    let named = |name: Option<&String>| name.map_or_else(|| words.erased.to_owned(), String::clone);
    let actor = match &one.actor {
        Actor::Machine => words.machine.to_owned(),
        Actor::Person(name) => named(name.as_ref()),
    };
    let about = one.about.as_ref().map(|(id, name)| {
        let name = named(name.as_ref());
        match id {
            Some(id) => view! { <a href=paths::person(*id)>{name}</a> }.into_any(),
            None => name.into_any(),
        }
    });
    let thing = one.thing.as_ref().map(|thing: &Thing| {
        view! { " " <a href=thing.path()>{(words.thing)(thing)}</a> }
    });
    let reason = one.reason.as_deref().map(|reason| {
        view! { " · " {(words.reason)(reason)} }
    });
    let told = words.told(&one.before, &one.after);
    let changed = !told.is_empty() || reason.is_some() || thing.is_some();
    let change = changed.then(|| view! { {told}{reason}{thing} });
    cells![
        actor,
        time(&one.at),
        (words.act)(one.act),
        about,
        change,
        one.place.clone(),
        one.seq,
    ]
}
