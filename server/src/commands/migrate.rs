//! `relink migrate`

use std::{path::Path, process::ExitCode};

use relink_engine::store::Store;

use super::{block_on, load, say};

/// Brings the database up to date.
pub fn run(file: Option<&Path>) -> anyhow::Result<ExitCode> {
    let config = load(file)?;
    block_on(async {
        crate::assembly::prepare_folder(&config)?;
        let store = Store::open(crate::assembly::database(&config)?.expose()).await?;
        let done = store.migrate().await?;
        store.close().await;
        say(format_args!(
            "the database is up to date: {} migrations",
            done.known
        ));
        Ok(ExitCode::SUCCESS)
    })
}
