//! `relink audit verify | export | forget`

use std::{
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
};

use chrono_tz::Tz;
use clap::Subcommand;
use relink_app::words::Language;
use relink_engine::{
    audit::{Actor, Filter, VerifyError},
    identity::Email,
};

use super::{
    admin::{identity, identity_on},
    block_on, load, say,
};
use crate::{acts, assembly, calendar::Calendar, config::Config};

/// What is done with the audit at the machine.
#[derive(Subcommand)]
pub enum Command {
    /// Walk the chain. Says the first row that was changed, taken away, moved
    /// or put in between, and then ends with 1.
    Verify,
    /// Write everything to standard output as CSV.
    Export,
    /// Erase what names somebody. The chain still holds.
    Forget {
        /// Whose e-mail address.
        email: String,
    },
}

/// Walks, writes or erases.
pub fn run(file: Option<&Path>, command: &Command) -> anyhow::Result<ExitCode> {
    let config = load(file)?;
    block_on(async {
        match command {
            Command::Verify => verify(&config).await,
            Command::Export => {
                let identity = identity(&config).await?;
                let audit = identity.audit();
                let mut export = audit.export(&Actor::machine(), Filter::default()).await?;
                let calendar = Calendar::new(Language::English, Tz::UTC);
                let mut out = io::stdout().lock();
                out.write_all(acts::head().as_bytes())?;
                loop {
                    let entries = export.next().await?;
                    if entries.is_empty() {
                        return Ok(ExitCode::SUCCESS);
                    }
                    let lines = entries.iter().map(|entry| acts::line(entry, calendar));
                    let lines: String = lines.collect();
                    out.write_all(lines.as_bytes())?;
                }
            }
            Command::Forget { email } => {
                let identity = identity(&config).await?;
                let rows = identity.audit().erase(&Email::parse(email)?).await?;
                say(format_args!("{rows} names were erased"));
                Ok(ExitCode::SUCCESS)
            }
        }
    })
}

/// Only looks, so that the tables stay those of the program that runs.
async fn verify(config: &Config) -> anyhow::Result<ExitCode> {
    let (store, tables) = assembly::look(config).await?;
    if !tables.pending.is_empty() {
        say(format_args!(
            "the database is as an earlier version left it; these migrations are pending: {}",
            tables.pending.join(", ")
        ));
    }
    match identity_on(config, &store)?.audit().verify().await {
        Ok(head) => {
            let (seq, hash) = (head.seq, head.hex());
            say(format_args!("the audit holds up to row {seq}, {hash}"));
            Ok(ExitCode::SUCCESS)
        }
        Err(VerifyError::Broken(broken)) => {
            say(format_args!("the audit is broken: {broken}"));
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(error.into()),
    }
}
