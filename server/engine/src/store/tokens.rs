//! The rows of one-time tokens.

use chrono::{DateTime, Utc};

use super::{
    Read, StoreError, Write,
    sql::{maybe, run},
};
use crate::{
    identity::Purpose,
    ids::{InvitationId, UserId},
};

/// A token that can be used or was used just now.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct TokenRow {
    pub(crate) user_id: Option<UserId>,
}

/// A token to be stored.
pub(crate) struct NewToken<'a> {
    pub(crate) hash: &'a [u8],
    pub(crate) purpose: Purpose,
    pub(crate) user: Option<UserId>,
    pub(crate) invitation: Option<InvitationId>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

const ADD: &str = "
    INSERT INTO one_time_tokens (hash, purpose, user_id, invitation_id, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6)";
const LOOK: &str = "
    SELECT user_id FROM one_time_tokens
    WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3";
/// The row's lock decides a race: the second finds it used.
const USE: &str = "
    UPDATE one_time_tokens SET used_at = $3
    WHERE hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
    RETURNING user_id";
const VOID_USERS: &str = "
    DELETE FROM one_time_tokens WHERE user_id = $1 AND purpose = $2 AND used_at IS NULL";
const PRUNE: &str = "DELETE FROM one_time_tokens WHERE expires_at < $1";

impl Read {
    pub(crate) async fn token(
        &mut self,
        hash: &[u8],
        purpose: Purpose,
        now: DateTime<Utc>,
    ) -> Result<Option<TokenRow>, StoreError> {
        Ok(maybe!(self, TokenRow, LOOK, hash, purpose.as_str(), now)?)
    }
}

impl Write {
    pub(crate) async fn add_token(&mut self, token: NewToken<'_>) -> Result<(), StoreError> {
        run!(
            self,
            ADD,
            token.hash,
            token.purpose.as_str(),
            token.user,
            token.invitation,
            token.created_at,
            token.expires_at
        )?;
        Ok(())
    }

    pub(crate) async fn use_token(
        &mut self,
        hash: &[u8],
        purpose: Purpose,
        now: DateTime<Utc>,
    ) -> Result<Option<TokenRow>, StoreError> {
        Ok(maybe!(self, TokenRow, USE, hash, purpose.as_str(), now)?)
    }

    /// Takes back what was sent to the user for `purpose` and is not used.
    pub(crate) async fn void_users_tokens(
        &mut self,
        user: UserId,
        purpose: Purpose,
    ) -> Result<(), StoreError> {
        run!(self, VOID_USERS, user, purpose.as_str())?;
        Ok(())
    }

    pub(crate) async fn prune_tokens(&mut self, before: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(run!(self, PRUNE, before)?)
    }
}
