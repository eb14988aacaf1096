//! How people are told: `[notices]` and `[sms]`, and what is wrong with them and
//! with `[mail]`.

use std::path::PathBuf;

use chrono::{NaiveTime, TimeDelta};
use relink_engine::notify::{self, Digest, Preferences, Quiet};
use serde::Deserialize;
use url::Url;

use super::{Config, Environment, MailTransport, Secret, SignUpPolicy, check::Findings};

/// How people are told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    /// Days until a break is told once more; 0 for never.
    pub remind_after_days: u16,
    /// Days before the end of a permission.
    pub renewal_days: Vec<u16>,
    /// Letters that come within so many minutes are one.
    pub digest_minutes: u16,
    /// When the letter of a day leaves, as `HH:MM`.
    pub daily_at: String,
    /// When quiet hours begin; empty for none.
    pub quiet_from: String,
    /// When they end.
    pub quiet_until: String,
    /// Letters and text messages to one person in seven days.
    pub weekly_cap: u16,
    /// Proves who names refused addresses.
    pub bounce_secret: Secret,
    /// A file that holds it.
    pub bounce_secret_file: PathBuf,
}

/// Quiet hours that are none.
struct NoHours;

/// How text messages go out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    /// Whether, and how; empty for the environment's own.
    pub transport: String,
    /// Where the gateway is.
    pub base_url: Url,
    /// Our account there.
    pub account: String,
    /// Its token: signs us in, and signs what the gateway tells us.
    pub token: Secret,
    /// A file that holds it.
    pub token_file: PathBuf,
    /// The number that messages come from.
    pub from: String,
}

/// How text messages go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmsTransport {
    /// Not at all.
    Off,
    /// Written under `data`.
    File,
    /// Through a gateway.
    Http,
}

impl Notices {
    /// The operator's quiet hours, if there are any.
    fn quiet(&self) -> Result<Option<Quiet>, NoHours> {
        if self.quiet_from.is_empty() && self.quiet_until.is_empty() {
            return Ok(None);
        }
        let hours = time(&self.quiet_from).zip(time(&self.quiet_until));
        let quiet = hours.and_then(|(from, until)| Quiet::new(from, until));
        quiet.map(Some).ok_or(NoHours)
    }
}

impl Config {
    /// How text messages go out; `None` when the word is none.
    pub fn sms_transport(&self) -> Option<SmsTransport> {
        match (self.sms.transport.as_str(), self.environment) {
            ("", Environment::Sandbox) | ("file", _) => Some(SmsTransport::File),
            ("" | "off", _) => Some(SmsTransport::Off),
            ("http", _) => Some(SmsTransport::Http),
            _ => None,
        }
    }

    /// What the engine has to know of notices.
    pub fn notify_settings(&self) -> Option<notify::Settings> {
        let section = &self.notices;
        let days = i64::from(section.remind_after_days);
        Some(notify::Settings {
            preferences: Preferences {
                email: true,
                sms: true,
                digest: Digest::Soon,
                quiet: section.quiet().ok()?,
            },
            remind_after: (days > 0).then(|| TimeDelta::days(days)),
            renewal_days: section.renewal_days.clone(),
            digest_window: TimeDelta::minutes(section.digest_minutes.into()),
            daily_at: time(&section.daily_at)?,
            weekly_cap: section.weekly_cap,
            zone: self.operator.zone()?,
            sms: self.sms_transport()? != SmsTransport::Off,
        })
    }
}

fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

pub(super) fn check(config: &Config, findings: &mut Findings) {
    let section = &config.notices;
    findings.unless(
        time(&section.daily_at).is_some(),
        "notices.daily_at",
        "write a time of day as \"09:00\"",
    );
    findings.unless(
        section.quiet().is_ok(),
        "notices.quiet_from",
        "write two different times of day in quiet_from and quiet_until, or leave both empty",
    );
    findings.unless(
        section
            .renewal_days
            .iter()
            .all(|days| (1..=365).contains(days)),
        "notices.renewal_days",
        "use 1 to 365 days, or [] to tell of no end",
    );
    findings.unless(
        section.weekly_cap > 0,
        "notices.weekly_cap",
        "must be at least 1; letters of single codes are silenced in [status.codes]",
    );
    mail(config, findings);
    let sms = &config.sms;
    let sandbox = config.environment == Environment::Sandbox;
    match config.sms_transport() {
        None => findings.unless(false, "sms.transport", "must be off, file, http or empty"),
        Some(SmsTransport::Off) => {}
        Some(SmsTransport::File) => findings.unless(
            sandbox,
            "sms.transport",
            "text messages are written to files in the sandbox environment only",
        ),
        Some(SmsTransport::Http) => {
            findings.unless(
                sms.base_url.scheme() == "https" || sandbox,
                "sms.base_url",
                "must begin with https:// outside the sandbox environment",
            );
            let plain = !sms.account.is_empty()
                && sms.account.bytes().all(|byte| byte.is_ascii_alphanumeric());
            findings.unless(plain, "sms.account", "is missing, or no account: AC…");
            findings.unless(
                sms.token.is_set() || !sms.token_file.as_os_str().is_empty(),
                "sms.token_file",
                "is missing: name a file that holds the account's token",
            );
            findings.unless(
                notify::Phone::parse(&sms.from).is_ok(),
                "sms.from",
                "must be the number that messages come from, such as +12025550100",
            );
        }
    }
}

fn mail(config: &Config, findings: &mut Findings) {
    let section = &config.mail;
    findings.unless(
        section.from.parse::<lettre::message::Mailbox>().is_ok(),
        "mail.from",
        "must be an address such as Relink <relink@example.com>",
    );
    match section.transport {
        MailTransport::File => findings.unless(
            config.environment == Environment::Sandbox
                || config.sign_up.policy == SignUpPolicy::Off,
            "mail.transport",
            "letters are sent by smtp outside the sandbox environment",
        ),
        MailTransport::Smtp => findings.unless(
            section.smtp_url.is_set() || !section.smtp_url_file.as_os_str().is_empty(),
            "mail.smtp_url_file",
            "is missing: name a file that holds smtps://USER:PASSWORD@HOST",
        ),
    }
}

#[cfg(test)]
mod tests {
    use figment::{
        Figment,
        providers::{Format, Toml},
    };
    use rstest::rstest;

    use super::*;
    use crate::config::DEFAULTS;

    fn config(changes: &str) -> Config {
        let layers = Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(changes));
        layers.extract().unwrap()
    }

    #[test]
    fn the_shipped_values_are_those_that_the_engine_has_by_itself() {
        let config = config("");
        assert_eq!(config.sms_transport(), Some(SmsTransport::File));
        let read = config.notify_settings().unwrap();
        let own = notify::Settings {
            sms: true,
            ..notify::Settings::default()
        };
        assert_eq!(format!("{read:?}"), format!("{own:?}"));
    }

    #[rstest]
    #[case::daily("[notices]\ndaily_at = 'noon'", "notices.daily_at")]
    #[case::half("[notices]\nquiet_from = ''", "notices.quiet_from")]
    #[case::always("[notices]\nquiet_from = '08:00'", "notices.quiet_from")]
    #[case::days("[notices]\nrenewal_days = [0]", "notices.renewal_days")]
    #[case::cap("[notices]\nweekly_cap = 0", "notices.weekly_cap")]
    #[case::word("[sms]\ntransport = 'pigeon'", "sms.transport")]
    #[case::file(
        "environment = 'test-drive'\n[sms]\ntransport = 'file'",
        "sms.transport"
    )]
    #[case::account("[sms]\ntransport = 'http'", "sms.account")]
    #[case::token("[sms]\ntransport = 'http'\naccount = 'AC1'", "sms.token_file")]
    #[case::from("[sms]\ntransport = 'http'\nfrom = 'us'", "sms.from")]
    #[case::plain(
        "environment = 'test-drive'\n[sms]\ntransport = 'http'\nbase_url = 'http://sms.example'",
        "sms.base_url"
    )]
    fn a_mistake_is_named_by_its_key(#[case] changes: &str, #[case] key: &str) {
        let found = crate::config::check(&config(changes));
        assert!(found.iter().any(|finding| finding.key == key), "{found:?}");
    }

    #[test]
    fn quiet_hours_can_be_left_out_and_text_messages_are_off_elsewhere() {
        let quiet = config("[notices]\nquiet_from = ''\nquiet_until = ''\nremind_after_days = 0");
        let settings = quiet.notify_settings().unwrap();
        assert_eq!(
            (settings.preferences.quiet, settings.remind_after),
            (None, None)
        );
        let live = config("environment = 'test-drive'");
        assert_eq!(live.sms_transport(), Some(SmsTransport::Off));
    }
}
