//! Replaces the partner secret: at Mastercard, and in its file.
//!
//! The new secret is on the disk before Mastercard hears of it. Whatever dies
//! then, the next run finds it there and tries it once: taken, it becomes the
//! present one; refused as a secret, Mastercard never heard of it, it is
//! remembered as refused and another is made. Two failures of five are the most
//! that costs. Any other refusal (of the app key, of a locked partner) says
//! nothing of it: it may be the only copy, and stays.

use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use relink_engine::{
    audit::{Act, Actor, Audit},
    random::{OsRandom, Random},
    store::Store,
    time::Clock,
};
use relink_mastercard::{Cause, Client, Credential, CredentialState, ErrorCode, ports::Unobserved};
use secrecy::SecretString;

use crate::{
    assembly,
    config::{self, Config, Secret},
    secret_file::{OLD_KEY_LIVES, SecretFile},
    upstream::Partner,
};

/// What a rotation did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotated {
    /// Until when the old secret is good for events.
    pub until: DateTime<Utc>,
    /// Whether an earlier run had asked Mastercard already.
    pub resumed: bool,
}

/// What a rotation needs.
struct Rotation<'a> {
    config: &'a Config,
    file: SecretFile,
    store: Store,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

/// Replaces the secret. `clock` is the real one.
pub async fn rotate(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<Rotated> {
    let section = &config.mastercard;
    let path = &section.partner_secret_file;
    anyhow::ensure!(
        !section.partner_secret.is_set() && !path.as_os_str().is_empty(),
        "only a secret in a file can be replaced: set mastercard.partner_secret_file, and not partner_secret"
    );
    let kind = std::fs::symlink_metadata(path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    anyhow::ensure!(
        kind.is_file(),
        "{} is a link: name the file itself, which is replaced by another",
        path.display()
    );
    let file = SecretFile::new(path);
    let lock = file.lock().context("another rotation is running")?;
    assembly::prepare_folder(config)?;
    let store = Store::open(assembly::database(config)?.expose()).await?;
    store.migrate().await?;
    let rotation = Rotation {
        config,
        file,
        store,
        clock,
        random: Arc::new(OsRandom),
    };
    let done = rotation.run().await;
    rotation.store.close().await;
    drop(lock);
    done
}

impl Rotation<'_> {
    async fn run(&self) -> anyhow::Result<Rotated> {
        if self.file.next().exists() {
            let next = std::fs::read_to_string(self.file.next())?;
            if self.is_taken(next.trim_end()).await? {
                return self.finish(true).await;
            }
        }
        let client = self.client(Secret::default().or_file(self.file.path())?)?;
        client
            .sign_in()
            .await
            .context("the present secret does not work, so nothing was changed")?;
        // Only now: under a wrong partner id each of the two would be refused.
        if self.file.next().exists() {
            self.file.withdraw()?;
        }
        let new = self.new_secret();
        self.file.propose(&new)?;
        match client.replace_secret(&new).await {
            Ok(()) => self.finish(false).await,
            Err(error) if is_certain(&error.cause) => {
                self.file.withdraw()?;
                Err(error).context("Mastercard did not take the new secret; nothing was changed")
            }
            Err(error) => Err(error).context(
                "whether Mastercard took the new secret is not known. Both secrets are kept: run this again",
            ),
        }
    }

    /// Whether Mastercard knows a secret that an earlier run left behind.
    async fn is_taken(&self, secret: &str) -> anyhow::Result<bool> {
        if secret.is_empty() {
            // It died while this was written, before anybody was asked.
            return Ok(false);
        }
        let client = self.client(Secret::new(secret))?;
        let Err(error) = client.sign_in().await else {
            return Ok(true);
        };
        let refused = match error.cause {
            Cause::CredentialsRejected {
                credential: Credential::PartnerSecret,
                code,
            } => Some(code),
            Cause::CredentialsBlocked {
                credential: Credential::PartnerSecret,
                ..
            } => Some(remembered(&client).await),
            _ => None,
        };
        match refused {
            Some(Some(ErrorCode::INVALID_CREDENTIALS)) => return Ok(false),
            // It is not this secret that was refused: the next run may try it.
            Some(_) => client.forget_rejection().await?,
            None => {}
        }
        let kept = self.file.next();
        Err(error).with_context(|| {
            format!(
                "an earlier run left a secret behind, and whether Mastercard took it is not known. It may be the \
                 only copy: it is kept in {}, and nothing was changed. Run this again once the access works",
                kept.display()
            )
        })
    }

    fn client(&self, secret: Secret) -> anyhow::Result<Client> {
        let key = config::secret_key(self.config, self.random.as_ref())?;
        let partner = Partner::read(self.config)?.with_secret(secret);
        let (clock, random) = (self.clock.clone(), self.random.clone());
        let observer = Arc::new(Unobserved);
        partner.client(self.config, &key, &self.store, clock, random, observer)
    }

    /// Put down first: an act that is there twice is better than none.
    async fn finish(&self, resumed: bool) -> anyhow::Result<Rotated> {
        let (store, clock) = (self.store.clone(), self.clock.clone());
        let audit = Audit::new(store, clock, self.random.clone());
        let mut unit = self.store.write().await?;
        audit
            .record(&mut unit, &Actor::machine(), &Act::SecretRotated)
            .await?;
        unit.save().await?;
        let until = self.clock.now() + OLD_KEY_LIVES;
        self.file.advance(until)?;
        Ok(Rotated { until, resumed })
    }

    /// 32 letters and digits, 160 bits; some of both, as Mastercard asks.
    fn new_secret(&self) -> SecretString {
        loop {
            let token = self.random.token();
            let digits = token.bytes().filter(u8::is_ascii_digit).count();
            if digits > 0 && digits < token.len() {
                return token.into();
            }
        }
    }
}

/// With which code Mastercard refused the secret before.
async fn remembered(client: &Client) -> Option<ErrorCode> {
    match client.credential_state().await {
        CredentialState::Rejected { rejection, .. } => rejection.code,
        CredentialState::Untried
        | CredentialState::Accepted { .. }
        | CredentialState::Unchecked => None,
    }
}

/// Whether a failed call surely changed nothing.
fn is_certain(cause: &Cause) -> bool {
    match cause {
        Cause::Rejected { status, .. } => (400..500).contains(status),
        Cause::CredentialsRejected { .. }
        | Cause::CredentialsBlocked { .. }
        | Cause::CredentialsUnchecked
        | Cause::CircuitOpen { .. }
        | Cause::Saturated => true,
        Cause::TimedOut
        | Cause::Unreachable
        | Cause::Unreadable { .. }
        | Cause::Aggregation { .. }
        | Cause::LinkRefusedByWebhook { .. } => false,
    }
}
