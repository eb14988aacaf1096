//! Campaigns as staff read them: how an address asks, and what is shown. Pure.

mod address;

use serde::{Deserialize, Serialize};

pub use address::{CampaignFilter, NewFilter, TargetFilter};

use super::events::plain;
use super::forms::Tone;
use super::funnels::FunnelFilter;
use super::health::{Cause, Share};
use super::ids::{CampaignRef, ConnectionRef, InstitutionId};
use super::shared::When;

/// Who was told within so many days is left out, unless an admin says otherwise.
pub const TOLD_DAYS: u16 = 7;
/// The most days of a field.
pub const MOST_DAYS: u16 = 3_650;

plain! {
    /// How far a campaign is.
    CampaignState {
        /// Counted and looked at.
        Draft = "draft",
        /// Its letters leave.
        Sending = "sending",
        /// Stopped, while the last letters end.
        Stopping = "stopping",
        /// Stopped.
        Stopped = "stopped",
        /// Every target has ended.
        Done = "done",
    }

    /// How people are asked.
    Channel {
        /// By letter.
        Letter = "email",
        /// By text message.
        Text = "sms",
    }

    /// How far a campaign is with a connection.
    Fate {
        /// Its turn has not come.
        Waiting = "waiting",
        /// On its way.
        OnItsWay = "on_its_way",
        /// It was taken.
        Sent = "sent",
        /// The server refused the address.
        Bounced = "bounced",
        /// It was refused for another reason, or given up.
        NotTaken = "not_taken",
        /// The campaign was stopped before.
        Stopped = "stopped",
        /// Another campaign has it.
        OtherCampaign = "other_campaign",
        /// A test, or muted.
        Marked = "marked",
        /// Its person may not sign in, or is gone.
        NoAccess = "no_access",
        /// Nothing of it is left.
        Gone = "gone",
        /// It works.
        Healed = "healed",
        /// Its institution is in trouble.
        Outage = "outage",
        /// Broken by something else by now.
        OtherCause = "other_cause",
        /// Snoozed.
        Snoozed = "snoozed",
        /// The mail server refuses letters.
        Refused = "refused",
        /// Its person wants none.
        Unwanted = "unwanted",
        /// Its person was told of it lately.
        Told = "told",
        /// The week's share is used up.
        Full = "full",
    }
}

impl CampaignState {
    /// How it is shown.
    pub fn tone(self) -> Tone {
        match self {
            Self::Draft | Self::Sending | Self::Stopping => Tone::Wait,
            Self::Done => Tone::Fine,
            Self::Stopped => Tone::Ended,
        }
    }
}

/// What an admin can choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCampaign {
    /// Institutions by their broken connections, and how many.
    pub institutions: Vec<(InstitutionId, String, u32)>,
    /// The codes that a repair helps with, and how many connections have them.
    pub codes: Vec<(i64, Cause, u32)>,
    /// Whether text messages can be sent.
    pub texts: bool,
}

/// Whom a campaign is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Where; none: everywhere.
    pub institutions: Vec<String>,
    /// Broken by which codes, and why.
    pub codes: Vec<(i64, Cause)>,
    /// For how many days, at least and at most.
    pub days: (u16, Option<u16>),
    /// The tag of whose language; absent: anybody's.
    pub language: Option<String>,
    /// How they are asked.
    pub channel: Channel,
    /// Who was told within so many days is left out.
    pub told_days: u16,
}

/// A page of campaigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignsPage {
    /// The newest first.
    pub rows: Vec<CampaignRow>,
    /// The address of earlier ones.
    pub earlier: Option<String>,
    /// Whether who looks may make one.
    pub may_act: bool,
}

/// A campaign among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignRow {
    /// Which.
    pub id: CampaignRef,
    /// Whom it is about.
    pub about: About,
    /// How far it is.
    pub state: CampaignState,
    /// When it was made.
    pub made: When,
    /// By whom.
    pub maker: String,
    /// Connections that it is about.
    pub targets: u32,
    /// Those of them that were written about.
    pub sent: u32,
    /// Those that were repaired after that.
    pub proven: u32,
}

/// What a count found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountView {
    /// When it was begun.
    pub at: When,
    /// Whether it is through.
    pub done: bool,
    /// Connections that would be written about.
    pub write: u32,
    /// The others, by reason.
    pub left_out: Vec<(Fate, u32)>,
}

impl CountView {
    /// All that were looked at.
    pub fn total(&self) -> u32 {
        let left = self.left_out.iter().map(|(_, count)| count);
        left.sum::<u32>() + self.write
    }
}

plain! {
    /// A step that may follow a letter.
    TargetStep {
        /// Its person read the notice, or went to repair.
        Came = "came",
        /// They went to repair.
        Started = "started",
        /// They finished there.
        Finished = "finished",
        /// Proven by a reading after that.
        Proven = "proven",
        /// It works again, and nobody had gone to repair.
        Healed = "healed",
        /// Nothing of it is left.
        Gone = "gone",
        /// The letter came back later.
        Bounced = "bounced",
    }
}

/// How many of those that were sent came to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// Which step.
    pub step: TargetStep,
    /// How many.
    pub number: u32,
    /// Their share of those that were sent.
    pub share: Share,
}

/// One campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignPage {
    /// As among others.
    pub row: CampaignRow,
    /// What its count found.
    pub count: CountView,
    /// When it was sent, and by whom.
    pub sent: Option<(When, String)>,
    /// When it was stopped.
    pub stopped: Option<When>,
    /// When its last target ended.
    pub ended: Option<When>,
    /// How many targets have which fate.
    pub fates: Vec<(Fate, u32)>,
    /// What followed, step by step.
    pub followed: Vec<Followed>,
    /// The funnel of all who should repair the same.
    pub funnel: FunnelFilter,
    /// How many minutes half of the repairs took at most, and nine of ten.
    pub took: Option<(u32, u32)>,
    /// A page of its targets.
    pub targets: Vec<TargetRow>,
    /// The address of the next one.
    pub next: Option<String>,
    /// Letters a minute, at most.
    pub per_minute: u16,
    /// Whether who looks may act.
    pub may_act: bool,
}

/// One target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetRow {
    /// The connection.
    pub connection: ConnectionRef,
    /// The institution.
    pub institution: String,
    /// Mastercard's id of its customer; absent where it is gone.
    pub customer: Option<String>,
    /// How far it is.
    pub fate: Fate,
    /// Since when.
    pub ended: Option<When>,
    /// When its person came, began and finished a repair.
    pub steps: [Option<When>; 3],
    /// When and how its break was over.
    pub settled: Option<(When, Settled)>,
}

plain! {
    /// How a break that was written about was over.
    Settled {
        /// Proven by a reading, after its person went to repair it.
        Proven = "proven",
        /// Proven by a reading, and nobody had gone.
        Healed = "healed",
        /// Nothing of it is left.
        Gone = "gone",
    }
}

/// What became of an act on a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CampaignNotice {
    /// It is a draft now, and nothing was sent.
    Made,
    /// It is counted anew.
    Counted,
    /// It is sent.
    Sent,
    /// It is stopped.
    Stopped,
    /// It was sent before.
    AlreadySent,
    /// It is over.
    Over,
    /// It is being counted.
    NotCounted,
    /// It was counted too long ago.
    OldCount,
    /// It would write to nobody.
    Nobody,
    /// Nobody said that they looked at it.
    NotConfirmed,
    /// No code, or one that a repair does not help with.
    NoCodes,
    /// An institution that is none, or too many.
    NoInstitutions,
    /// Days that make no sense.
    NoDays,
    /// No text messages are sent here.
    NoTexts,
}

impl CampaignNotice {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Made,
        Self::Counted,
        Self::Sent,
        Self::Stopped,
        Self::AlreadySent,
        Self::Over,
        Self::NotCounted,
        Self::OldCount,
        Self::Nobody,
        Self::NotConfirmed,
        Self::NoCodes,
        Self::NoInstitutions,
        Self::NoDays,
        Self::NoTexts,
    ];

    /// How it is said.
    pub fn tone(self) -> Tone {
        match self {
            Self::Made | Self::Counted | Self::Sent | Self::Stopped => Tone::Fine,
            Self::AlreadySent | Self::Over => Tone::Wait,
            Self::NotCounted
            | Self::OldCount
            | Self::Nobody
            | Self::NotConfirmed
            | Self::NoCodes
            | Self::NoInstitutions
            | Self::NoDays
            | Self::NoTexts => Tone::Act,
        }
    }
}
