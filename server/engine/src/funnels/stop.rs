//! Why a journey went no further, as far as is known.

use crate::connect::session::LinkRefused;

/// Why a journey went no further. Of one that may go on it says what has not
/// come yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stop {
    /// It came to the end.
    Through,
    /// There is no link yet.
    NotStarted,
    /// Mastercard made no link: it could not reach our webhook.
    NoLinkWebhook,
    /// Mastercard made no link: it was away or slow.
    NoLinkUnreachable,
    /// Mastercard made no link: it refused.
    NoLinkRefused,
    /// Nobody opened the link.
    NotOpened,
    /// It was opened, and nothing said how it ended.
    Silent,
    /// The person left on purpose.
    Left,
    /// Data Connect closed an idle visit.
    TimedOut,
    /// The institution refused the sign-in.
    SignInRefused,
    /// The institution or the connection to it failed, with this code; 0: with none.
    Trouble(i64),
    /// It seemed to end well, and all that it shows was connected before.
    NothingNew,
    /// It ended, and no account has arrived.
    NothingArrived,
    /// The person has not chosen what to keep.
    ChoiceWaiting,
    /// The person kept nothing.
    NothingKept,
    /// The person was not told, and did not come.
    NotTold,
    /// The person was told, and did not come.
    NotCome,
    /// Data Connect found nothing to repair.
    NothingToRepair,
    /// Somebody signed in whose accounts are others.
    OtherAccounts,
    /// The person signed in, and no reading proves anything.
    NoProof,
    /// It worked again without them.
    HealedAlone,
    /// There was nothing left to repair.
    Gone,
    /// Somebody took the connection out of the figures.
    Marked,
}

impl Stop {
    /// Every one; a trouble without its code.
    pub const ALL: [Self; 23] = [
        Self::Through,
        Self::NotStarted,
        Self::NoLinkWebhook,
        Self::NoLinkUnreachable,
        Self::NoLinkRefused,
        Self::NotOpened,
        Self::Silent,
        Self::Left,
        Self::TimedOut,
        Self::SignInRefused,
        Self::Trouble(0),
        Self::NothingNew,
        Self::NothingArrived,
        Self::ChoiceWaiting,
        Self::NothingKept,
        Self::NotTold,
        Self::NotCome,
        Self::NothingToRepair,
        Self::OtherAccounts,
        Self::NoProof,
        Self::HealedAlone,
        Self::Gone,
        Self::Marked,
    ];

    /// Its name in the database, and its code there.
    pub fn parts(self) -> (&'static str, i64) {
        let name = match self {
            Self::Through => "through",
            Self::NotStarted => "not_started",
            Self::NoLinkWebhook => "no_link_webhook",
            Self::NoLinkUnreachable => "no_link_unreachable",
            Self::NoLinkRefused => "no_link_refused",
            Self::NotOpened => "not_opened",
            Self::Silent => "silent",
            Self::Left => "left",
            Self::TimedOut => "timed_out",
            Self::SignInRefused => "sign_in_refused",
            Self::Trouble(code) => return ("trouble", code),
            Self::NothingNew => "nothing_new",
            Self::NothingArrived => "nothing_arrived",
            Self::ChoiceWaiting => "choice_waiting",
            Self::NothingKept => "nothing_kept",
            Self::NotTold => "not_told",
            Self::NotCome => "not_come",
            Self::NothingToRepair => "nothing_to_repair",
            Self::OtherAccounts => "other_accounts",
            Self::NoProof => "no_proof",
            Self::HealedAlone => "healed_alone",
            Self::Gone => "gone",
            Self::Marked => "marked",
        };
        (name, 0)
    }

    /// As [`Self::parts`] has it.
    pub fn read(name: &str, code: i64) -> Option<Self> {
        if name == "trouble" {
            return Some(Self::Trouble(code));
        }
        Self::ALL.into_iter().find(|one| one.parts().0 == name)
    }
}

impl From<LinkRefused> for Stop {
    fn from(why: LinkRefused) -> Self {
        match why {
            LinkRefused::Webhook => Self::NoLinkWebhook,
            LinkRefused::Unreachable => Self::NoLinkUnreachable,
            LinkRefused::Refused => Self::NoLinkRefused,
        }
    }
}
