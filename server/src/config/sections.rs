//! The sections, each as `default.toml` documents it.

use std::path::PathBuf;

use chrono_tz::Tz;
use relink_mastercard::InstitutionId;
use serde::Deserialize;

use super::Secret;

/// Who runs this installation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// What the pages call the installation.
    pub product: String,
    /// Who runs it.
    pub name: String,
    /// An address with `@`, or a page.
    pub help: String,
    /// The privacy notice.
    pub privacy_url: String,
    /// An IANA name.
    pub zone: String,
}

impl Operator {
    /// By which clock people read who chose none.
    pub fn zone(&self) -> Option<Tz> {
        self.zone.parse().ok()
    }
}

/// The partner's access to Mastercard.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mastercard {
    /// Scheme and host of the API; empty for the environment's own.
    pub base_url: String,
    /// The partner.
    pub partner_id: String,
    /// Signs us in, and keys event signatures.
    pub partner_secret: Secret,
    /// A file that holds it.
    pub partner_secret_file: PathBuf,
    /// The secret before a rotation.
    pub previous_partner_secret_file: PathBuf,
    /// The application key.
    pub app_key: Secret,
    /// A file that holds it.
    pub app_key_file: PathBuf,
    /// Whether the contract has Data Access Tiers.
    pub data_access_tier: bool,
    /// Calls in flight at once.
    pub in_flight: usize,
    /// Seconds until a call is given up.
    pub timeout_seconds: u64,
}

/// How people connect.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connect {
    /// How the hosted page is shown on wide screens.
    pub window: Window,
    /// `default` or a GUID.
    pub experience: String,
    /// Whether links name our webhook.
    pub webhook: bool,
    /// Days until the one reminder.
    pub remind_after_days: u32,
    /// Days until the decision.
    pub decide_after_days: u32,
    /// The decision.
    pub decision: Decision,
}

/// How the hosted page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Window {
    /// The whole page leaves.
    Redirect,
    /// In a frame of ours.
    Embedded,
    /// In a window of its own.
    Popup,
}

/// What becomes of accounts that nobody chose about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// They stay.
    Keep,
    /// They are deleted at Mastercard.
    Remove,
}

/// From when on a fact means something.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readings {
    /// Hours without new data until a connection is stale.
    pub stale_after_hours: u32,
    /// Days before the end of a permission.
    pub renew_before_days: u32,
}

/// Where people begin to repair.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repair {
    /// The place.
    pub entry: RepairEntry,
}

/// Where people begin to repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepairEntry {
    /// On the card of the connection.
    Standalone,
    /// Where one starts to connect its institution.
    Integrated,
    /// Both.
    Both,
}

/// Permissions that end.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// Whether Data Connect Fix renews them.
    pub through_fix: bool,
}

/// The daily reading.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// Time of day, UTC, as `HH:MM`.
    pub at: String,
    /// Over how many hours it is spread.
    pub window_hours: u32,
    /// Readings a second, at most.
    pub per_second: u32,
    /// Readings at once, at most.
    pub in_flight: u16,
}

impl Sweep {
    /// The time of day; `None` when `at` is none.
    pub fn time(&self) -> Option<chrono::NaiveTime> {
        chrono::NaiveTime::parse_from_str(&self.at, "%H:%M").ok()
    }
}

/// What people are told before connecting.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// Which text this is.
    pub version: String,
    /// What is read.
    pub reads: String,
    /// What for.
    pub why: String,
    /// For how long.
    pub how_long: String,
    /// How to stop.
    pub how_to_stop: String,
    /// The same in Spanish.
    pub es: ConsentTexts,
    /// The same in French.
    pub fr: ConsentTexts,
}

/// The same texts in another language: all of them or none.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentTexts {
    /// What is read.
    pub reads: String,
    /// What for.
    pub why: String,
    /// For how long.
    pub how_long: String,
    /// How to stop.
    pub how_to_stop: String,
}

impl ConsentTexts {
    /// How many of them are there.
    pub fn given(&self) -> usize {
        let all = [&self.reads, &self.why, &self.how_long, &self.how_to_stop];
        all.iter().filter(|text| !text.trim().is_empty()).count()
    }
}

/// What people can find.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Institutions {
    /// Tiles before typing: hosts or ids.
    pub popular: Vec<String>,
    /// Official product names an institution must offer.
    pub products: Vec<String>,
    /// Two-letter codes.
    pub countries: Vec<String>,
    /// Where the partner's application is registered.
    pub oauth_registered: OauthRegistered,
}

/// OAuth institutions that the partner's application is registered at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum OauthRegistered {
    /// `"all"`.
    All(All),
    /// These.
    Only(Vec<InstitutionId>),
}

/// The word `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum All {
    /// `"all"`.
    All,
}

/// Who may sign up.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// The rule.
    pub policy: SignUpPolicy,
    /// Whether the address must be confirmed before connecting.
    pub confirm_email: bool,
}

/// Who may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignUpPolicy {
    /// Everybody.
    Open,
    /// Who has an invitation.
    Invitation,
    /// Nobody.
    Off,
}

/// What is asked of staff.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// Where they must have a second factor.
    pub second_factor: SecondFactorAsked,
}

/// Where staff must have a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondFactorAsked {
    /// In the production environment.
    Production,
    /// In every environment.
    Always,
}

/// How letters go out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// File or SMTP.
    pub transport: MailTransport,
    /// The sender.
    pub from: String,
    /// Where to, with user and password.
    pub smtp_url: Secret,
    /// A file that holds it.
    pub smtp_url_file: PathBuf,
}

/// How letters go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailTransport {
    /// Written under `data`.
    File,
    /// Sent.
    Smtp,
}

/// The stand-in for Mastercard.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxSection {
    /// Whether `serve` hosts it.
    pub hosted: bool,
    /// Where it listens.
    pub listen: std::net::SocketAddr,
    /// A directory instead of the built-in tail.
    pub institutions: PathBuf,
    /// Makes ids and the tail repeatable.
    pub seed: u64,
    /// Whether demo people are made at the first start.
    pub demo: bool,
    /// The scenario that their past follows; empty for none.
    pub scenario: String,
}

/// Where machines read how we are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetricsSection {
    /// Address and port; empty for nowhere.
    pub listen: String,
}

impl MetricsSection {
    /// Where to listen; `Err` when that is no address and port.
    pub fn address(&self) -> Result<Option<std::net::SocketAddr>, std::net::AddrParseError> {
        let listen = self.listen.trim();
        (!listen.is_empty()).then(|| listen.parse()).transpose()
    }
}

/// Where spans go.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TracesSection {
    /// A collector's address; empty for nowhere.
    pub collector: String,
    /// Which share of requests and jobs is traced, from 0 to 1.
    pub share: f64,
}

impl TracesSection {
    /// Where OTLP over HTTP takes spans; `Err` when that is no address.
    pub fn endpoint(&self) -> Result<Option<url::Url>, url::ParseError> {
        let collector = self.collector.trim();
        let under =
            |base: &str| url::Url::parse(&format!("{}/v1/traces", base.trim_end_matches('/')));
        (!collector.is_empty())
            .then(|| under(collector))
            .transpose()
    }
}

/// What is logged.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// For people or machines.
    pub format: LogFormat,
    /// As in `RUST_LOG`.
    pub filter: String,
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}
