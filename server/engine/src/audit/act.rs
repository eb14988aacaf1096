//! What is put down, and of whom.

use chrono::{DateTime, Utc};

use super::Kind;
use crate::{
    campaigns::{Count, Criteria},
    health::Mark,
    identity::{Client, Email, FactorKind, Role, Shown, SignedIn, User},
    ids::{CampaignId, CaseId, ConnectionId, JobId, UserId},
    jobs::JobState,
    webhooks::EventFilter,
};

/// Who acts, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor(Option<(Person, Client)>);

impl Actor {
    /// Who is signed in.
    pub fn person(who: &SignedIn, client: &Client) -> Self {
        let person = Person {
            id: who.user(),
            email: who.email().clone(),
        };
        Self::known_as(person, client)
    }

    /// Who is about to be.
    pub(crate) fn user(user: &User, client: &Client) -> Self {
        Self::known_as(user.into(), client)
    }

    pub(crate) fn known_as(person: Person, client: &Client) -> Self {
        Self(Some((person, client.clone())))
    }

    /// Somebody at the machine, who holds the database.
    pub const fn machine() -> Self {
        Self(None)
    }

    pub(crate) fn known(&self) -> Option<&(Person, Client)> {
        self.0.as_ref()
    }
}

/// A user as an act names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// Their address.
    pub email: Email,
}

impl From<&User> for Person {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            email: user.email.clone(),
        }
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// One of the staff signed in, with this second factor.
    SignedIn(Option<Shown>),
    /// The password was right, the second factor was not.
    FactorFailed,
    /// A second factor was set up: an app replaces one that was there, a
    /// passkey joins others.
    FactorSetUp(FactorKind),
    /// A second factor was removed by who has it.
    FactorRemoved(FactorKind),
    /// A passkey has another name, which stands with it: it may name a person.
    PasskeyRenamed,
    /// A recovery code was used; so many are left.
    RecoveryCodeUsed {
        /// How many are not used yet.
        left: u32,
    },
    /// New recovery codes took the place of the old ones.
    RecoveryCodesMade,
    /// An admin took away somebody's second factors.
    FactorsReset(Person),
    /// Somebody was invited.
    Invited {
        /// Whom.
        email: Email,
        /// As what.
        role: Role,
    },
    /// An invitation was taken back.
    InvitationWithdrawn {
        /// Whose.
        email: Email,
        /// As what they were invited.
        role: Role,
    },
    /// An invitation was accepted.
    Joined(Role),
    /// A new password was chosen by a letter's link.
    PasswordReset,
    /// The password was changed.
    PasswordChanged,
    /// One of the staff ended another sign-in of their own.
    SignInEnded,
    /// One of the staff ended all of their own.
    SignedOutEverywhere {
        /// How many.
        count: u64,
    },
    /// An admin was made at the machine.
    AdminMade(Person),
    /// Somebody may do more, or less.
    RoleChanged {
        /// Who.
        whom: Person,
        /// What they might do.
        before: Role,
        /// What they may do.
        after: Role,
    },
    /// Somebody is let in no more.
    Disabled(Person),
    /// Somebody is let in again.
    Enabled(Person),
    /// An admin ended somebody's sign-ins.
    SessionsEnded {
        /// Whose.
        whom: Person,
        /// How many.
        count: u64,
    },
    /// What names somebody was erased, as they asked, here or through an admin.
    Erased(Person),
    /// One of the staff looked at somebody.
    Looked(Person),
    /// Somebody's connection was taken out of the figures, for this reason.
    Marked(Person, ConnectionId, Mark, String),
    /// It counts again, as far as this mark goes.
    Unmarked(Person, ConnectionId, Mark),
    /// Somebody is told nothing of a connection until then.
    Snoozed(Person, ConnectionId, DateTime<Utc>),
    /// They are told of it again.
    Unsnoozed(Person, ConnectionId),
    /// Somebody was sent a letter about a break.
    LetterSent(Person, ConnectionId),
    /// Mastercard was told of so many connections that only it can mend.
    CaseSent(CaseId, usize),
    /// A case has another number at Mastercard.
    CaseNumbered {
        /// The case.
        case: CaseId,
        /// The number before.
        before: Option<String>,
        /// The number now.
        after: Option<String>,
    },
    /// A campaign was made, for these.
    CampaignMade(CampaignId, Criteria),
    /// It was sent, after this count.
    CampaignSent(CampaignId, Count),
    /// It was stopped while so many were not written to.
    CampaignStopped(CampaignId, i64),
    /// An event had its effect once more.
    EventReplayed(String),
    /// All events of a window had.
    EventsReplayed(EventFilter),
    /// A job that was given up has all its attempts again.
    JobRetried {
        /// Which.
        job: JobId,
        /// What kind of work.
        kind: String,
    },
    /// A job was taken out of the queue.
    JobCancelled {
        /// Which.
        job: JobId,
        /// What kind of work.
        kind: String,
        /// How far it was.
        before: JobState,
    },
    /// The partner secret was replaced at the machine.
    SecretRotated,
    /// The audit was written out.
    Exported(super::Filter),
    /// What names somebody was erased here.
    NamesErased {
        /// From how many acts.
        rows: u64,
    },
}

/// What an act concerns.
pub(crate) struct About<'a> {
    pub(crate) kind: &'static str,
    pub(crate) id: Option<UserId>,
    pub(crate) name: &'a Email,
}

impl Act {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::SignedIn(_) => Kind::SignedIn,
            Self::FactorFailed => Kind::FactorFailed,
            Self::FactorSetUp(_) => Kind::FactorSetUp,
            Self::FactorRemoved(_) => Kind::FactorRemoved,
            Self::PasskeyRenamed => Kind::PasskeyRenamed,
            Self::RecoveryCodeUsed { .. } => Kind::RecoveryCodeUsed,
            Self::RecoveryCodesMade => Kind::RecoveryCodesMade,
            Self::FactorsReset(_) => Kind::FactorsReset,
            Self::Invited { .. } => Kind::Invited,
            Self::InvitationWithdrawn { .. } => Kind::InvitationWithdrawn,
            Self::Joined(_) => Kind::Joined,
            Self::PasswordReset => Kind::PasswordReset,
            Self::PasswordChanged => Kind::PasswordChanged,
            Self::SignInEnded => Kind::SignInEnded,
            Self::SignedOutEverywhere { .. } => Kind::SignedOutEverywhere,
            Self::AdminMade(_) => Kind::AdminMade,
            Self::RoleChanged { .. } => Kind::RoleChanged,
            Self::Disabled(_) => Kind::Disabled,
            Self::Enabled(_) => Kind::Enabled,
            Self::SessionsEnded { .. } => Kind::SessionsEnded,
            Self::Erased(_) => Kind::Erased,
            Self::Looked(_) => Kind::Looked,
            Self::Marked(..) => Kind::Marked,
            Self::Unmarked(..) => Kind::Unmarked,
            Self::EventReplayed(_) => Kind::EventReplayed,
            Self::EventsReplayed(_) => Kind::EventsReplayed,
            Self::JobRetried { .. } => Kind::JobRetried,
            Self::JobCancelled { .. } => Kind::JobCancelled,
            Self::SecretRotated => Kind::SecretRotated,
            Self::Snoozed(..) => Kind::Snoozed,
            Self::Unsnoozed(..) => Kind::Unsnoozed,
            Self::LetterSent(..) => Kind::LetterSent,
            Self::CaseSent(..) => Kind::CaseSent,
            Self::CaseNumbered { .. } => Kind::CaseNumbered,
            Self::CampaignMade(..) => Kind::CampaignMade,
            Self::CampaignSent(..) => Kind::CampaignSent,
            Self::CampaignStopped(..) => Kind::CampaignStopped,
            Self::Exported(_) => Kind::Exported,
            Self::NamesErased { .. } => Kind::NamesErased,
        }
    }

    pub(crate) fn about(&self) -> Option<About<'_>> {
        match self {
            Self::FactorsReset(whom)
            | Self::AdminMade(whom)
            | Self::RoleChanged { whom, .. }
            | Self::Disabled(whom)
            | Self::Enabled(whom)
            | Self::SessionsEnded { whom, .. }
            | Self::Erased(whom)
            | Self::Looked(whom)
            | Self::Marked(whom, ..)
            | Self::Unmarked(whom, ..)
            | Self::Snoozed(whom, ..)
            | Self::Unsnoozed(whom, _)
            | Self::LetterSent(whom, _) => Some(About {
                kind: "user",
                id: Some(whom.id),
                name: &whom.email,
            }),
            Self::Invited { email, .. } | Self::InvitationWithdrawn { email, .. } => Some(About {
                kind: "address",
                id: None,
                name: email,
            }),
            Self::SignedIn(_)
            | Self::FactorFailed
            | Self::FactorSetUp(_)
            | Self::FactorRemoved(_)
            | Self::PasskeyRenamed
            | Self::RecoveryCodeUsed { .. }
            | Self::RecoveryCodesMade
            | Self::Joined(_)
            | Self::PasswordReset
            | Self::PasswordChanged
            | Self::SignInEnded
            | Self::SignedOutEverywhere { .. }
            | Self::EventReplayed(_)
            | Self::EventsReplayed(_)
            | Self::JobRetried { .. }
            | Self::JobCancelled { .. }
            | Self::SecretRotated
            | Self::CaseSent(..)
            | Self::CaseNumbered { .. }
            | Self::CampaignMade(..)
            | Self::CampaignSent(..)
            | Self::CampaignStopped(..)
            | Self::Exported(_)
            | Self::NamesErased { .. } => None,
        }
    }

    /// Why, in the words of who acts. It may name a person: it is erased with
    /// the name of whom the act is about.
    pub(crate) fn reason(&self) -> Option<&str> {
        match self {
            Self::Marked(_, _, _, reason) => Some(reason),
            _ => None,
        }
    }
}
