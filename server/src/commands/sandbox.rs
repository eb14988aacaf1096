//! `relink sandbox`: the stand-in for Mastercard alone.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::ValueEnum;
use relink_sandbox::{Sandbox, SandboxClock, SandboxConfig, StartIs};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{block_on, load, say};
use crate::{config::Config, logging, sandbox};

/// How to serve it. It starts empty and forgets when it ends.
#[derive(clap::Args)]
pub struct Arguments {
    /// Where to listen; port 0 takes a free one.
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// A directory of institutions (JSON lines) instead of the long tail.
    #[arg(long)]
    institutions: Option<PathBuf>,
    /// Makes ids and the long tail repeatable.
    #[arg(long)]
    seed: Option<u64>,
    /// The partner's id.
    #[arg(long)]
    partner_id: Option<String>,
    /// The partner's secret.
    #[arg(long)]
    partner_secret: Option<String>,
    /// The application key.
    #[arg(long)]
    app_key: Option<String>,
    /// The customer that is there from the start.
    #[arg(long)]
    customer_id: Option<String>,
    /// What `start` of the institution lists counts.
    #[arg(long, value_enum, default_value_t = Start::Page)]
    start: Start,
}

/// What `start` counts: the official description says both.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Start {
    /// Pages.
    Page,
    /// Records.
    Record,
}

impl Arguments {
    fn settings(self, config: &Config) -> anyhow::Result<SandboxConfig> {
        let mut settings = sandbox::settings(config)?;
        settings.partner_id = self.partner_id.unwrap_or(settings.partner_id);
        settings.partner_secret = self.partner_secret.unwrap_or(settings.partner_secret);
        settings.app_key = self.app_key.unwrap_or(settings.app_key);
        if let Some(id) = self.customer_id {
            settings.customer_id = id.parse().context("--customer-id is no customer id")?;
        }
        settings.start_is = match self.start {
            Start::Page => StartIs::PageIndex,
            Start::Record => StartIs::RecordIndex,
        };
        Ok(settings)
    }
}

/// Serves it until Ctrl-C.
pub fn run(file: Option<&Path>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let mut config = load(file)?;
    let section = &mut config.sandbox;
    section.listen = arguments.listen.unwrap_or(section.listen);
    section.seed = arguments.seed.unwrap_or(section.seed);
    if let Some(institutions) = &arguments.institutions {
        section.institutions.clone_from(institutions);
    }
    let logging = logging::start(&config)?;
    let done = block_on(async {
        let address = config.sandbox.listen;
        let listener = TcpListener::bind(address)
            .await
            .with_context(|| format!("{address} cannot be listened on"))?;
        config.sandbox.listen = listener.local_addr()?;
        let environment = sandbox::environment(&config)?;
        let settings = arguments.settings(&config)?;
        let sandbox = Sandbox::new(environment, settings, SandboxClock::real())?;
        say(sandbox::banner(&sandbox));
        let stop = CancellationToken::new();
        let serving = relink_sandbox::serve(listener, sandbox, stop.clone());
        let stopping = async {
            let asked = tokio::signal::ctrl_c().await;
            stop.cancel();
            asked
        };
        let (served, asked) = tokio::join!(serving, stopping);
        served?;
        asked?;
        Ok(ExitCode::SUCCESS)
    });
    logging.end();
    done
}
