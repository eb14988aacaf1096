//! Erasing a user, as they asked: themselves, or through an admin.
//!
//! What names somebody goes, here and at Mastercard. What was counted stays, in
//! rows that name nobody: from now on the user is in no denominator, and the
//! figures of the past are still true. See `docs/decisions/0018-erasure.md`.

use secrecy::SecretString;

use crate::{
    audit::Actor,
    connect::Connect,
    identity::{Admin, ChangeError, Client, Email, Identity, PersonError, SignedIn},
    ids::UserId,
    store::{Store, StoreError, Write},
};

/// Why a user who asked was not erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// Their password did not show that it is them.
    #[error(transparent)]
    Password(#[from] ChangeError),
    /// As when an admin does it.
    #[error(transparent)]
    Person(#[from] PersonError),
}

impl From<StoreError> for EraseError {
    fn from(error: StoreError) -> Self {
        Self::Person(error.into())
    }
}

/// The use cases of erasing.
#[derive(Clone)]
pub struct Erasure {
    store: Store,
    identity: Identity,
    connect: Connect,
}

impl Erasure {
    /// On one database with both.
    pub fn new(store: Store, identity: Identity, connect: Connect) -> Self {
        Self {
            store,
            identity,
            connect,
        }
    }

    /// Erases who is signed in. Asked for with the password: a browser that was
    /// left open must not be enough.
    pub async fn oneself(
        &self,
        who: &SignedIn,
        password: &SecretString,
        client: &Client,
    ) -> Result<(), EraseError> {
        self.identity.check_password(who, password, client).await?;
        let unit = self.store.write().await?;
        let by = Actor::person(who, client);
        Ok(self.erase(unit, who.user(), None, &by).await?)
    }

    /// Erases another user, whose address the admin typed to say that it is them.
    pub async fn another(
        &self,
        admin: &Admin,
        id: UserId,
        typed: &Email,
        client: &Client,
    ) -> Result<(), PersonError> {
        let oneself: &SignedIn = admin.as_ref();
        if oneself.user() == id {
            return Err(PersonError::Oneself);
        }
        let unit = self.store.write().await?;
        let by = Actor::person(oneself, client);
        self.erase(unit, id, Some(typed), &by).await
    }

    async fn erase(
        &self,
        mut unit: Write,
        id: UserId,
        typed: Option<&Email>,
        by: &Actor,
    ) -> Result<(), PersonError> {
        let user = unit.user(id).await?.ok_or(PersonError::Gone)?;
        if typed.is_some_and(|typed| typed.key() != user.email.key()) {
            return Err(PersonError::AnotherAddress);
        }
        self.connect.leave(&mut unit, id).await?;
        self.identity.erase(&mut unit, &user, by).await?;
        Ok(unit.save().await?)
    }
}
