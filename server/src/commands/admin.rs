//! `relink admin create | invite`

use std::{io::Read as _, path::Path, process::ExitCode, sync::Arc};

use clap::Subcommand;
use relink_engine::{
    identity::{Email, Identity, Language, Password},
    random::{OsRandom, Random},
    store::Store,
    time::{Clock, Clocks, SystemClock},
};

use super::{block_on, load, say};
use crate::{assembly, config::Config};

/// What an admin does at the machine.
#[derive(Subcommand)]
pub enum Command {
    /// Make an admin. The password is read from standard input, so that it is
    /// in no shell history and no list of processes.
    Create {
        /// The admin's address.
        email: String,
    },
    /// Invite somebody to sign up. The running program sends the letter.
    Invite {
        /// Whom.
        email: String,
    },
}

/// Makes an admin, or invites somebody.
pub fn run(file: Option<&Path>, command: &Command) -> anyhow::Result<ExitCode> {
    let config = load(file)?;
    match command {
        Command::Create { email } => {
            let email = Email::parse(email)?;
            let mut typed = String::new();
            std::io::stdin().read_to_string(&mut typed)?;
            let typed = typed.trim_end_matches(['\r', '\n']).to_owned();
            let password = Password::parse(&typed.into())?;
            block_on(async {
                let identity = identity(&config).await?;
                identity.create_admin(email.clone(), &password).await?;
                say(format_args!("{} may sign in as an admin", email.as_str()));
                Ok(ExitCode::SUCCESS)
            })
        }
        Command::Invite { email } => {
            let email = Email::parse(email)?;
            block_on(async {
                let identity = identity(&config).await?;
                identity.invite(email.clone(), Language::default()).await?;
                say(format_args!("{} is being invited", email.as_str()));
                Ok(ExitCode::SUCCESS)
            })
        }
    }
}

async fn identity(config: &Config) -> anyhow::Result<Identity> {
    assembly::prepare_folder(config)?;
    let store = Store::open(assembly::database(config)?.expose()).await?;
    store.migrate().await?;
    let real: Arc<dyn Clock> = Arc::new(SystemClock);
    let random: Arc<dyn Random> = Arc::new(OsRandom);
    assembly::identity(config, &store, &Clocks::one(real), &random)
}
