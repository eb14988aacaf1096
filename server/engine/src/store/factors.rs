//! The rows of second factors and recovery codes.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    Read, StoreError, Write,
    sql::{maybe, one, run},
};
use crate::{identity::FactorKind, ids::UserId};

/// A second factor as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct FactorRow {
    pub(crate) id: Uuid,
    pub(crate) sealed: Vec<u8>,
    pub(crate) last_step: i64,
    pub(crate) confirmed_at: Option<DateTime<Utc>>,
}

/// One to be stored, not confirmed yet.
pub(crate) struct NewFactor<'a> {
    pub(crate) id: Uuid,
    pub(crate) user: UserId,
    pub(crate) kind: FactorKind,
    pub(crate) sealed: &'a [u8],
    pub(crate) now: DateTime<Utc>,
}

/// Of all kinds.
const COUNT: &str = "
    SELECT (SELECT count(*) FROM factors WHERE user_id = $1 AND confirmed_at IS NOT NULL)
        + (SELECT count(*) FROM passkeys WHERE user_id = $1)";
const CONFIRMED: &str = "
    SELECT id, sealed, last_step, confirmed_at FROM factors
    WHERE user_id = $1 AND kind = $2 AND confirmed_at IS NOT NULL";
const PENDING: &str = "
    SELECT id, sealed, last_step, confirmed_at FROM factors
    WHERE user_id = $1 AND kind = $2 AND confirmed_at IS NULL AND created_at > $3";
const ANY: &str = "SELECT id, sealed, last_step, confirmed_at FROM factors LIMIT 1";
const ADD: &str = "
    INSERT INTO factors (id, user_id, kind, sealed, last_step, created_at) VALUES ($1, $2, $3, $4, 0, $5)";
const DROP_PENDING: &str =
    "DELETE FROM factors WHERE user_id = $1 AND kind = $2 AND confirmed_at IS NULL";
const DROP_KIND: &str = "DELETE FROM factors WHERE user_id = $1 AND kind = $2 AND id <> $3";
const DROP_ALL_OF_KIND: &str = "DELETE FROM factors WHERE user_id = $1 AND kind = $2";
const DROP_ALL: &str = "DELETE FROM factors WHERE user_id = $1";
const CONFIRM: &str = "
    UPDATE factors SET confirmed_at = $2, last_step = $3 WHERE id = $1 AND confirmed_at IS NULL";
/// The row's lock decides a race: the second finds the step used.
const USE_STEP: &str = "UPDATE factors SET last_step = $2 WHERE id = $1 AND last_step < $2";
const ADD_CODE: &str = "INSERT INTO recovery_codes (user_id, hash) VALUES ($1, $2)";
const USE_CODE: &str = "
    UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND hash = $2 AND used_at IS NULL";
const DROP_CODES: &str = "DELETE FROM recovery_codes WHERE user_id = $1";
const CODES_LEFT: &str =
    "SELECT count(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL";

impl Read {
    /// How many factors count; of all kinds.
    pub(crate) async fn factor_count(&mut self, user: UserId) -> Result<i64, StoreError> {
        let (count,) = one!(self, (i64,), COUNT, user)?;
        Ok(count)
    }

    pub(crate) async fn has_factor(&mut self, user: UserId) -> Result<bool, StoreError> {
        Ok(self.factor_count(user).await? > 0)
    }

    /// The one that counts.
    pub(crate) async fn factor(
        &mut self,
        user: UserId,
        kind: FactorKind,
    ) -> Result<Option<FactorRow>, StoreError> {
        Ok(maybe!(self, FactorRow, CONFIRMED, user, kind.as_str())?)
    }

    /// Anybody's.
    pub(crate) async fn any_factor(&mut self) -> Result<Option<FactorRow>, StoreError> {
        Ok(maybe!(self, FactorRow, ANY)?)
    }

    /// The one that is being set up, if that began after `since`.
    pub(crate) async fn pending_factor(
        &mut self,
        user: UserId,
        kind: FactorKind,
        since: DateTime<Utc>,
    ) -> Result<Option<FactorRow>, StoreError> {
        Ok(maybe!(
            self,
            FactorRow,
            PENDING,
            user,
            kind.as_str(),
            since
        )?)
    }

    pub(crate) async fn recovery_codes_left(&mut self, user: UserId) -> Result<u32, StoreError> {
        let (count,) = one!(self, (i64,), CODES_LEFT, user)?;
        Ok(u32::try_from(count).unwrap_or_default())
    }
}

impl Write {
    /// In the place of one that was not confirmed.
    pub(crate) async fn add_factor(&mut self, new: NewFactor<'_>) -> Result<(), StoreError> {
        let kind = new.kind.as_str();
        run!(self, DROP_PENDING, new.user, kind)?;
        run!(self, ADD, new.id, new.user, kind, new.sealed, new.now)?;
        Ok(())
    }

    /// Makes it the one of its kind; `false`: it is gone, or counts already.
    pub(crate) async fn confirm_factor(
        &mut self,
        user: UserId,
        kind: FactorKind,
        id: Uuid,
        step: i64,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let confirmed = run!(self, CONFIRM, id, now, step)? == 1;
        if confirmed {
            run!(self, DROP_KIND, user, kind.as_str(), id)?;
        }
        Ok(confirmed)
    }

    /// `false`: a code of this step, or a later one, was taken before.
    pub(crate) async fn use_factor_step(
        &mut self,
        id: Uuid,
        step: i64,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, USE_STEP, id, step)? == 1)
    }

    /// What the user has of one kind, also what is being set up; `false`:
    /// there was none.
    pub(crate) async fn drop_factor(
        &mut self,
        user: UserId,
        kind: FactorKind,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, DROP_ALL_OF_KIND, user, kind.as_str())? > 0)
    }

    pub(crate) async fn drop_recovery_codes(&mut self, user: UserId) -> Result<(), StoreError> {
        run!(self, DROP_CODES, user)?;
        Ok(())
    }

    /// All factors of the user, and the recovery codes.
    pub(crate) async fn drop_factors(&mut self, user: UserId) -> Result<(), StoreError> {
        self.drop_recovery_codes(user).await?;
        self.drop_passkeys(user).await?;
        run!(self, DROP_ALL, user)?;
        Ok(())
    }

    /// New ones in the place of the old.
    pub(crate) async fn set_recovery_codes(
        &mut self,
        user: UserId,
        hashes: impl Iterator<Item = [u8; 32]>,
    ) -> Result<(), StoreError> {
        run!(self, DROP_CODES, user)?;
        for hash in hashes {
            run!(self, ADD_CODE, user, hash.as_slice())?;
        }
        Ok(())
    }

    /// `false`: no such code, or it was used before.
    pub(crate) async fn use_recovery_code(
        &mut self,
        user: UserId,
        hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, USE_CODE, user, hash, now)? == 1)
    }
}
