//! `relink figures check | mend`

use std::{path::Path, process::ExitCode, sync::Arc};

use clap::Subcommand;
use relink_engine::{
    health::{Checks, Drift},
    time::SystemClock,
};

use super::{block_on, load, say};
use crate::assembly;

/// What is done with the figures of the health pages at the machine.
#[derive(Subcommand)]
pub enum Command {
    /// Hold them against a recount. Names those that drifted, and then ends with 1.
    Check,
    /// Recount, and add what is missing. On SQLite writers wait meanwhile; on
    /// PostgreSQL nothing is changed where somebody writes.
    Mend,
}

/// Recounts.
pub fn run(file: Option<&Path>, command: &Command) -> anyhow::Result<ExitCode> {
    let config = load(file)?;
    block_on(async {
        let (store, checks) = assembly::checks(&config, Arc::new(SystemClock)).await?;
        if matches!(command, Command::Mend) {
            let added = checks.mend().await?;
            name(&added);
            say(format_args!("{} figures were mended", added.count));
        }
        let agrees = check(&checks).await?;
        store.close().await;
        Ok(if agrees {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    })
}

async fn check(checks: &Checks) -> anyhow::Result<bool> {
    let (found, drift) = checks.check().await?;
    if found.drifted == 0 {
        say(format_args!(
            "the figures agree with {} connections, {} accounts and {} people",
            found.connections, found.accounts, found.users
        ));
        return Ok(true);
    }
    name(&drift);
    say(format_args!(
        "{} figures have drifted; `relink figures mend` adds what is missing",
        found.drifted
    ));
    Ok(false)
}

fn name(drift: &Drift) {
    for (key, by) in &drift.some {
        say(format_args!("{key:?} is too small by {by:?}"));
    }
}
