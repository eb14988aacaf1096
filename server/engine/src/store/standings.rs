//! How connections stood, and which were taken out of the figures.

use chrono::{DateTime, TimeDelta, Utc};
use relink_mastercard::{CustomerId, InstitutionId};

use super::{
    Read, StoreError, Write,
    sql::{all, one, run},
};
use crate::{
    health::{Mark, Standing},
    ids::ConnectionId,
};

/// One of a customer's connections, and how it stood until now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stood {
    /// The connection.
    pub connection: ConnectionId,
    /// Where it is now.
    pub institution: InstitutionId,
    /// What that was called when it was connected.
    pub institution_name: String,
    /// Whether somebody took it out of the figures.
    pub is_marked: bool,
    /// Since when it stood how, and where; absent: it did not count.
    pub open: Option<(DateTime<Utc>, InstitutionId, Standing)>,
}

#[derive(sqlx::FromRow)]
struct StoodRow {
    id: ConnectionId,
    institution_id: i64,
    institution_name: String,
    is_marked: bool,
    from_at: Option<DateTime<Utc>>,
    stood_at: Option<i64>,
    standing: Option<String>,
    code: Option<i64>,
}

impl TryFrom<StoodRow> for Stood {
    type Error = StoreError;

    fn try_from(row: StoodRow) -> Result<Self, StoreError> {
        let open = match (row.from_at, row.stood_at, row.standing, row.code) {
            (Some(from), Some(place), Some(name), Some(code)) => {
                Some((from, InstitutionId::new(place), read(&name, code)?))
            }
            _ => None,
        };
        Ok(Self {
            connection: row.id,
            institution: InstitutionId::new(row.institution_id),
            institution_name: row.institution_name,
            is_marked: row.is_marked,
            open,
        })
    }
}

/// A stored standing.
pub(super) fn read(name: &str, code: i64) -> Result<Standing, StoreError> {
    let bad = StoreError::bad("standing_intervals", "standing");
    Standing::read(name, code).ok_or_else(|| bad(format!("{name} {code}")))
}

const STOOD: &str = "SELECT c.id, c.institution_id, c.institution_name,
        EXISTS (SELECT 1 FROM connection_marks m WHERE m.connection_id = c.id) AS is_marked,
        s.from_at, s.institution_id AS stood_at, s.standing, s.code
    FROM connections c LEFT JOIN standing_intervals s ON s.connection_id = c.id AND s.until_at IS NULL
    WHERE c.customer_id = $1 ORDER BY c.id";

const HOLD: &str = "UPDATE customers SET tried_at = tried_at WHERE customer_id = $1";

const LAST: &str = "SELECT max(until_at) FROM standing_intervals WHERE connection_id = $1";

const CLOSE: &str =
    "UPDATE standing_intervals SET until_at = $2 WHERE connection_id = $1 AND until_at IS NULL";

const OPEN: &str =
    "INSERT INTO standing_intervals (connection_id, from_at, institution_id, standing, code)
    VALUES ($1, $2, $3, $4, $5)";

const MARK: &str = "INSERT INTO connection_marks (connection_id, mark, reason, marked_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (connection_id, mark) DO UPDATE SET reason = excluded.reason";

// Nobody gave a reason: the kind is one. What somebody said stays.
const MARK_TESTING: &str = "INSERT INTO connection_marks (connection_id, mark, reason, marked_at)
    SELECT c.id, 'test', '', $2 FROM connections c JOIN customers k ON k.customer_id = c.customer_id
    WHERE c.id = $1 AND k.kind = 'testing'
    ON CONFLICT (connection_id, mark) DO NOTHING";

const UNMARK: &str = "DELETE FROM connection_marks WHERE connection_id = $1 AND mark = $2";

const MUTED: &str =
    "SELECT m.connection_id FROM connection_marks m JOIN connections c ON c.id = m.connection_id
    WHERE c.user_id = $1 AND m.mark = 'mute'";

const UNENTERED: &str = "SELECT DISTINCT c.customer_id FROM connections c
    WHERE c.customer_id > $1
    AND EXISTS (SELECT 1 FROM accounts a WHERE a.connection_id = c.id AND a.choice = 'kept' AND a.gone_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM standing_intervals s WHERE s.connection_id = c.id)
    ORDER BY c.customer_id LIMIT $2";

impl Read {
    /// A customer's connections, and how they stood.
    pub async fn stood(&mut self, customer: &CustomerId) -> Result<Vec<Stood>, StoreError> {
        all!(self, StoodRow, STOOD, customer.as_str())?
            .into_iter()
            .map(Stood::try_from)
            .collect()
    }

    /// A user's connections of which nothing is told.
    pub async fn muted(
        &mut self,
        user: crate::ids::UserId,
    ) -> Result<Vec<ConnectionId>, StoreError> {
        let rows = all!(self, (ConnectionId,), MUTED, user)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Customers with connections that never entered the figures, those after
    /// `after`.
    pub(crate) async fn customers_unentered(
        &mut self,
        after: &str,
        limit: u16,
    ) -> Result<Vec<CustomerId>, StoreError> {
        let rows = all!(self, (String,), UNENTERED, after, i64::from(limit))?;
        let bad = |id: String| {
            id.parse()
                .map_err(StoreError::bad("connections", "customer_id"))
        };
        rows.into_iter().map(|(id,)| bad(id)).collect()
    }
}

impl Write {
    /// Makes others who would write of this customer wait.
    pub(crate) async fn hold_customer(&mut self, customer: &CustomerId) -> Result<(), StoreError> {
        run!(self, HOLD, customer.as_str())?;
        Ok(())
    }

    /// From `at` on a connection stands as `now`, or does not count. Where time
    /// has stood still or gone back since the last change, it is the next
    /// microsecond: an interval has a length.
    pub async fn stand(
        &mut self,
        stood: &Stood,
        now: Option<Standing>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut at = at;
        if let Some((from, place, standing)) = stood.open {
            at = at.max(from + TimeDelta::microseconds(1));
            run!(self, CLOSE, stood.connection, at)?;
            self.tally().stands(place.get(), standing, at, -1);
        } else if let (Some(last),) = one!(self, (Option<DateTime<Utc>>,), LAST, stood.connection)?
        {
            at = at.max(last);
        }
        if let Some(standing) = now {
            let place = stood.institution.get();
            let (name, code) = (standing.name(), standing.code());
            run!(self, OPEN, stood.connection, at, place, name, code)?;
            self.tally().stands(place, standing, at, 1);
            self.tally().name(place, &stood.institution_name);
        }
        Ok(())
    }

    /// Takes a connection out of the figures.
    pub async fn mark(
        &mut self,
        connection: ConnectionId,
        mark: Mark,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, MARK, connection, mark.name(), reason, at)?;
        self.out_of_funnel(connection, at).await
    }

    /// Takes a new connection out of the figures where Mastercard calls its
    /// customer one for testing. Its mark has no reason: the kind is one.
    pub(crate) async fn mark_testing(
        &mut self,
        connection: ConnectionId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, MARK_TESTING, connection, at)?;
        Ok(())
    }

    /// Takes a mark away; `false` if there was none.
    pub async fn unmark(
        &mut self,
        connection: ConnectionId,
        mark: Mark,
    ) -> Result<bool, StoreError> {
        Ok(run!(self, UNMARK, connection, mark.name())? > 0)
    }
}
