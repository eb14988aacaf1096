//! For staff: whether today is a good day.

use leptos::prelude::*;

use super::menu;
use crate::api::admin::{AdminSummary, Age, Counted, Upstream};
use crate::api::forms::Tone;
use crate::api::visit::Visit;
use crate::pages::parts::{badge, notice, time};
use crate::pages::{Page, PageFault};
use crate::words::Admin;

/// A headline, figures, then what needs somebody, then tables.
pub(crate) async fn page(visit: Visit) -> Result<Page, PageFault> {
    let admin = visit.admin.clone().ok_or(PageFault::Forbidden)?;
    let it = admin.summary().await?;
    let words = &visit.language.words().admin;
    let troubles = troubles(&it, words);
    let headline = if troubles.is_empty() {
        words.fine
    } else {
        words.trouble
    };
    let figures = [
        (words.connections, it.totals.connections, None),
        (words.accounts, it.totals.accounts, None),
        (words.users, it.totals.users, None),
        (
            words.directory,
            it.directory.size,
            it.directory.copied.as_ref(),
        ),
    ];
    let figures = figures.map(|(title, figure, copied)| {
        let copied = copied.map(|when| (words.copied)(&when.text));
        view! { <div><dt>{title}</dt><dd>{grouped(figure)}</dd><dd class="quiet">{copied}</dd></div> }
    });
    let troubles = troubles
        .into_iter()
        .map(|text| notice(Tone::Act, text))
        .collect_view();
    let main = view! {
        {menu(&visit)}
        <h1>{headline}</h1>
        {troubles}
        <section aria-labelledby="figures">
            <h2 class="visually-hidden" id="figures">{words.figures}</h2>
            <dl class="figures">{figures.into_iter().collect_view()}</dl>
        </section>
        {operations(&it, words)}
        <div class="halves">
            {counted(words.missing, words.missing_none, &it.missing, words)}
            {counted(words.empty, words.empty_none, &it.empty_searches, words)}
        </div>
    };
    Ok(Page::new(words.title, main).wide())
}

/// What somebody has to look at, each in a sentence.
fn troubles(it: &AdminSummary, words: &Admin) -> Vec<String> {
    let mut all = Vec::new();
    match &it.upstream {
        Upstream::Fine { .. } => {}
        Upstream::SecretRejected { since } => {
            let since = (words.rejected_since)(&since.text);
            all.push(format!(
                "{}. {since} {}",
                words.rejected, words.rejected_text
            ));
        }
        Upstream::CircuitOpen { groups, next } => {
            let groups = (words.circuit_groups)(&groups.join(", "));
            let next = next.as_ref().map(|when| (words.circuit_next)(&when.text));
            all.push(format!(
                "{}. {groups} {}",
                words.circuit,
                next.unwrap_or_default()
            ));
        }
    }
    match it.directory.age {
        Age::Fresh => {}
        Age::Never => all.push(words.directory_never.into()),
        Age::Old => all.push(words.directory_old.into()),
    }
    if it.jobs.dead > 0 {
        all.push(format!("{}: {}.", words.jobs_dead, grouped(it.jobs.dead)));
    }
    all
}

fn operations(it: &AdminSummary, words: &'static Admin) -> impl IntoView + use<> {
    let upstream = match &it.upstream {
        Upstream::Fine { last } => {
            let last = last.as_ref().map(|when| (words.upstream_last)(&when.text));
            let last = last.unwrap_or_else(|| words.upstream_never.into());
            view! { {badge(Tone::Fine, words.upstream_fine)} " " <span class="quiet">{last}</span> }
                .into_any()
        }
        Upstream::SecretRejected { .. } => badge(Tone::Act, words.rejected).into_any(),
        Upstream::CircuitOpen { .. } => badge(Tone::Act, words.circuit).into_any(),
    };
    let rows = [
        (words.received, it.webhooks.received),
        (words.bad_signatures, it.webhooks.bad_signatures),
        (words.waiting, it.webhooks.waiting),
    ];
    let rows = rows.map(|(title, count)| {
        view! { <tr><th scope="row">{title}</th><td class="number">{grouped(count)}</td></tr> }
    });
    let jobs = [
        (words.waiting, it.jobs.waiting),
        (words.jobs_dead, it.jobs.dead),
    ];
    let jobs = jobs.map(|(title, count)| {
        view! { <tr><th scope="row">{title}</th><td class="number">{grouped(count)}</td></tr> }
    });
    view! {
        <section class="part" aria-labelledby="operations">
            <h2 id="operations">{words.operations}</h2>
            <p><strong>{words.upstream}</strong> " " {upstream}</p>
            <div class="halves">
                <table class="table">
                    <caption>{words.webhooks}</caption>
                    <tbody>{rows.into_iter().collect_view()}</tbody>
                </table>
                <table class="table">
                    <caption>{words.jobs}</caption>
                    <tbody>{jobs.into_iter().collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
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
    let rows = rows.iter().map(|row| {
        view! {
            <tr>
                <th scope="row">{row.text.clone()}</th>
                <td class="number">{grouped(row.count)}</td>
                <td>{time(&row.last)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="part">
            <h2>{title}</h2>
            <div class="scroll" tabindex="0" role="group" aria-label=title>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{words.text}</th>
                            <th scope="col" class="number">{words.count}</th>
                            <th scope="col">{words.last}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// 12480 becomes 12,480.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(12_480), "12,480");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
