//! Signing up, and proving the address.

use std::net::IpAddr;

use super::{
    Client, ConfirmEmail, Email, HashError, Identity, Language, Locked, OneTimeToken,
    OpenInvitation, Password, PasswordHash, Purpose, Recipient, Role, SendLetter, SignUpMode,
    TokenError, User, What, attempts::Attempt,
};
use crate::{
    audit::{Act, Actor},
    ids::UserId,
    jobs::Due,
    store::{StoreError, Write},
};

/// What a person types to sign up.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// The address.
    pub email: Email,
    /// The password chosen.
    pub password: Password,
    /// What they read.
    pub language: Language,
}

/// What comes after signing up, whether the address was known or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A letter is on its way.
    ReadTheLetter,
    /// Signing in.
    SignIn,
}

/// Why nobody was signed up.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    /// Not here, or not without an invitation.
    #[error("sign-up is closed")]
    Closed,
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
    /// Signs somebody up. The answer is the same for an address that has a
    /// user; its owner gets a letter that says so.
    pub async fn sign_up(&self, form: SignUp, address: IpAddr) -> Result<Next, SignUpError> {
        if self.settings.sign_up != SignUpMode::Open {
            return Err(SignUpError::Closed);
        }
        if let Some(locked) = self
            .begin_attempt(Attempt::Letter, &form.email, address)
            .await?
        {
            return Err(SignUpError::Locked(locked));
        }
        // Hashed for known addresses, too: the time tells nothing.
        let password = self.hasher.hash(&form.password).await?;
        let mut unit = self.store.write().await?;
        let what = match unit.stored_user_by_email(&form.email).await? {
            Some(known) if known.user.email_confirmed_at.is_some() => Some(What::AlreadySignedUp),
            Some(known) => {
                // Nobody has been signed in as this user yet. The last password
                // holds, and only the letter of the last sign-up proves it.
                unit.set_password(known.user.id, &password).await?;
                unit.void_users_tokens(known.user.id, Purpose::ConfirmEmail)
                    .await?;
                Some(What::ConfirmEmail)
            }
            None => self.add(&mut unit, &form, &password).await?,
        };
        if let Some(what) = what {
            let to = Recipient::Address {
                email: form.email,
                language: form.language,
            };
            self.jobs
                .enqueue(&mut unit, &SendLetter { to, what }, Due::AtOnce)
                .await?;
        }
        unit.save().await?;
        Ok(match self.settings.confirm_email {
            ConfirmEmail::Required => Next::ReadTheLetter,
            ConfirmEmail::Waived => Next::SignIn,
        })
    }

    /// Adds the user; what to write to them.
    async fn add(
        &self,
        unit: &mut Write,
        form: &SignUp,
        password: &PasswordHash,
    ) -> Result<Option<What>, StoreError> {
        let waived = self.settings.confirm_email == ConfirmEmail::Waived;
        let user = self.new_user(form.email.clone(), Role::User, form.language.clone());
        let user = User {
            email_confirmed_at: waived.then_some(user.created_at),
            ..user
        };
        let added = unit.add_user(&user, password).await?;
        // Not added: another sign-up of this address was a moment quicker, and
        // has its letter.
        Ok((added && !waived).then_some(What::ConfirmEmail))
    }

    pub(super) fn new_user(&self, email: Email, role: Role, language: Language) -> User {
        let now = self.clock.now();
        let id = UserId(self.random.id(now));
        User {
            id,
            email,
            role,
            language,
            zone: None,
            email_confirmed_at: None,
            disabled_at: None,
            created_at: now,
        }
    }

    /// Takes the link's word that the address is theirs. It does not sign in:
    /// whoever opens the letter need not be who chose the password.
    pub async fn confirm_email(&self, token: &OneTimeToken) -> Result<(), TokenError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let row = unit
            .use_token(&token.hash(), Purpose::ConfirmEmail, now)
            .await?;
        let user = row.and_then(|row| row.user_id).ok_or(TokenError::NotGood)?;
        unit.confirm_user(user, now).await?;
        unit.void_users_tokens(user, Purpose::ConfirmEmail).await?;
        unit.save().await?;
        Ok(())
    }

    /// The invitation whose letter has this token, while it is good.
    pub async fn invited(
        &self,
        token: &OneTimeToken,
    ) -> Result<Option<OpenInvitation>, StoreError> {
        if self.settings.sign_up == SignUpMode::Off {
            return Ok(None);
        }
        let now = self.clock.now();
        let mut unit = self.store.read().await?;
        unit.invitation_of(&token.hash(), now).await
    }

    /// Signs up who was invited; the letter has proven the address.
    pub async fn accept_invitation(
        &self,
        token: &OneTimeToken,
        password: &Password,
        language: Language,
        client: &Client,
    ) -> Result<(), TokenError> {
        if self.invited(token).await?.is_none() {
            return Err(TokenError::NotGood);
        }
        let password = self.hasher.hash(password).await?;
        let mut unit = self.store.write().await?;
        let open = unit.invitation_of(&token.hash(), self.clock.now()).await?;
        let open = open.ok_or(TokenError::NotGood)?;
        if !unit.drop_invitation(open.id).await? {
            return Err(TokenError::NotGood);
        }
        let role = open.role;
        let user = self.new_user(open.email, role, language);
        let mut user = User {
            email_confirmed_at: Some(user.created_at),
            ..user
        };
        if !unit.add_user(&user, &password).await? {
            user.id = self.adopt(&mut unit, &user, &password).await?;
        }
        let actor = Actor::user(&user, client);
        self.audit
            .record_own(&mut unit, role, &actor, &Act::Joined(role))
            .await?;
        unit.save().await?;
        Ok(())
    }

    /// The invited address signed up by itself meanwhile: a sign-up that was
    /// never proven is taken over, a proven one stays as it is.
    async fn adopt(
        &self,
        unit: &mut Write,
        invited: &User,
        password: &PasswordHash,
    ) -> Result<UserId, TokenError> {
        let known = unit
            .stored_user_by_email(&invited.email)
            .await?
            .ok_or(TokenError::NotGood)?;
        if known.user.email_confirmed_at.is_some() {
            return Err(TokenError::NotGood);
        }
        unit.set_password(known.user.id, password).await?;
        unit.confirm_user(known.user.id, self.clock.now()).await?;
        unit.set_role(known.user.id, invited.role).await?;
        unit.void_users_tokens(known.user.id, Purpose::ConfirmEmail)
            .await?;
        Ok(known.user.id)
    }
}
