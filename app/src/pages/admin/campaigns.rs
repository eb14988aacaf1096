//! For staff: campaigns, and the form of a new one.

use leptos::prelude::*;

use super::numbers::grouped;
use super::table::{
    Head::{Number, Text},
    cells, grid,
};
use super::{bad_address, keeper, menu, named, unreadable};
use crate::api::campaigns::{
    About, CampaignFilter, CampaignRow, Channel, MOST_DAYS, NewCampaign, NewFilter, TOLD_DAYS,
};
use crate::api::forms::{Field, Form};
use crate::api::health::Cause;
use crate::api::paths;
use crate::api::rows::BadPart;
use crate::api::visit::Visit;
use crate::pages::form::{Group, Select};
use crate::pages::parts::{badge, flash, time};
use crate::pages::{Page, PageFault};
use crate::words::{Language, Words};

/// All of them, the newest first.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.campaigns;
    let filter = match CampaignFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::CAMPAIGNS)),
    };
    let Some(it) = admin.campaigns(filter).await? else {
        return Ok(unreadable(&visit, paths::CAMPAIGNS, words.back));
    };
    let table = if it.rows.is_empty() {
        view! { <p class="part">{words.none}</p> }.into_any()
    } else {
        let heads = [
            Text(words.about),
            Text(words.state),
            Number(words.targets),
            Number(words.sent),
            Number(words.proven),
            Text(words.made),
            Text(words.by),
        ];
        let rows = it.rows.iter().map(|row| line(row, all));
        grid(words.title, "part acts", heads, rows)
    };
    let earlier = it.earlier.clone();
    let main = view! {
        {menu(&visit)}
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        {flash(&visit.flash, all, &[])}
        {it.may_act.then(|| view! {
            <p class="actions"><a class="button" href=paths::CAMPAIGN_NEW>{words.new}</a></p>
        })}
        {table}
        {earlier.map(|href| view! { <p class="actions"><a href=href rel="next">{words.earlier}</a></p> })}
    };
    Ok(Page::new(words.title, main).wide())
}

fn line(row: &CampaignRow, all: &'static Words) -> [AnyView; 7] {
    let words = &all.campaigns;
    cells![
        view! { <a href=paths::campaign(row.id)>{summary(&row.about, all)}</a> },
        badge(row.state.tone(), (words.state_name)(row.state)),
        grouped(row.targets),
        grouped(row.sent),
        grouped(row.proven),
        time(&row.made),
        named(&row.maker, all),
    ]
}

/// Where, and by which codes: what one is called among others.
pub(super) fn summary(about: &About, all: &'static Words) -> String {
    let places = if about.institutions.is_empty() {
        all.campaigns.everywhere.to_owned()
    } else {
        about.institutions.join(", ")
    };
    let codes: Vec<String> = about
        .codes
        .iter()
        .map(|(code, _)| code.to_string())
        .collect();
    let codes = (all.rows.broken_by)(&codes.join(", "));
    format!("{places}: {codes}")
}

/// A code in words.
pub(super) fn coded(code: i64, cause: Cause, all: &'static Words) -> String {
    let code = (all.rows.broken_by)(&code.to_string());
    format!("{} ({code})", (all.health.cause)(cause))
}

/// The form of a new one.
pub(crate) async fn new(visit: Visit) -> Result<Page, PageFault> {
    let keeper = keeper(&visit)?;
    let all = visit.language.words();
    let words = &all.campaigns;
    let filter = match NewFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::CAMPAIGN_NEW)),
    };
    let it = keeper.new_campaign(filter).await?;
    if let Some(bad) = unknown(&it, filter) {
        return Ok(bad_address(&visit, &bad, paths::CAMPAIGN_NEW));
    }
    let main = view! {
        {menu(&visit)}
        <h1>{words.new_title}</h1>
        <p class="lead">{words.new_lead}</p>
        {flash(&visit.flash, all, &[Form::Campaign])}
        <form class="form narrow part" action=paths::CAMPAIGNS method="post">
            {institutions(&it, filter, &visit)}
            {codes(&it, filter, &visit)}
            {days(Field::DaysFrom, words.days_from, None, "0", &visit)}
            {days(Field::DaysTo, words.days_to, Some(words.days_to_hint), "", &visit)}
            {languages(&visit)}
            {channels(&it, &visit)}
            {days(Field::ToldDays, words.told_days, None, &TOLD_DAYS.to_string(), &visit)}
            <p class="quiet">{words.make_text}</p>
            <p class="actions">
                <button class="button" type="submit">{words.make}</button>
                <a href=paths::CAMPAIGNS>{words.back}</a>
            </p>
        </form>
    };
    Ok(Page::new(words.new_title, main).wide())
}

/// What an address names that nobody can be asked about.
fn unknown(it: &NewCampaign, filter: NewFilter) -> Option<BadPart> {
    let places = &it.institutions;
    let place = filter.institution;
    let place = place.filter(|place| places.iter().all(|(id, ..)| id != place));
    let code = filter.code;
    let code = code.filter(|code| it.codes.iter().all(|(one, ..)| one != code));
    let bad = |name: &str| BadPart { name: name.into() };
    let place = place.map(|_| bad("institution"));
    place.or_else(|| code.map(|_| bad("code")))
}

/// Something to tick, one of several.
fn tick(
    field: Field,
    value: &str,
    label: String,
    count: u32,
    on: bool,
    all: &'static Words,
) -> impl IntoView + use<> {
    let id = format!("{}-{value}", field.name());
    let value = value.to_owned();
    let count = format!("{}: {}", all.campaigns.number, grouped(count));
    view! {
        <div class="check">
            <input type="checkbox" id=id.clone() name=field.name() value=value checked=on/>
            <label for=id><strong>{label}</strong><span>{count}</span></label>
        </div>
    }
}

/// Whether something is ticked: as it was chosen before, or as the page begins.
fn ticked(visit: &Visit, field: Field, value: &str, begins: bool) -> bool {
    if visit.flash.form == Some(Form::Campaign) {
        let mut chosen = visit.flash.chosen(Form::Campaign, field);
        return chosen.any(|one| one == value);
    }
    begins
}

fn institutions(it: &NewCampaign, filter: NewFilter, visit: &Visit) -> impl IntoView + use<> {
    let all = visit.language.words();
    let words = &all.campaigns;
    let rows = it.institutions.iter().map(|(id, name, people)| {
        let value = id.to_string();
        let on = ticked(
            visit,
            Field::Institution,
            &value,
            filter.institution == Some(*id),
        );
        tick(Field::Institution, &value, name.clone(), *people, on, all)
    });
    let typed = visit.flash.value(Form::Campaign, Field::Institutions);
    let typed = typed.unwrap_or_default().to_owned();
    view! {
        <fieldset class="checks" aria-describedby="institutions-hint">
            <legend class="label">{words.institutions}</legend>
            <p class="hint" id="institutions-hint">{words.institutions_hint}</p>
            {rows.collect_view()}
        </fieldset>
        <div class="field">
            <label class="label" for="others">{words.others}</label>
            <p class="hint" id="others-hint">{words.others_hint}</p>
            <input class="input" id="others" name=Field::Institutions.name() inputmode="numeric"
                autocomplete="off" maxlength="300" aria-describedby="others-hint" value=typed/>
        </div>
    }
}

fn codes(it: &NewCampaign, filter: NewFilter, visit: &Visit) -> impl IntoView + use<> {
    let all = visit.language.words();
    let words = &all.campaigns;
    let rows = it.codes.iter().map(|(code, cause, now)| {
        let value = code.to_string();
        let begins = filter.code.map_or(*now > 0, |only| only == *code);
        let on = ticked(visit, Field::StatusCode, &value, begins);
        tick(
            Field::StatusCode,
            &value,
            coded(*code, *cause, all),
            *now,
            on,
            all,
        )
    });
    view! {
        <fieldset class="checks" aria-describedby="codes-hint">
            <legend class="label">{words.codes}</legend>
            <p class="hint" id="codes-hint">{words.codes_hint}" "{words.codes_none}</p>
            {rows.collect_view()}
        </fieldset>
    }
}

fn days(
    field: Field,
    label: &'static str,
    hint: Option<&'static str>,
    begins: &str,
    visit: &Visit,
) -> impl IntoView + use<> {
    let typed = visit.flash.value(Form::Campaign, field);
    let value = typed.unwrap_or(begins).to_owned();
    let (id, hint_id) = (field.name(), format!("{}-hint", field.name()));
    let described = hint.map(|_| hint_id.clone());
    view! {
        <div class="field">
            <label class="label" for=id>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <input class="input days" id=id name=id type="number" min="0" max=MOST_DAYS.to_string()
                aria-describedby=described value=value/>
        </div>
    }
}

fn languages(visit: &Visit) -> impl IntoView + use<> {
    let words = &visit.language.words().campaigns;
    let any = [(String::new(), words.any_language.to_owned())];
    let each = Language::ALL.map(|one| (one.tag().to_owned(), one.name().to_owned()));
    let typed = visit.flash.value(Form::Campaign, Field::Language);
    Select {
        form: Form::Campaign,
        field: Field::Language,
        label: words.language,
        hint: None,
        groups: vec![Group {
            title: None,
            options: any.into_iter().chain(each).collect(),
        }],
        chosen: typed.unwrap_or_default().to_owned(),
    }
    .view()
}

/// How they are asked, where there is more than one way.
fn channels(it: &NewCampaign, visit: &Visit) -> Option<AnyView> {
    let words = &visit.language.words().campaigns;
    let options = Channel::ALL
        .iter()
        .map(|one| (one.name().to_owned(), (words.channel_name)(*one)));
    let typed = visit.flash.value(Form::Campaign, Field::Channel);
    let select = Select {
        form: Form::Campaign,
        field: Field::Channel,
        label: words.channel,
        hint: None,
        groups: vec![Group {
            title: None,
            options: options.collect(),
        }],
        chosen: typed.unwrap_or(Channel::Letter.name()).to_owned(),
    };
    it.texts.then(|| select.view().into_any())
}
