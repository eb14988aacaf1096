//! Removing: by whose factor it is, and by who helps them.

use super::{FactorChange, FactorError, FactorKind, Showing};
use crate::{
    audit::{Act, Actor},
    identity::{
        Admin, Client, Email, Identity, PersonError, Reason, SignInMark, SignedIn, people::another,
        sessions,
    },
    ids::{PasskeyId, UserId},
    store::StoreError,
};

/// What is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Removed {
    App,
    Passkey(PasskeyId),
}

impl Removed {
    fn kind(self) -> FactorKind {
        match self {
            Self::App => FactorKind::Totp,
            Self::Passkey(_) => FactorKind::Passkey,
        }
    }
}

impl Identity {
    /// Removes the app of who shows a factor of today; the last factor stays
    /// where one is required. Every sign-in of theirs ends; the mark is for
    /// this browser.
    pub async fn remove_factor(
        &self,
        who: &SignedIn,
        showing: Showing<'_>,
        client: &Client,
    ) -> Result<SignInMark, FactorError> {
        // Said before a code is used up for it; one that waits for its first code
        // is nothing to remove.
        let mut unit = self.store.read().await?;
        let app = unit.factor(who.user(), FactorKind::Totp).await?;
        drop(unit);
        if app.is_none() {
            return Err(FactorError::Gone);
        }
        self.remove(who, Removed::App, showing, client).await
    }

    /// The same of a passkey.
    pub async fn remove_passkey(
        &self,
        who: &SignedIn,
        id: PasskeyId,
        showing: Showing<'_>,
        client: &Client,
    ) -> Result<SignInMark, FactorError> {
        let known = self.store.read().await?.passkeys(who.user()).await?;
        if !known.iter().any(|passkey| passkey.id == id) {
            return Err(FactorError::Gone);
        }
        self.remove(who, Removed::Passkey(id), showing, client)
            .await
    }

    async fn remove(
        &self,
        who: &SignedIn,
        what: Removed,
        showing: Showing<'_>,
        client: &Client,
    ) -> Result<SignInMark, FactorError> {
        let (user, required) = (who.user(), self.settings.second_factor.asks(who.role()));
        // Said before a code is used up for it.
        if required && self.store.read().await?.factor_count(user).await? <= 1 {
            return Err(FactorError::Required);
        }
        let actor = Actor::person(who, client);
        let shown = self.take(&actor, (user, who.email()), showing, client);
        let shown = shown.await?;
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        // Holds the user: of two removals at one time one leaves the last.
        sessions::end_all(&mut unit, user, now).await?;
        let removed = match what {
            Removed::App => unit.drop_factor(user, FactorKind::Totp).await?,
            Removed::Passkey(id) => unit.drop_passkey(user, id).await?,
        };
        if !removed {
            return Err(FactorError::Gone);
        }
        let left = unit.has_factor(user).await?;
        if !left {
            if required {
                return Err(FactorError::Required);
            }
            unit.drop_recovery_codes(user).await?;
        }
        let act = Act::FactorRemoved(what.kind());
        self.audit.record(&mut unit, &actor, &act).await?;
        let change = FactorChange::Removed(what.kind());
        self.tell_of_factor(&mut unit, user, change, Some(client))
            .await?;
        unit.save().await?;
        let shown = left.then_some(shown);
        Ok(SignInMark::new(user, now, client, shown, Reason::Renewed))
    }

    /// Takes away the factors of somebody else who has lost them, and ends their
    /// sign-ins; `false`: they have none. Of one's own only what shows a factor of
    /// today removes.
    pub async fn reset_factors(
        &self,
        admin: &Admin,
        user: UserId,
        client: &Client,
    ) -> Result<bool, PersonError> {
        another(admin, user)?;
        let known = self.store.read().await?.user(user).await?;
        known.ok_or(PersonError::Gone)?;
        let actor = Actor::person(admin.as_ref(), client);
        Ok(self.reset(&actor, user).await?)
    }

    /// The same for the command line, whose caller holds the database: the one
    /// admin may have lost theirs.
    pub async fn reset_factors_at_machine(&self, email: &Email) -> Result<bool, StoreError> {
        let stored = self.store.read().await?.stored_user_by_email(email).await?;
        match stored {
            Some(stored) => self.reset(&Actor::machine(), stored.user.id).await,
            None => Ok(false),
        }
    }

    async fn reset(&self, actor: &Actor, user: UserId) -> Result<bool, StoreError> {
        let mut unit = self.store.write().await?;
        let Some(known) = unit.user(user).await? else {
            return Ok(false);
        };
        if !unit.has_factor(user).await? {
            return Ok(false);
        }
        sessions::end_all(&mut unit, user, self.clock.now()).await?;
        unit.drop_factors(user).await?;
        let act = Act::FactorsReset((&known).into());
        self.audit.record(&mut unit, actor, &act).await?;
        self.tell_of_factor(&mut unit, user, FactorChange::Reset, None)
            .await?;
        unit.save().await?;
        Ok(true)
    }
}
