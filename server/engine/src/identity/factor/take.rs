//! What is shown, and what it is worth: once.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use webauthn_rs::prelude::WebauthnError;

use super::{FactorChange, FactorError, FactorKind, Shown, recovery};
use crate::{
    audit::{Act, Actor},
    identity::{Client, Email, Identity, SessionKey, attempts::Attempt},
    ids::UserId,
    store::{Write, passkeys::PasskeyRow},
};

/// What a person shows beside the password.
#[derive(Debug, Clone, Copy)]
pub enum Showing<'a> {
    /// What they typed: a code of the app, or a recovery code.
    Code(&'a str),
    /// What a passkey answered to the challenge of this session.
    Passkey {
        /// Whose challenge.
        session: &'a SessionKey,
        /// The browser's JSON.
        answer: &'a str,
    },
}

/// What was shown fits; whether it was used before, the database says.
pub(super) enum Fits {
    /// A code by the clock: the factor, and its step.
    Step(Uuid, i64),
    /// A recovery code, hashed.
    Recovery([u8; 32]),
    /// A passkey as it is after this signature, and the number of that.
    Passkey(Box<PasskeyRow>, u32),
}

impl Identity {
    /// Takes what is shown, if it is good.
    pub(super) async fn take(
        &self,
        actor: &Actor,
        (user, email): (UserId, &Email),
        showing: Showing<'_>,
        client: &Client,
    ) -> Result<Shown, FactorError> {
        self.begin_code(email, client).await?;
        let fits = match showing {
            Showing::Code(typed) => self.typed(user, typed).await,
            Showing::Passkey { session, answer } => self.answered(user, session, answer).await,
        };
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let shown = match fits {
            Ok(fits) => spend(&mut unit, user, fits, now).await,
            Err(error) => Err(error),
        };
        match &shown {
            Ok(Shown::Totp | Shown::Passkey) => {}
            Ok(Shown::RecoveryCode) => {
                let left = unit.recovery_codes_left(user).await?;
                let act = Act::RecoveryCodeUsed { left };
                self.audit.record(&mut unit, actor, &act).await?;
                let change = FactorChange::CodeUsed { left };
                self.tell_of_factor(&mut unit, user, change, Some(client))
                    .await?;
            }
            Err(FactorError::Wrong | FactorError::WrongPasskey(_)) => {
                self.audit
                    .record(&mut unit, actor, &Act::FactorFailed)
                    .await?;
            }
            Err(_) => return shown,
        }
        unit.save().await?;
        let shown = shown?;
        self.end_attempt(Attempt::Code, email, client.address)
            .await?;
        Ok(shown)
    }

    /// What the typed code is.
    async fn typed(&self, user: UserId, typed: &str) -> Result<Fits, FactorError> {
        let mut unit = self.store.read().await?;
        if !unit.has_factor(user).await? {
            return Err(FactorError::Gone);
        }
        let row = unit.factor(user, FactorKind::Totp).await?;
        drop(unit);
        if let Some(row) = row {
            let step = self
                .opened(&row)?
                .step_of(typed, self.clock.now(), row.last_step);
            if let Some(step) = step {
                return Ok(Fits::Step(row.id, step));
            }
        }
        let code = recovery::plain(typed).ok_or(FactorError::Wrong)?;
        Ok(Fits::Recovery(self.factor_key.hash(user, &code)))
    }
}

/// The database decides which of two at one time is the first.
async fn spend(
    unit: &mut Write,
    user: UserId,
    fits: Fits,
    now: DateTime<Utc>,
) -> Result<Shown, FactorError> {
    let (first, shown, otherwise) = match fits {
        Fits::Step(factor, step) => (
            unit.use_factor_step(factor, step).await?,
            Shown::Totp,
            FactorError::Wrong,
        ),
        Fits::Recovery(hash) => (
            unit.use_recovery_code(user, &hash, now).await?,
            Shown::RecoveryCode,
            FactorError::Wrong,
        ),
        Fits::Passkey(row, counter) => (
            unit.use_passkey(&row, counter, now).await?,
            Shown::Passkey,
            WebauthnError::CredentialPossibleCompromise.into(),
        ),
    };
    if first { Ok(shown) } else { Err(otherwise) }
}
