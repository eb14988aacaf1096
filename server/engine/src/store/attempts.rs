//! The rows that count attempts.

use chrono::{DateTime, Utc};

use super::{
    StoreError, Write,
    sql::{one, run},
};
use crate::identity::attempts::Count;

#[derive(sqlx::FromRow)]
struct Row {
    started_at: DateTime<Utc>,
    tries: i32,
    locked_until: Option<DateTime<Utc>>,
}

/// The update that changes nothing takes the row's lock on PostgreSQL, so that
/// attempts at one time count one after the other.
const TAKE: &str = "
    INSERT INTO attempts (scope, key, started_at, tries) VALUES ($1, $2, $3, 0)
    ON CONFLICT (scope, key) DO UPDATE SET tries = attempts.tries
    RETURNING started_at, tries, locked_until";
const PUT: &str = "
    UPDATE attempts SET started_at = $3, tries = $4, locked_until = $5 WHERE scope = $1 AND key = $2";
const FORGET: &str = "DELETE FROM attempts WHERE scope = $1 AND key = $2";
const GIVE_BACK: &str = "
    UPDATE attempts SET tries = tries - 1 WHERE scope = $1 AND key = $2 AND tries > 0 AND locked_until IS NULL";
const PRUNE: &str = "
    DELETE FROM attempts WHERE started_at < $1 AND (locked_until IS NULL OR locked_until < $1)";

impl Write {
    /// The count, which nobody else changes until this unit of work ends.
    pub(crate) async fn take_attempts(
        &mut self,
        scope: &str,
        key: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Count, StoreError> {
        let row = one!(self, Row, TAKE, scope, key, now)?;
        let tries = u32::try_from(row.tries).map_err(StoreError::bad("attempts", "tries"))?;
        Ok(Count {
            started_at: row.started_at,
            tries,
            locked_until: row.locked_until,
        })
    }

    pub(crate) async fn put_attempts(
        &mut self,
        scope: &str,
        key: &[u8],
        count: Count,
    ) -> Result<(), StoreError> {
        let tries = i32::try_from(count.tries).unwrap_or(i32::MAX);
        run!(
            self,
            PUT,
            scope,
            key,
            count.started_at,
            tries,
            count.locked_until
        )?;
        Ok(())
    }

    pub(crate) async fn forget_attempts(
        &mut self,
        scope: &str,
        key: &[u8],
    ) -> Result<(), StoreError> {
        run!(self, FORGET, scope, key)?;
        Ok(())
    }

    pub(crate) async fn give_back_attempt(
        &mut self,
        scope: &str,
        key: &[u8],
    ) -> Result<(), StoreError> {
        run!(self, GIVE_BACK, scope, key)?;
        Ok(())
    }

    pub(crate) async fn prune_attempts(
        &mut self,
        before: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        Ok(run!(self, PRUNE, before)?)
    }
}
