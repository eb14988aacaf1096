//! The program on ports of its own, and the people who use it.

use std::{
    net::TcpListener as Bound,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use figment::{
    Figment,
    providers::{Format as _, Toml},
};
use relink_engine::{
    identity::{DemoUser, Email, Password, Role},
    store::testing::TestStore,
    tasks::Tasks,
    time::{Clock, SystemClock},
};
use relink_server::{
    assembly::{self, Program},
    config::{Config, DEFAULTS, Secret},
    http,
    sandbox::Hosted,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::{
    browser::{Answer, Browser, client, read},
    hosted, logs,
};

pub(crate) const PASSWORD: &str = "wander oyster plinth";
/// FinBank Profiles - A.
pub(crate) const FINBANK: u64 = 102_105;
/// How long anything that comes by itself may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The machine's clock, moved: sign-ins, limits and retries of jobs follow it.
#[derive(Default)]
pub(crate) struct Movable(AtomicI64);

impl Clock for Movable {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + TimeDelta::seconds(self.0.load(Ordering::Relaxed))
    }
}

/// Whether jobs are run by themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jobs {
    Run,
    Wait,
}

/// The program, and the sandbox beside it.
pub(crate) struct TestApp {
    pub(crate) config: Config,
    pub(crate) program: Program,
    pub(crate) sandbox: Hosted,
    pub(crate) real: Arc<Movable>,
    base: String,
    socket: Bound,
    sandbox_tasks: Tasks,
    folder: TempDir,
}

impl TestApp {
    /// The program as shipped, on `db`, with the directory copied.
    pub(crate) async fn start(db: &TestStore) -> Self {
        let app = Self::with(db, Jobs::Run, |_| {}).await;
        app.program.app.institutions.refresh().await.unwrap();
        app
    }

    /// With another configuration, or jobs that wait for [`TestApp::work`].
    pub(crate) async fn with(db: &TestStore, jobs: Jobs, change: impl FnOnce(&mut Config)) -> Self {
        logs::keep();
        let folder = tempfile::tempdir().unwrap();
        let (socket, sandbox_socket) = (
            Bound::bind("127.0.0.1:0").unwrap(),
            Bound::bind("127.0.0.1:0").unwrap(),
        );
        let address = socket.local_addr().unwrap();
        let mut config = configuration(folder.path(), &db.url);
        config.listen = address;
        config.public_url = format!("http://localhost:{}", address.port())
            .parse()
            .unwrap();
        config.sandbox.listen = sandbox_socket.local_addr().unwrap();
        change(&mut config);
        sandbox_socket.set_nonblocking(true).unwrap();
        let sandbox = Hosted::on(&config, TcpListener::from_std(sandbox_socket).unwrap()).unwrap();
        let sandbox_tasks = Tasks::new();
        let serving = sandbox.clone().serve(sandbox_tasks.stop_signal().clone());
        drop(sandbox_tasks.spawn("sandbox", serving));
        let real = Arc::<Movable>::default();
        let program = run(&config, &socket, &sandbox, &real, jobs).await;
        Self {
            base: format!("http://{address}"),
            config,
            program,
            sandbox,
            real,
            socket,
            sandbox_tasks,
            folder,
        }
    }

    /// The process dies in the middle, and another is started on the same
    /// database and port.
    pub(crate) async fn die_and_start(mut self, jobs: Jobs) -> Self {
        self.die().await;
        self.program = run(&self.config, &self.socket, &self.sandbox, &self.real, jobs).await;
        self
    }

    async fn die(&self) {
        self.program.tasks.stop(Duration::ZERO).await;
        self.program.app.store.close().await;
    }

    /// Ends everything; the folder goes as well.
    pub(crate) async fn stop(self) {
        self.die().await;
        self.sandbox_tasks.stop(Duration::from_secs(10)).await;
        self.folder.close().unwrap();
    }

    /// Runs what is due, where jobs wait.
    pub(crate) async fn work(&self) {
        self.program.worker.run_due().await.unwrap();
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(
            &self.base,
            &self.config.public_url.origin().ascii_serialization(),
        )
    }

    /// A confirmed user with this name.
    pub(crate) async fn exists(&self, name: &str, role: Role) {
        let email = Email::parse(&email(name)).unwrap();
        let password = Password::parse(&PASSWORD.into()).unwrap();
        self.program
            .app
            .identity
            .ensure_demo(&DemoUser {
                email,
                password,
                role,
            })
            .await
            .unwrap();
    }

    /// A user, signed in through the form.
    pub(crate) async fn user(&self, name: &str) -> Browser {
        self.exists(name, Role::User).await;
        self.signed_in(name).await
    }

    pub(crate) async fn admin(&self) -> Browser {
        self.staff("root", Role::Admin).await
    }

    /// Somebody with a role, signed in through the form.
    pub(crate) async fn staff(&self, name: &str, role: Role) -> Browser {
        self.exists(name, role).await;
        self.signed_in(name).await
    }

    /// Another browser of somebody who exists.
    pub(crate) async fn signed_in(&self, name: &str) -> Browser {
        let browser = self.browser();
        let fields = [("email", &*email(name)), ("password", PASSWORD)];
        let answer = browser.post("/sign-in", &fields).await;
        let homes = ["/connections", "/admin"];
        assert!(homes.contains(&answer.location()), "{}", answer.text);
        browser
    }

    /// A wish to the sandbox's control API.
    pub(crate) async fn wish(&self, wish: &Value) -> Value {
        let url = format!("http://{}/sandbox/api/do", self.config.sandbox.listen);
        let done = read(
            client()
                .post(url)
                .body(wish.to_string())
                .send()
                .await
                .unwrap(),
        )
        .await;
        assert_eq!(done.status, 200, "{}", done.text);
        done.json()
    }

    pub(crate) async fn sandbox_state(&self) -> Value {
        let url = format!("http://{}/sandbox/api/state", self.config.sandbox.listen);
        read(client().get(url).send().await.unwrap()).await.json()
    }

    /// Moves the sandbox's clock, and with it the program's domain clock.
    pub(crate) async fn pass(&self, minutes: i64) {
        self.wish(&json!({ "do": "advanceClock", "minutes": minutes }))
            .await;
    }

    /// Moves the clock of sign-ins and retries.
    pub(crate) fn pass_really(&self, minutes: i64) {
        self.real.0.fetch_add(minutes * 60, Ordering::Relaxed);
    }

    /// A webhook, signed with `key`.
    pub(crate) async fn webhook(&self, reference: &str, body: &str, key: &str) -> Answer {
        let signature = relink_sandbox::hmac_hex(key.as_bytes(), body.as_bytes());
        self.webhook_with(reference, body, &[("x-finicity-signature", &signature)])
            .await
    }

    pub(crate) async fn webhook_with(
        &self,
        reference: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        let path = format!("/webhooks/mastercard/{reference}");
        self.browser()
            .send(
                axum::http::Method::POST,
                &path,
                headers,
                Some(body.to_owned()),
            )
            .await
    }

    /// Connects these accounts from the click to the arrival.
    pub(crate) async fn connected(&self, person: &Browser, accounts: &[&str]) -> Visit {
        let visit = launch(person, FINBANK).await;
        hosted::play(&visit.link, accounts).await;
        eventually(person, &visit.page, "is connected").await;
        visit
    }
}

/// A visit that began.
pub(crate) struct Visit {
    /// Our id of it.
    pub(crate) id: String,
    /// Its page.
    pub(crate) page: String,
    /// Mastercard's link.
    pub(crate) link: String,
    /// What webhooks and the return call it.
    pub(crate) reference: String,
}

/// Starts as the script does: the one answer that names all of it.
pub(crate) async fn launch(person: &Browser, institution: u64) -> Visit {
    let started = start(person, institution).await;
    assert_eq!(started.status, 200, "{}", started.text);
    let launch = started.json();
    let text = |name: &str| launch[name].as_str().unwrap().to_owned();
    let (id, back) = (text("session"), text("return_url"));
    let reference = back.strip_prefix("/connect/return/").unwrap().to_owned();
    Visit {
        page: format!("/connect/sessions/{id}"),
        id,
        link: text("link"),
        reference,
    }
}

pub(crate) async fn start(person: &Browser, institution: u64) -> Answer {
    let arguments =
        json!({ "institution": institution, "consent_version": "trial", "window": "Redirect" });
    person.call("start", &arguments).await
}

/// Reloads `page` until it says `words`, as the page without script does.
pub(crate) async fn eventually(person: &Browser, page: &str, words: &str) -> Answer {
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        let shown = person.get(page).await;
        if shown.status == 200 && shown.text.contains(words) {
            return shown;
        }
        assert!(
            tokio::time::Instant::now() < until,
            "no {words:?} at {page}: {}",
            shown.text
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Waits for what a running program does by itself.
pub(crate) async fn comes(what: &str, done: impl AsyncFn() -> bool) {
    let until = tokio::time::Instant::now() + PATIENCE;
    while !done().await {
        assert!(tokio::time::Instant::now() < until, "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub(crate) fn email(name: &str) -> String {
    format!("{name}@example.com")
}

async fn run(
    config: &Config,
    socket: &Bound,
    sandbox: &Hosted,
    real: &Arc<Movable>,
    jobs: Jobs,
) -> Program {
    let program = assembly::build(config, sandbox.clock(), real.clone())
        .await
        .unwrap();
    let socket = socket.try_clone().unwrap();
    socket.set_nonblocking(true).unwrap();
    let listener = TcpListener::from_std(socket).unwrap();
    let (router, tasks) = (http::router(&program.app), program.tasks.clone());
    drop(program.tasks.spawn("http", async move {
        http::serve(listener, router, &tasks).await.unwrap();
    }));
    if jobs == Jobs::Run {
        program.run_beside();
    }
    program
}

/// The shipped defaults, in a folder of the test's own. The sandbox's long tail
/// is left out: nothing here searches it.
pub(crate) fn configuration(folder: &Path, database: &str) -> Config {
    let mut config: Config = Figment::from(Toml::string(DEFAULTS)).extract().unwrap();
    let (site, tail) = (folder.join("site"), folder.join("tail.jsonl"));
    std::fs::create_dir_all(site.join("pkg")).unwrap();
    let assets =
        json!({ "css": "/pkg/a.css", "js": "/pkg/a.js", "wasm": "/pkg/a.wasm", "sdk": null });
    std::fs::write(site.join("pkg/assets.json"), assets.to_string()).unwrap();
    std::fs::write(&tail, "").unwrap();
    config.data = folder.join("data");
    config.database_url = Secret::new(database);
    config.site = site;
    config.sandbox.institutions = tail;
    config.sandbox.demo = false;
    // Whatever time it is, the day's sweep is not due while a test moves the clock
    // by some hours.
    let before = SystemClock.now() - TimeDelta::hours(1);
    config.sweep.at = before.format("%H:%M").to_string();
    config
}
