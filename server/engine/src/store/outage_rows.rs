//! Whom an outage has cut off, page by page.

use chrono::{DateTime, Utc};

use super::{Read, StoreError, sql::all, standings};
use crate::{
    health::Standing,
    identity::Viewer,
    ids::{ConnectionId, OutageId},
};

/// A connection that an outage has cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutOff {
    /// Which.
    pub connection: ConnectionId,
    /// Mastercard's id of its customer.
    pub customer: String,
    /// Where it is, and what that was called when it was connected.
    pub institution: (i64, String),
    /// When we saw it.
    pub joined: DateTime<Utc>,
    /// When a reading showed that it was not any more.
    pub back: Option<DateTime<Utc>>,
    /// How it stands now, where it counts.
    pub standing: Option<Standing>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    connection_id: ConnectionId,
    customer_id: String,
    institution_id: i64,
    institution_name: String,
    joined_at: DateTime<Utc>,
    back_at: Option<DateTime<Utc>>,
    standing: Option<String>,
    code: Option<i64>,
}

impl TryFrom<Stored> for CutOff {
    type Error = StoreError;

    fn try_from(row: Stored) -> Result<Self, StoreError> {
        let standing = row.standing.zip(row.code);
        let standing = standing.map(|(name, code)| standings::read(&name, code));
        Ok(Self {
            connection: row.connection_id,
            customer: row.customer_id,
            institution: (row.institution_id, row.institution_name),
            joined: row.joined_at,
            back: row.back_at,
            standing: standing.transpose()?,
        })
    }
}

macro_rules! rows {
    ($where:literal) => {
        concat!(
            "SELECT m.connection_id, c.customer_id, c.institution_id, c.institution_name, m.joined_at, m.back_at,
                s.standing, s.code
             FROM outage_connections m JOIN connections c ON c.id = m.connection_id
             LEFT JOIN standing_intervals s ON s.connection_id = m.connection_id AND s.until_at IS NULL
             WHERE m.outage_id = $1 AND m.connection_id > $2
             AND NOT EXISTS (SELECT 1 FROM connection_marks k WHERE k.connection_id = m.connection_id)",
            $where,
            " ORDER BY m.connection_id LIMIT $3"
        )
    };
}
const EVER: &str = rows!("");
// As they are counted: who has left is neither back nor cut off.
const STILL: &str = rows!(
    " AND m.back_at IS NULL AND EXISTS (SELECT 1 FROM breaks b
        WHERE b.connection_id = m.connection_id AND b.closed_at IS NULL)"
);

impl Read {
    /// Connections that an outage has cut off, or those that no reading has shown
    /// to be back; after one.
    pub(crate) async fn cut_off_rows(
        &mut self,
        _: &Viewer,
        outage: OutageId,
        still: bool,
        after: ConnectionId,
        limit: i64,
    ) -> Result<Vec<CutOff>, StoreError> {
        let sql = if still { STILL } else { EVER };
        let rows = all!(self, Stored, sql, outage, after, limit)?;
        rows.into_iter().map(CutOff::try_from).collect()
    }
}
