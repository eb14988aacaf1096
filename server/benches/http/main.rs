//! The search over HTTP: the program with the sandbox and its whole directory
//! on free ports, and fifty people at once, each signed in, each on a
//! connection of their own. First they type as the page does (the server
//! function, a letter every 120 ms), then they ask by the form, once a second
//! each; then both again, none ever pausing: what the machine can take.
//! `cargo bench -p relink-server --bench http`. The people share one thread of
//! this machine with the server, so their time counts as well.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Context, ensure};
use figment::{
    Figment,
    providers::{Format as _, Toml},
};
use futures::future::{join_all, try_join_all};
use relink_engine::{
    identity::{DemoUser, Email, Password, Role},
    tasks::Tasks,
    time::SystemClock,
};
use relink_server::{
    assembly::{self, Program},
    config::{Config, DEFAULTS, Secret},
    http,
    sandbox::Hosted,
};
use reqwest::header;
use tokio::{net::TcpListener, runtime::Builder, time::Instant};

const PEOPLE: usize = 50;
const LETTERS: usize = 5_000;
const PAGES: usize = 1_000;
/// Flat out, four times as many.
const FLAT_OUT: usize = 4;
/// The page asks at most so often while somebody types.
const LETTER: Duration = Duration::from_millis(120);
/// Nobody sends a form more often.
const PAGE: Duration = Duration::from_secs(1);
const PASSWORD: &str = "wander oyster plinth";
const TABLE: &str = include_str!("../engine/data/queries.tsv");

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
    let relink = server.block_on(Relink::start(folder.path()))?;
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
    let people = try_join_all((0..PEOPLE).map(|number| Person::signed_in(relink, number))).await?;
    println!("institutions {}, people {PEOPLE}", relink.institutions());
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
            let good = person.ask(way, term).await;
            times.push(good.then(|| asked.elapsed()));
        }
        times
    }))
    .await;
    let took = start.elapsed();
    let all: Vec<Option<Duration>> = asked.into_iter().flatten().collect();
    let mut times: Vec<Duration> = all.iter().copied().flatten().collect();
    times.sort_unstable();
    Times {
        errors: all.len() - times.len(),
        answered: times,
        took,
    }
}

/// How long answers took, shortest first.
struct Times {
    answered: Vec<Duration>,
    took: Duration,
    errors: usize,
}

impl Times {
    fn words(&self) -> String {
        let within = |percent: usize| {
            let place = (self.answered.len() * percent).div_ceil(100).max(1) - 1;
            self.answered
                .get(place)
                .map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
        };
        format!(
            "p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms, {} requests in {:.1} s, {} errors",
            within(50),
            within(99),
            within(100),
            self.answered.len(),
            self.took.as_secs_f64(),
            self.errors
        )
    }
}

/// Somebody with a browser.
struct Person {
    base: String,
    client: reqwest::Client,
}

impl Person {
    async fn signed_in(relink: &Relink, number: usize) -> anyhow::Result<Self> {
        let email = format!("person{number}@example.com");
        relink.add(&email).await?;
        let entering = client(header::HeaderMap::new())?;
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs([("email", &*email), ("password", PASSWORD)]);
        let entered = entering
            .post(format!("{}/sign-in", relink.base))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, &relink.origin)
            .body(form.finish())
            .send()
            .await?;
        let cookie = entered.headers().get(header::SET_COOKIE);
        let cookie = cookie.and_then(|cookie| cookie.to_str().ok()?.split(';').next());
        let cookie = cookie.context("nobody was signed in")?.parse()?;
        Ok(Self {
            base: relink.base.clone(),
            client: client(header::HeaderMap::from_iter([(header::COOKIE, cookie)]))?,
        })
    }

    /// Whether the answer was one, and came whole.
    async fn ask(&self, way: &Way, term: &str) -> bool {
        let term: String = url::form_urlencoded::byte_serialize(term.as_bytes()).collect();
        let address = format!("{}{}{term}", self.base, way.path);
        let Ok(answer) = self.client.get(address).send().await else {
            return false;
        };
        answer.status().as_u16() == 200
            && answer
                .text()
                .await
                .is_ok_and(|body| body.contains(way.mark))
    }
}

#[expect(clippy::disallowed_methods, reason = "a client for each person")]
fn client(headers: header::HeaderMap) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .default_headers(headers)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .tcp_nodelay(true)
        .tls_certs_only([])
        .build()
}

/// The program as shipped, with the sandbox beside it.
struct Relink {
    base: String,
    origin: String,
    program: Program,
    sandbox: Tasks,
}

impl Relink {
    async fn start(folder: &Path) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let beside = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let origin = format!("http://localhost:{}", address.port());
        let mut config = configuration(folder)?;
        config.listen = address;
        config.public_url = origin.parse()?;
        config.sandbox.listen = beside.local_addr()?;
        let hosted = Hosted::on(&config, beside)?;
        let clock = hosted.clock();
        let sandbox = Tasks::new();
        let serving = hosted.serve(sandbox.stop_signal().clone());
        drop(sandbox.spawn("sandbox", serving));
        let program = assembly::build(&config, clock, Arc::new(SystemClock)).await?;
        program.app.institutions.refresh().await?;
        let (router, tasks) = (http::router(&program.app), program.tasks.clone());
        drop(
            program
                .tasks
                .spawn("jobs", Arc::clone(&program.worker).run(tasks.clone())),
        );
        drop(program.tasks.spawn("http", async move {
            http::serve(listener, router, &tasks).await
        }));
        Ok(Self {
            base: format!("http://{address}"),
            origin,
            program,
            sandbox,
        })
    }

    fn institutions(&self) -> usize {
        self.program.app.institutions.loaded().index.len()
    }

    /// A user who is there and confirmed.
    async fn add(&self, email: &str) -> anyhow::Result<()> {
        let user = DemoUser {
            email: Email::parse(email)?,
            password: Password::parse(&PASSWORD.into())?,
            role: Role::User,
        };
        self.program.app.identity.ensure_demo(&user).await?;
        Ok(())
    }

    async fn stop(self) {
        for tasks in [&self.program.tasks, &self.sandbox] {
            tasks.stop(Duration::from_secs(10)).await;
        }
    }
}

/// The shipped defaults, in a folder of the bench's own.
fn configuration(folder: &Path) -> anyhow::Result<Config> {
    let mut config: Config = Figment::from(Toml::string(DEFAULTS)).extract()?;
    let site = folder.join("site");
    std::fs::create_dir_all(site.join("pkg"))?;
    let assets = r#"{"css":"/pkg/a.css","js":"/pkg/a.js","wasm":"/pkg/a.wasm","sdk":null}"#;
    std::fs::write(site.join("pkg/assets.json"), assets)?;
    config.data = folder.join("data");
    config.database_url = Secret::new(format!("sqlite:{}", folder.join("relink.db").display()));
    config.site = site;
    config.sandbox.demo = false;
    Ok(config)
}
