//! For staff: how far visits and repairs come, and where they stop.

use leptos::prelude::*;

use super::chart::{Names, Point, bars, lines};
use super::numbers::{grouped, share};
use super::table::{
    Head::{Number, Text},
    cells, grid, grid_of,
};
use super::{bad_address, menu};
use crate::api::funnels::{Funnel, FunnelFilter, FunnelView, Of, Part, Reached, SoonReached, Step};
use crate::api::paths;
use crate::api::visit::Visit;
use crate::pages::{Page, PageFault};
use crate::words::{FunnelWords, Words};

/// One funnel: its steps, its stops, its weeks, and what it is made of.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let all = visit.language.words();
    let words = &all.funnels;
    let filter = match FunnelFilter::parse(&visit.query) {
        Ok(filter) => filter,
        Err(bad) => return Ok(bad_address(&visit, &bad, paths::FUNNELS)),
    };
    let it = admin.funnel(&filter).await?;
    let lead = (words.lead)(filter.funnel);
    let main = view! {
        {menu(&visit)}
        <h1>{words.title}</h1>
        {which(&filter, all)}
        <p class="quiet">{lead}</p>
        {campaigns(filter.funnel, all)}
        {form(&filter, &it, all)}
        {steps(&it, &filter, all)}
        {stops(&it, all)}
        {weeks(&it, &filter, all)}
        {parts(&it, &filter, all)}
        {counted(filter.funnel, all)}
        <p class="actions">
            <a class="button button-plain" href=filter.csv()>{words.csv}</a>
        </p>
    };
    Ok(Page::new(words.title, main).wide())
}

/// The other funnel is a page of its own: what is asked of one makes no sense
/// of the other.
fn which(filter: &FunnelFilter, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.funnels;
    let asked = filter.funnel;
    let links = Funnel::ALL.map(|funnel| {
        let here = (funnel == asked).then_some("page");
        let href = FunnelFilter {
            days: filter.days,
            ..FunnelFilter::of(funnel)
        };
        view! { <a href=href.path() aria-current=here>{(words.funnel)(funnel)}</a> }
    });
    view! { <nav class="nav menu" aria-label=words.which>{links.into_iter().collect_view()}</nav> }
}

/// Who is asked to repair is a part of those who should.
fn campaigns(funnel: Funnel, all: &'static Words) -> Option<impl IntoView + use<>> {
    let (note, name) = (all.funnels.campaigns_note, all.campaigns.back);
    (funnel == Funnel::Repair).then(|| {
        view! { <p class="quiet">{note}" "<a href=paths::CAMPAIGNS>{name}</a></p> }
    })
}

fn form(filter: &FunnelFilter, it: &FunnelView, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.funnels;
    let mut ofs = vec![Of::All];
    ofs.extend(it.parts.iter().map(|part| part.of));
    if !ofs.contains(&filter.of) {
        ofs.push(filter.of);
    }
    let of = ofs.into_iter().map(|of| {
        let selected = of == filter.of;
        view! { <option value=of.text() selected=selected>{said(of, it, all)}</option> }
    });
    let days = FunnelFilter::DAYS.map(|days| {
        let selected = days == filter.days;
        view! { <option value=days.to_string() selected=selected>{(words.days)(days.into())}</option> }
    });
    let step = filter.funnel.steps()[1..].iter().map(|step| {
        let selected = *step == filter.step;
        view! { <option value=step.name() selected=selected>{(words.step)(*step)}</option> }
    });
    view! {
        <form class="filters" method="get" action=paths::FUNNELS aria-label=words.filter>
            <input type="hidden" name="funnel" value=filter.funnel.name()/>
            <div class="field">
                <label class="label" for="of">{words.of}</label>
                <select class="input" id="of" name="of">{of.collect_view()}</select>
            </div>
            <div class="field">
                <label class="label" for="days">{words.began}</label>
                <select class="input" id="days" name="days">{days.into_iter().collect_view()}</select>
            </div>
            <div class="field">
                <label class="label" for="step">{words.weeks_step}</label>
                <select class="input" id="step" name="step">{step.collect_view()}</select>
            </div>
            <button class="button button-plain" type="submit">{all.rows.apply}</button>
            <a href=FunnelFilter::of(filter.funnel).path()>{all.rows.clear}</a>
        </form>
    }
}

/// What journeys have in common, in words.
fn said(of: Of, it: &FunnelView, all: &'static Words) -> String {
    let words = &all.funnels;
    let part = it.parts.iter().find(|part| part.of == of);
    match of {
        Of::All => words.all.into(),
        Of::Institution(id) => {
            let name = part
                .and_then(|part| part.name.as_ref())
                .or(it.name.as_ref());
            name.cloned().unwrap_or_else(|| id.to_string())
        }
        Of::Code(code) => {
            let cause = part.and_then(|part| part.cause);
            let cause = cause.map(|cause| format!("{}, ", (all.health.cause)(cause)));
            format!(
                "{}{}",
                cause.unwrap_or_default(),
                (all.rows.broken_by)(&code.to_string())
            )
        }
        Of::Channel(channel) => (words.channel)(channel),
        Of::Language(tongue) => (words.tongue)(tongue),
    }
}

fn steps(it: &FunnelView, filter: &FunnelFilter, all: &'static Words) -> impl IntoView + use<> {
    let (words, health) = (&all.funnels, &all.health);
    let before = |step: &Reached| match step.of_before {
        Some(of) => share(of, health),
        None => "–".to_owned(),
    };
    let figures = it.steps.iter().map(|step| {
        let before = step.of_before.map(|of| match of.permille {
            Some(_) => (words.of_before)(&share(of, health)),
            None => health.not_enough.to_owned(),
        });
        view! {
            <div>
                <dt>{(words.step)(step.step)}</dt>
                <dd>{grouped(step.number)}</dd>
                <dd class="quiet">{before}</dd>
            </div>
        }
    });
    let points: Vec<Point> = it
        .steps
        .iter()
        .map(|step| Point {
            label: (words.step)(step.step),
            values: vec![Some(step.number)],
            texts: vec![
                grouped(step.number),
                share(step.of_all, health),
                before(step),
            ],
            links: Vec::new(),
        })
        .collect();
    let most = it.steps.first().map_or(0, |step| step.number);
    let names = Names {
        id: "steps",
        title: words.steps_chart,
        note: None,
        columns: vec![
            words.step_title,
            words.number,
            words.share_of_all,
            words.share_of_before,
        ],
        table: health.table,
        series: 1,
        top: grouped(most),
        none: health.chart_none,
    };
    let searches = (filter.funnel == Funnel::Connect && filter.of == Of::All)
        .then(|| view! { <p class="quiet">{(words.searches)(&grouped(it.searches))}</p> });
    view! {
        <section aria-labelledby="how-far">
            <h2 id="how-far">{format!("{}: {}", words.steps_title, said(filter.of, it, all))}</h2>
            <dl class="figures shares">{figures.collect_view()}</dl>
            {searches}
            {bars(names, &points, most)}
        </section>
    }
}

fn stops(it: &FunnelView, all: &'static Words) -> impl IntoView + use<> {
    let (words, health) = (&all.funnels, &all.health);
    let rows = it.stops.iter().map(|stopped| {
        cells![
            (words.step)(stopped.step),
            (words.stop)(stopped.stop),
            grouped(stopped.number),
            share(stopped.share, health),
        ]
    });
    let heads = [
        Text(words.reached),
        Text(words.why),
        Number(words.number),
        Number(words.share_of_step),
    ];
    let table = if it.stops.is_empty() {
        view! { <p class="quiet">{words.none}</p> }.into_any()
    } else {
        grid(words.stops_title, "", heads, rows)
    };
    view! {
        <section class="part" aria-labelledby="stops">
            <h2 id="stops">{words.stops_title}</h2>
            <p class="quiet">{words.stops_note}</p>
            {table}
        </section>
    }
}

fn weeks(it: &FunnelView, filter: &FunnelFilter, all: &'static Words) -> impl IntoView + use<> {
    let (words, health) = (&all.funnels, &all.health);
    let text = |one: &SoonReached| {
        let text = format!("{} ({})", share(one.share, health), grouped(one.number));
        if one.open {
            (words.so_far)(&text)
        } else {
            text
        }
    };
    let points: Vec<Point> = it
        .weeks
        .iter()
        .map(|week| {
            // What is not over would look like a fall.
            let drawn = |one: &SoonReached| one.share.permille.filter(|_| !one.open).map(u32::from);
            let mut texts: Vec<String> = week.reached.iter().map(text).collect();
            texts.push(grouped(week.began));
            Point {
                label: week.monday.text.clone(),
                values: week.reached.iter().map(drawn).collect(),
                texts,
                links: Vec::new(),
            }
        })
        .collect();
    let names = Names {
        id: "weeks",
        title: words.weeks_chart,
        note: Some(words.weeks_note),
        columns: vec![
            words.week,
            words.within_day,
            words.within_week,
            words.within_month,
            words.began_column,
        ],
        table: health.table,
        series: 3,
        top: (health.permille)(1_000),
        none: health.not_enough,
    };
    view! {
        <section class="part" aria-labelledby="by-week">
            <h2 id="by-week">{(words.weeks_title)(&(words.step)(filter.step))}</h2>
            {lines(names, &points, 1_000)}
        </section>
    }
}

/// A table for each kind of thing that journeys have in common.
fn parts(it: &FunnelView, filter: &FunnelFilter, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.funnels;
    let kind = |of: Of| match of {
        Of::All => None,
        Of::Code(_) => Some(0),
        Of::Channel(_) => Some(1),
        Of::Language(_) => Some(2),
        Of::Institution(_) => Some(3),
    };
    let titles = [
        words.by_code,
        words.by_channel,
        words.by_language,
        words.by_institution,
    ];
    let tables = (0..).zip(titles).filter_map(|(number, title)| {
        let mut mine = it
            .parts
            .iter()
            .filter(|part| kind(part.of) == Some(number))
            .peekable();
        mine.peek()?;
        let rows = mine.map(|part| row(part, it, filter, all));
        let steps = filter.funnel.steps().iter();
        let heads: Vec<_> = std::iter::once(Text(title))
            .chain(steps.map(|step| Number(short(*step, words))))
            .chain([Number(words.through)])
            .collect();
        let note = (number == 3).then(|| view! { <p class="quiet">{words.institution_note}</p> });
        Some(view! {
            <h3>{title}</h3>
            {note}
            {grid_of(title.into(), "", &heads, rows)}
        })
    });
    view! {
        <section class="part common" aria-labelledby="parts">
            <h2 id="parts">{words.parts_title}</h2>
            {tables.collect_view()}
        </section>
    }
}

fn row(part: &Part, it: &FunnelView, filter: &FunnelFilter, all: &'static Words) -> Vec<AnyView> {
    let there = FunnelFilter {
        of: part.of,
        ..*filter
    };
    let name = view! { <a href=there.path()>{said(part.of, it, all)}</a> };
    let numbers = part.steps.iter();
    let numbers = numbers.map(|number| grouped(*number).into_any());
    std::iter::once(name.into_any())
        .chain(numbers)
        .chain([share(part.share, &all.health).into_any()])
        .collect()
}

/// A step at the head of a column.
fn short(step: Step, words: &FunnelWords) -> &'static str {
    match step {
        Step::Chosen => words.short_chosen,
        Step::LinkMade => words.short_link,
        Step::Opened => words.short_opened,
        Step::Connected => words.short_connected,
        Step::Kept => words.short_kept,
        Step::Broke => words.short_broke,
        Step::Told => words.short_told,
        Step::Came => words.short_came,
        Step::Started => words.short_started,
        Step::Finished => words.short_finished,
        Step::Proven => words.short_proven,
    }
}

/// What each number is a number of.
fn counted(funnel: Funnel, all: &'static Words) -> impl IntoView + use<> {
    let words = &all.funnels;
    let steps = funnel.steps().iter().map(|step| {
        view! { <div><dt>{(words.step)(*step)}</dt><dd>{(words.means)(*step)}</dd></div> }
    });
    view! {
        <section class="part" aria-labelledby="counted">
            <h2 id="counted">{words.counted_title}</h2>
            <dl class="facts">{steps.collect_view()}</dl>
            <p class="quiet">{(words.counted)(funnel)}</p>
        </section>
    }
}
