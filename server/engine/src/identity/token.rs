//! One-time tokens of letters: 160 bits, stored hashed.

use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::random::Random;

/// What a token allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To prove an address.
    ConfirmEmail,
    /// To choose a new password.
    ResetPassword,
    /// To sign up.
    Invitation,
}

impl Purpose {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ConfirmEmail => "confirm_email",
            Self::ResetPassword => "reset_password",
            Self::Invitation => "invitation",
        }
    }

    /// For how long a token is good.
    pub fn lifetime(self) -> TimeDelta {
        match self {
            Self::ConfirmEmail => TimeDelta::days(3),
            Self::ResetPassword => TimeDelta::minutes(30),
            Self::Invitation => TimeDelta::days(7),
        }
    }
}

/// The token of a letter's link.
#[derive(Debug, Clone)]
pub struct OneTimeToken(SecretString);

impl OneTimeToken {
    /// What stood in the link. Any text will do: a wrong one finds nothing.
    pub fn from_link(text: impl Into<SecretString>) -> Self {
        Self(text.into())
    }

    pub(super) fn new(random: &dyn Random) -> Self {
        Self(random.token().into())
    }

    pub(super) fn for_letter(&self) -> String {
        self.0.expose_secret().to_owned()
    }

    /// No salt and no slow hash: nobody guesses 160 random bits.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.expose_secret().as_bytes()).into()
    }
}
