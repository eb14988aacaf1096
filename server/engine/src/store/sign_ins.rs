//! The rows of browsers' sessions.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, run},
};
use crate::{
    identity::{SessionData, SessionKey, Shown},
    ids::{SignInId, UserId},
};

/// A session to be stored.
pub(crate) struct NewSignIn<'a> {
    pub(crate) key: &'a SessionKey,
    pub(crate) handle: SignInId,
    pub(crate) user: Option<UserId>,
    pub(crate) data: &'a SessionData,
    pub(crate) user_agent: Option<&'a str>,
    pub(crate) address: Option<String>,
    pub(crate) factor: Option<Shown>,
    pub(crate) entered: Option<DateTime<Utc>>,
    pub(crate) now: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

#[derive(Debug, sqlx::FromRow)]
pub(crate) struct SignInRow {
    pub(crate) data: Json<SessionData>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) last_seen_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

#[derive(Debug, sqlx::FromRow)]
pub(crate) struct OwnerRow {
    pub(crate) user_id: UserId,
    pub(crate) handle: SignInId,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) entered_at: Option<DateTime<Utc>>,
    pub(crate) factor: Option<String>,
}

/// A sign-in of a user, as the user may see it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedSignIn {
    /// Names it, for revoking.
    pub handle: SignInId,
    /// The browser, in its own words, cut short.
    pub user_agent: Option<String>,
    /// Where the sign-in came from.
    pub address: Option<String>,
    /// When the sign-in was.
    pub created_at: DateTime<Utc>,
    /// To a minute.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends unless used.
    pub expires_at: DateTime<Utc>,
}

const ADD: &str = "
    INSERT INTO sign_ins (id_hash, handle, user_id, data, user_agent, address, factor, created_at,
        last_seen_at, expires_at, entered_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10) ON CONFLICT (id_hash) DO NOTHING";
const LOAD: &str = "
    SELECT data, created_at, last_seen_at, expires_at FROM sign_ins WHERE id_hash = $1 AND expires_at > $2";
const SAVE: &str = "UPDATE sign_ins SET data = $2 WHERE id_hash = $1 AND expires_at > $3";
const TOUCH: &str = "UPDATE sign_ins SET last_seen_at = $2, expires_at = $3 WHERE id_hash = $1";
const WHO: &str = "
    SELECT user_id, handle, created_at, entered_at, factor FROM sign_ins WHERE id_hash = $1 AND expires_at > $2 AND user_id IS NOT NULL";
const LIST: &str = "
    SELECT handle, user_agent, address, created_at, last_seen_at, expires_at FROM sign_ins
    WHERE user_id = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, handle DESC";
const DELETE: &str = "DELETE FROM sign_ins WHERE id_hash = $1";
const REVOKE: &str = "DELETE FROM sign_ins WHERE handle = $1 AND user_id = $2";
const REVOKE_ALL: &str = "DELETE FROM sign_ins WHERE user_id = $1";
const PRUNE: &str = "DELETE FROM sign_ins WHERE expires_at <= $1";

impl Read {
    pub(crate) async fn sign_in(
        &mut self,
        key: &SessionKey,
        now: DateTime<Utc>,
    ) -> Result<Option<SignInRow>, StoreError> {
        Ok(maybe!(self, SignInRow, LOAD, key.hash(), now)?)
    }

    /// Whose session it is, if anybody's.
    pub(crate) async fn sign_in_user(
        &mut self,
        key: &SessionKey,
        now: DateTime<Utc>,
    ) -> Result<Option<OwnerRow>, StoreError> {
        Ok(maybe!(self, OwnerRow, WHO, key.hash(), now)?)
    }

    pub(crate) async fn sign_ins_of(
        &mut self,
        user: UserId,
        now: DateTime<Utc>,
    ) -> Result<Vec<ListedSignIn>, StoreError> {
        Ok(all!(self, ListedSignIn, LIST, user, now)?)
    }
}

impl Write {
    /// `false`: the key is in use.
    pub(crate) async fn add_sign_in(&mut self, new: NewSignIn<'_>) -> Result<bool, StoreError> {
        let added = run!(
            self,
            ADD,
            new.key.hash(),
            new.handle,
            new.user,
            Json(new.data),
            new.user_agent,
            &new.address,
            new.factor.map(Shown::as_str),
            new.now,
            new.expires_at,
            new.entered
        )?;
        Ok(added == 1)
    }

    /// `false`: the session is gone.
    pub(crate) async fn save_sign_in(
        &mut self,
        key: &SessionKey,
        data: &SessionData,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, SAVE, key.hash(), Json(data), now)? == 1)
    }

    pub(crate) async fn touch_sign_in(
        &mut self,
        key: &SessionKey,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, TOUCH, key.hash(), now, expires_at)?;
        Ok(())
    }

    pub(crate) async fn delete_sign_in(&mut self, key: &SessionKey) -> Result<(), StoreError> {
        run!(self, DELETE, key.hash())?;
        Ok(())
    }

    /// `false`: no such sign-in of this user.
    pub(crate) async fn revoke_sign_in(
        &mut self,
        user: UserId,
        handle: SignInId,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, REVOKE, handle, user)? == 1)
    }

    pub(crate) async fn revoke_sign_ins(&mut self, user: UserId) -> Result<u64, StoreError> {
        Ok(run!(self, REVOKE_ALL, user)?)
    }

    pub(crate) async fn prune_sign_ins(&mut self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(run!(self, PRUNE, now)?)
    }
}
