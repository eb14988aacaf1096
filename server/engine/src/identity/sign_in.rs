//! Signing in.

use secrecy::SecretString;

use super::{
    Client, Email, Entered, HalfMark, HashError, Identity, Locked, Reason, Recipient, SendLetter,
    SignInMark, Verdict, What, attempts::Attempt,
};
use crate::{
    jobs::Due,
    store::{StoreError, users::StoredUser},
};

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such user, or another password: which, is not told.
    #[error("wrong e-mail or password")]
    Wrong,
    /// Too often, for this account or from this address.
    #[error(transparent)]
    Locked(Locked),
    /// The right password, but the address is not proven yet; another letter
    /// is on its way.
    #[error("the e-mail address is not confirmed")]
    NotConfirmed,
    /// The right password of a user who may not sign in.
    #[error("the user is disabled")]
    Disabled,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl Identity {
    /// Signs in, as far as the password goes. The caller rotates the session's
    /// id and keeps the mark under [`super::SIGN_IN`] or [`super::HALF`].
    pub async fn sign_in(
        &self,
        email: &Email,
        password: &SecretString,
        client: &Client,
    ) -> Result<Entered, SignInError> {
        if let Some(locked) = self
            .begin_attempt(Attempt::Password, email, client.address)
            .await?
        {
            return Err(SignInError::Locked(locked));
        }
        let stored = self.store.read().await?.stored_user_by_email(email).await?;
        let verdict = self
            .hasher
            .verify(password, stored.as_ref().map(|stored| &stored.password))
            .await?;
        let (Some(stored), Verdict::Right | Verdict::RightButCheap) = (stored, verdict) else {
            return Err(SignInError::Wrong);
        };
        if stored.user.disabled_at.is_some() {
            return Err(SignInError::Disabled);
        }
        if stored.user.email_confirmed_at.is_none() {
            self.confirm_again(&stored, client).await?;
            return Err(SignInError::NotConfirmed);
        }
        if verdict == Verdict::RightButCheap {
            let dearer = self.hasher.rehash(password).await?;
            let mut unit = self.store.write().await?;
            unit.replace_hash(stored.user.id, &stored.password, &dearer)
                .await?;
            unit.save().await?;
        }
        self.end_attempt(Attempt::Password, email, client.address)
            .await?;
        let (user, now) = (&stored.user, self.clock.now());
        let owes = self.settings.second_factor.asks(user.role)
            || self.store.read().await?.has_factor(user.id).await?;
        Ok(if owes {
            Entered::Owes(HalfMark::new(user.id, now))
        } else {
            Entered::In(SignInMark::new(
                user.id,
                now,
                client,
                None,
                Reason::SignedIn,
            ))
        })
    }

    async fn confirm_again(&self, stored: &StoredUser, client: &Client) -> Result<(), StoreError> {
        if self
            .begin_attempt(Attempt::Letter, &stored.user.email, client.address)
            .await?
            .is_some()
        {
            return Ok(());
        }
        let mut unit = self.store.write().await?;
        let letter = SendLetter {
            to: Recipient::User(stored.user.id),
            what: What::ConfirmEmail,
        };
        self.jobs.enqueue(&mut unit, &letter, Due::AtOnce).await?;
        unit.save().await
    }
}
