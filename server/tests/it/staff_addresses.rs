//! Addresses of staff's pages and files that somebody changed by hand: every part
//! of every one, on both databases.

use std::collections::BTreeSet;

use relink_app::api::paths;
use relink_engine::store::testing::TestStore;

use super::{browser::Answer, db::on_both, scene::Scene};

/// What a part of an address takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// A number, a cursor, or one of our own words.
    Ours,
    /// A word of Mastercard's.
    Word,
    /// The letters of a name, few of them.
    Letters,
    /// Anything: what nobody is known by is said so.
    Anything,
    /// A day; the page itself says of another that it is none.
    Day,
}
use Takes::{Anything, Day, Letters, Ours, Word};

/// A page or file, where its ways back lead, and its parts with a value that
/// makes sense.
struct Door {
    path: &'static str,
    back: &'static str,
    parts: &'static [(&'static str, Takes, &'static str)],
}

const fn door(path: &'static str, parts: &'static [(&'static str, Takes, &'static str)]) -> Door {
    let back = path;
    Door { path, back, parts }
}

const ROW: &str = "healthy.0.0.00000000-0000-0000-0000-000000000001";
const BREAK: &str = "0.00000000-0000-0000-0000-000000000001";
const BUNDLE: [(&str, Takes, &str); 3] = [
    ("code", Ours, "168"),
    ("institution", Ours, "5"),
    ("days", Ours, "3"),
];
const FUNNEL: [(&str, Takes, &str); 4] = [
    ("funnel", Ours, "connect"),
    ("of", Ours, "institution.5"),
    ("days", Ours, "7"),
    ("step", Ours, "kept"),
];

#[rustfmt::skip]
const DOORS: [Door; 26] = [
    door("/admin", &[]),
    door("/admin/codes", &[]),
    door("/admin/missing-institutions", &[]),
    door("/admin/institutions/{id}", &[]),
    door("/admin/events/{id}", &[]),
    door("/admin/people/{id}", &[]),
    door("/admin/cases/{id}", &[]),
    door(paths::ADMIN_CONNECTIONS, &[
        ("standing", Ours, "healthy"), ("code", Ours, "103"), ("cause", Ours, "credentials"), ("acts", Ours, "user"),
        ("institution", Ours, "102105"), ("days", Ours, "7"), ("judged", Ours, "yes"), ("after", Ours, ROW),
    ]),
    door(paths::ADMIN_BREAKS, &[
        ("did", Ours, "fixed"), ("from", Ours, "2026-11-18"), ("until", Ours, "2026-11-18"), ("institution", Ours, "102105"),
        ("code", Ours, "103"), ("cause", Ours, "token"), ("after", Ours, BREAK),
    ]),
    door("/admin/outages/{id}", &[("still", Ours, "yes"), ("after", Ours, "00000000-0000-0000-0000-000000000001")]),
    door(paths::ADMIN_INSTITUTIONS, &[
        ("sort", Ours, "name"), ("q", Letters, "bank"), ("outage", Ours, "yes"), ("never", Ours, "yes"),
        ("status", Ours, "online"), ("after", Ours, "102105"),
    ]),
    Door { path: paths::ADMIN_INSTITUTIONS_CSV, back: paths::ADMIN_INSTITUTIONS, parts: &[
        ("sort", Ours, "name"), ("q", Letters, "bank"), ("outage", Ours, "yes"), ("never", Ours, "yes"),
        ("status", Ours, "online"),
    ] },
    door(paths::FUNNELS, &FUNNEL),
    Door { path: paths::FUNNELS_CSV, back: paths::FUNNELS, parts: &FUNNEL },
    door(paths::EVENTS, &[
        ("kind", Word, "done"), ("state", Ours, "applied"), ("reference", Word, "abc1"), ("customer", Word, "1005"),
        ("from", Ours, "2026-11-18"), ("until", Ours, "2026-11-18"), ("after", Ours, "0.x"),
    ]),
    door(paths::GAPS, &[("days", Ours, "7"), ("visits", Ours, "0.x"), ("customers", Ours, "0.x")]),
    door(paths::JOBS, &[
        ("state", Ours, "waiting"), ("kind", Word, "jobs.prune"),
        ("after", Ours, "0.00000000-0000-0000-0000-000000000001"),
    ]),
    door(paths::FIND_PERSON, &[("q", Anything, "ada")]),
    door(paths::PEOPLE, &[("q", Letters, "ada"), ("role", Ours, "user"), ("after", Ours, "{user}")]),
    door("/admin/people/{id}/story", &[("kind", Ours, "visit"), ("before", Ours, "0.event.x")]),
    door(paths::AUDIT, &[
        ("who", Letters, "root@example.com"), ("what", Ours, "signed_in"), ("from", Day, "2026-11-18"),
        ("until", Day, "2026-11-18"), ("before", Ours, "9"),
    ]),
    door(paths::CASES, &[("days", Ours, "3"), ("after", Ours, "168.5"), ("before", Ours, "{case}")]),
    Door { path: paths::CASE_BUNDLE, back: paths::CASES, parts: &BUNDLE },
    Door { path: paths::CASE_BUNDLE_CSV, back: paths::CASES, parts: &BUNDLE },
    door(paths::CAMPAIGNS, &[("before", Ours, "{case}")]),
    door(paths::CAMPAIGN_NEW, &[("institution", Ours, "102105"), ("code", Ours, "103")]),
];

const CAMPAIGN: Door = door(
    "/admin/campaigns/{id}",
    &[
        ("fate", Ours, "sent"),
        ("step", Ours, "came"),
        ("after", Ours, "5.00000000-0000-0000-0000-000000000001"),
    ],
);

/// Files that take parts.
const CSV: [&str; 3] = [
    paths::ADMIN_INSTITUTIONS_CSV,
    paths::FUNNELS_CSV,
    paths::CASE_BUNDLE_CSV,
];
/// Files that take no parts.
const FILES: [&str; 2] = ["/admin/cases/{id}/csv", "/admin/campaigns/{id}/csv"];

/// NUL, controls, other scripts, numbers that no database holds, SQL, bytes that
/// are no text, and more than fits. As an address has them.
fn odd() -> Vec<String> {
    let odd = [
        "%00",
        "a%00b",
        "%01%7F",
        "%C3%BC",
        "%F0%9F%92%A9",
        "-1",
        "9223372036854775808",
        "18446744073709551615",
        "-9223372036854775809",
        "%27%3B--",
        "%FF%FE",
        "%25_!",
    ];
    let mut odd = odd.map(str::to_owned).to_vec();
    odd.push("x".repeat(5_000));
    odd
}

/// Whether a part takes an odd value.
fn makes_sense(takes: Takes, value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    match takes {
        Ours => false,
        Word => value.len() < 64 && value.bytes().all(plain),
        Letters => value.len() < 64 && !["%00", "a%00b", "%01%7F"].contains(&value),
        Anything | Day => true,
    }
}

/// Cursors that are whole, and of which no list has the row.
const CURSORS: [(&str, &str); 17] = [
    (
        paths::ADMIN_CONNECTIONS,
        "after=healthy.0.-300000000000000000.00000000-0000-0000-0000-000000000001",
    ),
    (
        paths::ADMIN_CONNECTIONS,
        "after=healthy.0.9223372036854775807.00000000-0000-0000-0000-000000000001",
    ),
    (
        paths::ADMIN_CONNECTIONS,
        "after=broken.0.1.00000000-0000-0000-0000-000000000001",
    ),
    (
        paths::ADMIN_CONNECTIONS,
        "standing=broken&after=healthy.0.1.00000000-0000-0000-0000-000000000001",
    ),
    (paths::ADMIN_INSTITUTIONS, "after=999999"),
    (paths::ADMIN_INSTITUTIONS, "after=9223372036854775807"),
    (paths::ADMIN_INSTITUTIONS_CSV, "after=102105"),
    (
        paths::JOBS,
        "after=9223372036854775807.00000000-0000-0000-0000-000000000001",
    ),
    (paths::EVENTS, "after=9223372036854775807.x"),
    (paths::GAPS, "visits=253370764800000001.x"),
    (paths::GAPS, "customers=9223372036854775807.x"),
    (paths::PEOPLE, "after=00000000-0000-0000-0000-000000000001"),
    (paths::CASES, "before=00000000-0000-0000-0000-000000000001"),
    (paths::CASES, "after=168.9223372036854775808"),
    (
        paths::CAMPAIGNS,
        "before=00000000-0000-0000-0000-000000000001",
    ),
    (paths::CAMPAIGN_NEW, "institution=999999"),
    (paths::CAMPAIGN_NEW, "code=999999"),
];

/// Fails unless it is the page that says what is wrong, and leads on.
#[track_caller]
fn refuses(address: &str, answer: &Answer, back: &str) {
    let start = address.get(..120).unwrap_or(address);
    assert_eq!(answer.status, 400, "{start}: {}", answer.text);
    assert!(
        answer.text.contains("This address is not"),
        "{start}: {}",
        answer.text
    );
    let way = format!("href=\"{back}\" class=\"button");
    assert!(
        answer.text.contains(&way),
        "{start} has no {way}: {}",
        answer.text
    );
}

/// Fails unless it is answered, whatever there is to say.
#[track_caller]
fn answers(address: &str, answer: &Answer) {
    let start = address.get(..120).unwrap_or(address);
    // A file of what is not there is none.
    assert!(
        [200, 404].contains(&answer.status),
        "{start}: {} {}",
        answer.status,
        answer.text
    );
}

/// What one case would tell of is none without all of its parts.
fn needs_all(door: &Door) -> bool {
    [paths::CASE_BUNDLE, paths::CASE_BUNDLE_CSV].contains(&door.path)
}

/// A door with one part as `query` has it; the others as they must be there.
fn address(door: &Door, path: &str, name: &str, query: &str) -> String {
    let others = door
        .parts
        .iter()
        .filter(|(other, ..)| needs_all(door) && *other != name);
    let others = others.map(|(other, _, value)| format!("{other}={value}&"));
    format!("{path}?{}{query}", others.collect::<String>())
}

async fn walk(scene: &Scene, door: &Door) {
    let fill = |text: &str| {
        let ids = [("{user}", &scene.ids.user), ("{case}", &scene.ids.case)];
        ids.iter()
            .fold(text.to_owned(), |text, (mark, id)| text.replace(mark, id))
    };
    let path = match door.path {
        path if path.contains("{id}") => scene.fill(path),
        path => path.to_owned(),
    };
    let back = if door.back == door.path {
        &*path
    } else {
        door.back
    };
    for &(name, takes, sensible) in door.parts {
        let sensible = fill(sensible);
        let whole = address(door, &path, name, &format!("{name}={sensible}"));
        answers(&whole, &scene.root.get(&whole).await);
        let twice = address(
            door,
            &path,
            name,
            &format!("{name}={sensible}&{name}={sensible}"),
        );
        refuses(&twice, &scene.root.get(&twice).await, back);
        let empty = address(door, &path, name, &format!("{name}="));
        let answer = scene.root.get(&empty).await;
        if needs_all(door) {
            refuses(&empty, &answer, back);
        } else {
            answers(&empty, &answer);
        }
        for value in odd() {
            let address = address(door, &path, name, &format!("{name}={value}"));
            let answer = scene.root.get(&address).await;
            if makes_sense(takes, &value) {
                answers(&address, &answer);
                assert!(
                    takes != Day || answer.text.contains("This is not a day"),
                    "{address}: {}",
                    answer.text
                );
            } else {
                refuses(&address, &answer, back);
            }
        }
    }
    let stray = address(door, &path, "", "colour=red");
    let answer = scene.root.get(&stray).await;
    if door.parts.is_empty() {
        answers(&stray, &answer);
    } else {
        refuses(&stray, &answer, back);
    }
}

on_both! {
    async fn every_part_of_every_address_may_be_changed_by_hand(db: &TestStore) {
        let pages = leptos_axum::generate_route_list(relink_app::App);
        let pages = pages.iter().map(|page| page.path().to_owned()).filter(|path| path.starts_with("/admin"));
        let listed: BTreeSet<String> = pages.collect();
        let known = DOORS.iter().chain([&CAMPAIGN]).map(|door| door.path.to_owned());
        let known: BTreeSet<String> = known.filter(|path| !CSV.contains(&&**path)).collect();
        assert_eq!(listed, known, "a page that is not in the table");

        let scene = Scene::new(db).await;
        for door in DOORS.iter().chain([&CAMPAIGN]) {
            walk(&scene, door).await;
        }
        for (path, query) in CURSORS {
            let door = DOORS.iter().find(|door| door.path == path).unwrap();
            let address = format!("{path}?{query}");
            refuses(&address, &scene.root.get(&address).await, door.back);
        }
        for route in DOORS.iter().map(|door| door.path).chain(FILES).chain([CAMPAIGN.path]) {
            for value in odd().iter().filter(|_| route.contains("{id}")) {
                let address = route.replace("{id}", value);
                let answer = scene.root.get(&address).await;
                assert_eq!(answer.status, 404, "{address}: {}", answer.text);
            }
        }
        scene.app.stop().await;
    }
}
