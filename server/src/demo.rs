//! Demo people and connections of the sandbox environment, made at the first
//! start.
//!
//! The connections are made on the real way: a link, events, readings. Only the
//! person at the hosted page is played here.

mod visits;

use std::{fmt, time::Duration};

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use relink_engine::{
    identity::{
        Client, DemoUser, Email, Entered, Password, Role, SIGN_IN, SessionData, SessionKey,
        SignedIn,
    },
    ids::ConnectSessionId,
    random::{OsRandom, Random},
};
use relink_sandbox::{Going, Sandbox, Scenario};

use crate::{assembly::Program, config::Config, http::App, sandbox::Hosted};

const PASSWORD: &str = "sandbox-demo-2026";
const CONNECTED: &str = "ada@example.com";
const FRESH: &str = "ben@example.com";
const ADMIN: &str = "admin@example.com";

/// Where the connected one is connected, by what one would search for; the
/// last is left waiting for the choice.
const INSTITUTIONS: [&str; 3] = ["FinBank Profiles - A", "Chase", "Navy Federal"];

/// When a day of the past is swept.
const NOON: u32 = 12;

/// How long the first readings, and a day of the past, may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ready sign-ins, for the terminal.
pub struct People;

impl fmt::Display for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Sign in with the password {PASSWORD} as")?;
        writeln!(f, "  {CONNECTED}    who has connections")?;
        writeln!(f, "  {FRESH}    who has none yet")?;
        write!(f, "  {ADMIN}  who runs the installation")
    }
}

/// Makes the demo.
pub async fn prepare(
    config: &Config,
    program: &Program,
    hosted: &Hosted,
) -> anyhow::Result<Option<People>> {
    let app = &program.app;
    if !hosted.remembers() {
        // The sandbox begins anew: what an earlier one knew is not its own.
        let mut unit = app.store.write().await?;
        unit.forget_connections().await?;
        unit.save().await?;
    }
    for (email, role) in [
        (CONNECTED, Role::User),
        (FRESH, Role::User),
        (ADMIN, Role::Admin),
    ] {
        let demo = DemoUser {
            email: Email::parse(email)?,
            password: Password::parse(&PASSWORD.into())?,
            role,
        };
        app.identity.ensure_demo(&demo).await?;
    }
    let person = sign_in(app).await?;
    app.institutions.refresh().await?;
    if !app.connections.overview(&person).await?.is_empty() {
        return Ok(Some(People));
    }
    let demo = Demo {
        app,
        sandbox: hosted.sandbox(),
        person,
    };
    match crate::sandbox::scenario(config)? {
        Some(scenario) => {
            // The clock jumps a day at a time: nobody wants the directory copied,
            // or everybody read once more, for each of them.
            let _held = program.worker.hold_schedules();
            demo.live(&scenario).await?;
        }
        None => demo.three_connections().await?,
    }
    Ok(Some(People))
}

/// The one who is connected, and where.
struct Demo<'a> {
    app: &'a App,
    sandbox: &'a Sandbox,
    person: SignedIn,
}

impl Demo<'_> {
    async fn three_connections(&self) -> anyhow::Result<()> {
        let mut visits = Vec::new();
        for name in INSTITUTIONS {
            visits.push(self.connect(name).await?);
        }
        visits.pop();
        for visit in visits {
            keep_all(self.app, &self.person, visit).await?;
        }
        Ok(())
    }

    /// Plays a scenario from its first day to the present, with a sweep a day.
    /// What is being set up or waits for a choice at its end begins there.
    async fn live(&self, scenario: &Scenario) -> anyhow::Result<()> {
        let begun = self.sandbox.clock().now();
        let late = |ends: &str| ["setting-up", "waiting"].contains(&ends);
        let stages = scenario.institutions();
        for stage in stages.iter().filter(|stage| !late(&stage.ends)) {
            let visit = self.connect(&stage.host).await?;
            keep_all(self.app, &self.person, visit).await?;
        }
        for day in 1..=i64::from(scenario.days()) {
            let today = scenario.visits().iter();
            let today = today.filter(|going| i64::from(going.day) == day);
            let (morning, evening): (Vec<_>, Vec<_>) = today.partition(|going| going.hour < NOON);
            self.goes(begun, &morning).await?;
            self.sandbox.clock().advance_to(hour(begun, day, NOON)?)?;
            tokio::time::timeout(PATIENCE, self.sweep())
                .await
                .with_context(|| format!("day {day} of the past does not end"))??;
            self.goes(begun, &evening).await?;
        }
        let behind = -self.sandbox.clock().moved();
        if behind > TimeDelta::zero() {
            self.sandbox.clock().advance(behind)?;
        }
        for stage in stages.iter().filter(|stage| late(&stage.ends)) {
            let visit = self.connect(&stage.host).await?;
            if stage.ends != "waiting" {
                keep_all(self.app, &self.person, visit).await?;
            }
        }
        Ok(())
    }

    /// The person makes these visits of a day.
    async fn goes(&self, begun: DateTime<Utc>, visits: &[&Going]) -> anyhow::Result<()> {
        for going in visits {
            let at = hour(begun, going.day.into(), going.hour)?;
            self.sandbox.clock().advance_to(at)?;
            let gone = visits::go(self.app, self.sandbox, &self.person, going);
            tokio::time::timeout(PATIENCE, gone)
                .await
                .with_context(|| format!("the visit at {} does not end", going.host))?
                .with_context(|| going.host.clone())?;
        }
        Ok(())
    }

    async fn sweep(&self) -> anyhow::Result<()> {
        let sweep = self.app.sweeps.begin().await?;
        Ok(self.app.sweeps.go_on(sweep.id).await?)
    }

    async fn connect(&self, name: &str) -> anyhow::Result<ConnectSessionId> {
        visits::connect(self.app, self.sandbox, &self.person, name)
            .await
            .with_context(|| name.to_owned())
    }
}

/// Signs the connected one in, as the session layer would.
async fn sign_in(app: &App) -> anyhow::Result<SignedIn> {
    let client = Client {
        address: std::net::Ipv4Addr::LOCALHOST.into(),
        user_agent: None,
    };
    let entered = app
        .identity
        .sign_in(&Email::parse(CONNECTED)?, &PASSWORD.into(), &client)
        .await?;
    let Entered::In(mark) = entered else {
        anyhow::bail!("the demo sign-in has a second factor")
    };
    let key = SessionKey::of(OsRandom.token().as_bytes());
    let data = SessionData::from([(SIGN_IN.to_owned(), serde_json::to_value(&mark)?)]);
    app.identity.sessions().create(&key, &data).await?;
    let person = app
        .identity
        .sessions()
        .signed_in(&key)
        .await?
        .context("the demo sign-in is gone")?;
    app.identity.sessions().delete(&key).await?;
    Ok(person)
}

/// An hour of a day of the past.
fn hour(begun: DateTime<Utc>, day: i64, hour: u32) -> anyhow::Result<DateTime<Utc>> {
    let then = (begun.date_naive() + TimeDelta::days(day)).and_hms_opt(hour, 0, 0);
    Ok(then.context("an hour of a day")?.and_utc())
}

/// Waits for the accounts and keeps them.
async fn keep_all(app: &App, person: &SignedIn, visit: ConnectSessionId) -> anyhow::Result<()> {
    let arrived = async {
        loop {
            let accounts = app
                .connect
                .visit(person, visit)
                .await?
                .map(|visit| visit.accounts)
                .unwrap_or_default();
            if !accounts.is_empty() {
                return Ok::<_, anyhow::Error>(accounts);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let accounts = tokio::time::timeout(PATIENCE, arrived)
        .await
        .context("the demo accounts did not arrive")??;
    let all: Vec<_> = accounts.iter().map(|account| account.id).collect();
    app.connect.review(person, visit, &all, &all).await?;
    Ok(())
}
