//! Charts, drawn by the server: an SVG whose description reads as the table
//! beneath does.

use leptos::prelude::*;

use crate::api::shared::When;

/// One column of a chart, and of its table.
pub(super) struct Point {
    /// What it is of.
    pub(super) label: String,
    /// Each series' value; absent: not known.
    pub(super) values: Vec<Option<u32>>,
    /// The same as text, one a column of the table.
    pub(super) texts: Vec<String>,
    /// Where each leads, if anywhere.
    pub(super) links: Vec<String>,
}

/// What a chart is called, in the page and in its table.
pub(super) struct Names {
    /// Its id in the page.
    pub(super) id: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// What is said beneath it.
    pub(super) note: Option<&'static str>,
    /// The columns of its table.
    pub(super) columns: Vec<&'static str>,
    /// What opens the table.
    pub(super) table: &'static str,
    /// How many of the columns after the first are drawn.
    pub(super) series: usize,
    /// The top of its axis, in words; the bottom is zero.
    pub(super) top: String,
    /// What stands in the place of a drawing of nothing.
    pub(super) none: &'static str,
}

const WIDTH: u32 = 600;
const HEIGHT: u32 = 120;

/// Lines from zero to `most`, a gap where nothing is known.
pub(super) fn lines(names: Names, points: &[Point], most: u32) -> AnyView {
    let gaps = points.len().saturating_sub(1);
    let known = shows(points, |value| value.is_some());
    let drawn = (0..names.series).flat_map(|series| {
        let mut parts = vec![Vec::new()];
        for (index, point) in (0..).zip(points) {
            match (
                point.values.get(series).copied().flatten(),
                parts.last_mut(),
            ) {
                (Some(value), Some(part)) => {
                    part.push(format!("{} {}", along(index, gaps), height(value, most)));
                }
                _ => parts.push(Vec::new()),
            }
        }
        parts.retain(|part: &Vec<String>| !part.is_empty());
        parts.into_iter().map(move |part| {
            // A lone point is a line of no length, with a round end.
            let from = part[0].clone();
            let path = format!("M{from} L{}", part.join(" L"));
            view! { <path class=format!("series series-{series}") d=path/> }
        })
    });
    figure(
        names,
        points,
        known.then(|| drawn.collect_view().into_any()),
    )
}

/// A small line in a table, of thousandths. `said` is what it says of each day to
/// who cannot see it; `id` is its own in the page.
pub(super) fn spark(id: &str, values: &[Option<u16>], title: String, said: String) -> AnyView {
    let gaps = values.len().saturating_sub(1);
    let mut draws = false;
    let point = |(index, value): (u32, &Option<u16>)| {
        let sign = if std::mem::replace(&mut draws, value.is_some()) {
            'L'
        } else {
            'M'
        };
        let (left, top) = (along(index, gaps), height((*value)?.into(), 1_000));
        Some(format!("{sign}{left} {top}"))
    };
    let path: String = (0..).zip(values).filter_map(point).collect();
    let (title_id, said_id) = (format!("{id}-title"), format!("{id}-said"));
    view! {
        <svg
            class="spark"
            role="img"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
            aria-labelledby=title_id.clone()
            aria-describedby=said_id.clone()
        >
            <title id=title_id.clone()>{title}</title>
            <desc id=said_id.clone()>{said}</desc>
            <path class="series series-0" d=path/>
        </svg>
    }
    .into_any()
}

/// What a small line says: each day and its value.
pub(super) fn by_day(days: &[When], values: impl Iterator<Item = String>) -> String {
    let each = days.iter().zip(values);
    let said: Vec<String> = each
        .map(|(day, value)| format!("{}: {value}", day.text))
        .collect();
    said.join("; ")
}

/// Bars beside each other, a group a point.
pub(super) fn bars(names: Names, points: &[Point], most: u32) -> AnyView {
    let count = points.len();
    let tall = shows(points, |value| value.unwrap_or_default() > 0);
    let drawn = (0..).zip(points).flat_map(|(index, point)| {
        let left = along(index, count);
        let series = u32::try_from(point.values.len().max(1)).unwrap_or(1);
        let wide = along(1, count) * 4 / 5 / series;
        let values: Vec<_> = (0..).zip(point.values.clone()).collect();
        values.into_iter().map(move |(series, value): (u32, _)| {
            let top = height(value.unwrap_or_default(), most);
            let left = left + series * wide;
            view! {
                <rect
                    class=format!("bar series-{series}")
                    x=left.to_string()
                    y=top.to_string()
                    width=wide.to_string()
                    height=(HEIGHT - top).to_string()
                />
            }
        })
    });
    figure(names, points, tall.then(|| drawn.collect_view().into_any()))
}

/// Where the point after so many of `gaps` stands.
fn along(index: u32, gaps: usize) -> u32 {
    index * WIDTH / u32::try_from(gaps.max(1)).unwrap_or(WIDTH)
}

fn height(value: u32, most: u32) -> u32 {
    HEIGHT - value.min(most) * HEIGHT / most.max(1)
}

/// Whether there is something to see.
fn shows(points: &[Point], seen: impl Fn(Option<u32>) -> bool) -> bool {
    let mut values = points.iter().flat_map(|point| point.values.iter().copied());
    values.any(seen)
}

/// The drawing, what it says in words, and the same as a table.
fn figure(names: Names, points: &[Point], drawn: Option<AnyView>) -> AnyView {
    let plot = match drawn {
        Some(drawn) => plot(&names, points, drawn).into_any(),
        None => view! { <p class="quiet">{names.none}</p> }.into_any(),
    };
    let rows = points.iter().map(|point| {
        let links = point.links.iter().map(Some).chain(std::iter::repeat(None));
        let cells = point.texts.iter().cloned().zip(links).map(|(text, link)| {
            let text = match link {
                None => text.into_any(),
                Some(link) => view! { <a href=link.clone()>{text}</a> }.into_any(),
            };
            view! { <td class="number">{text}</td> }
        });
        view! { <tr><th scope="row">{point.label.clone()}</th>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let heads = (0..).zip(names.columns).map(|(index, name): (u32, _)| {
        view! { <th scope="col" class=(index > 0).then_some("number")>{name}</th> }
    });
    view! {
        <figure class="chart" id=names.id>
            <figcaption>{names.title}</figcaption>
            {plot}
            {names.note.map(|note| view! { <p class="quiet">{note}</p> })}
            <details>
                <summary>{names.table}</summary>
                <div class="scroll" tabindex="0" role="group" aria-label=names.title>
                    <table class="table">
                        <thead><tr>{heads.collect_view()}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
    .into_any()
}

/// The drawing between its axes, with its keys and its ends.
fn plot(names: &Names, points: &[Point], drawn: AnyView) -> impl IntoView + use<> {
    let columns = || names.columns.iter().skip(1).copied();
    let said = points.iter().map(|point| {
        let cells = columns().zip(&point.texts);
        let texts: Vec<String> = cells.map(|(name, text)| format!("{name} {text}")).collect();
        format!("{}: {}", point.label, texts.join(", "))
    });
    let said = said.collect::<Vec<_>>().join("; ");
    let keys = (names.series > 1).then(|| {
        let names = (0..).zip(columns().take(names.series));
        let keys = names.map(|(series, name): (u32, _)| {
            view! { <span class=format!("key series-{series}")>{name}</span> }
        });
        view! { <p class="keys" aria-hidden="true">{keys.collect_view()}</p> }
    });
    let ends = points.first().zip(points.last());
    let ends = ends.map(|(first, last)| {
        view! {
            <p class="ends" aria-hidden="true">
                <span>{first.label.clone()}</span><span>{last.label.clone()}</span>
            </p>
        }
    });
    let (title_id, said_id) = (format!("{}-title", names.id), format!("{}-said", names.id));
    view! {
        {keys}
        <div class="plot">
            <span class="top" aria-hidden="true">{names.top.clone()}</span>
            <svg
                role="img"
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                preserveAspectRatio="none"
                aria-labelledby=title_id.clone()
                aria-describedby=said_id.clone()
            >
                <title id=title_id.clone()>{names.title}</title>
                <desc id=said_id.clone()>{said}</desc>
                <path class="axis" d=format!("M0 0H{WIDTH}M0 {HEIGHT}H{WIDTH}")/>
                {drawn}
            </svg>
        </div>
        {ends}
    }
}
