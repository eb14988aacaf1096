//! Numbers as pages of staff show them.

use leptos::prelude::*;

use crate::api::health::{Share, Took};
use crate::words::HealthWords;

/// 12480 becomes 12,480.
pub(super) fn grouped(number: u32) -> String {
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

/// A share in words: never better than it is.
pub(super) fn share(share: Share, words: &HealthWords) -> String {
    share.permille.map_or_else(
        || words.not_enough.to_owned(),
        |permille| (words.permille)(permille.into()),
    )
}

/// How long something took; the answer may be that too little is known.
pub(super) fn took(took: Option<Took>, words: &HealthWords) -> String {
    match took {
        None => words.not_enough.to_owned(),
        Some(Took::Exactly(minutes)) => length(minutes, words),
        Some(Took::Between(from, Some(to))) => {
            (words.between)(&length(from, words), &length(to, words))
        }
        Some(Took::Between(from, None)) => (words.beyond)(&length(from, words)),
    }
}

pub(super) fn length(minutes: u32, words: &HealthWords) -> String {
    match minutes {
        0..60 => (words.minutes)(minutes),
        60..1_440 => (words.hours)(minutes / 60, minutes % 60),
        _ => (words.days)(minutes / 1_440, minutes % 1_440 / 60),
    }
}

/// A number that leads to the rows behind it.
pub(super) fn linked(number: u32, href: String) -> impl IntoView {
    view! { <a href=href>{grouped(number)}</a> }
}

/// A table of a name and a number each.
pub(super) fn counts(
    caption: &'static str,
    columns: [&'static str; 2],
    rows: Vec<(String, u32, String)>,
) -> AnyView {
    let [name, number] = columns;
    let rows = rows.into_iter().map(|(name, number, href)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="number">{linked(number, href)}</td>
            </tr>
        }
    });
    view! {
        <table class="table">
            <caption>{caption}</caption>
            <thead><tr><th scope="col">{name}</th><th scope="col" class="number">{number}</th></tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(12_480), "12,480");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }

    #[test]
    fn times_are_as_exact_as_they_are_known() {
        let words = &Language::English.words().health;
        assert_eq!(took(None, words), "Not enough data");
        assert_eq!(took(Some(Took::Exactly(59)), words), "59 min");
        assert_eq!(took(Some(Took::Exactly(61)), words), "1 h 1 min");
        let between = Some(Took::Between(1_440, Some(2_160)));
        assert_eq!(took(between, words), "1 d 0 h to 1 d 12 h");
        assert_eq!(
            took(Some(Took::Between(259_200, None)), words),
            "More than 180 d 0 h"
        );
    }
}
