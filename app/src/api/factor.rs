//! The second step of signing in.

use serde::{Deserialize, Serialize};

use super::forms::Tone;
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
    /// Since when it is asked for.
    pub since: Option<When>,
    /// Recovery codes that are not used.
    pub codes_left: u32,
    /// Whether the person's role needs it.
    pub need: Need,
    /// What is being set up.
    pub pending: Option<Enrolment>,
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
    /// It is off.
    Removed,
    /// It was done already, or took too long.
    Gone,
    /// The role needs it.
    Required,
}

impl FactorNotice {
    /// How it is said.
    pub fn tone(self) -> Tone {
        match self {
            Self::Removed => Tone::Fine,
            Self::Gone | Self::Required => Tone::Act,
        }
    }
}
