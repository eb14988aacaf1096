//! `relink admin create | invite | rotate-secret | reset-second-factor`

use std::{io::Read as _, path::Path, process::ExitCode, sync::Arc};

use clap::Subcommand;
use relink_engine::{
    identity::{Email, Identity, Language, Password, Role},
    random::{OsRandom, Random},
    store::Store,
    time::{Clock, Clocks, SystemClock},
};

use super::{block_on, load, say};
use crate::{
    assembly,
    config::{self, Config},
    rotation,
};

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
        /// As what: user, viewer, support or admin.
        #[arg(long, default_value = "user")]
        role: Role,
    },
    /// Replace the partner secret at Mastercard and in its file. Run it as the
    /// user that runs `serve`, which follows without a restart, and takes events
    /// signed with either secret for four days.
    RotateSecret,
    /// Take away the second factor of somebody who has lost it.
    ResetSecondFactor {
        /// Whose.
        email: String,
    },
}

/// Makes an admin, invites somebody, replaces the partner secret, or helps who has
/// lost a factor.
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
        Command::Invite { email, role } => {
            let email = Email::parse(email)?;
            block_on(async {
                let identity = identity(&config).await?;
                identity
                    .invite_at_machine(email.clone(), *role, Language::default())
                    .await?;
                say(format_args!("{} is being invited", email.as_str()));
                Ok(ExitCode::SUCCESS)
            })
        }
        Command::RotateSecret => block_on(async {
            let done = rotation::rotate(&config, Arc::new(SystemClock)).await?;
            let file = config.mastercard.partner_secret_file.display();
            let how = if done.resumed {
                "an earlier run had replaced the secret at Mastercard; it is now in its file"
            } else {
                "the secret is replaced, at Mastercard and in its file"
            };
            say(format_args!(
                "{how}, {file}. A program that runs follows. Bring the file and its .previous to every other node at \
                 once, since events are signed with the new one now; those signed with the old one are taken until {}",
                done.until.format("%Y-%m-%d %H:%M UTC")
            ));
            Ok(ExitCode::SUCCESS)
        }),
        Command::ResetSecondFactor { email } => {
            let email = Email::parse(email)?;
            block_on(async {
                let done = identity(&config)
                    .await?
                    .reset_factors_at_machine(&email)
                    .await?;
                anyhow::ensure!(done, "{} has no second factor", email.as_str());
                say(format_args!(
                    "{} signs in without a second factor",
                    email.as_str()
                ));
                Ok(ExitCode::SUCCESS)
            })
        }
    }
}

pub(super) async fn identity(config: &Config) -> anyhow::Result<Identity> {
    assembly::prepare_folder(config)?;
    let store = Store::open(assembly::database(config)?.expose()).await?;
    store.migrate().await?;
    identity_on(config, &store)
}

pub(super) fn identity_on(config: &Config, store: &Store) -> anyhow::Result<Identity> {
    let real: Arc<dyn Clock> = Arc::new(SystemClock);
    let random: Arc<dyn Random> = Arc::new(OsRandom);
    let key = config::secret_key(config, random.as_ref())?;
    assembly::identity(config, store, &Clocks::one(real), &random, &key)
}
