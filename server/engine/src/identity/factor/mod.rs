//! The second factor: what a person shows beside the password.
//!
//! A user may have several, of several kinds: codes by the clock, passkeys, and
//! recovery codes for who has lost these. A sign-in that owes its factor is a
//! [`Half`]: it has no session of the user's, and so no proof.

mod half;
mod key;
mod passkey;
mod recovery;
mod remove;
mod set_up;
mod take;
#[cfg(test)]
mod tests;
mod totp;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::WebauthnError;

pub use self::{
    half::{Entered, FactorOwed, HALF, Half, HalfMark, SetUpOwed, Ways},
    key::{FactorKey, OtherKey},
    passkey::{NotAName, Owner, PasskeyName, RelyingParty},
    set_up::{Enrolling, SetUp},
    take::Showing,
    totp::TotpSecret,
};
use super::{
    Client, Email, Identity, Locked, Reason, Recipient, Role, SendLetter, SignInMark, SignedIn,
    What, attempts::Attempt,
};
use crate::{
    audit::{Act, Actor},
    ids::UserId,
    jobs::Due,
    mail::Place,
    store::{StoreError, Write, factors::FactorRow, passkeys::ListedPasskey},
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorKind {
    /// A code by the clock, from an authenticator app.
    Totp,
    /// A signature of a device or password manager.
    Passkey,
}

impl FactorKind {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Passkey => "passkey",
        }
    }
}

/// What became another about somebody's second factors: they get a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorChange {
    /// One was set up, or added.
    Added(FactorKind),
    /// One was removed by who has it.
    Removed(FactorKind),
    /// New recovery codes took the place of the old ones.
    CodesMade,
    /// A recovery code was used; so many are left.
    CodeUsed {
        /// How many are not used yet.
        left: u32,
    },
    /// All were taken away by who runs the installation.
    Reset,
}

/// What a sign-in showed beside the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// A code by the clock.
    Totp,
    /// A recovery code.
    RecoveryCode,
    /// A passkey.
    Passkey,
}

impl Shown {
    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::RecoveryCode => "recovery_code",
            Self::Passkey => "passkey",
        }
    }

    pub(super) fn stored(text: &str) -> Option<Self> {
        let mut all = [Self::Totp, Self::RecoveryCode, Self::Passkey].into_iter();
        all.find(|shown| shown.as_str() == text)
    }
}

/// Why a code or passkey did nothing.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// Not the code, or one that was used.
    #[error("wrong code")]
    Wrong,
    /// Not a passkey of theirs, or an answer that does not hold.
    #[error("the passkey was refused")]
    WrongPasskey(#[from] WebauthnError),
    /// They have as many as one may have.
    #[error("too many passkeys")]
    TooManyPasskeys,
    /// Who has a factor adds one only right after signing in.
    #[error("the sign-in is not fresh")]
    SignInAgain,
    /// Too often.
    #[error(transparent)]
    Locked(Locked),
    /// There is nothing that it could be for: it was set up or removed
    /// meanwhile, or took too long.
    #[error("no such factor")]
    Gone,
    /// Staff need one here: the last one can be replaced, not removed.
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorState {
    /// Since when they have an app.
    pub since: Option<DateTime<Utc>>,
    /// Their passkeys; `None` where there can be none.
    pub passkeys: Option<Vec<ListedPasskey>>,
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
        let passkeys = unit.passkeys(who.user()).await?;
        Ok(FactorState {
            since: factor.and_then(|factor| factor.confirmed_at),
            passkeys: self.relying_party.as_ref().map(|_| passkeys),
            codes_left: unit.recovery_codes_left(who.user()).await?,
            required: self.settings.second_factor.asks(who.role()),
        })
    }

    fn opened(&self, row: &FactorRow) -> Result<TotpSecret, FactorError> {
        Ok(TotpSecret::opened(
            self.factor_key.open(row.id, &row.sealed)?,
        ))
    }

    /// Signs in who owed a factor.
    pub async fn show_factor(
        &self,
        who: &FactorOwed,
        showing: Showing<'_>,
        client: &Client,
    ) -> Result<SignInMark, FactorError> {
        let user = who.user();
        let actor = Actor::user(user, client);
        let shown = self.take(&actor, (user.id, &user.email), showing, client);
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

    /// New recovery codes, for who shows a factor of today.
    pub async fn new_recovery_codes(
        &self,
        who: &SignedIn,
        showing: Showing<'_>,
        client: &Client,
    ) -> Result<Vec<String>, FactorError> {
        let actor = Actor::person(who, client);
        self.take(&actor, (who.user(), who.email()), showing, client)
            .await?;
        let mut unit = self.store.write().await?;
        let codes = self.make_codes(&mut unit, who.user()).await?;
        self.audit
            .record(&mut unit, &actor, &Act::RecoveryCodesMade)
            .await?;
        self.tell_of_factor(&mut unit, who.user(), FactorChange::CodesMade, Some(client))
            .await?;
        unit.save().await?;
        Ok(codes)
    }

    /// Counts the attempt; what is right gives it back.
    async fn begin_code(&self, email: &Email, client: &Client) -> Result<(), FactorError> {
        let locked = self
            .begin_attempt(Attempt::Code, email, client.address)
            .await?;
        locked.map_or(Ok(()), |locked| Err(FactorError::Locked(locked)))
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

    /// A letter to whom it happened; `client`: where they did it themselves.
    async fn tell_of_factor(
        &self,
        unit: &mut Write,
        user: UserId,
        change: FactorChange,
        client: Option<&Client>,
    ) -> Result<(), StoreError> {
        let letter = SendLetter {
            to: Recipient::User(user),
            what: What::FactorChanged {
                change,
                at: self.clock.now(),
                place: client.map(Place::from),
            },
        };
        self.jobs.enqueue(unit, &letter, Due::AtOnce).await?;
        Ok(())
    }
}
