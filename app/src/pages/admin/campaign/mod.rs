//! For staff: one campaign, from the draft to what came of it.

mod letters;
mod results;

use leptos::prelude::*;

use super::campaigns::{coded, summary};
use super::numbers::grouped;
use super::table::{
    Head::{Number, Text},
    cells, grid,
};
use super::{bad_address, menu, named};
use crate::api::campaigns::{About, CampaignPage, CampaignState, CountView, TargetFilter};
use crate::api::forms::Field;
use crate::api::ids::CampaignRef;
use crate::api::paths;
use crate::api::visit::Visit;
use crate::pages::parts::{badge, flash, time};
use crate::pages::{Page, PageFault};
use crate::words::{Language, Words};

/// One campaign.
pub(crate) async fn page(visit: Visit, id: CampaignRef) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.campaigns;
    let filter = match TargetFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::campaign(id))),
    };
    let it = admin.campaign(id, filter).await?;
    let title = summary(&it.row.about, all);
    let draft = it.row.state == CampaignState::Draft;
    let body = if draft {
        view! {
            {count(&it.count, id, it.may_act, all)}
            {letters::preview(&it.row.about, &visit)}
            {it.may_act.then(|| send(&it, id, all))}
        }
        .into_any()
    } else {
        view! {
            {results::fates(&it, id, all)}
            {results::results(&it, id, all)}
            {results::targets(&it, filter, id, &visit)}
            {letters::preview(&it.row.about, &visit)}
        }
        .into_any()
    };
    let main = view! {
        {menu(&visit)}
        <h1>{words.one_title}</h1>
        <p class="lead">{title.clone()}</p>
        {flash(&visit.flash, all, &[])}
        {facts(&it, all)}
        {body}
        <p class="actions part"><a href=paths::CAMPAIGNS>{words.back}</a></p>
    };
    Ok(Page::new(format!("{}: {title}", words.one_title), main).wide())
}

/// Whom it is about, and what was done with it.
fn facts(it: &CampaignPage, all: &'static Words) -> impl IntoView + use<> {
    let (words, row) = (&all.campaigns, &it.row);
    let about: &About = &row.about;
    let places = if about.institutions.is_empty() {
        words.everywhere.to_owned()
    } else {
        about.institutions.join(", ")
    };
    let codes = about.codes.iter();
    let codes: Vec<String> = codes
        .map(|(code, cause)| coded(*code, *cause, all))
        .collect();
    let age = match about.days {
        (0, None) => words.any_age.to_owned(),
        (from, None) => (words.at_least)(&from.to_string()),
        (from, Some(to)) => (words.between)(&from.to_string(), &to.to_string()),
    };
    let language = about.language.as_deref().and_then(Language::of_tag);
    let language = language.map(|one| (words.only)(one.name()));
    let language = language.unwrap_or_else(|| words.any_language.to_owned());
    let sent = it.sent.as_ref();
    let done = [
        sent.map(|(when, who)| (words.sent_at)(&when.text, &named(who, all))),
        it.stopped
            .as_ref()
            .map(|when| (words.stopped_at)(&when.text)),
        it.ended.as_ref().map(|when| (words.ended_at)(&when.text)),
    ];
    let done: Vec<String> = done.into_iter().flatten().collect();
    let told = (words.told_within)(&about.told_days.to_string());
    let left = (about.told_days > 0).then(|| {
        view! { <div><dt>{words.told}</dt><dd>{told}</dd></div> }
    });
    view! {
        <dl class="facts">
            <div>
                <dt>{words.state}</dt>
                <dd>{badge(row.state.tone(), (words.state_name)(row.state))}" "{done.join(" ")}</dd>
            </div>
            <div><dt>{words.institutions}</dt><dd>{places}</dd></div>
            <div><dt>{words.codes}</dt><dd>{codes.join("; ")}</dd></div>
            <div><dt>{words.age}</dt><dd>{age}</dd></div>
            <div><dt>{words.language}</dt><dd>{language}</dd></div>
            <div><dt>{words.channel}</dt><dd>{(words.channel_name)(about.channel)}</dd></div>
            {left}
            <div><dt>{words.made}</dt><dd>{time(&row.made)}", "{named(&row.maker, all)}</dd></div>
        </dl>
    }
}

/// How many it would be, and why not more.
fn count(
    it: &CountView,
    id: CampaignRef,
    may_act: bool,
    all: &'static Words,
) -> impl IntoView + use<> {
    let words = &all.campaigns;
    let total = grouped(it.total());
    let said = if it.done {
        (words.would_write)(&grouped(it.write), &total)
    } else {
        (words.counting)(&total)
    };
    let rows = it
        .left_out
        .iter()
        .map(|(why, count)| cells![(words.fate)(*why), grouped(*count)]);
    let table = (!it.left_out.is_empty()).then(|| {
        let heads = [Text(words.reason), Number(words.number)];
        view! {
            <h3 class="part">{words.left_out}</h3>
            {grid(words.left_out, "narrow", heads, rows)}
        }
    });
    let look = (!it.done).then(|| {
        view! { <p class="actions"><a href=paths::campaign(id)>{words.look_again}</a></p> }
    });
    let again = may_act.then(|| {
        view! {
            <form class="actions" action=paths::campaign_count(id) method="post">
                <button class="button button-plain" type="submit">{words.count_again}</button>
            </form>
        }
    });
    view! {
        <section class="part" aria-labelledby="count">
            <h2 id="count">{words.count_title}</h2>
            <p class="lead">{said}</p>
            <p class="quiet">{(words.counted_at)(&it.at.text)}" "{words.one_letter}</p>
            {table}
            {look}
            {again}
        </section>
    }
}

/// Sends the draft, or puts it away.
fn send(it: &CampaignPage, id: CampaignRef, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.campaigns;
    let ready = it.count.done && it.count.write > 0;
    let looked = Field::Looked.name();
    let form = ready.then(|| {
        view! {
            <p>{(words.pace)(&it.per_minute.to_string())}</p>
            <form class="form" action=paths::campaign_send(id) method="post">
                <div class="check">
                    <input type="checkbox" id=looked name=looked value="on" required=true/>
                    <label for=looked><strong>{words.looked}</strong></label>
                </div>
                <p class="actions">
                    <button class="button" type="submit">{(words.send)(&grouped(it.count.write))}</button>
                </p>
            </form>
        }
    });
    view! {
        <section class="part narrow" aria-labelledby="send">
            <h2 id="send">{if ready { words.send_title } else { words.put_away }}</h2>
            {form}
            <form class="part" action=paths::campaign_stop(id) method="post">
                <p class="quiet">{words.put_away_text}</p>
                <p class="actions">
                    <button class="button button-plain" type="submit">{words.put_away}</button>
                </p>
            </form>
        </section>
    }
}
