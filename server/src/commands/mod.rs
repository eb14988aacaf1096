//! One file for each subcommand.

pub mod admin;
pub mod audit;
pub mod backup;
pub mod codes;
pub mod config;
pub mod doctor;
pub mod figures;
pub mod institutions;
pub mod migrate;
pub mod sandbox;
pub mod serve;

use std::{future::Future, path::Path};

use anyhow::Context;

use crate::config::{Config, check};

/// Reads the configuration and refuses one that cannot work.
fn load(file: Option<&Path>) -> anyhow::Result<Config> {
    let config = Config::load(file).context("the configuration cannot be read")?;
    let findings = check(&config);
    if findings.is_empty() {
        return Ok(config);
    }
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| format!("  {}: {}", finding.key, finding.text))
        .collect();
    anyhow::bail!("the configuration does not work:\n{}", lines.join("\n"))
}

/// Runs `work` on a runtime of its own.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

/// Prints a line for the operator.
#[expect(clippy::print_stdout, reason = "a command answers on the terminal")]
fn say(line: impl std::fmt::Display) {
    println!("{line}");
}
