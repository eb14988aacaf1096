//! What a person was told, and how they want to be told.

use serde::{Deserialize, Serialize};

use super::ids::{ConnectionRef, NoticeRef};
use super::shared::{InstitutionName, When};

/// A notice, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// Our row.
    pub id: NoticeRef,
    /// What it says.
    pub told: Told,
    /// The institution, where it is about one.
    pub institution: Option<InstitutionName>,
    /// The connection, where it is about one.
    pub connection: Option<ConnectionRef>,
    /// When it was made.
    pub made: When,
    /// Whether the person has read it.
    pub seen: Seen,
    /// What became of it.
    pub now: Now,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// A connection broke.
    Broke(Ask, Stage),
    /// It works again.
    Repaired,
    /// The institution is in trouble.
    Outage,
    /// Its trouble is over.
    Back,
    /// The permission to read ends then.
    PermissionEnds(When),
    /// The institution changes how it is connected.
    InstitutionChanges,
    /// The person's mail server refuses letters since then.
    EmailRefused(When),
}

/// What a person was asked to do about a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// Data Connect Fix.
    Fix,
    /// Something elsewhere.
    Elsewhere,
    /// Nothing: others are on it.
    Nothing,
}

/// Which notice of a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The first.
    First,
    /// The one that reminds.
    Reminder,
}

/// Whether a person has read a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seen {
    /// Not yet.
    New,
    /// They have.
    Read,
}

/// What became of what a notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Now {
    /// It still holds.
    Holds,
    /// It was repaired, renewed or came back then.
    Mended(When),
    /// It does not matter any more.
    Over,
}

/// How a person is told. Our own pages cannot be switched off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSettings {
    /// Whether letters are wanted.
    pub email: bool,
    /// Since when the person's mail server refuses them.
    pub refused: Option<When>,
    /// Whether text messages are wanted.
    pub sms: bool,
    /// The phone; `None` where this installation sends no text messages.
    pub phone: Option<PhoneView>,
    /// How letters are put together.
    pub digest: Digest,
    /// When the one letter a day goes out ("9:00 am").
    pub daily_at: String,
    /// When nothing is sent.
    pub quiet: Option<QuietHours>,
}

/// What is known of a person's phone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneView {
    /// The number that is proven, and whether messages go there.
    pub number: Option<(String, Texts)>,
    /// The number that waits for its code.
    pub asked: Option<String>,
}

/// Whether text messages go to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Texts {
    /// They do.
    Sent,
    /// Its owner answered STOP.
    Stopped,
}

/// How letters are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Digest {
    /// What comes within a short while is one letter.
    Soon,
    /// One letter a day.
    Daily,
}

impl Digest {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Soon, Self::Daily];

    /// As a form posts it.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Soon => "soon",
            Self::Daily => "daily",
        }
    }
}

/// A stretch of the day, as a field of a form has it (`21:00`); it may go over
/// midnight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// When it begins.
    pub from: String,
    /// When it ends.
    pub until: String,
}

/// For how long a person wants to be told nothing of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SnoozeFor {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
}

impl SnoozeFor {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// As a form posts it.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}
