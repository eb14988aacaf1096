//! What small charts and the pages of codes say.

use relink_app::api::visit::Visit;
use relink_app::words::Language;

use crate::figures::november;
use crate::pages::render;
use crate::sample::{visit, world};

/// What stands in the element that begins so; nothing where there is none.
fn inside<'a>(html: &'a str, begins: &str) -> &'a str {
    let after = html.split_once(begins).map_or("", |(_, after)| after);
    after.split('<').next().unwrap_or_default()
}

/// What a small chart is called, and what it says.
fn small<'a>(html: &'a str, id: &str) -> [&'a str; 2] {
    let names = format!("aria-labelledby=\"{id}-title\" aria-describedby=\"{id}-said\"");
    assert!(html.contains(&names), "{names}");
    ["title", "desc"].map(|tag| {
        let part = if tag == "title" { "title" } else { "said" };
        inside(html, &format!("<{tag} id=\"{id}-{part}\">"))
    })
}

/// Each day and its value, as a table would have them.
fn table(values: impl Iterator<Item = String>) -> String {
    let days = november().into_iter().zip(values);
    let days: Vec<String> = days
        .map(|(day, it)| format!("{}: {it}", day.text))
        .collect();
    assert_eq!(days.len(), 30);
    days.join("; ")
}

#[test]
fn small_charts_say_each_day_and_its_value() {
    for (language, few, point) in [
        (Language::English, "Not enough data", '.'),
        (Language::Spanish, "No hay datos suficientes", ','),
        (Language::French, "Pas assez de données", ','),
    ] {
        let page = |path| {
            let visit = visit(world(), path, &[]);
            render(Visit { language, ..visit }).1
        };
        let codes = page("/admin/codes");
        for (id, from) in [
            ("days-103", 0),
            ("days-987654", 0),
            ("days-credentials", 30),
        ] {
            let [title, said] = small(&codes, id);
            assert_eq!(said, table((from..from + 30).map(|n| n.to_string())));
            assert!(title.contains(&(from + 29).to_string()), "{title}");
        }
        let institutions = page("/admin/institutions");
        let value = |day: u16| match day {
            4 => few.to_owned(),
            _ => format!("{}{point}{} %", (900 + day) / 10, day % 10),
        };
        for id in 5..11 {
            let [title, said] = small(&institutions, &format!("trend-{id}"));
            assert_eq!(said, table((0..30).map(value)), "{language:?}");
            assert_ne!(title, said);
        }
        assert!(
            !codes.contains("aria-label=\"New breaks"),
            "it is a title now"
        );
    }
}

/// The last row of a table whose head is this code.
fn row<'a>(html: &'a str, code: &str) -> &'a str {
    let begins = format!("<th scope=\"row\" class=\"code\">{code}</th>");
    let after = html.rsplit_once(&begins).map_or("", |(_, after)| after);
    after.split("</tr>").next().unwrap_or_default()
}

#[test]
fn the_table_in_force_says_what_was_shipped() {
    let (_, html) = render(visit(world(), "/admin/codes", &[]));
    let changed = row(&html, "103");
    assert!(changed.contains("Changed here"), "{changed}");
    assert!(
        changed.contains("<td>The sign-in has changed<!></td>"),
        "as shipped: {changed}"
    );
    for both in [
        "<td>The institution<div class=\"quiet\">Shipped: The user</div></td>",
        "<td>no Fix<div class=\"quiet\">Shipped: Fix helps</div></td>",
    ] {
        assert!(changed.contains(both), "{both}: {changed}");
    }
    let plain = row(&html, "108");
    assert!(
        !plain.contains("Changed here") && !plain.contains("Shipped"),
        "{plain}"
    );
}

#[test]
fn a_cause_says_who_acts_and_of_how_many_its_rate_is() {
    let (_, html) = render(visit(world(), "/admin/codes", &[]));
    let (_, causes) = html.split_once("id=\"causes\"").unwrap();
    let of = |head: &str| {
        let (_, row) = causes
            .split_once(&format!("<th scope=\"row\">{head}</th>"))
            .unwrap();
        row.split("</tr>").next().unwrap()
    };
    let known = of("The sign-in has changed");
    for says in [
        "The sign-in that Mastercard has",
        "<td>The user</td>",
        "72.0 %",
        "of 12,480",
        "6 h 0 min to 8 h 0 min",
    ] {
        assert!(known.contains(says), "{says}: {known}");
    }
    let unknown = of("Nobody says");
    assert!(
        unknown.contains("<td>Differs by code</td>") && unknown.contains("no Fix"),
        "{unknown}"
    );
}
