//! What admins do with people, each of it put down.
//!
//! Nobody takes away their own role or disables themselves, and no act leaves
//! an installation without an admin: the last one would be locked out by a slip.

use unicode_normalization::UnicodeNormalization as _;

use super::{Access, Admin, Client, Email, Identity, Role, SignedIn, User, sessions};
use crate::{
    audit::{Act, Actor},
    ids::UserId,
    store::{StoreError, Write},
};

pub use crate::store::people::ListedPerson;
use crate::store::{passkeys::ListedPasskey, sign_ins::ListedSignIn};

/// Why nothing was changed of a person.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// There is no such person.
    #[error("no such person")]
    Gone,
    /// Another admin has to do it.
    #[error("nobody does this to themselves")]
    Oneself,
    /// The address is not proven: whoever signed up with it may be somebody else.
    #[error("the address is not proven")]
    Unproven,
    /// The address that was typed is another's.
    #[error("the address is another's")]
    AnotherAddress,
    /// Nobody could run the installation any more.
    #[error("there would be no admin left")]
    LastAdmin,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Which people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleFilter {
    beginning: String,
    role: Option<Role>,
}

impl PeopleFilter {
    /// Whose address begins so, and who have this role.
    pub fn new(beginning: &str, role: Option<Role>) -> Self {
        let beginning = beginning.trim().nfc().collect::<String>().to_lowercase();
        Self { beginning, role }
    }

    pub(crate) fn beginning(&self) -> &str {
        &self.beginning
    }

    pub(crate) fn role(&self) -> Option<Role> {
        self.role
    }
}

/// One person, as an admin sees them.
#[derive(Debug, Clone)]
pub struct PersonFacts {
    /// Who.
    pub user: User,
    /// Whether they have a second factor.
    pub has_factor: bool,
    /// Their passkeys among these.
    pub passkeys: Vec<ListedPasskey>,
    /// Where they are signed in, the last used first.
    pub sign_ins: Vec<ListedSignIn>,
}

impl Identity {
    /// People by address, those after `after`; `None`: there is no such person
    /// to go on from.
    pub async fn people(
        &self,
        _: &Admin,
        filter: &PeopleFilter,
        after: Option<UserId>,
        limit: u32,
    ) -> Result<Option<Vec<ListedPerson>>, StoreError> {
        let mut unit = self.store.read().await?;
        let after = match after {
            None => String::new(),
            Some(id) => match unit.user(id).await? {
                Some(user) => user.email.key(),
                None => return Ok(None),
            },
        };
        unit.list_people(filter, &after, limit).await.map(Some)
    }

    /// Whose address it is.
    pub async fn whose(&self, _: &Admin, email: &Email) -> Result<Option<UserId>, StoreError> {
        let stored = self.store.read().await?.stored_user_by_email(email).await?;
        Ok(stored.map(|stored| stored.user.id))
    }

    /// One person; that the admin looked is put down.
    pub async fn person(
        &self,
        admin: &Admin,
        id: UserId,
        client: &Client,
    ) -> Result<Option<PersonFacts>, StoreError> {
        let mut unit = self.store.read().await?;
        let Some(user) = unit.user(id).await? else {
            return Ok(None);
        };
        let facts = PersonFacts {
            has_factor: unit.has_factor(id).await?,
            passkeys: unit.passkeys(id).await?,
            sign_ins: unit.sign_ins_of(id, self.clock.now()).await?,
            user,
        };
        drop(unit);
        let whom = (&facts.user).into();
        self.audit.looked(admin.as_ref(), whom, client).await?;
        Ok(Some(facts))
    }

    /// Lets a person do more, or less. Of the staff is only who has proven their
    /// address: until then anybody may have chosen the password.
    pub async fn set_role(
        &self,
        admin: &Admin,
        id: UserId,
        role: Role,
        client: &Client,
    ) -> Result<(), PersonError> {
        let (mut unit, user) = self.other(admin, id).await?;
        if user.role == role {
            return Ok(());
        }
        if role != Role::User && user.email_confirmed_at.is_none() {
            return Err(PersonError::Unproven);
        }
        unit.set_role(id, role).await?;
        if user.role == Role::Admin {
            unit.void_invitations(id).await?;
        }
        let act = Act::RoleChanged {
            whom: (&user).into(),
            before: user.role,
            after: role,
        };
        self.done(unit, admin, &act, client).await
    }

    /// Lets a person in no more, and ends their sign-ins; or lets them in again.
    pub async fn set_access(
        &self,
        admin: &Admin,
        id: UserId,
        to: Access,
        client: &Client,
    ) -> Result<(), PersonError> {
        let (mut unit, user) = self.other(admin, id).await?;
        let now = self.clock.now();
        let act = match (to, user.disabled_at) {
            (Access::Allowed, None) | (Access::Disabled, Some(_)) => return Ok(()),
            (Access::Allowed, Some(_)) => {
                unit.set_disabled(id, None).await?;
                Act::Enabled((&user).into())
            }
            (Access::Disabled, None) => {
                unit.set_disabled(id, Some(now)).await?;
                sessions::end_all(&mut unit, id, now).await?;
                unit.void_invitations(id).await?;
                Act::Disabled((&user).into())
            }
        };
        self.done(unit, admin, &act, client).await
    }

    /// Ends every sign-in of a person; how many there were.
    pub async fn end_sign_ins(
        &self,
        admin: &Admin,
        id: UserId,
        client: &Client,
    ) -> Result<u64, PersonError> {
        let (mut unit, user) = self.any(id).await?;
        let count = sessions::end_all(&mut unit, id, self.clock.now()).await?;
        let act = Act::SessionsEnded {
            whom: (&user).into(),
            count,
        };
        self.done(unit, admin, &act, client).await?;
        Ok(count)
    }

    async fn any(&self, id: UserId) -> Result<(Write, User), PersonError> {
        let mut unit = self.store.write().await?;
        let user = unit.user(id).await?.ok_or(PersonError::Gone)?;
        Ok((unit, user))
    }

    async fn other(&self, admin: &Admin, id: UserId) -> Result<(Write, User), PersonError> {
        another(admin, id)?;
        self.any(id).await
    }

    /// Puts the act down and saves it, unless there would be no admin left. The
    /// end of the chain is locked by then: two admins who take each other's
    /// role at one time come here one after the other.
    async fn done(
        &self,
        mut unit: Write,
        admin: &Admin,
        act: &Act,
        client: &Client,
    ) -> Result<(), PersonError> {
        let actor = Actor::person(admin.as_ref(), client);
        self.audit.record(&mut unit, &actor, act).await?;
        if unit.admins().await? == 0 {
            return Err(PersonError::LastAdmin);
        }
        unit.save().await?;
        Ok(())
    }
}

/// Whether it is another than the admin.
pub(super) fn another(admin: &Admin, id: UserId) -> Result<(), PersonError> {
    let oneself: &SignedIn = admin.as_ref();
    if oneself.user() == id {
        return Err(PersonError::Oneself);
    }
    Ok(())
}
