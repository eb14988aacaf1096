//! `relink backup FILE`

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use relink_engine::store::backup::back_up;

use super::{block_on, load, say};

/// Where to.
#[derive(clap::Args)]
pub struct Arguments {
    /// The copy; it must not be there yet.
    file: PathBuf,
}

/// Copies the embedded database, also while `relink serve` runs.
pub fn run(file: Option<&Path>, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let config = load(file)?;
    block_on(async {
        let url = crate::assembly::database(&config)?;
        let bytes = back_up(url.expose(), &arguments.file).await?;
        say(format_args!(
            "{} has the whole database, {bytes} bytes. The installation's key is not in it: keep {} as well",
            arguments.file.display(),
            crate::config::key_file(&config).display(),
        ));
        Ok(ExitCode::SUCCESS)
    })
}
