//! The rows of passkeys, and of what sessions were asked to sign.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, run},
};
use crate::{
    identity::SessionKey,
    ids::{PasskeyId, UserId},
};

/// A passkey, as its owner may see it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedPasskey {
    /// Names it.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was last shown; never, if absent.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A passkey as it is stored.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct PasskeyRow {
    pub(crate) id: PasskeyId,
    pub(crate) passkey: Json<webauthn_rs::prelude::Passkey>,
}

/// One to be stored.
pub(crate) struct NewPasskey<'a> {
    pub(crate) id: PasskeyId,
    pub(crate) user: UserId,
    pub(crate) name: &'a str,
    pub(crate) passkey: &'a webauthn_rs::prelude::Passkey,
    pub(crate) now: DateTime<Utc>,
}

/// What a session was asked to sign.
pub(crate) struct NewChallenge<'a> {
    pub(crate) session: &'a SessionKey,
    pub(crate) user: UserId,
    pub(crate) purpose: &'static str,
    pub(crate) state: serde_json::Value,
    pub(crate) expires_at: DateTime<Utc>,
}

const LIST: &str = "
    SELECT id, name, created_at, last_used_at FROM passkeys WHERE user_id = $1 ORDER BY created_at, id";
const OF: &str = "SELECT id, passkey FROM passkeys WHERE user_id = $1 ORDER BY created_at, id";
const ADD: &str = "
    INSERT INTO passkeys (id, user_id, credential_id, name, passkey, counter, created_at)
    VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (credential_id) DO NOTHING";
/// The row's lock decides a race: of two signatures with one number the second
/// finds it used.
const USE: &str = "
    UPDATE passkeys SET passkey = $2, counter = $3, last_used_at = $4
    WHERE id = $1 AND (counter < $3 OR counter = 0 AND $3 = 0)";
const RENAME: &str = "UPDATE passkeys SET name = $3 WHERE user_id = $1 AND id = $2";
const DROP: &str = "DELETE FROM passkeys WHERE user_id = $1 AND id = $2";
const DROP_ALL: &str = "DELETE FROM passkeys WHERE user_id = $1";
const ASK: &str = "
    INSERT INTO passkey_challenges (session, user_id, purpose, state, expires_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (session) DO UPDATE SET user_id = excluded.user_id, purpose = excluded.purpose,
        state = excluded.state, expires_at = excluded.expires_at";
const TAKE: &str = "
    DELETE FROM passkey_challenges WHERE session = $1 AND user_id = $2 AND purpose = $3 AND expires_at > $4
    RETURNING state";

impl Read {
    /// This person's, the first added first.
    pub(crate) async fn passkeys(
        &mut self,
        user: UserId,
    ) -> Result<Vec<ListedPasskey>, StoreError> {
        Ok(all!(self, ListedPasskey, LIST, user)?)
    }

    pub(crate) async fn passkey_rows(
        &mut self,
        user: UserId,
    ) -> Result<Vec<PasskeyRow>, StoreError> {
        Ok(all!(self, PasskeyRow, OF, user)?)
    }
}

impl Write {
    /// `false`: the authenticator's name for it is taken.
    pub(crate) async fn add_passkey(&mut self, new: NewPasskey<'_>) -> Result<bool, StoreError> {
        let credential = new.passkey.cred_id().as_slice();
        let passkey = Json(new.passkey);
        let added = run!(
            self, ADD, new.id, new.user, credential, new.name, passkey, new.now
        )?;
        Ok(added == 1)
    }

    /// `false`: it is gone, or its number did not rise.
    pub(crate) async fn use_passkey(
        &mut self,
        row: &PasskeyRow,
        counter: u32,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let counter = i64::from(counter);
        Ok(run!(self, USE, row.id, &row.passkey, counter, now)? == 1)
    }

    /// `false`: no such passkey of this user.
    pub(crate) async fn rename_passkey(
        &mut self,
        user: UserId,
        id: PasskeyId,
        name: &str,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, RENAME, user, id, name)? == 1)
    }

    /// `false`: no such passkey of this user.
    pub(crate) async fn drop_passkey(
        &mut self,
        user: UserId,
        id: PasskeyId,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, DROP, user, id)? == 1)
    }

    pub(crate) async fn drop_passkeys(&mut self, user: UserId) -> Result<(), StoreError> {
        run!(self, DROP_ALL, user)?;
        Ok(())
    }

    /// In the place of what the session was asked before.
    pub(crate) async fn ask_passkey(&mut self, new: NewChallenge<'_>) -> Result<(), StoreError> {
        let (session, state) = (new.session.hash(), Json(new.state));
        run!(
            self,
            ASK,
            session,
            new.user,
            new.purpose,
            state,
            new.expires_at
        )?;
        Ok(())
    }

    /// What this session was asked, once and in time.
    pub(crate) async fn take_challenge(
        &mut self,
        session: &SessionKey,
        user: UserId,
        purpose: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<serde_json::Value>, StoreError> {
        type State = (Json<serde_json::Value>,);
        let taken = maybe!(self, State, TAKE, session.hash(), user, purpose, now)?;
        Ok(taken.map(|(state,)| state.0))
    }
}
