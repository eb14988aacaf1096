//! The breaks behind the figures, page by page.

use chrono::{DateTime, Utc};

use super::{Read, StoreError, breaks::ended, sql::all};
use crate::{
    connections::End,
    health::{Code, breaks::Did},
    identity::Viewer,
    ids::{BreakId, ConnectionId},
};

/// A part of the breaks to which something happened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// What happened.
    pub(crate) did: Did,
    /// Where; absent: anywhere.
    pub(crate) place: Option<i64>,
    /// By which code; absent: by any.
    pub(crate) code: Option<Code>,
    /// Since then.
    pub(crate) since: DateTime<Utc>,
    /// Before this row.
    pub(crate) before: (DateTime<Utc>, BreakId),
    /// At most so many.
    pub(crate) limit: i64,
}

/// A break as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakRow {
    /// Our id of it.
    pub id: BreakId,
    /// What broke.
    pub connection: ConnectionId,
    /// Mastercard's id of its customer.
    pub customer: String,
    /// Where it opened, and what that is called.
    pub institution: (i64, String),
    /// The latest cause.
    pub code: Code,
    /// When we learned of it.
    pub opened: DateTime<Utc>,
    /// When and how it ended.
    pub ended: Option<(DateTime<Utc>, End)>,
    /// Whether its person repaired it through Fix.
    pub through_fix: bool,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: BreakId,
    connection_id: ConnectionId,
    customer_id: String,
    institution_id: i64,
    name: String,
    code: i64,
    opened_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    ended: Option<String>,
    through_fix: bool,
}

impl TryFrom<Stored> for BreakRow {
    type Error = StoreError;

    fn try_from(row: Stored) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            connection: row.connection_id,
            customer: row.customer_id,
            institution: (row.institution_id, row.name),
            code: Code::new(row.code),
            opened: row.opened_at,
            ended: ended(row.closed_at, row.ended.as_deref())?,
            through_fix: row.through_fix,
        })
    }
}

// The latest first: one range of an index, whatever is asked for.
macro_rules! rows {
    ($at:literal, $which:literal, $where:literal) => {
        concat!(
            "SELECT b.id, b.connection_id, c.customer_id, b.institution_id,
                COALESCE(NULLIF(f.name, ''), c.institution_name) AS name,
                b.code, b.opened_at, b.closed_at, b.ended, b.through_fix
             FROM breaks b JOIN connections c ON c.id = b.connection_id
             LEFT JOIN institution_figures f ON f.institution_id = b.institution_id
             WHERE ",
            $which,
            " AND b.",
            $at,
            " >= $1 AND (b.",
            $at,
            ", b.id) < ($2, $3)",
            $where,
            " ORDER BY b.",
            $at,
            " DESC, b.id DESC LIMIT $4"
        )
    };
}

/// Anywhere, there, by a code, and both.
macro_rules! each {
    ($at:literal, $which:literal) => {
        [
            rows!($at, $which, ""),
            rows!($at, $which, " AND b.institution_id = $5"),
            rows!($at, $which, " AND b.code = $5"),
            rows!($at, $which, " AND b.institution_id = $5 AND b.code = $6"),
        ]
    };
}
const OPENED: [&str; 4] = each!("opened_at", "b.counted");
const REPAIRED: [&str; 4] = each!("closed_at", "b.ended = 'repaired' AND b.end_counted");
// Said so that the index of all that were repaired is none for it.
const FIXED: [&str; 4] = each!(
    "closed_at",
    "b.through_fix AND COALESCE(b.ended, '') = 'repaired' AND b.end_counted"
);

const TOTALS: &str = "SELECT code, CAST(sum(opened) AS BIGINT), CAST(sum(repaired) AS BIGINT),
        CAST(sum(fixed) AS BIGINT)
    FROM break_days WHERE institution_id = $1 AND day BETWEEN $2 AND $3 GROUP BY code ORDER BY code";

impl Read {
    /// How many breaks there are by the figures, of each code of which there are
    /// any.
    pub(crate) async fn breaks_counted(
        &mut self,
        _: &Viewer,
        did: Did,
        place: i64,
        (first, last): (i64, i64),
    ) -> Result<Vec<(Code, i64)>, StoreError> {
        let rows = all!(self, (i64, i64, i64, i64), TOTALS, place, first, last)?;
        let one = |(code, opened, repaired, fixed)| {
            let n = match did {
                Did::Opened => opened,
                Did::Repaired => repaired,
                Did::Fixed => fixed,
            };
            (Code::new(code), n)
        };
        Ok(rows.into_iter().map(one).filter(|(_, n)| *n > 0).collect())
    }

    /// Breaks since an instant that come before one, the latest first.
    pub(crate) async fn breaks_counted_rows(
        &mut self,
        _: &Viewer,
        part: &Part,
    ) -> Result<Vec<BreakRow>, StoreError> {
        let (since, (before, id), limit) = (part.since, part.before, part.limit);
        let [anywhere, there, of, both] = match part.did {
            Did::Opened => OPENED,
            Did::Repaired => REPAIRED,
            Did::Fixed => FIXED,
        };
        let found = match (part.place, part.code.map(Code::get)) {
            (None, None) => all!(self, Stored, anywhere, since, before, id, limit),
            (Some(place), None) => all!(self, Stored, there, since, before, id, limit, place),
            (None, Some(code)) => all!(self, Stored, of, since, before, id, limit, code),
            (Some(place), Some(code)) => {
                all!(self, Stored, both, since, before, id, limit, place, code)
            }
        };
        found?.into_iter().map(BreakRow::try_from).collect()
    }
}
