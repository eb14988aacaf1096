//! The stand-in for Mastercard, hosted in this process.

use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use relink_engine::time::Clock;
use relink_sandbox::{Sandbox, SandboxClock, SandboxConfig, SandboxEnvironment, Scenario};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    config::{Config, Environment},
    upstream::sandbox_origin,
};

/// The proof that only the sandbox environment gives.
pub fn environment(config: &Config) -> anyhow::Result<SandboxEnvironment> {
    let name = match config.environment {
        Environment::Sandbox => "sandbox",
        Environment::TestDrive => "test-drive",
        Environment::Production => "production",
    };
    Ok(SandboxEnvironment::check(name)?)
}

/// What the configuration says of the sandbox; without a memory.
pub fn settings(config: &Config) -> anyhow::Result<SandboxConfig> {
    let mut settings = SandboxConfig::new(sandbox_origin(config)?);
    settings.seed = config.sandbox.seed;
    if !config.sandbox.institutions.as_os_str().is_empty() {
        settings.institutions = Some(config.sandbox.institutions.clone());
    }
    Ok(settings)
}

/// The past of the demo people, where there is one.
pub fn scenario(config: &Config) -> anyhow::Result<Option<Scenario>> {
    let section = &config.sandbox;
    if !section.demo || section.scenario.is_empty() {
        return Ok(None);
    }
    Ok(Some(Scenario::load(&section.scenario)?))
}

/// The sandbox and its listener.
#[derive(Clone)]
pub struct Hosted {
    sandbox: Sandbox,
    remembers: bool,
    listener: Arc<tokio::sync::Mutex<Option<TcpListener>>>,
}

impl Hosted {
    /// Listens. What it knew when the last process ended is in a file under
    /// `data`, so that our rows and its customers go together.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        let address = config.sandbox.listen;
        let listener = TcpListener::bind(address).await.with_context(|| {
            format!("{address} cannot be listened on (is another sandbox running?)")
        })?;
        Self::on(config, listener)
    }

    /// On a listener that is open already; `sandbox.listen` says where it is.
    pub fn on(config: &Config, listener: TcpListener) -> anyhow::Result<Self> {
        let mut settings = settings(config)?;
        crate::assembly::prepare_folder(config)?;
        let memory = config.data.join("sandbox.json");
        let remembers = memory.exists();
        settings.memory = Some(memory);
        let mut clock = SandboxClock::real();
        if let Some(scenario) = scenario(config)? {
            if !remembers {
                // Its days are played up to the present.
                clock = SandboxClock::behind(TimeDelta::days(scenario.days().into()));
            }
            settings.scenario = Some(scenario);
        }
        let sandbox = Sandbox::new(environment(config)?, settings, clock)?;
        Ok(Self {
            sandbox,
            remembers,
            listener: Arc::new(tokio::sync::Mutex::new(Some(listener))),
        })
    }

    /// The sandbox itself.
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Whether it goes on from an earlier process.
    pub fn remembers(&self) -> bool {
        self.remembers
    }

    /// Its clock, as the app's domain clock.
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(MovableClock(self.sandbox.clock().clone()))
    }

    /// What it prints at start.
    pub fn banner(&self) -> String {
        banner(&self.sandbox)
    }

    /// Serves until `stop`.
    pub async fn serve(self, stop: CancellationToken) {
        let Some(listener) = self.listener.lock().await.take() else {
            return;
        };
        if let Err(error) = relink_sandbox::serve(listener, self.sandbox, stop).await {
            tracing::error!(%error, "the sandbox stopped");
        }
    }
}

/// What a sandbox prints at start: the credentials, and its control page.
pub fn banner(sandbox: &Sandbox) -> String {
    let origin = &sandbox.config().public_origin;
    format!("{}sandbox: {origin}sandbox", sandbox.banner())
}

struct MovableClock(SandboxClock);

impl Clock for MovableClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.now().trunc_subsecs(6)
    }
}
