//! How all connections are, and were: what pages of staff show of the figures.

use serde::{Deserialize, Serialize};

use super::admin::{Directory, Upstream};
use super::shared::{When, Whose};

/// Everything on the health page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthView {
    /// When it was looked at.
    pub at: When,
    /// All connections together.
    pub record: Record,
    /// Those that are broken, by who acts.
    pub acts: Vec<(Acts, u32)>,
    /// The same by cause.
    pub causes: Vec<(Cause, u32)>,
    /// The open outages that cut off the most customers.
    pub outages: Vec<OutageRow>,
    /// How many are open.
    pub open_outages: u32,
    /// How many days before its end a permission is to be renewed.
    pub renew_days: u32,
    /// The latest sweep.
    pub sweep: Option<SweepView>,
    /// Mastercard as we see it.
    pub upstream: Upstream,
    /// The copy of the institution directory.
    pub directory: Directory,
    /// Webhooks.
    pub webhooks: Webhooks,
    /// Jobs due or running.
    pub jobs_due: u32,
    /// Whether there are more: very many are not counted.
    pub jobs_more: bool,
    /// Jobs given up after their last try.
    pub jobs_dead: u32,
    /// What the nightly recount found.
    pub recount: Option<Recount>,
    /// Whether one was missed.
    pub recount_late: bool,
}

/// How connections are and were: all, or those of one institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// How many stand how.
    pub standings: Vec<(Standing, u32)>,
    /// Of those judged, how many are well now.
    pub now: Share,
    /// The same over time.
    pub shares: Vec<(Window, Share)>,
    /// The last ninety days, the first first.
    pub days: Vec<Day>,
    /// Breaks of the last thirty, the first first.
    pub breaks: Vec<BreakDay>,
    /// Breaks of the last seven days.
    pub week: Repairs,
    /// Breaks of the last thirty.
    pub month: Repairs,
}

/// How a connection stood at its latest reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// The latest reading was good and recent.
    Healthy,
    /// Healthy, and the permission ends soon.
    RenewSoon,
    /// The latest attempt failed.
    Broken,
    /// No good reading for too long.
    Stale,
    /// The user has not chosen what to keep.
    Waiting,
    /// No aggregation has run yet.
    SettingUp,
}

impl Standing {
    /// All, in the order in which pages show them.
    pub const ALL: [Self; 6] = [
        Self::Healthy,
        Self::RenewSoon,
        Self::Broken,
        Self::Stale,
        Self::Waiting,
        Self::SettingUp,
    ];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::RenewSoon => "renew_soon",
            Self::Broken => "broken",
            Self::Stale => "stale",
            Self::Waiting => "waiting",
            Self::SettingUp => "setting_up",
        }
    }
}

/// Whose turn it is, by the status table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Acts {
    /// The user's.
    User,
    /// The institution's.
    Institution,
    /// Mastercard's.
    Mastercard,
    /// Ours.
    Us,
}

impl Acts {
    /// All.
    pub const ALL: [Self; 4] = [Self::User, Self::Institution, Self::Mastercard, Self::Us];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Institution => "institution",
            Self::Mastercard => "mastercard",
            Self::Us => "partner",
        }
    }
}

/// Why a connection is broken, by the status table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cause {
    /// The sign-in that Mastercard has does not work any more.
    Credentials,
    /// A code or an answer is wanted besides the password.
    SecondFactor,
    /// The token of an OAuth login ended.
    Token,
    /// The permission was withdrawn, or never given.
    Consent,
    /// The institution changed something.
    InstitutionChange,
    /// The institution does not answer as it should.
    InstitutionTrouble,
    /// Mastercard does not.
    MastercardTrouble,
    /// This cannot be read.
    NotSupported,
    /// The account is closed.
    AccountClosed,
    /// Our request or our records are wrong.
    OurFault,
    /// Nobody says.
    Unknown,
}

impl Cause {
    /// All.
    pub const ALL: [Self; 11] = [
        Self::Credentials,
        Self::SecondFactor,
        Self::Token,
        Self::Consent,
        Self::InstitutionChange,
        Self::InstitutionTrouble,
        Self::MastercardTrouble,
        Self::NotSupported,
        Self::AccountClosed,
        Self::OurFault,
        Self::Unknown,
    ];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Credentials => "credentials",
            Self::SecondFactor => "second_factor",
            Self::Token => "token",
            Self::Consent => "consent",
            Self::InstitutionChange => "institution_change",
            Self::InstitutionTrouble => "institution_trouble",
            Self::MastercardTrouble => "mastercard_trouble",
            Self::NotSupported => "not_supported",
            Self::AccountClosed => "account_closed",
            Self::OurFault => "our_fault",
            Self::Unknown => "unknown",
        }
    }
}

/// How far back a share looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Window {
    /// 24 hours, of all connections together.
    Day,
    /// Yesterday and today, of one institution's.
    Yesterday,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
}

impl Window {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Day,
        Self::Yesterday,
        Self::Week,
        Self::Month,
        Self::Quarter,
    ];
}

/// How many of those judged are well, and how many were judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// In thousandths, rounded down; absent: too few to say.
    pub permille: Option<u16>,
    /// Of how many; over time, how many there were on average.
    pub sample: u32,
}

/// One day, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Which.
    pub day: When,
    /// How much of its time connections were well.
    pub share: Share,
}

/// What happened to breaks on a day, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakDay {
    /// Which.
    pub day: When,
    /// Breaks that opened on it.
    pub opened: u32,
    /// Breaks that ended on it by proof.
    pub repaired: u32,
}

/// What was done about breaks, and how long repairs took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repairs {
    /// Breaks that opened.
    pub opened: u32,
    /// That ended by proof.
    pub repaired: u32,
    /// Of those: whose person had gone to Data Connect Fix.
    pub fixed: u32,
    /// Half of the repairs took at most this; absent: too few to say.
    pub median: Option<Took>,
    /// Nine of ten.
    pub p90: Option<Took>,
}

/// How long it took, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Took {
    /// This.
    Exactly(u32),
    /// More than the first and at most the second, if there is one.
    Between(u32, Option<u32>),
}

/// An open outage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutageRow {
    /// Our id of it.
    pub id: super::ids::OutageRef,
    /// Whose it is.
    pub whose: Whose,
    /// The institution, if it is one's own.
    pub institution: Option<(super::ids::InstitutionId, String)>,
    /// About since when.
    pub since: When,
    /// How many customers it cuts off.
    pub affected: u32,
}

/// How far the daily reading has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SweepView {
    /// When it began.
    pub started: When,
    /// When it was through.
    pub finished: Option<When>,
    /// Customers read.
    pub read: u32,
    /// Customers that could not be read.
    pub failed: u32,
    /// Customers there were to read.
    pub planned: u32,
    /// Whether it takes longer than it may, or the next is overdue.
    pub late: bool,
}

/// Webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhooks {
    /// With a good signature, in the last 24 hours and the one in which these begin.
    pub received: u32,
    /// Stored, not yet worked on.
    pub waiting: u32,
    /// Since when the first of those waits.
    pub waiting_since: Option<When>,
    /// For how many seconds those waited on average that were worked off in the
    /// last 24 hours and the one in which these begin; absent where there were none.
    pub waited: Option<u32>,
    /// Turned away for their signature, since yesterday.
    pub bad_signatures: u32,
}

/// What the nightly recount found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recount {
    /// When.
    pub at: When,
    /// Figures that were not what they should be.
    pub drifted: u32,
    /// Connections that still have an account.
    pub connections: u32,
    /// Accounts that are kept.
    pub accounts: u32,
    /// People with a sign-in.
    pub users: u32,
}
