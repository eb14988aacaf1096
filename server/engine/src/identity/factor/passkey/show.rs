//! A passkey that is shown.

use serde_json::Value;
use webauthn_rs::prelude::{Passkey, PasskeyAuthentication, PublicKeyCredential, WebauthnError};

use super::{Purpose, read};
use crate::{
    identity::{FactorError, FactorOwed, Identity, SessionKey, SignedIn, factor::take::Fits},
    ids::UserId,
};

/// Who may show a passkey of theirs: who is signed in, and who owes a factor.
#[derive(Debug, Clone, Copy)]
pub struct Owner(UserId);

impl From<&SignedIn> for Owner {
    fn from(who: &SignedIn) -> Self {
        Self(who.user())
    }
}

impl From<&FactorOwed> for Owner {
    fn from(who: &FactorOwed) -> Self {
        Self(who.user().id)
    }
}

impl Identity {
    /// What the person's browser needs to show a passkey.
    pub async fn ask_passkey(
        &self,
        who: impl Into<Owner>,
        session: &SessionKey,
    ) -> Result<Value, FactorError> {
        let Owner(user) = who.into();
        let rows = self.store.read().await?.passkey_rows(user).await?;
        if rows.is_empty() {
            return Err(FactorError::Gone);
        }
        let passkeys: Vec<Passkey> = rows.into_iter().map(|row| row.passkey.0).collect();
        let (asked, state) = self.webauthn()?.start_passkey_authentication(&passkeys)?;
        self.keep_challenge(session, user, Purpose::Show, &state)
            .await?;
        Ok(serde_json::to_value(asked.public_key).map_err(WebauthnError::from)?)
    }

    /// Which passkey answered what `session` was asked.
    pub(in crate::identity::factor) async fn answered(
        &self,
        user: UserId,
        session: &SessionKey,
        answer: &str,
    ) -> Result<Fits, FactorError> {
        let state: PasskeyAuthentication =
            self.take_challenge(session, user, Purpose::Show).await?;
        let answer: PublicKeyCredential = read(answer)?;
        let proven = self
            .webauthn()?
            .finish_passkey_authentication(&answer, &state)?;
        let rows = self.store.read().await?.passkey_rows(user).await?;
        let mut rows = rows.into_iter();
        // One that was removed meanwhile is nobody's.
        let row = rows.find(|row| row.passkey.cred_id() == proven.cred_id());
        let mut row = row.ok_or(WebauthnError::CredentialNotFound)?;
        row.passkey.update_credential(&proven);
        Ok(Fits::Passkey(Box::new(row), proven.counter()))
    }
}
