//! A new password: forgotten, or changed.

use std::net::IpAddr;

use secrecy::SecretString;

use super::{
    Client, Email, HashError, Identity, Language, Locked, OneTimeToken, Password, Purpose, Reason,
    Recipient, SendLetter, SignInMark, SignedIn, Verdict, What, attempts::Attempt, sessions,
};
use crate::{
    audit::{Act, Actor},
    jobs::Due,
    store::StoreError,
};

/// Why a letter's link did nothing.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Wrong, used, too old, or of another purpose.
    #[error("the link is no longer good")]
    NotGood,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}

/// Why the password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The present password is another.
    #[error("wrong password")]
    Wrong,
    /// Too often.
    #[error(transparent)]
    Locked(Locked),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl Identity {
    /// Sends a link for a new password, if the address has a user. Which it is
    /// the letter's job finds out: the answer, and its time, do not depend on
    /// it.
    pub async fn forgot_password(
        &self,
        email: Email,
        language: Language,
        address: IpAddr,
    ) -> Result<Option<Locked>, StoreError> {
        if let Some(locked) = self.begin_attempt(Attempt::Letter, &email, address).await? {
            return Ok(Some(locked));
        }
        let mut unit = self.store.write().await?;
        let letter = SendLetter {
            to: Recipient::Address { email, language },
            what: What::ResetPassword,
        };
        self.jobs.enqueue(&mut unit, &letter, Due::AtOnce).await?;
        unit.save().await?;
        Ok(None)
    }

    /// Whether the link for a new password is good, before asking for one.
    pub async fn can_reset(&self, token: &OneTimeToken) -> Result<bool, StoreError> {
        let now = self.clock.now();
        Ok(self
            .store
            .read()
            .await?
            .token(&token.hash(), Purpose::ResetPassword, now)
            .await?
            .is_some())
    }

    /// Sets a new password by a letter's link, and signs the user out
    /// everywhere. The letter has proven the address, too.
    pub async fn reset_password(
        &self,
        token: &OneTimeToken,
        password: &Password,
        client: &Client,
    ) -> Result<(), TokenError> {
        if !self.can_reset(token).await? {
            return Err(TokenError::NotGood);
        }
        let password = self.hasher.hash(password).await?;
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let row = unit
            .use_token(&token.hash(), Purpose::ResetPassword, now)
            .await?;
        let user = row.and_then(|row| row.user_id).ok_or(TokenError::NotGood)?;
        let known = unit.user(user).await?.ok_or(TokenError::NotGood)?;
        unit.set_password(user, &password).await?;
        unit.confirm_user(user, now).await?;
        unit.void_users_tokens(user, Purpose::ResetPassword).await?;
        unit.void_users_tokens(user, Purpose::ConfirmEmail).await?;
        sessions::end_all(&mut unit, user, now).await?;
        let letter = SendLetter {
            to: Recipient::User(user),
            what: What::PasswordChanged,
        };
        self.jobs.enqueue(&mut unit, &letter, Due::AtOnce).await?;
        let actor = Actor::user(&known, client);
        self.audit
            .record_own(&mut unit, known.role, &actor, &Act::PasswordReset)
            .await?;
        unit.save().await?;
        Ok(())
    }

    /// Whether it is the person's present password; wrong ones are counted.
    pub(crate) async fn check_password(
        &self,
        who: &SignedIn,
        present: &SecretString,
        client: &Client,
    ) -> Result<(), ChangeError> {
        let (attempt, address) = (Attempt::Password, client.address);
        if let Some(locked) = self.begin_attempt(attempt, who.email(), address).await? {
            return Err(ChangeError::Locked(locked));
        }
        let stored = self.store.read().await?.stored_user(who.user()).await?;
        let stored = stored.as_ref().map(|stored| &stored.password);
        if self.hasher.verify(present, stored).await? == Verdict::Wrong {
            return Err(ChangeError::Wrong);
        }
        Ok(self.end_attempt(attempt, who.email(), address).await?)
    }

    /// Changes the password of who is signed in and ends every sign-in. The
    /// caller rotates the session's id and keeps the new mark, so that this
    /// browser stays signed in.
    pub async fn change_password(
        &self,
        who: &SignedIn,
        present: &SecretString,
        new: &Password,
        client: &Client,
    ) -> Result<SignInMark, ChangeError> {
        self.check_password(who, present, client).await?;
        let password = self.hasher.hash(new).await?;
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        unit.set_password(who.user(), &password).await?;
        unit.void_users_tokens(who.user(), Purpose::ResetPassword)
            .await?;
        sessions::end_all(&mut unit, who.user(), now).await?;
        let letter = SendLetter {
            to: Recipient::User(who.user()),
            what: What::PasswordChanged,
        };
        self.jobs.enqueue(&mut unit, &letter, Due::AtOnce).await?;
        let actor = Actor::person(who, client);
        self.audit
            .record_own(&mut unit, who.role(), &actor, &Act::PasswordChanged)
            .await?;
        unit.save().await?;
        Ok(
            SignInMark::new(who.user(), now, client, who.shown(), Reason::Renewed)
                .since(who.since()),
        )
    }
}
