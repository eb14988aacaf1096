//! `relink admin create`

use std::{io::Read as _, path::Path, process::ExitCode, sync::Arc};

use clap::Subcommand;
use relink_engine::{
    identity::{Email, Password},
    random::{OsRandom, Random},
    store::Store,
    time::{Clock, Clocks, SystemClock},
};

use super::{block_on, load, say};
use crate::assembly;

/// What to do with admins.
#[derive(Subcommand)]
pub enum Command {
    /// Make an admin. The password is read from standard input, so that it is
    /// in no shell history and no list of processes.
    Create {
        /// The admin's address.
        email: String,
    },
}

/// Makes an admin.
pub fn run(file: Option<&Path>, command: &Command) -> anyhow::Result<ExitCode> {
    let Command::Create { email } = command;
    let config = load(file)?;
    let email = Email::parse(email)?;
    let mut typed = String::new();
    std::io::stdin().read_to_string(&mut typed)?;
    let password = Password::parse(&typed.trim_end_matches(['\r', '\n']).to_owned().into())?;
    block_on(async {
        assembly::prepare_folder(&config)?;
        let store = Store::open(config.database_url.expose()).await?;
        store.migrate().await?;
        let real: Arc<dyn Clock> = Arc::new(SystemClock);
        let random: Arc<dyn Random> = Arc::new(OsRandom);
        let clocks = Clocks {
            domain: Arc::clone(&real),
            real,
        };
        let identity = assembly::identity(&config, &store, &clocks, &random)?;
        identity.create_admin(email.clone(), &password).await?;
        say(format_args!("{} may sign in as an admin", email.as_str()));
        Ok(ExitCode::SUCCESS)
    })
}
