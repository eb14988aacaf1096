//! Why journeys went no further.

use serde::{Deserialize, Serialize};

/// Why they went no further, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stop {
    /// They came to the end.
    Through,
    /// No link was made yet.
    NotStarted,
    /// Mastercard could not reach our webhook, and made no link.
    NoLinkWebhook,
    /// Mastercard was away or slow.
    NoLinkUnreachable,
    /// Mastercard refused to make a link.
    NoLinkRefused,
    /// Nobody has opened the link.
    NotOpened,
    /// It was opened, and nothing more was heard.
    Silent,
    /// They left on purpose.
    Left,
    /// They were idle for too long.
    TimedOut,
    /// The institution refused the sign-in.
    SignInRefused,
    /// The institution or the connection to it failed, with this code; 0: none.
    Trouble(i64),
    /// All that it shows was connected before.
    NothingNew,
    /// No account has arrived.
    NothingArrived,
    /// They have not chosen what to keep.
    ChoiceWaiting,
    /// They kept nothing.
    NothingKept,
    /// They were not told, and did not come.
    NotTold,
    /// They were told, and have not come.
    NotCome,
    /// Data Connect found nothing to repair.
    NothingToRepair,
    /// Somebody signed in whose accounts are others.
    OtherAccounts,
    /// They signed in, and no reading proves anything.
    NoProof,
    /// It worked again without them.
    HealedAlone,
    /// Nothing was left to repair.
    Gone,
    /// Staff took the connection out of the figures.
    Marked,
}

impl Stop {
    /// All, a trouble with a code and one without.
    pub const ALL: [Self; 24] = [
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
        Self::Trouble(108),
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

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
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
            Self::Trouble(_) => "trouble",
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
        }
    }
}
