//! Sweeps, and the customers they have to read.

use chrono::{DateTime, Utc};
use relink_mastercard::CustomerId;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, one, run},
};
use crate::ids::SweepId;

/// A daily reading of all customers, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Sweep {
    /// Our id of it.
    pub id: SweepId,
    /// When it began.
    #[sqlx(rename = "started_at")]
    pub started: DateTime<Utc>,
    /// Until when it may take.
    #[sqlx(rename = "due_at")]
    pub due: DateTime<Utc>,
    /// Customers there were to read when it began.
    pub planned: i64,
    /// Customers read.
    #[sqlx(rename = "read_count")]
    pub read: i64,
    /// Customers that could not be read.
    #[sqlx(rename = "failed_count")]
    pub failed: i64,
    /// When it was through.
    #[sqlx(rename = "finished_at")]
    pub finished: Option<DateTime<Utc>>,
}

/// Which customers to take next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ahead {
    /// Those with an open break.
    Broken,
    /// All.
    All,
}

const LATEST: &str = "SELECT id, started_at, due_at, planned, read_count, failed_count, finished_at
    FROM sweeps ORDER BY started_at DESC, id DESC LIMIT 1";

const BEGIN: &str = "INSERT INTO sweeps (id, started_at, due_at, planned, read_count, failed_count)
    VALUES ($1, $2, $3, $4, 0, 0)";

const WENT_ON: &str = "UPDATE sweeps SET read_count = read_count + $2, failed_count = failed_count + $3 WHERE id = $1";

const FINISH: &str = "UPDATE sweeps SET finished_at = $2 WHERE id = $1";

const TO_READ: &str = "SELECT count(*) FROM customers c WHERE c.customer_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM accounts a WHERE a.customer_id = c.customer_id AND a.choice <> 'removed')";

const AHEAD: &str = "SELECT c.customer_id FROM customers c
    WHERE c.customer_id > $1 AND (c.tried_at IS NULL OR c.tried_at < $2)
    AND EXISTS (SELECT 1 FROM accounts a WHERE a.customer_id = c.customer_id AND a.choice <> 'removed')
    ORDER BY c.customer_id LIMIT $3";
// From the breaks, which are few: a look at all customers each slice is not.
const AHEAD_BROKEN: &str = "SELECT DISTINCT c.customer_id FROM breaks b
    JOIN accounts a ON a.connection_id = b.connection_id AND a.choice <> 'removed'
    JOIN customers c ON c.customer_id = a.customer_id
    WHERE b.closed_at IS NULL AND c.customer_id > $1 AND (c.tried_at IS NULL OR c.tried_at < $2)
    ORDER BY c.customer_id LIMIT $3";

impl Read {
    /// The sweep that began last.
    pub async fn latest_sweep(&mut self) -> Result<Option<Sweep>, StoreError> {
        Ok(maybe!(self, Sweep, LATEST)?)
    }

    /// Customers that have something to read.
    pub async fn customers_to_read(&mut self) -> Result<i64, StoreError> {
        let (count,) = one!(self, (i64,), TO_READ)?;
        Ok(count)
    }

    /// At most `limit` customers, in the order of their ids, those after
    /// `after`, that were not tried since `started`.
    pub async fn customers_ahead(
        &mut self,
        started: DateTime<Utc>,
        ahead: Ahead,
        after: Option<&CustomerId>,
        limit: u16,
    ) -> Result<Vec<CustomerId>, StoreError> {
        let sql = match ahead {
            Ahead::Broken => AHEAD_BROKEN,
            Ahead::All => AHEAD,
        };
        let after = after.map_or("", CustomerId::as_str);
        let rows = all!(self, (String,), sql, after, started, i64::from(limit))?;
        // One that cannot be read must not keep the others from being read.
        Ok(rows
            .into_iter()
            .filter_map(|(id,)| id.parse().ok())
            .collect())
    }
}

impl Write {
    /// Stores a sweep that begins.
    pub async fn begin_sweep(&mut self, new: &Sweep) -> Result<(), StoreError> {
        run!(self, BEGIN, new.id, new.started, new.due, new.planned)?;
        Ok(())
    }

    /// Counts what a sweep has done.
    pub async fn sweep_went_on(
        &mut self,
        id: SweepId,
        read: i64,
        failed: i64,
    ) -> Result<(), StoreError> {
        run!(self, WENT_ON, id, read, failed)?;
        Ok(())
    }

    /// Notes that nothing is ahead of a sweep.
    pub async fn finish_sweep(&mut self, id: SweepId, at: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, FINISH, id, at)?;
        Ok(())
    }
}
