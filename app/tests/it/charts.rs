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

/// The texts of the cells of a row.
fn texts(row: &str) -> Vec<String> {
    let cells = row.split("<t").skip(1);
    let text = |cell: &str| {
        let parts = cell.split('>').skip(1);
        let parts: Vec<&str> = parts
            .map(|part| part.split('<').next().unwrap_or_default())
            .collect();
        parts.concat()
    };
    cells.map(text).collect()
}

#[test]
fn a_chart_says_what_its_table_says() {
    for (path, charts) in [
        ("/admin", 2),
        ("/admin/institutions/5", 2),
        ("/admin/funnels", 2),
    ] {
        let (_, html) = render(visit(world(), path, &[]));
        let all: Vec<&str> = html.split("<figure").skip(1).collect();
        assert_eq!(all.len(), charts, "{path}");
        for chart in all {
            let (_, said) = chart.split_once("<desc").unwrap();
            let said = inside(said, ">");
            let (head, body) = chart.split_once("<tbody>").unwrap();
            let heads = texts(head.rsplit_once("<tr>").unwrap().1);
            let body = body.split("</tbody>").next().unwrap();
            let rows = body.split("<tr>").skip(1).map(|row| {
                let cells = texts(row);
                let named = heads.iter().zip(&cells).skip(1);
                let named: Vec<_> = named.map(|(head, cell)| format!("{head} {cell}")).collect();
                format!("{}: {}", cells[0], named.join(", "))
            });
            assert_eq!(said, rows.collect::<Vec<_>>().join("; "), "{path}");
        }
    }
}

#[test]
fn an_address_with_a_bad_part_offers_the_rest() {
    let ways = |path, query: &[(&str, &str)]| {
        let (status, html) = render(visit(world(), path, query));
        assert_eq!(status, 400, "{path}: {html}");
        let (_, actions) = html.split_once("<p class=\"actions\">").unwrap();
        let links = actions
            .split("</p>")
            .next()
            .unwrap()
            .split("href=\"")
            .skip(1);
        let links: Vec<_> = links
            .map(|it| it.split('"').next().unwrap().to_owned())
            .collect();
        links
    };
    let rows = "/admin/connections";
    let standing = ("standing", "broken");
    let both = [format!("{rows}?standing=broken"), rows.to_owned()];
    for query in [
        &[("code", "x"), standing][..],
        &[standing, ("after", "x")],
        &[standing, ("code", "103"), ("code", "108")],
        &[
            ("code", "x"),
            standing,
            ("after", "x"),
            ("a\"b", "1"),
            ("days", ""),
        ],
    ] {
        assert_eq!(ways(rows, query), both, "{query:?}");
    }
    assert_eq!(ways(rows, &[("code", "x")]), [rows]);
    let bundle = [("code", "x"), ("institution", "5"), ("days", "3")];
    assert_eq!(ways("/admin/cases/new", &bundle), ["/admin/cases"]);
}

/// The last row of a table whose head is this code.
fn row<'a>(html: &'a str, code: &str) -> &'a str {
    let begins = format!(">{code}</th>");
    let after = html.rsplit_once(&begins).map_or("", |(_, after)| after);
    after.split("</tr>").next().unwrap_or_default()
}

#[test]
fn the_table_in_force_says_what_was_shipped() {
    let (_, html) = render(visit(world(), "/admin/codes", &[]));
    let changed = row(&html, "103");
    assert!(changed.contains("Changed here"), "{changed}");
    assert!(
        changed.contains(">The sign-in has changed<!></td>"),
        "as shipped: {changed}"
    );
    for both in [
        ">The institution<div class=\"quiet\">Shipped: The user</div></td>",
        ">no Fix<div class=\"quiet\">Shipped: Fix helps</div></td>",
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
        let (_, row) = causes.split_once(&format!(">{head}</th>")).unwrap();
        row.split("</tr>").next().unwrap()
    };
    let known = of("The sign-in has changed");
    for says in [
        "The sign-in that Mastercard has",
        ">The user</td>",
        "72.0 %",
        "of 12,480",
        "6 h 0 min to 8 h 0 min",
    ] {
        assert!(known.contains(says), "{says}: {known}");
    }
    let unknown = of("Nobody says");
    assert!(
        unknown.contains(">Differs by code</td>") && unknown.contains("no Fix"),
        "{unknown}"
    );
}
