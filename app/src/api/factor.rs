//! The second step of signing in.

use serde::{Deserialize, Serialize};

use super::forms::Tone;
use super::ids::PasskeyRef;
use super::shared::When;

/// What is being set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// How many modules the QR code is wide, its quiet zone included.
    pub side: usize,
    /// Its dark modules, as the path of a drawing.
    pub path: String,
    /// The same secret, to be typed.
    pub secret: String,
}

/// How a person's second step stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorView {
    /// Since when there is an app.
    pub since: Option<When>,
    /// Passkeys, the first added first; none where there can be none.
    pub passkeys: Option<Vec<PasskeyView>>,
    /// Recovery codes that are not used.
    pub codes_left: u32,
    /// Whether the person's role needs it.
    pub need: Need,
    /// What is being set up.
    pub pending: Option<Enrolment>,
}

impl FactorView {
    /// What there is to show: codes of an app, passkeys.
    pub fn ways(&self) -> Ways {
        Ways {
            app: self.since.is_some(),
            passkeys: self.passkeys.as_ref().is_some_and(|all| !all.is_empty()),
        }
    }

    /// Whether there is one way only, and the role needs it.
    pub fn is_last(&self) -> bool {
        let passkeys = self.passkeys.as_ref().map_or(0, Vec::len);
        self.need == Need::Required && usize::from(self.since.is_some()) + passkeys <= 1
    }
}

/// A passkey, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyView {
    /// Which.
    pub id: PasskeyRef,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub added: When,
    /// When it was last used.
    pub used: Option<When>,
}

/// What somebody can show beside the password; recovery codes come with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    /// Codes of an app.
    pub app: bool,
    /// Passkeys.
    pub passkeys: bool,
}

/// Whether a role needs a second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It does.
    Required,
    /// It does not.
    Optional,
}

/// What became of an act on the second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactorNotice {
    /// The app is removed.
    Removed,
    /// A passkey is there.
    PasskeyAdded,
    /// A passkey has another name.
    PasskeyRenamed,
    /// A passkey is removed.
    PasskeyRemoved,
    /// Not a passkey of theirs, or an answer that does not hold.
    WrongPasskey,
    /// They have as many as one may have.
    TooManyPasskeys,
    /// Who has a second step adds one right after signing in.
    SignInAgain,
    /// It was done already, or took too long.
    Gone,
    /// The role needs it.
    Required,
}

impl FactorNotice {
    /// How it is said.
    pub fn tone(self) -> Tone {
        match self {
            Self::Removed | Self::PasskeyAdded | Self::PasskeyRenamed | Self::PasskeyRemoved => {
                Tone::Fine
            }
            Self::WrongPasskey
            | Self::TooManyPasskeys
            | Self::SignInAgain
            | Self::Gone
            | Self::Required => Tone::Act,
        }
    }
}
