//! One person as support sees them: how they are found, and what they have.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    Read, StoreError,
    sql::{all, maybe},
};
use crate::{
    health::{Mark, Standing},
    ids::{ConnectionId, UserId},
};

/// Where a part of a story begins: before this instant, and at it, before this
/// id.
#[derive(Debug, Clone)]
pub(crate) struct Before<T> {
    pub(crate) at: DateTime<Utc>,
    pub(crate) id: T,
}

/// When a customer was read last, and when that was last tried.
type Readings = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

const BY_ID: &str = "SELECT id FROM users WHERE id = $1
    UNION SELECT user_id FROM connections WHERE id = $1
    UNION SELECT user_id FROM connect_sessions WHERE id = $1
    UNION SELECT c.user_id FROM accounts a JOIN connections c ON c.id = a.connection_id WHERE a.id = $1";

const BY_NAME: &str = "SELECT user_id FROM customers WHERE customer_id = $1
    UNION SELECT user_id FROM connect_sessions WHERE reference = $1
    UNION SELECT user_id FROM connections WHERE institution_login_id = $1
    UNION SELECT c.user_id FROM accounts a JOIN connections c ON c.id = a.connection_id WHERE a.upstream_id = $1
    LIMIT $2";

const READINGS: &str = "SELECT read_at, tried_at FROM customers WHERE user_id = $1";

const STANDINGS: &str = "SELECT s.connection_id, s.standing, s.code
    FROM standing_intervals s JOIN connections c ON c.id = s.connection_id
    WHERE c.user_id = $1 AND s.until_at IS NULL";

const MARKS: &str = "SELECT m.connection_id, m.mark, m.reason
    FROM connection_marks m JOIN connections c ON c.id = m.connection_id
    WHERE c.user_id = $1 ORDER BY m.marked_at";

impl Read {
    /// Whose an id of ours is.
    pub(crate) async fn users_by_id(&mut self, id: Uuid) -> Result<Vec<UserId>, StoreError> {
        let rows = all!(self, (UserId,), BY_ID, id)?;
        Ok(rows.into_iter().map(|(user,)| user).collect())
    }

    /// Whose customer, login, account or visit Mastercard calls so.
    pub(crate) async fn users_by_name(
        &mut self,
        name: &str,
        limit: i64,
    ) -> Result<Vec<UserId>, StoreError> {
        let rows = all!(self, (UserId,), BY_NAME, name, limit)?;
        Ok(rows.into_iter().map(|(user,)| user).collect())
    }

    /// When a user's customer was read last, and when that was last tried.
    pub(crate) async fn readings_of(&mut self, user: UserId) -> Result<Readings, StoreError> {
        Ok(maybe!(self, Readings, READINGS, user)?.unwrap_or_default())
    }

    /// How a user's connections stand that count.
    pub(crate) async fn standings_of(
        &mut self,
        user: UserId,
    ) -> Result<Vec<(ConnectionId, Standing)>, StoreError> {
        let rows = all!(self, (ConnectionId, String, i64), STANDINGS, user)?;
        rows.into_iter()
            .map(|(id, name, code)| Ok((id, super::standings::read(&name, code)?)))
            .collect()
    }

    /// Which of a user's connections are marked, and why.
    pub(crate) async fn marks_of(
        &mut self,
        user: UserId,
    ) -> Result<Vec<(ConnectionId, Mark, String)>, StoreError> {
        let rows = all!(self, (ConnectionId, String, String), MARKS, user)?;
        let bad = || StoreError::bad("connection_marks", "mark")("an unknown mark");
        rows.into_iter()
            .map(|(id, mark, reason)| Ok((id, Mark::read(&mark).ok_or_else(bad)?, reason)))
            .collect()
    }
}
