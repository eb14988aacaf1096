//! What the operator sets: one TOML file and `RELINK_…` variables, over the
//! shipped defaults.
//!
//! To add a key: a line with its reason in `default.toml`, a field here or in
//! the section's file, and what can be wrong with it in [`check()`].

mod campaigns;
mod check;
mod keys;
mod notices;
mod outages;
mod secrets;
mod sections;
mod status;

use std::path::{Path, PathBuf};

use figment::{
    Figment,
    providers::{Env, Format, Toml},
    value::Value,
};
use serde::Deserialize;
use url::Url;

pub use campaigns::Campaigns;
pub use check::check;
pub use keys::{SecretKey, key_file, secret_key};
pub use notices::{Notices, Sms, SmsTransport};
pub use outages::Outages;
pub use secrets::Secret;
pub use sections::{
    Connect, Consent, ConsentTexts, Decision, Institutions, Log, LogFormat, Mail, MailTransport,
    Mastercard, MetricsSection, OauthRegistered, Operator, Readings, Renewal, Repair, RepairEntry,
    SandboxSection, SecondFactorAsked, SignUp, SignUpPolicy, Staff, Sweep, TracesSection, Window,
};
pub use status::{Status, StatusError};

/// The shipped defaults: the documentation of every key.
pub const DEFAULTS: &str = include_str!("default.toml");

/// The configuration as read; [`check()`] says whether it makes sense.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Which Mastercard.
    pub environment: Environment,
    /// Whether the operator knows that active customers are billed.
    pub billing_acknowledged: bool,
    /// Where people and Mastercard reach us.
    pub public_url: Url,
    /// Where we listen.
    pub listen: std::net::SocketAddr,
    /// Seconds after which a page says that it cannot be had now.
    pub answer_within_seconds: u64,
    /// How many proxies of the operator's stand in front.
    pub trusted_proxies: usize,
    /// SQLite or PostgreSQL.
    pub database_url: Secret,
    /// A file that holds it, and goes before it.
    pub database_url_file: PathBuf,
    /// Where local files live.
    pub data: PathBuf,
    /// The installation's key.
    pub secret_key_file: PathBuf,
    /// The built browser part.
    pub site: PathBuf,
    /// Who runs this.
    pub operator: Operator,
    /// The partner's access.
    pub mastercard: Mastercard,
    /// How people connect.
    pub connect: Connect,
    /// What they are told.
    pub consent: Consent,
    /// What they can find.
    pub institutions: Institutions,
    /// What aggregation status codes mean here.
    pub status: Status,
    /// From when on a fact means something.
    pub readings: Readings,
    /// Where people begin to repair.
    pub repair: Repair,
    /// Permissions that end.
    pub renewal: Renewal,
    /// The daily reading.
    pub sweep: Sweep,
    /// From when on trouble is an outage.
    pub outages: Outages,
    /// Who may sign up.
    pub sign_up: SignUp,
    /// What is asked of staff.
    pub staff: Staff,
    /// How people are told.
    pub notices: Notices,
    /// How fast campaigns write.
    pub campaigns: Campaigns,
    /// How letters go out.
    pub mail: Mail,
    /// How text messages go out.
    pub sms: Sms,
    /// The stand-in for Mastercard.
    pub sandbox: SandboxSection,
    /// Where machines read how we are.
    pub metrics: MetricsSection,
    /// Where spans go.
    pub traces: TracesSection,
    /// What is logged.
    pub log: Log,
}

/// Which Mastercard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Environment {
    /// The stand-in, on this machine only.
    Sandbox,
    /// Mastercard's free test environment.
    TestDrive,
    /// Real people, real data.
    Production,
}

impl Config {
    /// Reads `file`, if one is given, and the environment's variables.
    pub fn load(file: Option<&Path>) -> Result<Self, Box<figment::Error>> {
        let mut layers = Figment::from(Toml::string(DEFAULTS));
        if let Some(file) = file {
            layers = layers.merge(Toml::file_exact(file));
        }
        // RELINK_CONFIG names the file, RELINK_TEST_… and RELINK_E2E_… are the
        // tests' own, RELINK_OPENAPI the contract tests'.
        let variables = Env::prefixed("RELINK_")
            .filter(|key| {
                let ours = key == "config" || key == "openapi";
                !ours && !key.starts_with("test_") && !key.starts_with("e2e_")
            })
            .split("__");
        // A variable's value is read as TOML, which makes a number of a partner
        // id and 1.1 of a version 1.10. What is text by default stays as it is.
        let mut texts = Figment::new();
        for (key, text) in variables.iter() {
            if let Ok(Value::String(..)) = layers.find_value(key.as_str()) {
                texts = texts.merge((key.as_str(), text));
            }
        }
        let layers = layers.merge(variables).merge(texts);
        layers.extract().map_err(Box::new)
    }

    /// The database's address, with its password.
    pub fn database(&self) -> std::io::Result<Secret> {
        Secret::default()
            .or_file(&self.database_url_file)
            .map(|file| {
                if file.is_set() {
                    file
                } else {
                    self.database_url.clone()
                }
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_defaults_are_a_whole_configuration() {
        let config: Config = Figment::from(Toml::string(DEFAULTS)).extract().unwrap();
        assert_eq!(config.environment, Environment::Sandbox);
        assert_eq!(check(&config), []);
    }

    #[test]
    #[expect(clippy::result_large_err, reason = "figment's own error type")]
    fn variables_lie_over_the_file_and_a_wrong_key_is_named() {
        figment::Jail::expect_with(|jail| {
            jail.create_file(
                "relink.toml",
                "trusted_proxies = 1\n[connect]\nwindow = \"popup\"",
            )?;
            jail.set_env("RELINK_CONNECT__WINDOW", "embedded");
            jail.set_env("RELINK_DATABASE_URL", "sqlite:other.db");
            let config = Config::load(Some(Path::new("relink.toml"))).map_err(|error| *error)?;
            assert_eq!(config.trusted_proxies, 1);
            assert_eq!(config.connect.window, Window::Embedded);
            assert_eq!(config.database_url.expose(), "sqlite:other.db");
            jail.create_file("relink.toml", "trusted_proxy = 1")?;
            let error = Config::load(Some(Path::new("relink.toml")))
                .unwrap_err()
                .to_string();
            assert!(error.contains("trusted_proxy"), "{error}");
            Ok(())
        });
    }

    #[test]
    #[expect(clippy::result_large_err, reason = "figment's own error type")]
    fn text_in_a_variable_stays_as_it_was_typed() {
        figment::Jail::expect_with(|jail| {
            jail.set_env("RELINK_MASTERCARD__PARTNER_ID", "2445584200001");
            jail.set_env("RELINK_MASTERCARD__PARTNER_SECRET", "0012345678");
            jail.set_env("RELINK_CONSENT__VERSION", "1.10");
            jail.set_env("RELINK_TRUSTED_PROXIES", "2");
            jail.set_env("RELINK_STATUS__CODES__185__EMAIL", "silent");
            let config = Config::load(None).map_err(|error| *error)?;
            assert_eq!(config.mastercard.partner_id, "2445584200001");
            assert_eq!(config.mastercard.partner_secret.expose(), "0012345678");
            assert_eq!(config.consent.version, "1.10");
            assert_eq!(config.trusted_proxies, 2);
            assert!(config.status.table().is_ok());
            Ok(())
        });
    }

    #[test]
    #[expect(clippy::result_large_err, reason = "figment's own error type")]
    fn a_secret_of_another_type_is_refused_without_being_printed() {
        figment::Jail::expect_with(|jail| {
            jail.create_file("relink.toml", "[mastercard]\napp_key = 4815162342")?;
            let error = Config::load(Some(Path::new("relink.toml")))
                .unwrap_err()
                .to_string();
            assert!(error.contains("in quotes"), "{error}");
            assert!(!error.contains("4815162342"), "{error}");
            Ok(())
        });
    }

    #[test]
    #[expect(clippy::result_large_err, reason = "figment's own error type")]
    fn the_database_can_be_named_in_a_file() {
        figment::Jail::expect_with(|jail| {
            jail.create_file("database", "postgres://u:hush@h/d\n")?;
            jail.set_env("RELINK_DATABASE_URL_FILE", "database");
            let config = Config::load(None).map_err(|error| *error)?;
            assert_eq!(config.database().unwrap().expose(), "postgres://u:hush@h/d");
            jail.set_env("RELINK_DATABASE_URL_FILE", "");
            let config = Config::load(None).map_err(|error| *error)?;
            assert_eq!(config.database().unwrap().expose(), "sqlite:data/relink.db");
            Ok(())
        });
    }

    #[test]
    fn nothing_secret_is_printed() {
        let mut config: Config = Figment::from(Toml::string(DEFAULTS)).extract().unwrap();
        config.database_url = Secret::new("postgres://u:hush-1@h/d");
        config.mastercard.partner_secret = Secret::new("hush-2");
        config.mastercard.app_key = Secret::new("hush-3");
        config.mail.smtp_url = Secret::new("smtp://u:hush-4@h");
        config.notices.bounce_secret = Secret::new("hush-5");
        config.sms.token = Secret::new("hush-6");
        let shown = format!("{config:?}");
        assert!(!shown.contains("hush"), "{shown}");
    }
}
