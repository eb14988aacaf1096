//! `relink config check | show`

use std::{path::Path, process::ExitCode};

use clap::Subcommand;

use super::say;
use crate::config::{Config, DEFAULTS, check};

/// What to do with the configuration.
#[derive(Subcommand)]
pub enum Command {
    /// Explain what is wrong with it.
    Check,
    /// Print every key with its default and what it is for.
    Show,
}

/// Checks or shows; a wrong configuration ends with failure.
pub fn run(file: Option<&Path>, command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Show => {
            say(DEFAULTS.trim_end());
            Ok(ExitCode::SUCCESS)
        }
        Command::Check => {
            let config = match Config::load(file) {
                Ok(config) => config,
                Err(error) => {
                    for error in *error {
                        say(error);
                    }
                    return Ok(ExitCode::FAILURE);
                }
            };
            let findings = check(&config);
            for finding in &findings {
                say(format_args!("{}: {}", finding.key, finding.text));
            }
            if findings.is_empty() {
                say("the configuration is fine; `relink doctor` tries it out");
                return Ok(ExitCode::SUCCESS);
            }
            Ok(ExitCode::FAILURE)
        }
    }
}
