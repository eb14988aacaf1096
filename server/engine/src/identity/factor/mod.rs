//! The second factor: what a person shows beside the password.
//!
//! A user may have several, of several kinds. So far there is one kind, a code
//! by the clock, and recovery codes for who has lost it. A sign-in that owes its
//! factor is a [`Half`]: it has no session of the user's, and so no proof.

mod half;
mod key;
mod recovery;
mod set_up;
#[cfg(test)]
mod tests;
mod totp;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::{
    half::{CodeOwed, Entered, HALF, Half, HalfMark, SetUpOwed},
    key::{FactorKey, OtherKey},
    set_up::{Enrolling, SetUp},
    totp::TotpSecret,
};
use super::{
    Admin, Client, Email, Identity, Locked, PersonError, Reason, Role, SignInMark, SignedIn,
    attempts::Attempt, sessions,
};
use crate::{
    audit::{Act, Actor},
    ids::UserId,
    store::{StoreError, Write, factors::FactorRow},
};

/// Of whom a second factor is asked who has not set one up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondFactor {
    /// Of nobody; who has one is asked for it.
    Optional,
    /// Of staff: viewer, support, admin.
    OfStaff,
}

impl SecondFactor {
    /// Whether it is asked of this role.
    pub fn asks(self, role: Role) -> bool {
        match (self, role) {
            (Self::Optional, _) | (Self::OfStaff, Role::User) => false,
            (Self::OfStaff, Role::Viewer | Role::Support | Role::Admin) => true,
        }
    }
}

/// A kind of second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorKind {
    /// A code by the clock, from an authenticator app.
    Totp,
}

impl FactorKind {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
        }
    }
}

/// What a sign-in showed beside the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// A code by the clock.
    Totp,
    /// A recovery code.
    RecoveryCode,
}

impl Shown {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::RecoveryCode => "recovery_code",
        }
    }

    pub(super) fn stored(text: &str) -> Option<Self> {
        let mut all = [Self::Totp, Self::RecoveryCode].into_iter();
        all.find(|shown| shown.as_str() == text)
    }
}

/// Why a code did nothing.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// Not the code, or one that was used.
    #[error("wrong code")]
    Wrong,
    /// Too often.
    #[error(transparent)]
    Locked(Locked),
    /// There is nothing that the code could be for: it was set up or removed
    /// meanwhile, or setting up took too long.
    #[error("no such factor")]
    Gone,
    /// Staff need one here: it can be replaced, not removed.
    #[error("a second factor is required")]
    Required,
    /// Stored under another key.
    #[error(transparent)]
    OtherKey(#[from] OtherKey),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How a person's second factor stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactorState {
    /// Since when they have one.
    pub since: Option<DateTime<Utc>>,
    /// Recovery codes that are not used.
    pub codes_left: u32,
    /// Whether it is asked of them.
    pub required: bool,
}

impl Identity {
    /// How this person's second factor stands.
    pub async fn factor_state(&self, who: &SignedIn) -> Result<FactorState, StoreError> {
        let mut unit = self.store.read().await?;
        let factor = unit.factor(who.user(), FactorKind::Totp).await?;
        Ok(FactorState {
            since: factor.and_then(|factor| factor.confirmed_at),
            codes_left: unit.recovery_codes_left(who.user()).await?,
            required: self.settings.second_factor.asks(who.role()),
        })
    }

    fn opened(&self, row: &FactorRow) -> Result<TotpSecret, FactorError> {
        Ok(TotpSecret::opened(
            self.factor_key.open(row.id, &row.sealed)?,
        ))
    }

    /// Signs in who owed the code: one of the app, or a recovery code.
    pub async fn show_factor(
        &self,
        who: &CodeOwed,
        typed: &str,
        client: &Client,
    ) -> Result<SignInMark, FactorError> {
        let user = who.user();
        let actor = Actor::user(user, client);
        let shown = self.take_code(&actor, user.id, &user.email, typed, client);
        let shown = shown.await?;
        let now = self.clock.now();
        Ok(SignInMark::new(
            user.id,
            now,
            client,
            Some(shown),
            Reason::SignedIn,
        ))
    }

    /// New recovery codes, for who shows a code of today.
    pub async fn new_recovery_codes(
        &self,
        who: &SignedIn,
        typed: &str,
        client: &Client,
    ) -> Result<Vec<String>, FactorError> {
        let actor = Actor::person(who, client);
        self.take_code(&actor, who.user(), who.email(), typed, client)
            .await?;
        let mut unit = self.store.write().await?;
        let codes = self.make_codes(&mut unit, who.user()).await?;
        self.audit
            .record(&mut unit, &actor, &Act::RecoveryCodesMade)
            .await?;
        unit.save().await?;
        Ok(codes)
    }

    /// Removes the factor of who shows a code of today, where none is required.
    /// Every sign-in of theirs ends; the mark is for this browser.
    pub async fn remove_factor(
        &self,
        who: &SignedIn,
        typed: &str,
        client: &Client,
    ) -> Result<SignInMark, FactorError> {
        if self.settings.second_factor.asks(who.role()) {
            return Err(FactorError::Required);
        }
        let actor = Actor::person(who, client);
        self.take_code(&actor, who.user(), who.email(), typed, client)
            .await?;
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        unit.drop_factors(who.user()).await?;
        sessions::end_all(&mut unit, who.user(), now).await?;
        let act = Act::FactorRemoved(FactorKind::Totp);
        self.audit.record(&mut unit, &actor, &act).await?;
        unit.save().await?;
        Ok(SignInMark::new(
            who.user(),
            now,
            client,
            None,
            Reason::Renewed,
        ))
    }

    /// Takes away the factors of somebody who has lost them, and ends their
    /// sign-ins; `false`: they have none.
    pub async fn reset_factors(
        &self,
        admin: &Admin,
        user: UserId,
        client: &Client,
    ) -> Result<bool, PersonError> {
        let known = self.store.read().await?.user(user).await?;
        known.ok_or(PersonError::Gone)?;
        let actor = Actor::person(admin.as_ref(), client);
        Ok(self.reset(&actor, user).await?)
    }

    /// The same for the command line, whose caller holds the database: the one
    /// admin may have lost theirs.
    pub async fn reset_factors_at_machine(&self, email: &Email) -> Result<bool, StoreError> {
        let stored = self.store.read().await?.stored_user_by_email(email).await?;
        match stored {
            Some(stored) => self.reset(&Actor::machine(), stored.user.id).await,
            None => Ok(false),
        }
    }

    async fn reset(&self, actor: &Actor, user: UserId) -> Result<bool, StoreError> {
        let mut unit = self.store.write().await?;
        let Some(known) = unit.user(user).await? else {
            return Ok(false);
        };
        if !unit.drop_factors(user).await? {
            return Ok(false);
        }
        sessions::end_all(&mut unit, user, self.clock.now()).await?;
        let act = Act::FactorsReset((&known).into());
        self.audit.record(&mut unit, actor, &act).await?;
        unit.save().await?;
        Ok(true)
    }

    /// Counts the attempt; a code that is right gives it back.
    async fn begin_code(&self, email: &Email, client: &Client) -> Result<(), FactorError> {
        let locked = self
            .begin_attempt(Attempt::Code, email, client.address)
            .await?;
        locked.map_or(Ok(()), |locked| Err(FactorError::Locked(locked)))
    }

    async fn take_code(
        &self,
        actor: &Actor,
        user: UserId,
        email: &Email,
        typed: &str,
        client: &Client,
    ) -> Result<Shown, FactorError> {
        self.begin_code(email, client).await?;
        let now = self.clock.now();
        let kind = FactorKind::Totp;
        let row = self.store.read().await?.factor(user, kind).await?;
        let row = row.ok_or(FactorError::Gone)?;
        let step = self.opened(&row)?.step_of(typed, now, row.last_step);
        let mut unit = self.store.write().await?;
        let shown = match (step, recovery::plain(typed)) {
            (Some(step), _) => unit
                .use_factor_step(row.id, step)
                .await?
                .then_some(Shown::Totp),
            (None, Some(code)) => unit
                .use_recovery_code(user, &self.factor_key.hash(user, &code), now)
                .await?
                .then_some(Shown::RecoveryCode),
            (None, None) => None,
        };
        match shown {
            Some(Shown::Totp) => {}
            Some(Shown::RecoveryCode) => {
                let left = unit.recovery_codes_left(user).await?;
                let act = Act::RecoveryCodeUsed { left };
                self.audit.record(&mut unit, actor, &act).await?;
            }
            None => {
                self.audit
                    .record(&mut unit, actor, &Act::FactorFailed)
                    .await?;
            }
        }
        unit.save().await?;
        let shown = shown.ok_or(FactorError::Wrong)?;
        self.end_attempt(Attempt::Code, email, client.address)
            .await?;
        Ok(shown)
    }

    async fn make_codes(&self, unit: &mut Write, user: UserId) -> Result<Vec<String>, StoreError> {
        let codes = recovery::new(&*self.random);
        let plain = codes.iter().filter_map(|code| recovery::plain(code));
        let hashes: Vec<_> = plain
            .map(|code| self.factor_key.hash(user, &code))
            .collect();
        unit.set_recovery_codes(user, hashes.into_iter()).await?;
        Ok(codes)
    }
}
