//! What admins and the command line do with people.

use super::{
    Admin, Email, HashError, Identity, Language, Password, Recipient, Role, SendLetter, SignUpMode,
    User, What, sessions,
};
use crate::{ids::UserId, jobs::Due, store::StoreError};

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// Nobody may sign up here, invited or not.
    #[error("sign-up is off")]
    Closed,
    /// The address has a user already.
    #[error("the address has a user already")]
    AlreadySignedUp,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why no user was made.
#[derive(Debug, thiserror::Error)]
pub enum NewUserError {
    /// The address has a user already.
    #[error("the address has a user already")]
    AlreadySignedUp,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}

/// A ready sign-in of the sandbox environment.
#[derive(Debug, Clone)]
pub struct DemoUser {
    /// The address.
    pub email: Email,
    /// The password, which is printed.
    pub password: Password,
    /// What they may do.
    pub role: Role,
}

/// Whether a user may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// They may.
    Allowed,
    /// They may not.
    Disabled,
}

impl Identity {
    /// Sends an invitation; for the command line, whose caller holds the
    /// database and may know who has a user. The running program sends it.
    pub async fn invite(&self, email: Email, language: Language) -> Result<(), InviteError> {
        if self.settings.sign_up == SignUpMode::Off {
            return Err(InviteError::Closed);
        }
        let mut unit = self.store.write().await?;
        let known = unit.stored_user_by_email(&email).await?;
        if known.is_some_and(|known| known.user.email_confirmed_at.is_some()) {
            return Err(InviteError::AlreadySignedUp);
        }
        let letter = SendLetter {
            to: Recipient::Address { email, language },
            what: What::Invitation,
        };
        self.jobs.enqueue(&mut unit, &letter, Due::AtOnce).await?;
        unit.save().await?;
        Ok(())
    }

    /// Lets a user in no more, and ends their sign-ins; or lets them in again.
    pub async fn set_disabled(
        &self,
        _: &Admin,
        user: UserId,
        to: Access,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        match to {
            Access::Allowed => unit.set_disabled(user, None).await?,
            Access::Disabled => {
                unit.set_disabled(user, Some(now)).await?;
                sessions::end_all(&mut unit, user, now).await?;
            }
        }
        unit.save().await
    }

    /// Makes an admin; for the command line, whose caller holds the database.
    pub async fn create_admin(
        &self,
        email: Email,
        password: &Password,
    ) -> Result<UserId, NewUserError> {
        self.create(email, password, Role::Admin).await
    }

    /// Makes sure that a demo user is there, with the role and address given;
    /// one who is there stays as they are. For the sandbox environment only:
    /// the password is public.
    pub async fn ensure_demo(&self, demo: &DemoUser) -> Result<UserId, NewUserError> {
        let known = self
            .store
            .read()
            .await?
            .stored_user_by_email(&demo.email)
            .await?;
        match known {
            Some(known) => Ok(known.user.id),
            None => {
                self.create(demo.email.clone(), &demo.password, demo.role)
                    .await
            }
        }
    }

    async fn create(
        &self,
        email: Email,
        password: &Password,
        role: Role,
    ) -> Result<UserId, NewUserError> {
        let password = self.hasher.hash(password).await?;
        let user = self.new_user(email, role, Language::default());
        let user = User {
            email_confirmed_at: Some(user.created_at),
            ..user
        };
        let mut unit = self.store.write().await?;
        if !unit.add_user(&user, &password).await? {
            return Err(NewUserError::AlreadySignedUp);
        }
        unit.save().await?;
        Ok(user.id)
    }
}
