//! A sign-in whose password was right and whose second factor is owed.
//!
//! The browser's session is nobody's meanwhile: under [`HALF`] it keeps a mark,
//! which gives no proof and no capability, only the way to the next step.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    identity::{FactorKind, Identity, SessionData, SignInMark, User},
    ids::UserId,
    store::StoreError,
};

/// The name in a session's data of its [`HalfMark`].
pub const HALF: &str = "half_sign_in";

/// How long the second step may take; setting one up, too.
const OWED_FOR: TimeDelta = TimeDelta::minutes(15);

/// What a right password gives.
#[derive(Debug)]
pub enum Entered {
    /// Nothing more is asked for.
    In(SignInMark),
    /// The second factor is owed.
    Owes(HalfMark),
}

/// Says in a session's data whose password was right. Only a sign-in makes one.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct HalfMark(Mark);

#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    user: UserId,
    at: DateTime<Utc>,
}

impl HalfMark {
    pub(in crate::identity) fn new(user: UserId, at: DateTime<Utc>) -> Self {
        Self(Mark { user, at })
    }
}

/// What is owed.
#[derive(Debug, Clone)]
pub enum Half {
    /// A factor that they have.
    Factor(FactorOwed),
    /// A factor: they have none, and need one.
    SetUp(SetUpOwed),
}

/// Who owes a factor. They cannot set up another with the password alone.
#[derive(Debug, Clone)]
pub struct FactorOwed(User, Ways);

/// What somebody can show; recovery codes beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    /// Codes of an app.
    pub app: bool,
    /// Passkeys.
    pub passkeys: bool,
}

/// Who has to set up a factor before anything else.
#[derive(Debug, Clone)]
pub struct SetUpOwed(User);

impl FactorOwed {
    /// Who.
    pub fn user(&self) -> &User {
        &self.0
    }

    /// What they can show.
    pub fn ways(&self) -> Ways {
        self.1
    }
}

impl SetUpOwed {
    /// Who.
    pub fn user(&self) -> &User {
        &self.0
    }
}

impl Identity {
    /// What the session owes, by its data. What was owed too long, or before
    /// the user signed out everywhere or was disabled, counts for nothing.
    pub async fn half(&self, data: &SessionData) -> Result<Option<Half>, StoreError> {
        let Some(mark) = data.get(HALF) else {
            return Ok(None);
        };
        let mark: Mark =
            serde_json::from_value(mark.clone()).map_err(StoreError::bad("sign_ins", "data"))?;
        let mut unit = self.store.read().await?;
        let Some(stored) = unit.stored_user(mark.user).await? else {
            return Ok(None);
        };
        let over = mark.at + OWED_FOR <= self.clock.now()
            || stored.signed_out_at.is_some_and(|at| mark.at < at)
            || stored.user.disabled_at.is_some();
        if over {
            return Ok(None);
        }
        let user = stored.user;
        if unit.has_factor(user.id).await? {
            let passkeys = !unit.passkeys(user.id).await?.is_empty();
            let ways = Ways {
                app: unit.factor(user.id, FactorKind::Totp).await?.is_some(),
                passkeys: passkeys && self.relying_party.is_some(),
            };
            return Ok(Some(Half::Factor(FactorOwed(user, ways))));
        }
        let asked = self.settings.second_factor.asks(user.role);
        Ok(asked.then_some(Half::SetUp(SetUpOwed(user))))
    }
}
