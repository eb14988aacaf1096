//! The search over HTTP: the program with the sandbox and its whole directory
//! on free ports, and fifty people at once, each signed in, each on a
//! connection of their own. First they type as the page does (the server
//! function, a letter every 120 ms), then they ask by the form, once a second
//! each; then both again, none ever pausing: what the machine can take.
//! `cargo bench -p relink-server --bench http`. The people share one thread of
//! this machine with the server, so their time counts as well.

#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use anyhow::ensure;
use futures::future::{join_all, try_join_all};
use relink_engine::identity::Role;
use support::{Built, Person, Relink, Times};
use tokio::{runtime::Builder, time::Instant};

const PEOPLE: usize = 50;
const LETTERS: usize = 5_000;
const PAGES: usize = 1_000;
/// Flat out, four times as many.
const FLAT_OUT: usize = 4;
/// The page asks at most so often while somebody types.
const LETTER: Duration = Duration::from_millis(120);
/// Nobody sends a form more often.
const PAGE: Duration = Duration::from_secs(1);
const TABLE: &str = include_str!("../../engine/data/queries.tsv");

/// A way to ask, and what every answer to it has.
struct Way {
    path: &'static str,
    mark: &'static str,
}

const FIELD: Way = Way {
    path: "/rpc/search?typing=Ongoing&term=",
    mark: "\"hits\":[",
};
const FORM: Way = Way {
    path: "/connect?q=",
    mark: "</html>",
};

fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Builder::new_multi_thread().enable_all().build()?;
    let built = server.block_on(Built::new(folder.path(), None))?;
    let relink = server.block_on(built.start())?;
    let visitors = Builder::new_current_thread().enable_all().build()?;
    visitors.block_on(measure(&relink))?;
    server.block_on(relink.stop());
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
async fn measure(relink: &Relink) -> anyhow::Result<()> {
    let queries: Vec<&str> = TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .filter(|query| !query.trim().is_empty())
        .collect();
    let typed: Vec<&str> = queries.iter().flat_map(|query| beginnings(query)).collect();
    let people = try_join_all((0..PEOPLE).map(async |number| {
        let email = format!("person{number}@example.com");
        Person::signed_in(relink, &email, Role::User).await
    }))
    .await?;
    let institutions = relink.program.app.institutions.loaded().index.len();
    println!("institutions {institutions}, people {PEOPLE}");
    let mut errors = 0;
    for (name, way, terms, total, pause) in [
        ("typing", &FIELD, &typed, LETTERS, LETTER),
        ("form", &FORM, &queries, PAGES, PAGE),
        (
            "flat out, typing",
            &FIELD,
            &typed,
            LETTERS * FLAT_OUT,
            Duration::ZERO,
        ),
        (
            "flat out, form",
            &FORM,
            &queries,
            PAGES * FLAT_OUT,
            Duration::ZERO,
        ),
    ] {
        let times = ask(&people, way, terms, total, pause).await;
        println!("{name} {}", times.words());
        errors += times.errors;
    }
    ensure!(errors == 0, "not every request was answered");
    Ok(())
}

/// What a field holds while `query` is typed, from the second letter on.
fn beginnings(query: &str) -> impl Iterator<Item = &str> {
    let ends = query
        .char_indices()
        .map(|(at, letter)| at + letter.len_utf8());
    ends.skip(1).map(|end| &query[..end])
}

/// Asks `total` of `terms` in all, round and round, each person at most once in
/// `pause`; everybody begins at a place and a moment of their own.
async fn ask(people: &[Person], way: &Way, terms: &[&str], total: usize, pause: Duration) -> Times {
    let each = total / people.len();
    let start = Instant::now();
    let asked = join_all(people.iter().enumerate().map(async |(number, person)| {
        let begin = number * terms.len() / people.len();
        let mut times = Vec::with_capacity(each);
        let share =
            u32::try_from(number).unwrap_or(0) * pause / u32::try_from(people.len()).unwrap_or(1);
        let mut next = start + share;
        for term in terms.iter().cycle().skip(begin).take(each) {
            tokio::time::sleep_until(next).await;
            next += pause;
            let asked = Instant::now();
            let term: String = url::form_urlencoded::byte_serialize(term.as_bytes()).collect();
            let good = person.ask(&format!("{}{term}", way.path), way.mark).await;
            times.push(good.then(|| asked.elapsed()));
        }
        times
    }))
    .await;
    let took = start.elapsed();
    let all: Vec<Option<Duration>> = asked.into_iter().flatten().collect();
    Times::of(&all, took)
}
