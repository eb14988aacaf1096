//! Passkeys: signatures of a device or password manager that its owner unlocks
//! (`WebAuthn`).
//!
//! The person's browser gets a challenge and answers it. What was asked stays
//! here, with the browser's session: another session, another person or another
//! purpose cannot answer it, and nobody can twice.

mod add;
mod own;
mod show;

use chrono::TimeDelta;
use serde::{Serialize, de::DeserializeOwned};
use url::Url;
use webauthn_rs::prelude::{Webauthn, WebauthnBuilder, WebauthnError};

pub use self::{
    own::{NotAName, PasskeyName},
    show::Owner,
};
use super::FactorError;
use crate::{
    identity::{Identity, SessionKey},
    ids::UserId,
    store::{StoreError, passkeys::NewChallenge},
};

/// How long a challenge can be answered; browsers wait as long.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(5);

/// Whom passkeys are made for: the name in this installation's address.
#[derive(Debug, Clone)]
pub struct RelyingParty(Webauthn);

impl RelyingParty {
    /// Of the installation `product` at `public_url`; `None` where its address
    /// is a number, for which no browser makes a passkey.
    pub fn new(public_url: &Url, product: &str) -> Option<Self> {
        let name = public_url.domain()?;
        let builder = WebauthnBuilder::new(name, public_url).ok()?;
        let builder = builder.rp_name(product).timeout(GOOD_FOR.to_std().ok()?);
        builder.build().ok().map(Self)
    }
}

/// What a challenge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// A new passkey.
    Add,
    /// One that is there.
    Show,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Show => "show",
        }
    }
}

impl Identity {
    /// Whether there can be passkeys here.
    pub fn takes_passkeys(&self) -> bool {
        self.relying_party.is_some()
    }

    fn webauthn(&self) -> Result<&Webauthn, FactorError> {
        let party = self.relying_party.as_ref().ok_or(FactorError::Gone)?;
        Ok(&party.0)
    }

    /// Keeps what `session` is asked, in the place of what it was asked before.
    async fn keep_challenge(
        &self,
        session: &SessionKey,
        user: UserId,
        purpose: Purpose,
        state: &impl Serialize,
    ) -> Result<(), FactorError> {
        let state = serde_json::to_value(state).map_err(WebauthnError::from)?;
        let mut unit = self.store.write().await?;
        let new = NewChallenge {
            session,
            user,
            purpose: purpose.as_str(),
            state,
            expires_at: self.clock.now() + GOOD_FOR,
        };
        unit.ask_passkey(new).await?;
        Ok(unit.save().await?)
    }

    /// What `session` was asked. From here on it is used, whatever the answer.
    async fn take_challenge<T: DeserializeOwned>(
        &self,
        session: &SessionKey,
        user: UserId,
        purpose: Purpose,
    ) -> Result<T, FactorError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let state = unit.take_challenge(session, user, purpose.as_str(), now);
        let state = state.await?.ok_or(FactorError::Gone)?;
        unit.save().await?;
        let state = serde_json::from_value(state);
        Ok(state.map_err(StoreError::bad("passkey_challenges", "state"))?)
    }
}

/// An answer of a browser.
fn read<T: DeserializeOwned>(answer: &str) -> Result<T, WebauthnError> {
    Ok(serde_json::from_str(answer)?)
}
