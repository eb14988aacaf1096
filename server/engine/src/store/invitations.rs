//! The rows of invitations that were not accepted yet.

use chrono::{DateTime, Utc};

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, run},
};
use crate::{
    identity::{Email, PeopleFilter, Role},
    ids::{InvitationId, UserId},
};

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvitation {
    /// Which.
    pub id: InvitationId,
    /// Whom it is for.
    pub email: Email,
    /// As what.
    pub role: Role,
    /// Who invited; absent: somebody at the machine.
    pub inviter: Option<String>,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: InvitationId,
    email: String,
    role: String,
    inviter: Option<String>,
    expires_at: DateTime<Utc>,
}

impl TryFrom<Row> for OpenInvitation {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let (email, role) = (Email::parse(&row.email), row.role.parse());
        Ok(Self {
            id: row.id,
            email: email.map_err(StoreError::bad("invitations", "email"))?,
            role: role.map_err(StoreError::bad("invitations", "role"))?,
            inviter: row.inviter,
            expires_at: row.expires_at,
        })
    }
}

/// An invitation to be stored.
pub(crate) struct NewInvitation<'a> {
    pub(crate) id: InvitationId,
    pub(crate) email: &'a Email,
    pub(crate) role: Role,
    pub(crate) by: Option<UserId>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

/// In time, by somebody who may still invite, for an address that nobody has
/// proven meanwhile.
macro_rules! open {
    ($of:literal, $rest:literal) => {
        concat!(
            "SELECT i.id, i.email, i.role, u.email AS inviter, i.expires_at FROM ",
            $of,
            " LEFT JOIN users u ON u.id = i.invited_by
            WHERE i.expires_at > $1 AND (i.invited_by IS NULL OR (u.role = 'admin' AND u.disabled_at IS NULL))
            AND NOT EXISTS (SELECT 1 FROM users k WHERE k.email_key = i.email_key AND k.email_confirmed_at IS NOT NULL) ",
            $rest
        )
    };
}

const LIST: &str = open!(
    "invitations i",
    "AND i.email_key >= $2 AND i.email_key < $3 AND ($4 IS NULL OR i.role = $4) ORDER BY i.email_key LIMIT $5"
);
const ONE: &str = open!("invitations i", "AND i.id = $2");
const TO: &str = open!("invitations i", "AND i.email_key = $2");
const OF_TOKEN: &str = open!(
    "one_time_tokens t JOIN invitations i ON i.id = t.invitation_id",
    "AND t.hash = $2"
);
/// Another id: letters of the one before lead nowhere.
const PUT: &str = "
    INSERT INTO invitations (id, email, email_key, role, invited_by, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (email_key) DO UPDATE SET id = excluded.id, email = excluded.email, role = excluded.role,
        invited_by = excluded.invited_by, created_at = excluded.created_at, expires_at = excluded.expires_at";
const DROP: &str = "DELETE FROM invitations WHERE id = $1";
const VOID: &str = "DELETE FROM invitations WHERE invited_by = $1";
const PRUNE: &str = "DELETE FROM invitations WHERE expires_at < $1";

/// After every address.
const LAST: char = char::MAX;

impl Read {
    /// Those that are open at `now`, by address.
    pub(crate) async fn open_invitations(
        &mut self,
        filter: &PeopleFilter,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<OpenInvitation>, StoreError> {
        let (from, role) = (filter.beginning(), filter.role().map(Role::as_str));
        let (until, limit) = (format!("{from}{LAST}"), i64::from(limit));
        let rows = all!(self, Row, LIST, now, from, until, role, limit)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// One that is open at `now`.
    pub(crate) async fn open_invitation(
        &mut self,
        id: InvitationId,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenInvitation>, StoreError> {
        let row = maybe!(self, Row, ONE, now, id)?;
        row.map(TryInto::try_into).transpose()
    }

    /// The one for this address.
    pub(crate) async fn invitation_to(
        &mut self,
        email: &Email,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenInvitation>, StoreError> {
        let row = maybe!(self, Row, TO, now, email.key())?;
        row.map(TryInto::try_into).transpose()
    }

    /// The one whose letter has this token.
    pub(crate) async fn invitation_of(
        &mut self,
        hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<OpenInvitation>, StoreError> {
        let row = maybe!(self, Row, OF_TOKEN, now, hash)?;
        row.map(TryInto::try_into).transpose()
    }
}

impl Write {
    /// Takes the place of one for the same address.
    pub(crate) async fn put_invitation(
        &mut self,
        new: &NewInvitation<'_>,
    ) -> Result<(), StoreError> {
        run!(
            self,
            PUT,
            new.id,
            new.email.as_str(),
            new.email.key(),
            new.role.as_str(),
            new.by,
            new.created_at,
            new.expires_at
        )?;
        Ok(())
    }

    /// `false`: it is gone; of two at one time one takes it.
    pub(crate) async fn drop_invitation(&mut self, id: InvitationId) -> Result<bool, StoreError> {
        Ok(run!(self, DROP, id)? > 0)
    }

    /// All that somebody sent and nobody accepted.
    pub(crate) async fn void_invitations(&mut self, by: UserId) -> Result<(), StoreError> {
        run!(self, VOID, by)?;
        Ok(())
    }

    pub(crate) async fn prune_invitations(
        &mut self,
        before: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        Ok(run!(self, PRUNE, before)?)
    }
}
