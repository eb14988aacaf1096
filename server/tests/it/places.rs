//! The hundred journeys, institution by institution, as they are by hand.

use std::sync::Arc;

use chrono::Duration;
use relink_engine::{
    connect::session::Hint,
    health::testing::{House, Town},
    jobs::Jobs,
    outages::{Outages, Settings},
    random::SeededRandom,
    status::Table,
};

use super::{browser::Browser, journeys::row};

/// All of them came through Data Connect, whatever became of it; at 4004 it never
/// worked. Then twelve go to 4005 in vain, one of whom is still there.
pub(crate) async fn tries(root: &Browser, town: &Town) {
    let list = "/admin/institutions";
    let tries = async |place: u32, path: &str| {
        let cells = row(
            &root.get(path).await,
            "Institutions",
            &format!("Bank {place}"),
        );
        (cells[6].clone(), cells[7].clone())
    };
    for (place, share, number) in [
        (4001, "100.0 %", "53"),
        (4002, "100.0 %", "28"),
        (4003, "100.0 %", "16"),
        (4004, "Not enough data", "3"),
    ] {
        assert_eq!(
            tries(place, list).await,
            (share.to_owned(), number.to_owned()),
            "{place}"
        );
    }
    let csv = root.get("/admin/institutions.csv?sort=name").await.text;
    for line in [
        "4001,Bank 4001,,48,83.3,8,8,no,no,53,100.0\r\n",
        "4004,Bank 4004,,3,,3,3,no,yes,3,\r\n",
    ] {
        assert!(csv.contains(line), "{line} in {csv}");
    }
    assert_eq!(root.get("/admin/institutions/4005").await.status, 404);
    for number in 0..12 {
        let user = town.user(&format!("vain{number}")).await;
        let visit = town.chooses(&user, 4005, "en").await;
        let hint = if number == 0 {
            Hint::Adding
        } else {
            Hint::TimedOut
        };
        town.learns(visit, |facts, now| {
            facts.learn(&Hint::Opened, now);
            facts.learn(&hint, now);
        })
        .await;
    }
    let first = root.get("/admin/institutions?sort=tries").await;
    let at = |place| first.text.find(&format!(">Bank {place}<")).unwrap();
    assert!(
        at(4005) < at(4001) && at(4001) < at(4004),
        "few tries come last"
    );
    let never = root.get("/admin/institutions?never=yes").await;
    assert_eq!(
        (
            never.text.matches(">Bank 40").count(),
            never.text.matches("Never worked for anybody</").count()
        ),
        (2, 2)
    );
    let page = root.get("/admin/institutions/4005").await;
    page.shows(200, "Never worked for anybody");
    let figure = "<dd class=\"\">0.0 %</dd><dd class=\"quiet\">of 11</dd>";
    assert!(page.text.contains(figure), "{}", page.text);
    assert!(
        root.get("/admin/institutions.csv?q=4005")
            .await
            .text
            .contains("4005,Bank 4005,,0,,0,0,no,yes,11,0.0\r\n")
    );
}

/// Forty-six broke in thirty days, twenty of which were repaired.
pub(crate) async fn codes(root: &Browser) {
    let whole = [
        ("4001", &[("103", "The user", "21", "10")][..]),
        (
            "4002",
            &[("103", "The user", "6", "6"), ("948", "The user", "4", "0")],
        ),
        (
            "4003",
            &[
                ("102", "The institution", "5", "0"),
                ("109", "The user", "4", "4"),
                ("168", "Mastercard", "3", "0"),
            ],
        ),
        ("4004", &[("987654", "We", "3", "0")]),
    ];
    let name = "Breaks of the last 30 days, by code";
    for (place, codes) in whole {
        let page = root.get(&format!("/admin/institutions/{place}")).await;
        for (code, acts, opened, repaired) in codes {
            assert_eq!(
                row(&page, name, &format!("(code {code})")),
                [*acts, *opened, *repaired],
                "{place}"
            );
        }
        let table = page
            .text
            .split(&format!("aria-label=\"{name}\""))
            .nth(1)
            .unwrap();
        let rows = table
            .split("</table>")
            .next()
            .unwrap()
            .matches("(code ")
            .count();
        assert_eq!(rows, codes.len(), "{place}");
        page.shows(200, "No outage was seen here.");
    }
}

/// Five of the nine customers of 4003 that were read in six days, and worked before,
/// broke by a code on which it acts. Four of them work again then.
pub(crate) async fn outages(root: &Browser, town: &Town, five: &[House]) {
    let random = Arc::new(SeededRandom::new(3));
    let settings = Settings {
        window: Duration::days(6),
        sample: 9,
        ..Settings::default()
    };
    let jobs = Jobs::new(town.clock.clone(), random.clone());
    let looks = Outages::new(
        town.store.clone(),
        Table::shipped(),
        town.clock.clone(),
        random,
        jobs,
        settings,
    );
    looks.look().await.unwrap();
    let page = root.get("/admin/institutions/4003").await;
    assert_eq!(row(&page, "Outages", "goes on"), ["goes on", "5"]);
    let troubled = root.get("/admin/institutions?outage=yes").await;
    assert_eq!(
        troubled.text.matches(">Bank 40").count(),
        1,
        "{}",
        troubled.text
    );
    town.pass(Duration::hours(1));
    for house in &five[1..] {
        town.read(&[(house, 0)]).await;
    }
    looks.look().await.unwrap();
    let page = root.get("/admin/institutions/4003").await;
    let over = row(&page, "Outages", "rowheader");
    assert!(
        over.len() == 2 && over[0] != "goes on" && over[1] == "5",
        "{over:?}"
    );
    root.get("/admin/institutions?outage=yes")
        .await
        .shows(200, "No institution is like this.");
}
