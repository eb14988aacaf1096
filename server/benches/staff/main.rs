//! Pages of staff over a large past: a million customers with three million
//! accounts, of which 3 % change a day for ninety days, and beside it a
//! thousand, on SQLite and PostgreSQL. One person asks for one page after the
//! other.
//! `scripts/postgres cargo bench -p relink-server --bench staff`, with other
//! numbers of customers, or one database alone, after `--`.

#[path = "../../engine/benches/support/resident.rs"]
mod resident;
#[path = "../support/mod.rs"]
mod support;

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use relink_engine::{
    health::Checked,
    identity::Role,
    store::{Store, StoreError, testing::TestStore},
};
use resident::{mib, watched};
use support::{Built, Person, Relink, Times};
use tokio::{
    runtime::Builder,
    time::{Instant, interval},
};

const TIMES: u32 = 500;
const FEW: u32 = 10_000;
/// How often it is looked whether the recount is done.
const LOOK: Duration = Duration::from_secs(1);
const HEALTH: &str = "/admin";

fn main() -> anyhow::Result<()> {
    let sizes = std::env::args()
        .skip(1)
        .filter_map(|word| word.parse().ok());
    let mut sizes: Vec<u32> = sizes.collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 1_000_000];
    }
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let databases = ["SQLite", "PostgreSQL"];
    let only = databases.map(|database| asked.iter().any(|word| word == database));
    for (database, named) in databases.into_iter().zip(only) {
        if !named && only.contains(&true) {
            continue;
        }
        let mut health = Vec::new();
        for people in &sizes {
            health.push(runtime.block_on(measure(database, *people))?);
        }
        if let [small, .., large] = health[..] {
            say(&format!(
                "{database} health, the most by the fewest {:.2}",
                large / small
            ));
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn say(line: &str) {
    println!("{line}");
}

/// Asks for each page beside what a start sets off. Gives within how many
/// milliseconds health answers 99 of 100 times when nothing runs beside it.
async fn measure(database: &str, people: u32) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let db = match database {
        "SQLite" => TestStore::sqlite().await,
        _ => TestStore::postgres()
            .await
            .context("no PostgreSQL: scripts/postgres")?,
    };
    let relink = past(folder.path(), &db, database, people).await?;
    let person = Person::signed_in(&relink, "admin@example.com", Role::Admin).await?;
    let mut pages = BTreeMap::new();
    for path in paths(&person, people).await? {
        let times = ask(&person, &path).await;
        ensure!(times.errors == 0, "{path} did not answer");
        say(&format!("{database} {people} {path} {}", times.words()));
        pages.insert(path, times);
    }
    let worst = pages
        .values()
        .map(|times| times.within(99))
        .fold(0.0, f64::max);
    say(&format!(
        "{database} {people} health {:.1} ms, the slowest page {worst:.1} ms at p99",
        pages[HEALTH].within(99)
    ));
    relink.stop().await;
    // What a page costs, and not what runs beside it: of a few customers that is over
    // when the first page is asked for.
    let relink = Built::new(folder.path(), Some(db.url.clone())).await?;
    let relink = relink.serve().await?;
    let person = Person::signed_in(&relink, "root@example.com", Role::Admin).await?;
    let still = ask(&person, HEALTH).await;
    ensure!(still.errors == 0, "{HEALTH} did not answer");
    say(&format!(
        "{database} {people} {HEALTH} at rest {}",
        still.words()
    ));
    relink.stop().await;
    Ok(still.within(99))
}

/// The program on a database with its past: as after a start, with the log of the
/// database worked off.
async fn past(
    folder: &Path,
    db: &TestStore,
    database: &str,
    people: u32,
) -> anyhow::Result<Relink> {
    let built = Built::new(folder, Some(db.url.clone())).await?;
    let (worker, now) = (
        Arc::clone(&built.program.worker),
        built.program.app.clocks.domain.now(),
    );
    // What is done each day is left to the start with a past.
    let held = worker.hold_schedules();
    built.start().await?.stop().await;
    drop(held);
    let giving = Instant::now();
    db.store.give_past(people, now).await?;
    db.store.close().await;
    // Nobody writes beside the figures.
    let built = Built::new(folder, Some(db.url.clone())).await?;
    let (given, counting) = (giving.elapsed(), Instant::now());
    let figures = built.program.checks.mend().await?.count;
    let (given, counted) = (given.as_secs(), counting.elapsed().as_secs());
    say(&format!(
        "{database} {people} customers in {given} s, {figures} figures in {counted} s"
    ));
    let since = built.program.app.clocks.domain.now();
    let relink = built.start().await?;
    let (found, memory) = watched(recounted(&relink.program.app.store, since)).await;
    say(&format!(
        "{database} {people} recounted in {} s: {} drifted, memory {} above before",
        (counting.elapsed().as_secs() - counted),
        found?.drifted,
        mib(memory)
    ));
    Ok(relink)
}

/// Waits for the recount that a program makes each day, and so after its start.
async fn recounted(store: &Store, since: DateTime<Utc>) -> Result<Checked, StoreError> {
    let mut look = interval(LOOK);
    loop {
        look.tick().await;
        let found = store.read().await?.latest_recount().await?;
        if let Some(found) = found.filter(|found| found.at >= since) {
            return Ok(found);
        }
    }
}

/// Every page of staff, with filters and further pages as somebody would.
async fn paths(person: &Person, people: u32) -> anyhow::Result<Vec<String>> {
    let mut paths: Vec<String> = [
        HEALTH,
        "/admin/connections",
        "/admin/connections?standing=broken",
        "/admin/connections?code=103",
        "/admin/breaks",
        "/admin/breaks?did=fixed",
        "/admin/breaks?did=repaired&code=103",
        "/admin/breaks?cause=credentials",
        "/admin/institutions",
        "/admin/institutions?sort=share",
        "/admin/institutions?q=credit",
        "/admin/codes",
        "/admin/funnels?days=90",
        "/admin/funnels?funnel=repair",
        "/admin/funnels?funnel=repair&days=90&of=code.103",
        "/admin/events",
        "/admin/events?kind=done",
        "/admin/gaps",
        "/admin/jobs",
        "/admin/missing-institutions",
        "/admin/people",
        "/admin/people?q=user77",
        "/admin/audit",
        "/admin/find?q=user777%40example.com",
        "/admin/cases",
        "/admin/campaigns",
        "/admin/campaigns/new",
    ]
    .map(str::to_owned)
    .into();
    for (page, begin, part) in [
        // Trouble at Mastercard, which is the largest.
        (HEALTH, "/admin/outages/", ""),
        ("/admin/institutions", "/admin/institutions/", ""),
        (
            "/admin/find?q=user777%40example.com",
            "/admin/people/",
            "/story",
        ),
        (
            "/admin/connections?standing=broken",
            "/admin/connections?",
            "after=",
        ),
        ("/admin/breaks?did=repaired", "/admin/breaks?", "after="),
        ("/admin/cases", "/admin/cases/new?", ""),
        ("/admin/campaigns", "/admin/campaigns/", ""),
    ] {
        let text = person
            .page(page)
            .await
            .with_context(|| format!("{page} did not answer"))?;
        let found = text
            .split("href=\"")
            .filter_map(|rest| rest.split_once('"'))
            .map(|(href, _)| href);
        let mut found = found.filter(|href| {
            href.starts_with(begin) && href.contains(part) && !href.ends_with("/new")
        });
        // Of a thousand customers there may be none.
        match found.next() {
            Some(href) => {
                let href = href.replace("&amp;", "&");
                if begin == "/admin/outages/" {
                    paths.push(format!("{href}?still=yes"));
                }
                paths.push(href);
            }
            None => ensure!(people < FEW, "{page} leads to no {begin}"),
        }
    }
    Ok(paths)
}

async fn ask(person: &Person, path: &str) -> Times {
    let start = Instant::now();
    let mut all = Vec::new();
    // The first ones warm what a page of a running program finds warm.
    for number in 0..TIMES + 5 {
        let asked = Instant::now();
        let good = person.ask(path, "</html>").await;
        if number >= 5 {
            all.push(good.then(|| asked.elapsed()));
        }
    }
    Times::of(&all, start.elapsed())
}
