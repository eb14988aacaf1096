//! The steps of a visit, and what a step leads to.

use chrono::{DateTime, Utc};

use crate::people::{self, AccountSeed, Challenge, Person};
use crate::state::{LoginId, StatusCode};

use super::end::End;
use super::event::Event;

/// No account of the person may be connected: the code for an unusable type.
pub(super) const NO_USABLE_ACCOUNT: StatusCode = StatusCode(5030);
/// The API's code for a customer that it does not know.
pub(super) const CUSTOMER_GONE: StatusCode = StatusCode(10_010);
/// Fix met a person who does not own the accounts.
pub(super) const NOT_THEIRS: StatusCode = StatusCode(946);

/// How the link was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    /// A window or tab of its own.
    Top,
    /// A frame in the partner's page.
    Frame,
}

/// Where a visit stands.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Terms and privacy; in Fix the accounts to repair as well.
    Terms,
    SignIn,
    Challenge(Challenge),
    /// An OAuth institution: about to go there.
    HandOff,
    /// An OAuth institution: on its own site.
    Away(Away),
    /// Signed in; the accounts are being found.
    Discovering {
        person: &'static Person,
        ready: DateTime<Utc>,
    },
    /// The accounts to choose from, filtered by the experience.
    Choice {
        person: &'static Person,
        found: Vec<AccountSeed>,
    },
    /// Something went wrong; the person reads it and leaves.
    Trouble(Trouble),
    Ended(End),
}

/// On the institution's own site.
#[derive(Clone, Debug)]
pub(super) enum Away {
    SignIn,
    Consent {
        person: &'static Person,
        found: Vec<AccountSeed>,
    },
}

/// Why a visit cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The institution or the way to it fails.
    Institution(StatusCode),
    /// Data Connect does not work with it.
    Unsupported,
    /// As many refusals as are allowed.
    TooManySignIns,
    /// No account of a type that is wanted.
    NoUsableAccount,
    /// The login belongs to someone else.
    NotTheirs,
    /// The partner has deleted the customer meanwhile.
    CustomerGone,
}

/// One sentence above the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remark {
    /// Name or password refused; so many tries are left.
    Refused(u8),
    /// The second step refused; so many tries are left.
    WrongAnswer(u8),
    /// Refused on the institution's own site, which counts for itself.
    RefusedThere,
    /// A question left open.
    Incomplete,
    /// Nothing ticked.
    NothingChosen,
    /// Permission denied on the institution's site.
    Denied,
}

/// What the caller must do in the sandbox's state, then report.
#[derive(Debug)]
pub(super) enum Effect {
    /// Add these accounts, then [`super::visit::Visit::connected`].
    Connect {
        person: &'static Person,
        seeds: Vec<AccountSeed>,
    },
    /// Renew this login, then [`super::visit::Visit::connected`].
    Repair(LoginId),
}

/// What a step led to.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) events: Vec<Event>,
    pub(super) effect: Option<Effect>,
}

impl Outcome {
    pub(super) fn nothing() -> Self {
        Self::default()
    }

    pub(super) fn events(events: Vec<Event>) -> Self {
        Self {
            events,
            effect: None,
        }
    }
}

impl Step {
    /// Its name on the control page.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::SignIn => "sign-in",
            Self::Challenge(_) => "second step",
            Self::HandOff => "hand-off",
            Self::Away(_) => "at the institution",
            Self::Discovering { .. } => "finding accounts",
            Self::Choice { .. } => "choosing accounts",
            Self::Trouble(_) => "trouble",
            Self::Ended(_) => "ended",
        }
    }

    pub(super) fn end(&self) -> Option<&End> {
        match self {
            Self::Ended(end) => Some(end),
            _ => None,
        }
    }
}

impl Trouble {
    pub(super) fn code(self) -> Option<StatusCode> {
        match self {
            Self::Institution(code) => Some(code),
            Self::TooManySignIns => Some(people::CREDENTIALS),
            Self::NoUsableAccount => Some(NO_USABLE_ACCOUNT),
            Self::NotTheirs => Some(NOT_THEIRS),
            Self::CustomerGone => Some(CUSTOMER_GONE),
            Self::Unsupported => None,
        }
    }
}
