//! Mastercard's client, made from the configuration.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Context;
use chrono::{DateTime, Utc};
use relink_engine::{random::Random, store::Store, time::Clock, webhooks::EventKeys};
use relink_mastercard::{
    Client, PartnerId,
    client::{ClientConfig, Limits, Ports},
    ports,
};
use relink_sandbox::SandboxConfig;
use url::Url;

use crate::{
    config::{Config, Environment, Secret, SecretKey},
    secret_file::{FileKeys, FileSecret, SecretFile},
};

/// Mastercard itself.
const MASTERCARD: &str = "https://api.finicity.com";

/// The partner's access, with its secrets read.
pub struct Partner {
    /// Where the API is.
    pub base_url: Url,
    id: PartnerId,
    secret: Secret,
    /// Where it is read anew for each sign-in.
    file: Option<SecretFile>,
    previous: Secret,
    app_key: Secret,
}

impl Partner {
    /// Reads the secrets. In the sandbox environment what is not configured is
    /// the sandbox's own.
    pub fn read(config: &Config) -> anyhow::Result<Self> {
        let section = &config.mastercard;
        let read = |secret: &Secret, file: &Path| {
            secret
                .or_file(file)
                .with_context(|| format!("the file {} cannot be read", file.display()))
        };
        let mut partner = Self {
            base_url: address(config)?,
            id: PartnerId::parse(section.partner_id.clone()).or_else(|error| {
                match config.environment {
                    Environment::Sandbox => Ok(sandbox_partner(config)?),
                    _ => Err(anyhow::Error::from(error)),
                }
            })?,
            secret: read(&section.partner_secret, &section.partner_secret_file)?,
            file: Some(&section.partner_secret_file)
                .filter(|file| !section.partner_secret.is_set() && !file.as_os_str().is_empty())
                .map(|file| SecretFile::new(file)),
            previous: read(&Secret::default(), &section.previous_partner_secret_file)?,
            app_key: read(&section.app_key, &section.app_key_file)?,
        };
        if config.environment == Environment::Sandbox {
            let sandbox = SandboxConfig::new(sandbox_origin(config)?);
            if !partner.secret.is_set() {
                partner.secret = Secret::new(sandbox.partner_secret);
            }
            if !partner.app_key.is_set() {
                partner.app_key = Secret::new(sandbox.app_key);
            }
        }
        for (secret, name) in [
            (&partner.secret, "partner secret"),
            (&partner.app_key, "app key"),
        ] {
            // Shown, it would be one of five failures.
            anyhow::ensure!(secret.is_set(), "the {name} is empty");
        }
        Ok(partner)
    }

    /// The same partner with another secret.
    #[must_use]
    pub fn with_secret(self, secret: Secret) -> Self {
        Self {
            secret,
            file: None,
            ..self
        }
    }

    /// The keys that sign events. Where the secret is in a file, they follow a
    /// rotation. `clock` is the real one.
    pub fn event_keys(&self, clock: Arc<dyn Clock>) -> Arc<dyn EventKeys> {
        let present = self.secret.clone().into_inner();
        let named = Some(&self.previous).filter(|key| key.is_set());
        let named = named.cloned().map(Secret::into_inner);
        match &self.file {
            None => Arc::new(std::iter::once(present).chain(named).collect::<Vec<_>>()),
            Some(file) => Arc::new(FileKeys::new(file.clone(), clock, present, named)),
        }
    }

    /// Makes the client. Nothing is called yet.
    pub fn client(
        &self,
        config: &Config,
        key: &SecretKey,
        store: &Store,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        observer: Arc<dyn ports::Observer>,
    ) -> anyhow::Result<Client> {
        let limits = Limits {
            call: Duration::from_secs(config.mastercard.timeout_seconds),
            in_flight: config.mastercard.in_flight,
            ..Limits::default()
        };
        let secret = self.secret.clone().into_inner();
        let client = ClientConfig {
            base_url: self.base_url.clone(),
            partner_id: self.id.clone(),
            partner_secret: match &self.file {
                None => Arc::new(secret),
                Some(file) => Arc::new(FileSecret::new(file.clone(), secret)),
            },
            app_key: self.app_key.clone().into_inner(),
            fingerprint_key: key.0.clone(),
            loopback_only: config.environment == Environment::Sandbox,
            limits,
        };
        let ports = Ports {
            clock: Arc::new(RealClock(clock)),
            random: Arc::new(Bytes(random)),
            memory: Arc::new(store.clone()),
            observer,
        };
        Ok(Client::new(client, ports)?)
    }
}

fn address(config: &Config) -> anyhow::Result<Url> {
    Ok(
        match (config.mastercard.base_url.as_str(), config.environment) {
            ("", Environment::Sandbox) => sandbox_origin(config)?,
            ("", _) => MASTERCARD.parse()?,
            (given, _) => given.parse()?,
        },
    )
}

/// Where the sandbox's pages are: another site to the browser than ours, as
/// Mastercard's are.
pub fn sandbox_origin(config: &Config) -> anyhow::Result<Url> {
    Ok(format!("http://{}", config.sandbox.listen).parse()?)
}

fn sandbox_partner(config: &Config) -> anyhow::Result<PartnerId> {
    Ok(PartnerId::parse(
        SandboxConfig::new(sandbox_origin(config)?).partner_id,
    )?)
}

struct RealClock(Arc<dyn Clock>);

impl ports::Clock for RealClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
}

struct Bytes(Arc<dyn Random>);

impl ports::Random for Bytes {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use figment::{
        Figment,
        providers::{Format as _, Toml},
    };

    use super::*;
    use crate::config::DEFAULTS;

    #[test]
    fn an_empty_file_is_no_secret() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        let mut config: Config = Figment::from(Toml::string(DEFAULTS)).extract().unwrap();
        config.environment = Environment::TestDrive;
        config.mastercard.partner_id = "2445583925753".into();
        config.mastercard.app_key = Secret::new("an-app-key");
        config.mastercard.partner_secret_file.clone_from(&file);
        fs::write(&file, "\n").unwrap();
        let why = Partner::read(&config).err().unwrap().to_string();
        assert_eq!(why, "the partner secret is empty");
        fs::write(&file, "a-secret-1\n").unwrap();
        assert!(Partner::read(&config).is_ok());
    }
}
