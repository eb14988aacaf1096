//! The program with the sandbox on free ports, and people who ask it.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use figment::{
    Figment,
    providers::{Format as _, Toml},
};
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
use tokio::net::TcpListener;

const PASSWORD: &str = "wander oyster plinth";

/// How long answers took, shortest first.
pub(crate) struct Times {
    /// Of those that came.
    pub(crate) answered: Vec<Duration>,
    /// From the first question to the last answer.
    pub(crate) took: Duration,
    /// How many did not come.
    pub(crate) errors: usize,
}

impl Times {
    /// Of answers that came after so long, or did not come.
    pub(crate) fn of(all: &[Option<Duration>], took: Duration) -> Self {
        let mut answered: Vec<Duration> = all.iter().copied().flatten().collect();
        answered.sort_unstable();
        Self {
            errors: all.len() - answered.len(),
            answered,
            took,
        }
    }

    /// Within how many milliseconds so many percent of answers came.
    pub(crate) fn within(&self, percent: usize) -> f64 {
        let place = (self.answered.len() * percent).div_ceil(100).max(1) - 1;
        let time = self.answered.get(place);
        time.map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
    }

    /// For people.
    pub(crate) fn words(&self) -> String {
        format!(
            "p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms, {} requests in {:.1} s, {} errors",
            self.within(50),
            self.within(99),
            self.within(100),
            self.answered.len(),
            self.took.as_secs_f64(),
            self.errors
        )
    }
}

/// Somebody with a browser.
pub(crate) struct Person {
    base: String,
    client: reqwest::Client,
}

impl Person {
    /// A sign-in of a new user.
    pub(crate) async fn signed_in(
        relink: &Relink,
        email: &str,
        role: Role,
    ) -> anyhow::Result<Self> {
        relink.add(email, role).await?;
        let entering = client(header::HeaderMap::new())?;
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs([("email", email), ("password", PASSWORD)]);
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

    /// Whether the answer to `path` was one, came whole and has `mark`.
    pub(crate) async fn ask(&self, path: &str, mark: &str) -> bool {
        self.page(path)
            .await
            .is_some_and(|page| page.contains(mark))
    }

    /// A page.
    pub(crate) async fn page(&self, path: &str) -> Option<String> {
        let address = format!("{}{path}", self.base);
        let answer = self.client.get(address).send().await.ok()?;
        if answer.status().as_u16() != 200 {
            return None;
        }
        answer.text().await.ok()
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

/// The program as shipped, with the sandbox beside it: nothing runs yet.
pub(crate) struct Built {
    listener: TcpListener,
    hosted: Hosted,
    base: String,
    origin: String,
    /// What will run.
    pub(crate) program: Program,
}

impl Built {
    /// Builds it in `folder`, on `database` where one is named.
    pub(crate) async fn new(folder: &Path, database: Option<String>) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let beside = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let origin = format!("http://localhost:{}", address.port());
        let mut config = configuration(folder)?;
        if let Some(database) = database {
            config.database_url = Secret::new(database);
        }
        config.listen = address;
        config.public_url = origin.parse()?;
        config.sandbox.listen = beside.local_addr()?;
        let hosted = Hosted::on(&config, beside)?;
        let program = assembly::build(&config, hosted.clock(), Arc::new(SystemClock)).await?;
        Ok(Self {
            listener,
            hosted,
            base: format!("http://{address}"),
            origin,
            program,
        })
    }

    /// Starts it.
    pub(crate) async fn start(self) -> anyhow::Result<Relink> {
        let relink = self.serve().await?;
        relink.program.run_beside();
        Ok(relink)
    }

    /// Starts it without what is done beside requests.
    pub(crate) async fn serve(self) -> anyhow::Result<Relink> {
        let sandbox = Tasks::new();
        let serving = self.hosted.serve(sandbox.stop_signal().clone());
        drop(sandbox.spawn("sandbox", serving));
        let program = self.program;
        program.app.institutions.refresh().await?;
        let (router, tasks) = (http::router(&program.app), program.tasks.clone());
        let listener = self.listener;
        drop(program.tasks.spawn("http", async move {
            http::serve(listener, router, &tasks).await
        }));
        Ok(Relink {
            base: self.base,
            origin: self.origin,
            program,
            sandbox,
        })
    }
}

/// The program while it runs.
pub(crate) struct Relink {
    base: String,
    origin: String,
    /// What runs.
    pub(crate) program: Program,
    sandbox: Tasks,
}

impl Relink {
    /// A user who is there and confirmed.
    async fn add(&self, email: &str, role: Role) -> anyhow::Result<()> {
        let user = DemoUser {
            email: Email::parse(email)?,
            password: Password::parse(&PASSWORD.into())?,
            role,
        };
        self.program.app.identity.ensure_demo(&user).await?;
        Ok(())
    }

    /// Stops all of it.
    pub(crate) async fn stop(self) {
        for tasks in [&self.program.tasks, &self.sandbox] {
            tasks.stop(Duration::from_secs(10)).await;
        }
        self.program.app.store.close().await;
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
