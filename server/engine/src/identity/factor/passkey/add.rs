//! A new passkey.

use serde_json::Value;
use webauthn_rs::prelude::{PasskeyRegistration, WebauthnError};

use super::{PasskeyName, Purpose, read};
use crate::{
    audit::Act,
    identity::{
        Client, FactorChange, FactorError, FactorKind, Identity, SessionKey, SetUp, Shown,
        SignInMark, attempts::Attempt, factor::Enrolling, sessions,
    },
    ids::PasskeyId,
    store::passkeys::NewPasskey,
};

/// Nobody has so many devices; every one is read at each sign-in.
const MOST: usize = 10;

impl Identity {
    /// What the person's browser needs to make a passkey.
    pub async fn ask_new_passkey(
        &self,
        who: impl Into<Enrolling<'_>>,
        session: &SessionKey,
    ) -> Result<Value, FactorError> {
        let who = who.into();
        let mut unit = self.store.read().await?;
        self.may_add(&mut unit, &who).await?;
        let known = unit.passkey_rows(who.user).await?;
        drop(unit);
        // Said before a device makes one that nobody takes.
        if known.len() >= MOST {
            return Err(FactorError::TooManyPasskeys);
        }
        let known = known.iter().map(|row| row.passkey.cred_id().clone());
        let known = Some(known.collect());
        let (email, webauthn) = (who.email.as_str(), self.webauthn()?);
        let (asked, state) =
            webauthn.start_passkey_registration(who.user.0, email, email, known)?;
        self.keep_challenge(session, who.user, Purpose::Add, &state)
            .await?;
        Ok(serde_json::to_value(asked.public_key).map_err(WebauthnError::from)?)
    }

    /// Takes the passkey that the browser made: from now on it can be shown.
    /// Every sign-in of the person ends; the mark is for this browser.
    pub async fn add_passkey(
        &self,
        who: impl Into<Enrolling<'_>>,
        session: &SessionKey,
        name: &PasskeyName,
        answer: &str,
        client: &Client,
    ) -> Result<SetUp, FactorError> {
        let who = who.into();
        self.begin_code(who.email, client).await?;
        let state: PasskeyRegistration =
            self.take_challenge(session, who.user, Purpose::Add).await?;
        let webauthn = self.webauthn()?;
        let passkey = webauthn.finish_passkey_registration(&read(answer)?, &state)?;
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        // Holds the user: who else adds or removes a factor of theirs waits.
        sessions::end_all(&mut unit, who.user, now).await?;
        self.may_add(&mut unit, &who).await?;
        let first = !unit.has_factor(who.user).await?;
        if unit.passkeys(who.user).await?.len() >= MOST {
            return Err(FactorError::TooManyPasskeys);
        }
        let new = NewPasskey {
            id: PasskeyId(self.random.id(now)),
            user: who.user,
            name: name.as_str(),
            passkey: &passkey,
            now,
        };
        if !unit.add_passkey(new).await? {
            return Err(WebauthnError::CredentialAlreadyExists.into());
        }
        let codes = if first {
            Some(self.make_codes(&mut unit, who.user).await?)
        } else {
            None
        };
        let act = Act::FactorSetUp(FactorKind::Passkey);
        self.audit
            .record(&mut unit, &who.actor(client), &act)
            .await?;
        let change = FactorChange::Added(FactorKind::Passkey);
        self.tell_of_factor(&mut unit, who.user, change, Some(client))
            .await?;
        unit.save().await?;
        self.end_attempt(Attempt::Code, who.email, client.address)
            .await?;
        let mark = SignInMark::new(who.user, now, client, Some(Shown::Passkey), who.reason);
        Ok(SetUp { mark, codes })
    }
}
