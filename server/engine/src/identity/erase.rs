//! Erasing what names a user.

use super::{Identity, PersonError, Recipient, Role, SendLetter, User, What, sessions};
use crate::{
    audit::{Act, Actor},
    jobs::Due,
    store::{StoreError, Write},
};

impl Identity {
    /// Erases a user, unless there would be no admin left: ends their sign-ins,
    /// puts it down, and has a last letter sent. The audit forgets their name;
    /// only what one of the staff did keeps it, until `relink audit forget`.
    pub(crate) async fn erase(
        &self,
        unit: &mut Write,
        user: &User,
        by: &Actor,
    ) -> Result<(), PersonError> {
        let now = self.clock.now();
        sessions::end_all(unit, user.id, now).await?;
        let letter = SendLetter {
            to: Recipient::Address {
                email: user.email.clone(),
                language: user.language.clone(),
            },
            what: What::Erased,
        };
        self.jobs.enqueue(unit, &letter, Due::AtOnce).await?;
        unit.erase_user(user, now).await?;
        self.audit
            .record(unit, by, &Act::Erased(user.into()))
            .await?;
        forget_name(unit, user).await?;
        if unit.admins().await? == 0 {
            return Err(PersonError::LastAdmin);
        }
        Ok(())
    }
}

async fn forget_name(unit: &mut Write, user: &User) -> Result<u64, StoreError> {
    let key = user.email.key();
    match user.role {
        Role::User => unit.erase_audit_names(Some(user.id), &key).await,
        Role::Viewer | Role::Support | Role::Admin => unit.erase_audit_abouts(user.id, &key).await,
    }
}
