//! What a look at outages counts, and whom an outage cuts off.
//!
//! A connection counts where a kept account is left, nobody marked it, and it
//! was not broken already when the counting begins. Each statement starts from the few
//! rows that matter (open breaks since, one institution, customers read since)
//! and none from all customers.

use chrono::{DateTime, Utc};
use relink_mastercard::InstitutionId;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, one, run},
};
use crate::{
    ids::OutageId,
    outages::{Codes, Whose},
};

/// Which breaks to count.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Where: at one institution, or at all.
    pub whose: Whose,
    /// By which codes.
    pub codes: &'a Codes,
    /// From when on.
    pub since: DateTime<Utc>,
}

// `$1` the codes, `$2` since when. SQLite keeps to the order of a CROSS JOIN:
// without figures of its own it would rather walk all connections.
macro_rules! counts {
    () => {
        "EXISTS (SELECT 1 FROM accounts a WHERE a.connection_id = c.id AND a.choice = 'kept' AND a.gone_at IS NULL)
         AND NOT EXISTS (SELECT 1 FROM connection_marks k WHERE k.connection_id = c.id)
         AND NOT EXISTS (SELECT 1 FROM breaks x WHERE x.connection_id = c.id AND x.opened_at < $2
            AND (x.closed_at IS NULL OR x.closed_at >= $2))"
    };
}

macro_rules! newly_broken {
    () => {
        newly_broken!("breaks b CROSS JOIN connections c")
    };
    (there) => {
        newly_broken!("connections c CROSS JOIN breaks b")
    };
    ($from:literal) => {
        concat!(
            " FROM ",
            $from,
            " WHERE c.id = b.connection_id AND b.closed_at IS NULL AND b.opened_at >= $2
              AND $1 LIKE '%,' || CAST(b.code AS TEXT) || ',%' AND ",
            counts!()
        )
    };
}

const SUSPECTS: &str = concat!(
    "SELECT c.institution_id",
    newly_broken!(),
    " GROUP BY c.institution_id HAVING count(DISTINCT c.customer_id) >= $3 ORDER BY c.institution_id"
);

const BROKEN_AT: &str = concat!(
    "SELECT count(DISTINCT c.customer_id), count(DISTINCT c.institution_id)",
    newly_broken!(there),
    " AND c.institution_id = $3"
);

const BROKEN_ANYWHERE: &str = concat!(
    "SELECT count(DISTINCT c.customer_id), count(DISTINCT c.institution_id)",
    newly_broken!()
);

const FAILED_AT: &str = concat!(
    "SELECT b.failed_at",
    newly_broken!(there),
    " AND c.institution_id = $3 ORDER BY b.failed_at LIMIT 1 OFFSET $4"
);

const FAILED_ANYWHERE: &str = concat!(
    "SELECT b.failed_at",
    newly_broken!(),
    " ORDER BY b.failed_at LIMIT 1 OFFSET $3"
);

macro_rules! read {
    ($from:literal, $where:literal) => {
        concat!(
            "SELECT count(*) FROM (SELECT DISTINCT c.customer_id FROM ",
            $from,
            " WHERE c.customer_id = k.customer_id AND k.read_at >= $1 AND ",
            counts!(),
            $where,
            " LIMIT $3) AS counted"
        )
    };
}
const READ_AT: &str = read!(
    "connections c CROSS JOIN customers k",
    " AND c.institution_id = $4"
);
const READ_ANYWHERE: &str = read!("customers k CROSS JOIN connections c", "");

const IN_TROUBLE: &str = "SELECT i.id FROM institutions i
    WHERE i.copy = (SELECT max(id) FROM institution_copies WHERE completed_at IS NOT NULL)
    AND i.status IN ('offline', 'maintenance')
    AND EXISTS (SELECT 1 FROM connections c JOIN accounts a ON a.connection_id = c.id AND a.choice = 'kept'
        WHERE c.institution_id = i.id)
    ORDER BY i.id";

// Who was back and is cut off again is not back.
macro_rules! join {
    ($broken:expr, $where:literal) => {
        concat!(
            "INSERT INTO outage_connections (outage_id, connection_id, joined_at) SELECT $3, c.id, $4",
            $broken,
            $where,
            " ON CONFLICT (outage_id, connection_id) DO UPDATE SET back_at = NULL
              WHERE outage_connections.back_at IS NOT NULL"
        )
    };
}
const JOIN_AT: &str = join!(newly_broken!(there), " AND c.institution_id = $5");
const JOIN_ANYWHERE: &str = join!(newly_broken!(), "");

// Another cause by now (a sign-in that is refused) shows that it answers. Who
// has left is not back. One that is marked is followed all the same: it counts
// again when the mark is taken away.
const BACK: &str =
    "UPDATE outage_connections SET back_at = $3 WHERE outage_id = $2 AND back_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.connection_id = outage_connections.connection_id
        AND b.closed_at IS NULL AND $1 LIKE '%,' || CAST(b.code AS TEXT) || ',%')
    AND EXISTS (SELECT 1 FROM accounts a WHERE a.connection_id = outage_connections.connection_id
        AND a.choice = 'kept' AND a.gone_at IS NULL)";

const FARED: &str = "SELECT count(DISTINCT CASE WHEN m.back_at IS NOT NULL THEN c.customer_id END),
        count(DISTINCT CASE WHEN m.back_at IS NULL AND b.id IS NOT NULL THEN c.customer_id END)
    FROM outage_connections m JOIN connections c ON c.id = m.connection_id
    LEFT JOIN breaks b ON b.connection_id = m.connection_id AND b.closed_at IS NULL
    WHERE m.outage_id = $1
    AND NOT EXISTS (SELECT 1 FROM connection_marks k WHERE k.connection_id = m.connection_id)";

// Of trouble at Mastercard, those that its parts cut off belong to it.
const CUT_OFF: &str =
    "SELECT count(DISTINCT c.customer_id) FROM outage_connections m
    JOIN connections c ON c.id = m.connection_id
    JOIN breaks b ON b.connection_id = m.connection_id AND b.closed_at IS NULL
    WHERE m.back_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM connection_marks k WHERE k.connection_id = m.connection_id)
    AND (m.outage_id = $1 OR m.outage_id IN (SELECT id FROM outages WHERE part_of = $1 AND closed_at IS NULL))";

fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Read {
    /// Institutions where at least so many customers broke newly.
    pub async fn institutions_suspected(
        &mut self,
        codes: &Codes,
        since: DateTime<Utc>,
        customers: u32,
    ) -> Result<Vec<InstitutionId>, StoreError> {
        let rows = all!(
            self,
            (i64,),
            SUSPECTS,
            codes.as_str(),
            since,
            i64::from(customers)
        )?;
        Ok(rows
            .into_iter()
            .map(|(id,)| InstitutionId::new(id))
            .collect())
    }

    /// Institutions with connections of ours that say of themselves that they
    /// are offline or in maintenance.
    pub async fn institutions_in_trouble(&mut self) -> Result<Vec<InstitutionId>, StoreError> {
        let rows = all!(self, (i64,), IN_TROUBLE)?;
        Ok(rows
            .into_iter()
            .map(|(id,)| InstitutionId::new(id))
            .collect())
    }

    /// Customers that broke newly, and at how many institutions.
    pub async fn newly_broken(&mut self, scope: Scope<'_>) -> Result<(u32, u32), StoreError> {
        let (codes, since) = (scope.codes.as_str(), scope.since);
        let (customers, institutions) = match scope.whose {
            Whose::Institution(id) => one!(self, (i64, i64), BROKEN_AT, codes, since, id.get())?,
            Whose::Mastercard => one!(self, (i64, i64), BROKEN_ANYWHERE, codes, since)?,
        };
        Ok((small(customers), small(institutions)))
    }

    /// When the break after the first `skipped` of those newly broken was seen
    /// to fail.
    pub async fn failed_after(
        &mut self,
        scope: Scope<'_>,
        skipped: u32,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let (codes, since, skipped) = (scope.codes.as_str(), scope.since, i64::from(skipped));
        let row = match scope.whose {
            Whose::Institution(id) => maybe!(
                self,
                (DateTime<Utc>,),
                FAILED_AT,
                codes,
                since,
                id.get(),
                skipped
            )?,
            Whose::Mastercard => maybe!(
                self,
                (DateTime<Utc>,),
                FAILED_ANYWHERE,
                codes,
                since,
                skipped
            )?,
        };
        Ok(row.map(|(at,)| at))
    }

    /// Customers read since `read_since` that count in `scope`; at most `most`
    /// are counted.
    pub async fn customers_read(
        &mut self,
        scope: Scope<'_>,
        read_since: DateTime<Utc>,
        most: u32,
    ) -> Result<u32, StoreError> {
        let (since, most) = (scope.since, i64::from(most));
        let (count,) = match scope.whose {
            Whose::Institution(id) => {
                one!(self, (i64,), READ_AT, read_since, since, most, id.get())?
            }
            Whose::Mastercard => one!(self, (i64,), READ_ANYWHERE, read_since, since, most)?,
        };
        Ok(small(count))
    }

    /// Of the customers that an outage cut off: how many are back, and how many
    /// still cut off.
    pub async fn fared(&mut self, outage: OutageId) -> Result<(u32, u32), StoreError> {
        let (back, still) = one!(self, (i64, i64), FARED, outage)?;
        Ok((small(back), small(still)))
    }

    /// How many customers an outage, with its parts, cuts off.
    pub async fn cut_off(&mut self, outage: OutageId) -> Result<i64, StoreError> {
        let (count,) = one!(self, (i64,), CUT_OFF, outage)?;
        Ok(count)
    }
}

impl Write {
    /// Notes which connections an outage cuts off, and which are back at `now`.
    pub async fn follow_outage(
        &mut self,
        outage: OutageId,
        scope: Scope<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (codes, since) = (scope.codes.as_str(), scope.since);
        match scope.whose {
            Whose::Institution(id) => {
                run!(self, JOIN_AT, codes, since, outage, now, id.get())?;
            }
            Whose::Mastercard => {
                run!(self, JOIN_ANYWHERE, codes, since, outage, now)?;
            }
        }
        run!(self, BACK, codes, outage, now)?;
        Ok(())
    }
}
