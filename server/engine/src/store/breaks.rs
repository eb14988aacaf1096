//! Breaks of connections, and what changed of them.

use chrono::{DateTime, Utc};
use relink_mastercard::{AggregationStatusCode as Code, CustomerId};
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{all, one, run},
};
use crate::{
    connections::{Change, End},
    ids::{BreakId, ConnectionId, HistoryId, UserId},
};

/// A break, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// Our id of it.
    pub id: BreakId,
    /// What broke.
    pub connection: ConnectionId,
    /// The present cause.
    pub code: Code,
    /// The latest good reading before it.
    pub last_good: Option<DateTime<Utc>>,
    /// The first failure that was seen.
    pub failed: DateTime<Utc>,
    /// When we learned of it.
    pub opened: DateTime<Utc>,
    /// When and how it ended.
    pub ended: Option<(DateTime<Utc>, End)>,
}

/// One entry of a connection's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub change: Change,
}

#[derive(sqlx::FromRow)]
struct BreakRow {
    id: BreakId,
    connection_id: ConnectionId,
    code: i64,
    last_good_at: Option<DateTime<Utc>>,
    failed_at: DateTime<Utc>,
    opened_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    ended: Option<String>,
}

impl TryFrom<BreakRow> for Break {
    type Error = StoreError;

    fn try_from(row: BreakRow) -> Result<Self, StoreError> {
        let bad = || StoreError::bad("breaks", "ended")("an unknown end");
        let ended = match (row.closed_at, row.ended) {
            (Some(at), Some(name)) => Some((at, End::read(&name).ok_or_else(bad)?)),
            _ => None,
        };
        Ok(Self {
            id: row.id,
            connection: row.connection_id,
            code: Code::new(row.code),
            last_good: row.last_good_at,
            failed: row.failed_at,
            opened: row.opened_at,
            ended,
        })
    }
}

macro_rules! break_columns {
    () => {
        "b.id, b.connection_id, b.code, b.last_good_at, b.failed_at, b.opened_at, b.closed_at, b.ended"
    };
}

const OPEN_OF_CUSTOMER: &str = concat!(
    "SELECT ",
    break_columns!(),
    " FROM breaks b JOIN connections c ON c.id = b.connection_id
      WHERE c.customer_id = $1 AND b.closed_at IS NULL"
);

const OF_USER: &str = concat!(
    "SELECT ",
    break_columns!(),
    " FROM breaks b JOIN connections c ON c.id = b.connection_id
      WHERE c.user_id = $1 ORDER BY b.opened_at, b.id"
);

// A second one is stopped by the index: two readings of one customer wait for
// each other at the customer's row before they come here.
const OPEN: &str =
    "INSERT INTO breaks (id, connection_id, code, last_good_at, failed_at, opened_at)
    VALUES ($1, $2, $3, $4, $5, $6)";

const CHANGE: &str = "UPDATE breaks SET code = $2 WHERE id = $1";

const CLOSE: &str = "UPDATE breaks SET closed_at = $2, ended = $3 WHERE id = $1";

const REPAIRED_SINCE: &str = "SELECT min(closed_at) FROM breaks
    WHERE connection_id = $1 AND ended = 'repaired' AND closed_at >= $2";

const REMEMBER: &str =
    "INSERT INTO connection_history (id, connection_id, at, change) VALUES ($1, $2, $3, $4)";

const HISTORY: &str =
    "SELECT h.at, h.change FROM connection_history h JOIN connections c ON c.id = h.connection_id
    WHERE h.connection_id = $1 AND c.user_id = $2 ORDER BY h.at DESC, h.id DESC LIMIT $3";

impl Read {
    /// The open breaks of a customer's connections.
    pub async fn open_breaks(&mut self, customer: &CustomerId) -> Result<Vec<Break>, StoreError> {
        all!(self, BreakRow, OPEN_OF_CUSTOMER, customer.as_str())?
            .into_iter()
            .map(Break::try_from)
            .collect()
    }

    /// All breaks of a user's connections, the earliest first.
    pub async fn breaks(&mut self, user: UserId) -> Result<Vec<Break>, StoreError> {
        all!(self, BreakRow, OF_USER, user)?
            .into_iter()
            .map(Break::try_from)
            .collect()
    }

    /// The first end by proof, since then, of a break of this connection.
    pub(crate) async fn repaired_since(
        &mut self,
        connection: ConnectionId,
        since: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let (at,) = one!(
            self,
            (Option<DateTime<Utc>>,),
            REPAIRED_SINCE,
            connection,
            since
        )?;
        Ok(at)
    }

    /// What changed of a user's own connection, the latest first.
    pub async fn history(
        &mut self,
        user: UserId,
        connection: ConnectionId,
        limit: u16,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = all!(
            self,
            (DateTime<Utc>, Json<Change>),
            HISTORY,
            connection,
            user,
            i64::from(limit)
        )?;
        let entry = |(at, Json(change))| Entry { at, change };
        Ok(rows.into_iter().map(entry).collect())
    }
}

impl Write {
    /// Stores a break that opens.
    pub async fn open_break(&mut self, new: &Break) -> Result<(), StoreError> {
        run!(
            self,
            OPEN,
            new.id,
            new.connection,
            new.code.get(),
            new.last_good,
            new.failed,
            new.opened
        )?;
        Ok(())
    }

    /// Gives an open break another cause.
    pub async fn change_break(&mut self, id: BreakId, code: Code) -> Result<(), StoreError> {
        run!(self, CHANGE, id, code.get())?;
        Ok(())
    }

    /// Ends a break.
    pub async fn close_break(
        &mut self,
        id: BreakId,
        end: End,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, CLOSE, id, at, end.name())?;
        Ok(())
    }

    /// Adds to a connection's history.
    pub async fn remember(
        &mut self,
        id: HistoryId,
        connection: ConnectionId,
        at: DateTime<Utc>,
        change: &Change,
    ) -> Result<(), StoreError> {
        run!(self, REMEMBER, id, connection, at, Json(change))?;
        Ok(())
    }
}
