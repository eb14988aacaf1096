//! The connections behind the figures, page by page.

use chrono::{DateTime, Utc};

use super::{Read, StoreError, sql::all};
use crate::{health::Standing, identity::Viewer, ids::ConnectionId};

/// A connection that counts.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Counted {
    /// Which.
    #[sqlx(rename = "connection_id")]
    pub connection: ConnectionId,
    /// Since when it stands so.
    #[sqlx(rename = "from_at")]
    pub since: DateTime<Utc>,
    /// Where it is.
    #[sqlx(rename = "institution_id")]
    pub institution: i64,
    /// What that was called when it was connected.
    pub institution_name: String,
    /// Mastercard's id of its customer.
    #[sqlx(rename = "customer_id")]
    pub customer: String,
}

/// A part of the rows that stand one way, the longest so first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// How they stand.
    pub(crate) standing: Standing,
    /// The institution; absent: all.
    pub(crate) place: Option<i64>,
    /// They stand so since then at least.
    pub(crate) until: DateTime<Utc>,
    /// After this row.
    pub(crate) after: (DateTime<Utc>, ConnectionId),
    /// At most so many.
    pub(crate) limit: i64,
}

// One range of an index, whatever is asked for.
macro_rules! rows {
    ($where:literal) => {
        concat!(
            "SELECT s.connection_id, s.from_at, s.institution_id, c.institution_name, c.customer_id
             FROM standing_intervals s JOIN connections c ON c.id = s.connection_id
             WHERE s.until_at IS NULL AND s.standing = $1 AND s.code = $2 AND s.from_at <= $3
             AND (s.from_at, s.connection_id) > ($4, $5)",
            $where,
            " ORDER BY s.from_at, s.connection_id LIMIT $6"
        )
    };
}
const ANYWHERE: &str = rows!("");
const THERE: &str = rows!(" AND s.institution_id = $7");

const MASKS: &str =
    "SELECT mask FROM accounts WHERE connection_id = $1 AND choice = 'kept' AND gone_at IS NULL
    ORDER BY arrived_at, id";

impl Read {
    /// Connections that stand one way.
    pub(crate) async fn counted_rows(
        &mut self,
        _: &Viewer,
        part: &Part,
    ) -> Result<Vec<Counted>, StoreError> {
        let (name, code) = (part.standing.name(), part.standing.code());
        let (until, (since, after), limit) = (part.until, part.after, part.limit);
        Ok(match part.place {
            None => all!(
                self, Counted, ANYWHERE, name, code, until, since, after, limit
            )?,
            Some(place) => all!(
                self, Counted, THERE, name, code, until, since, after, limit, place
            )?,
        })
    }

    /// The ends of the numbers of a connection's kept accounts.
    pub(crate) async fn masks(
        &mut self,
        _: &Viewer,
        connection: ConnectionId,
    ) -> Result<Vec<String>, StoreError> {
        let rows = all!(self, (String,), MASKS, connection)?;
        Ok(rows.into_iter().map(|(mask,)| mask).collect())
    }
}
