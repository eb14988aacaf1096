//! `relink institutions search | export`

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;
use clap::Subcommand;
use relink_engine::institutions::search_report;
use relink_sandbox::directory::Directory;

use super::say;

/// What to do with institutions.
#[derive(Subcommand)]
pub enum Command {
    /// Run a table of queries against a directory, and say what is not found.
    Search {
        /// Institutions, one JSON object a line.
        #[arg(long)]
        institutions: PathBuf,
        /// `query<TAB>id[,id…]` a line.
        #[arg(long)]
        queries: PathBuf,
    },
    /// Write the sandbox's directory as JSON lines.
    Export {
        /// Makes the long tail repeatable.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

/// Searches or exports.
pub fn run(_: Option<&Path>, command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Search {
            institutions,
            queries,
        } => {
            let open = |path: &PathBuf| {
                File::open(path)
                    .map(BufReader::new)
                    .with_context(|| format!("{} cannot be read", path.display()))
            };
            #[expect(
                clippy::disallowed_methods,
                reason = "the bench measures how long the search takes"
            )]
            let start = std::time::Instant::now();
            let report = search_report(open(institutions)?, open(queries)?, || start.elapsed())?;
            // The last line is the last figure: programs read it.
            say(report.to_string().trim_end());
        }
        Command::Export { seed } => {
            let directory = Directory::load("", *seed, None)?;
            directory.write_jsonl(std::io::stdout().lock())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
