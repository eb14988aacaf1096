//! Users made without signing up: by the command line, and for the demo.

use super::{Email, HashError, Identity, Language, Password, Role, User};
use crate::{
    audit::{Act, Actor},
    ids::UserId,
    store::StoreError,
};

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
    /// Makes an admin; for the command line, whose caller holds the database.
    pub async fn create_admin(
        &self,
        email: Email,
        password: &Password,
    ) -> Result<UserId, NewUserError> {
        let password = self.hasher.hash(password).await?;
        let mut unit = self.store.write().await?;
        let user = self.made(email, Role::Admin);
        if !unit.add_user(&user, &password).await? {
            return Err(NewUserError::AlreadySignedUp);
        }
        let act = Act::AdminMade((&user).into());
        self.audit
            .record(&mut unit, &Actor::machine(), &act)
            .await?;
        unit.save().await?;
        Ok(user.id)
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
        if let Some(known) = known {
            return Ok(known.user.id);
        }
        let password = self.hasher.hash(&demo.password).await?;
        let mut unit = self.store.write().await?;
        let user = self.made(demo.email.clone(), demo.role);
        if !unit.add_user(&user, &password).await? {
            return Err(NewUserError::AlreadySignedUp);
        }
        unit.save().await?;
        Ok(user.id)
    }

    /// A user whose address needs no proof.
    fn made(&self, email: Email, role: Role) -> User {
        let user = self.new_user(email, role, Language::default());
        User {
            email_confirmed_at: Some(user.created_at),
            ..user
        }
    }
}
