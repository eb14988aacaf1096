//! Invitations: sent, seen, taken back.
//!
//! An address has one at most: a new one takes the place of the one before. It is
//! good for as long as who sent it may invite.

use super::{
    Admin, Client, Email, Identity, Language, PeopleFilter, Purpose, Recipient, Role, SendLetter,
    SignUpMode, What,
};
use crate::{
    audit::{Act, Actor},
    ids::InvitationId,
    jobs::Due,
    store::{StoreError, invitations::NewInvitation},
};

pub use crate::store::invitations::OpenInvitation;

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

impl Identity {
    /// Invites somebody as `role`.
    pub async fn invite(
        &self,
        admin: &Admin,
        email: Email,
        role: Role,
        language: Language,
        client: &Client,
    ) -> Result<(), InviteError> {
        let actor = Actor::person(admin.as_ref(), client);
        self.send_invitation(&actor, email, role, language).await
    }

    /// The same for the command line, whose caller holds the database. The
    /// running program sends the letter.
    pub async fn invite_at_machine(
        &self,
        email: Email,
        role: Role,
        language: Language,
    ) -> Result<(), InviteError> {
        self.send_invitation(&Actor::machine(), email, role, language)
            .await
    }

    async fn send_invitation(
        &self,
        actor: &Actor,
        email: Email,
        role: Role,
        language: Language,
    ) -> Result<(), InviteError> {
        if self.settings.sign_up == SignUpMode::Off {
            return Err(InviteError::Closed);
        }
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let known = unit.stored_user_by_email(&email).await?;
        if known.is_some_and(|known| known.user.email_confirmed_at.is_some()) {
            return Err(InviteError::AlreadySignedUp);
        }
        let new = NewInvitation {
            id: InvitationId(self.random.id(now)),
            email: &email,
            role,
            by: actor.known().map(|(person, _)| person.id),
            created_at: now,
            expires_at: now + Purpose::Invitation.lifetime(),
        };
        unit.put_invitation(&new).await?;
        let letter = SendLetter {
            to: Recipient::Address {
                email: email.clone(),
                language,
            },
            what: What::Invitation,
        };
        self.jobs.enqueue(&mut unit, &letter, Due::AtOnce).await?;
        let act = Act::Invited { email, role };
        self.audit.record(&mut unit, actor, &act).await?;
        unit.save().await?;
        Ok(())
    }

    /// The open ones, by address.
    pub async fn invitations(
        &self,
        _: &Admin,
        filter: &PeopleFilter,
        limit: u32,
    ) -> Result<Vec<OpenInvitation>, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.read().await?;
        unit.open_invitations(filter, now, limit).await
    }

    /// Takes one back: its letter leads nowhere. `false`: it is not open any more.
    pub async fn withdraw_invitation(
        &self,
        admin: &Admin,
        id: InvitationId,
        client: &Client,
    ) -> Result<bool, StoreError> {
        let mut unit = self.store.write().await?;
        let Some(open) = unit.open_invitation(id, self.clock.now()).await? else {
            return Ok(false);
        };
        if !unit.drop_invitation(id).await? {
            return Ok(false);
        }
        let (actor, act) = (
            Actor::person(admin.as_ref(), client),
            Act::InvitationWithdrawn {
                email: open.email,
                role: open.role,
            },
        );
        self.audit.record(&mut unit, &actor, &act).await?;
        unit.save().await?;
        Ok(true)
    }
}
