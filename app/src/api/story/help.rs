//! What becomes of what support does.

use serde::{Deserialize, Serialize};

use super::Mark;
use crate::api::forms::Tone;
use crate::api::shared::When;

/// What became of what support did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum HelpNotice {
    /// A mark is set.
    Marked(Mark),
    /// A mark is gone.
    Unmarked(Mark),
    /// Nothing is told of the connection until then.
    Snoozed(When),
    /// It is told of again.
    Unsnoozed,
    /// A mark needs a reason.
    NoReason,
    /// A letter is on its way.
    LetterSent,
    /// It leaves when its reader's quiet hours are over.
    LetterAt(When),
    /// No letter, for this reason.
    NoLetter(NoLetter),
    /// Mastercard was told; the case is followed.
    CaseSent,
    /// A case has its number.
    CaseNumbered,
    /// Nothing of a case is broken so any more.
    CaseEmpty,
    /// Not the number of a case.
    NotANumber,
}

/// Why no letter goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoLetter {
    /// It is muted or gone, or its person may not sign in.
    Quiet,
    /// It works.
    Works,
    /// Nothing that its person does would help.
    NotTheirTurn,
    /// It is snoozed until then.
    Snoozed(When),
    /// The mail server refuses letters since then.
    Refused(When),
    /// The person wants none, or has not confirmed the address.
    Unwanted,
    /// One left then.
    JustSent(When),
    /// The week's share is used up until then.
    Full(When),
}

impl HelpNotice {
    /// How it is said.
    pub fn tone(&self) -> Tone {
        match self {
            Self::Marked(_)
            | Self::Unmarked(_)
            | Self::Snoozed(_)
            | Self::Unsnoozed
            | Self::LetterSent
            | Self::LetterAt(_)
            | Self::CaseSent
            | Self::CaseNumbered => Tone::Fine,
            Self::NoReason | Self::NoLetter(_) | Self::CaseEmpty | Self::NotANumber => Tone::Act,
        }
    }
}
