//! What staff did, as an admin reads it.

use super::events::{EventFilter, EventRef, EventState};
use super::ids::{CampaignRef, CaseRef, ConnectionRef, UserRef};
use super::jobs::{JobFilter, JobState};
use super::paths;
use super::people::Role;
use super::shared::When;
use super::story::Mark;

/// The query's names: who, what, from which day, until which day, and before
/// which number.
pub const QUERY: [&str; 5] = ["who", "what", "from", "until", "before"];

macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident = $value:literal,)*) => {
        /// A kind of act.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Act { $($(#[$doc])* $act,)* }

        impl Act {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$act,)*];

            /// What addresses carry.
            pub const fn value(self) -> &'static str {
                match self { $(Self::$act => $value,)* }
            }
        }

        #[cfg(all(test, feature = "ssr"))]
        impl crate::words::Sample for Act {
            fn samples(_: usize) -> Vec<Self> {
                Self::ALL.to_vec()
            }
        }
    };
}

acts! {
    /// One of the staff signed in.
    SignedIn = "signed_in",
    /// The second step failed.
    FactorFailed = "factor_failed",
    /// A second step was set up.
    FactorSetUp = "factor_set_up",
    /// It was turned off.
    FactorRemoved = "factor_removed",
    /// A recovery code was used.
    RecoveryCodeUsed = "recovery_code_used",
    /// A passkey has another name.
    PasskeyRenamed = "passkey_renamed",
    /// New recovery codes were made.
    RecoveryCodesMade = "recovery_codes_made",
    /// An admin took a second step away.
    FactorsReset = "factors_reset",
    /// Somebody was invited.
    Invited = "invited",
    /// An invitation was taken back.
    InvitationWithdrawn = "invitation_withdrawn",
    /// An invitation was accepted.
    Joined = "joined",
    /// A new password was chosen by a letter's link.
    PasswordReset = "password_reset",
    /// A password was changed.
    PasswordChanged = "password_changed",
    /// Somebody ended another sign-in of their own.
    SignInEnded = "sign_in_ended",
    /// Somebody ended all of their own.
    SignedOutEverywhere = "signed_out_everywhere",
    /// An admin was made at the machine.
    AdminMade = "admin_made",
    /// A role was changed.
    RoleChanged = "role_changed",
    /// Somebody is let in no more.
    Disabled = "disabled",
    /// Somebody is let in again.
    Enabled = "enabled",
    /// Sign-ins were ended.
    SessionsEnded = "sessions_ended",
    /// What names somebody was erased, as they asked.
    Erased = "erased",
    /// Somebody looked at a person.
    Looked = "looked",
    /// A connection was taken out of the figures.
    Marked = "marked",
    /// A connection counts again.
    Unmarked = "unmarked",
    /// An event was replayed.
    EventReplayed = "event_replayed",
    /// Events of a window were replayed.
    EventsReplayed = "events_replayed",
    /// A job was retried.
    JobRetried = "job_retried",
    /// A job was cancelled.
    JobCancelled = "job_cancelled",
    /// The partner secret was replaced.
    SecretRotated = "secret_rotated",
    /// Somebody is told nothing of a connection for a while.
    Snoozed = "snoozed",
    /// They are told of it again.
    Unsnoozed = "unsnoozed",
    /// Somebody was sent a letter about a break.
    LetterSent = "letter_sent",
    /// Mastercard was told of connections that only it can mend.
    CaseSent = "case_sent",
    /// A case has another number at Mastercard.
    CaseNumbered = "case_numbered",
    /// A campaign was made.
    CampaignMade = "campaign_made",
    /// It was sent.
    CampaignSent = "campaign_sent",
    /// It was stopped.
    CampaignStopped = "campaign_stopped",
    /// The audit was written out.
    Exported = "exported",
    /// Names were erased from the audit.
    NamesErased = "names_erased",
}

impl Act {
    /// Reads it back.
    pub fn parse(text: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|act| act.value() == text)
    }
}

/// Which acts, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// Whose: an e-mail address.
    pub who: String,
    /// Of which kind.
    pub what: Option<Act>,
    /// From this day on (ISO).
    pub from: String,
    /// Until this day, which counts (ISO).
    pub until: String,
}

/// Why there is no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditError {
    /// Nobody has the address.
    Nobody,
    /// A day is none.
    NotADay,
    /// Another.
    Fault(super::refusal::Fault),
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody at the machine.
    Machine,
    /// A person; the name is gone where it was erased.
    Person(Option<String>),
}

/// What an act changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A role.
    Role(Role),
    /// The second step was a code of an app.
    App,
    /// It was a recovery code.
    RecoveryCode,
    /// It was a passkey.
    Passkey,
    /// So many recovery codes are left.
    CodesLeft(u32),
    /// So many sign-ins.
    SignIns(u32),
    /// So many names.
    Names(u32),
    /// So many connections.
    Connections(u32),
    /// Why a connection does not count.
    Mark(Mark),
    /// From then on.
    From(When),
    /// Until then.
    Until(When),
    /// The number of a case at Mastercard.
    Number(String),
    /// An event.
    Event(String),
    /// Events of this kind.
    EventKind(String),
    /// Events that are so far.
    EventState(EventState),
    /// Of the visit with this reference.
    Visit(String),
    /// Of this customer of Mastercard's.
    Customer(String),
    /// A kind of work.
    Job(String),
    /// How far a job was.
    JobState(JobState),
    /// Aggregation status codes, each after a comma.
    Codes(String),
    /// So many institutions.
    Institutions(u32),
    /// Broken for at least so many days, and at most.
    Days(u16, Option<u16>),
    /// Acts of this kind.
    Acts(Act),
    /// Acts of one person.
    OnePerson,
    /// All acts.
    AllActs,
}

/// What an act was about, where a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// A connection of this person.
    Connection(UserRef, ConnectionRef),
    /// A case.
    Case(CaseRef),
    /// A campaign.
    Campaign(CampaignRef),
    /// An event.
    Event(EventRef),
    /// Events of a window.
    Events(EventFilter),
    /// Jobs of this kind.
    Jobs(String),
    /// A person.
    Person(UserRef),
}

impl Thing {
    /// The page.
    pub fn path(&self) -> String {
        match self {
            Self::Connection(person, id) => format!("{}#held-{id}", paths::story(*person)),
            Self::Case(id) => paths::case(*id),
            Self::Campaign(id) => paths::campaign(*id),
            Self::Event(id) => paths::event(id),
            Self::Events(filter) => filter.path(),
            Self::Jobs(kind) => JobFilter {
                kind: Some(kind.clone()),
                ..JobFilter::of(JobState::Dead)
            }
            .path(),
            Self::Person(id) => paths::person(*id),
        }
    }
}

/// An act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: When,
    /// Of which kind.
    pub act: Act,
    /// Who.
    pub actor: Actor,
    /// The network address and the browser.
    pub place: Option<String>,
    /// Whom it concerned; the name is gone where it was erased.
    pub about: Option<(Option<UserRef>, Option<String>)>,
    /// What it was.
    pub before: Vec<Fact>,
    /// What it became.
    pub after: Vec<Fact>,
    /// What it was about, besides a person.
    pub thing: Option<Thing>,
    /// Why, in the words of who acted; gone where it was erased.
    pub reason: Option<String>,
}

/// Some of the acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The latest first.
    pub rows: Vec<AuditRow>,
    /// Before which number the next page begins, if there is one.
    pub older: Option<i64>,
}
