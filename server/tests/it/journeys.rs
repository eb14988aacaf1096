//! A hundred known journeys, and their counts as they are by hand: health, the
//! rows behind it, institutions, codes, funnels, campaigns, cases, the audit.
//! Figures over time, and visits that end early, have known ones of their own in
//! the engine's tests.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Timelike as _, Utc};
use relink_engine::{
    health::{
        Mark,
        testing::{House, Town},
    },
    identity::{Role, Support, testing::client},
    store::testing::TestStore,
    time::Clock as _,
};

use super::{
    app::{Jobs, TestApp},
    browser::{Answer, Browser},
    db::on_both,
    places,
};

const JOURNEYS: &str = include_str!("../data/journeys.txt");

/// What happens to one of them.
struct Step {
    at: DateTime<Utc>,
    who: usize,
    place: i64,
    what: &'static str,
}

/// All of it, in the order of time.
fn steps(now: DateTime<Utc>) -> Vec<Step> {
    let (mut steps, mut who) = (Vec::new(), 0);
    for line in JOURNEYS.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let mut number = || words.next().unwrap().parse::<i64>().unwrap();
        let (many, place) = (number(), number());
        let happens: Vec<_> = words.map(|word| word.split_once('@').unwrap()).collect();
        for _ in 0..many {
            steps.extend(happens.iter().map(|(what, days)| {
                let hours = days.parse::<f64>().unwrap() * 24.0;
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "a quarter of a day at the least"
                )]
                let at = now - Duration::hours(hours as i64);
                Step {
                    at,
                    who,
                    place,
                    what,
                }
            }));
            who += 1;
        }
    }
    assert_eq!(who, 100);
    steps.sort_by_key(|step| step.at);
    steps
}

/// Lets all of it happen; gives the town and the houses, in the order of the journeys.
async fn journeys(app: &TestApp, db: &TestStore) -> (Town, Vec<House>) {
    // Always from a noon, so that no day ends between what happens and what is shown.
    let clock = &app.program.app.clocks.domain;
    let minutes = i64::from(clock.now().num_seconds_from_midnight()) / 60;
    app.pass((36 * 60 - minutes) % (24 * 60)).await;
    let now = clock.now();
    let mut town = Town::at(&db.store, 7, now - Duration::days(61));
    let support = town.person("sam", Role::Support).await.support().unwrap();
    let mut houses: Vec<Option<House>> = (0..100).map(|_| None).collect();
    for step in steps(town.clock.now() + Duration::days(61)) {
        town.pass(step.at - town.clock.now());
        let house = &mut houses[step.who];
        if let "connect" | "begin" = step.what {
            let user = town.user(&format!("user{}", step.who)).await;
            let new = town.connect(&user, step.place).await;
            town.goes_through(new.visit).await;
            *house = Some(new);
        }
        happens(&town, house.as_ref().unwrap(), step.what, &support).await;
    }
    (town, houses.into_iter().flatten().collect())
}

async fn happens(town: &Town, house: &House, what: &str, support: &Support) {
    let marked = async |mark| {
        let why = Some("As agreed.");
        town.marks
            .mark(support, &client(), house.connection, mark, why)
            .await
            .unwrap();
    };
    match what {
        "begin" => {}
        "connect" => town.read(&[(house, 0)]).await,
        "fix" => town.repairs(house).await,
        "test" => marked(Mark::Test).await,
        "mute" => marked(Mark::Mute).await,
        "remove" => town.removes(house).await,
        code => town.read(&[(house, code.parse().unwrap())]).await,
    }
}

/// The number that a link of a page says, by where it leads.
fn number(page: &Answer, href: &str) -> u32 {
    let link = format!("href=\"{}\">", href.replace('&', "&amp;"));
    let after = page.text.split(&link).nth(1);
    let text = after.unwrap_or_else(|| panic!("no {link} in {}", page.text));
    text.split('<').next().unwrap().parse().unwrap()
}

/// The cells of the row with `head` in the table called `name`.
pub(crate) fn row(page: &Answer, name: &str, head: &str) -> Vec<String> {
    let table = page.text.split(&format!("aria-label=\"{name}\"")).nth(1);
    let table = table.unwrap_or_else(|| panic!("no table {name} in {}", page.text));
    let table = table.split("</table>").next().unwrap();
    let row = table.split("<tr").find(|row| row.contains(head));
    cells(row.unwrap_or_else(|| panic!("no row {head} in {table}")))
}

fn cells(row: &str) -> Vec<String> {
    let plain = |cell: &str| {
        let text: Vec<&str> = cell
            .split('>')
            .skip(1)
            .map(|part| part.split('<').next().unwrap())
            .collect();
        text.concat().trim().to_owned()
    };
    row.split("<td").skip(1).map(plain).collect()
}

/// What broke and what was repaired, day by day; the last day is today.
fn by_day(health: &Answer) {
    let chart = health.text.split("id=\"breaks-by-day\"").nth(1).unwrap();
    let rows = chart.split("<tbody>").nth(1).unwrap();
    let rows = rows.split("</tbody>").next().unwrap();
    let days: Vec<_> = rows.split("<tr").skip(1).map(cells).collect();
    let mut expected = vec![[0, 0]; 30];
    for (ago, opened, repaired) in [
        (20, 4, 0),
        (10, 16, 0),
        (9, 0, 10),
        (8, 3, 0),
        (6, 3, 0),
        (5, 13, 0),
        (4, 0, 6),
        (2, 7, 0),
        (1, 0, 4),
    ] {
        expected[29 - ago] = [opened, repaired];
    }
    let expected: Vec<_> = expected
        .iter()
        .map(|day| day.map(|count: u32| count.to_string()))
        .collect();
    assert_eq!(days, expected);
}

/// Follows each number of a page to the connections or breaks behind it, and
/// counts these, page by page. How many numbers there were.
async fn lead_to_their_rows(root: &Browser, path: &str) -> usize {
    let page = root.get(path).await;
    let links = page.text.split("href=\"").skip(1).filter_map(|rest| {
        let (href, rest) = rest.split_once("\">")?;
        let number = rest.split('<').next()?.parse::<usize>().ok()?;
        Some((href.replace("&amp;", "&"), number))
    });
    let rows =
        |href: &str| href.starts_with("/admin/connections?") || href.starts_with("/admin/breaks?");
    let links: BTreeMap<_, _> = links.filter(|(href, _)| rows(href)).collect();
    for (href, number) in &links {
        let (mut next, mut found) = (Some(href.clone()), 0);
        while let Some(href) = next {
            let rows = root.get(&href).await;
            rows.shows(200, "class=\"filters\"");
            let body = rows.text.split("<tbody").nth(1).unwrap_or_default();
            let body = body.split("</tbody>").next().unwrap();
            found += body.matches("<tr").count();
            let mut ways = rows.after("href=\"").into_iter();
            next = ways.find(|href| href.contains("after="));
        }
        assert_eq!(found, *number, "{href} on {path}");
    }
    links.len()
}

/// 39 breaks in ninety days are of a code that Fix helps, while they counted.
/// Fourteen go through it, ten heal, three are muted, twelve are open.
async fn funnels(root: &Browser) {
    let page = root.get("/admin/funnels?funnel=repair&days=90").await;
    let reached = |step| row(&page, "How many reached each step", step)[0].clone();
    assert_eq!(reached("Broke"), "39");
    let all = [
        "Knew of it",
        "Came to us",
        "Left for Fix",
        "Went to the end",
        "Proven",
    ];
    for step in all {
        assert_eq!(reached(step), "14", "{step}");
    }
    let month = root.get("/admin/funnels?funnel=repair").await;
    let broke = row(&month, "How many reached each step", "Broke");
    assert_eq!(broke[0], "35", "four broke fifty days ago");
    let of = async |slice| {
        let path = format!("/admin/funnels?funnel=repair&days=90&of={slice}");
        row(
            &root.get(&path).await,
            "How many reached each step",
            "Broke",
        )[0]
        .clone()
    };
    for (slice, count) in [
        ("code.103", "31"),
        ("code.948", "4"),
        ("code.109", "4"),
        ("institution.4001", "21"),
        ("institution.4002", "14"),
        ("institution.4003", "4"),
    ] {
        assert_eq!(of(slice).await, count, "{slice}");
    }
    // All of them connected, five in the last days; those of staff's marks and
    // those that were removed later among them.
    let all = [
        "Bank chosen",
        "Link made",
        "Link opened",
        "Accounts arrived",
        "Accounts kept",
    ];
    for (days, count) in [("90", "100"), ("30", "5")] {
        let page = root.get(&format!("/admin/funnels?days={days}")).await;
        let name = "How many reached each step";
        assert!(
            all.iter().all(|step| row(&page, name, step)[0] == count),
            "{}",
            page.text
        );
    }
    for (place, count) in [
        ("4001", "53"),
        ("4002", "28"),
        ("4003", "16"),
        ("4004", "3"),
    ] {
        let path = format!("/admin/funnels?days=90&of=institution.{place}");
        let reached = row(
            &root.get(&path).await,
            "How many reached each step",
            "Accounts kept",
        );
        assert_eq!(reached[0], count, "{place}");
    }
}

/// Of eleven that are broken by 103 three are muted.
async fn campaign(root: &Browser) {
    let fields = [
        ("status_code", "103"),
        ("days_from", "0"),
        ("days_to", ""),
        ("language", ""),
        ("told_days", "7"),
    ];
    let made = root.post("/admin/campaigns", &fields).await;
    let page = root.get(made.location()).await;
    page.shows(200, "8 of 11 connections would be written about.");
}

/// One that is healthy, one that is broken by 103, one that staff muted and one
/// whose connection was removed before: only the first two were in a
/// denominator, and what was counted of the past stays.
async fn forgotten(app: &TestApp, root: &Browser, left: &[&House]) {
    let count = async |filter: &str| {
        let page = root.get("/admin").await;
        number(&page, &format!("/admin/connections?{filter}"))
    };
    let healthy = count("standing=healthy").await;
    let (broken, users) = (count("standing=broken").await, count("acts=user").await);
    let past = async || {
        let page = root.get("/admin").await;
        let repair = root.get("/admin/funnels?funnel=repair&days=90").await;
        let connect = root.get("/admin/funnels?days=90").await;
        [
            row(&page, "Breaks and repairs", "Last 30 days"),
            row(&repair, "How many reached each step", "Broke"),
            row(&connect, "How many reached each step", "Accounts kept"),
        ]
    };
    let before = past().await;
    for house in left {
        let (id, email) = (house.user.user(), house.user.email());
        let form = format!("/admin/people/{id}/erase");
        let gone = root.post(&form, &[("email", email.as_str())]).await;
        gone.leads_to("/admin/people");
    }
    app.work().await;
    assert_eq!(count("standing=healthy").await, healthy - 1);
    assert_eq!(count("standing=broken").await, broken - 1);
    assert_eq!(count("acts=user").await, users - 1);
    assert_eq!(past().await, before);
    for path in ["/admin", "/admin/institutions", "/admin/codes"] {
        lead_to_their_rows(root, path).await;
    }
    app.program.checks.check().await.unwrap();
    root.get("/admin").await.shows(200, "Figures agree");
}

on_both! {
    async fn every_count_on_every_page_is_theirs(db: &TestStore) {
        let app = TestApp::with(db, Jobs::Wait, |_| {}).await;
        let (town, houses) = journeys(&app, db).await;
        let root = app.admin().await;

        // A hundred, less three muted, two tests and four removed; two of them
        // have not been read.
        let health = root.get("/admin").await;
        health.shows(200, "74.1 % of 89 connections are healthy");
        for (filter, count) in [
            ("standing=healthy", 66), ("standing=broken", 23), ("standing=setting_up", 2), ("standing=waiting", 0),
            ("standing=stale", 0), ("standing=renew_soon", 0), ("acts=user", 12), ("acts=institution", 5),
            ("acts=mastercard", 3), ("acts=partner", 3), ("cause=unknown", 3),
        ] {
            let href = format!("/admin/connections?{filter}");
            assert_eq!(number(&health, &href), count, "{filter}");
            let rows = root.get(&href).await;
            match count {
                0 => rows.shows(200, "No connection is like this."),
                _ => rows.shows(200, &format!(">{count} connections")),
            }
        }
        // Six took six days, four eighteen hours, ten a day.
        let of = |period| row(&health, "Breaks and repairs", period);
        assert_eq!(of("Last 7 days"), ["23", "10", "4", "6 d 0 h", "6 d 0 h"]);
        assert_eq!(of("Last 30 days"), ["46", "20", "14", "1 d 0 h", "6 d 0 h"]);

        by_day(&health);

        // Of those with a first reading.
        let places = root.get("/admin/institutions?sort=name").await;
        for (place, connections, broken, people) in [(4001, 48, 8, 8), (4002, 26, 4, 4), (4003, 12, 8, 8), (4004, 3, 3, 3)] {
            let cells = row(&places, "Institutions", &format!("Bank {place}"));
            assert_eq!([&cells[2], &cells[4], &cells[5]], [connections, broken, people].map(|count: u32| count.to_string()).each_ref(), "{place}");
        }
        let codes = root.get("/admin/codes").await;
        for (code, now) in [(103, 8), (102, 5), (948, 4), (168, 3), (987_654, 3)] {
            assert_eq!(number(&codes, &format!("/admin/connections?code={code}")), now, "{code}");
            root.get(&format!("/admin/connections?code={code}")).await.shows(200, &format!(">{now} connections"));
        }
        funnels(&root).await;
        campaign(&root).await;
        for (path, fewest) in [
            ("/admin", 30), ("/admin/institutions", 8), ("/admin/codes", 15), ("/admin/institutions/4001", 20),
        ] {
            let numbers = lead_to_their_rows(&root, path).await;
            assert!(numbers >= fewest, "{path} has {numbers}");
        }
        let cases = root.get("/admin/cases").await;
        assert_eq!(row(&cases, "In no case yet", "Bank 4003")[1], "3");
        let acts = root.get("/admin/audit?what=marked").await;
        assert_eq!(acts.text.matches("sam@example.com").count(), 5, "{}", acts.text);
        places::codes(&root).await;
        places::tries(&root, &town).await;
        // Five of them broke by 102.
        places::outages(&root, &town, &houses[66..71]).await;
        app.program.checks.check().await.unwrap();
        root.get("/admin").await.shows(200, "Figures agree");
        let left = &[&houses[0], &houses[58], &houses[78], &houses[83]];
        forgotten(&app, &root, left).await;
        app.stop().await;
    }
}
