//! What makes attempts fail, and what ends it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{InstitutionId, StatusCode};

/// Why attempts of a login or an account fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// What attempts end with.
    pub code: StatusCode,
    /// What ends it.
    pub heals: HealsBy,
}

/// What ends a break, and nothing else does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HealsBy {
    /// The person signs in anew: through Fix on a fixable code, by a new visit on any.
    Fix,
    /// Time: attempts from then on work, those of the nightly batch too.
    At(DateTime<Utc>),
    /// Nothing: Fix runs to its end, and the code stays.
    Never,
}

impl Break {
    /// Whether an attempt at that time meets it.
    pub fn holds(self, at: DateTime<Utc>) -> bool {
        match self.heals {
            HealsBy::At(end) => at < end,
            HealsBy::Fix | HealsBy::Never => true,
        }
    }

    /// Whether the login is beyond any sign-in: the person connects anew, and gets
    /// another ("account not recoverable").
    pub(super) fn is_final(self) -> bool {
        self.heals == HealsBy::Never && self.code == StatusCode::UNRECOVERABLE
    }

    /// What is left of it after the person has signed in.
    pub(super) fn after_sign_in(self) -> Option<Self> {
        (self.heals != HealsBy::Fix).then_some(self)
    }
}

/// Which ids a migration replaces. The official pages say that `institutionId`
/// changes; whether the others may is disputed, so that all can be played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NewIds {
    /// All ids stay.
    #[default]
    None,
    /// Those of the accounts.
    Accounts,
    /// `institutionLoginId`.
    Login,
    /// Both.
    Both,
}

/// A login that goes to another institution with the next Fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Where to.
    pub to: InstitutionId,
    /// Whether people sign in on the new institution's own site.
    pub oauth: bool,
    /// Which ids change on the way.
    pub ids: NewIds,
}

/// What Fix says of a login when its link is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FixAnswer {
    /// What is so: 201 for a login that needs nothing, a visit for one that does.
    #[default]
    Honest,
    /// 201, however broken the login is.
    NothingToFix,
}
