//! What Mastercard was told of, and what became of it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use relink_mastercard::AggregationStatusCode as Code;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, run},
};
use crate::{
    connections::End,
    ids::{CaseId, ConnectionId, UserId},
};

/// Connections of one institution and code that no open case has.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Bundle {
    /// The institution.
    #[sqlx(rename = "institution_id")]
    pub institution: i64,
    /// What it is called.
    pub name: String,
    /// How many.
    pub n: i64,
    /// When the first of them began to fail.
    pub since: DateTime<Utc>,
}

/// A connection that only Mastercard can mend.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Stuck {
    /// Which.
    #[sqlx(rename = "connection_id")]
    pub connection: ConnectionId,
    /// Mastercard's id of its customer.
    #[sqlx(rename = "customer_id")]
    pub customer: String,
    /// Mastercard's id of its login.
    #[sqlx(rename = "institution_login_id")]
    pub login: String,
    /// When it began to fail.
    pub since: DateTime<Utc>,
    /// The latest good reading of an account of it.
    pub last_good: Option<DateTime<Utc>>,
    /// What Mastercard knows the latest visit about it by.
    pub reference: Option<String>,
    /// When and how it was settled.
    pub settled_at: Option<DateTime<Utc>>,
    /// As it is stored: repaired, gone.
    pub settled: Option<String>,
}

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Case {
    /// Which.
    pub id: CaseId,
    /// The institution.
    #[sqlx(rename = "institution_id")]
    pub institution: i64,
    /// What it is called.
    pub name: String,
    /// The code.
    pub code: i64,
    /// Mastercard's number of it.
    pub number: Option<String>,
    /// When Mastercard was told.
    #[sqlx(rename = "sent_at")]
    pub sent: DateTime<Utc>,
    /// By whom.
    pub sender: String,
    /// How many connections it has.
    pub n: i64,
    /// How many of them work again.
    pub repaired: i64,
    /// How many are gone.
    pub gone: i64,
    /// When the last was settled, if all are.
    #[sqlx(rename = "closed_at")]
    pub closed: Option<DateTime<Utc>>,
}

// How old a break is says the break: an interval begins anew with a mark, another
// code or another institution. Looked up one by one: for a join PostgreSQL reads all
// that are open, for each code anew.
const BUNDLES: &str = "SELECT o.institution_id, f.name, count(*) AS n, min(o.failed_at) AS since
    FROM (SELECT s.institution_id,
            (SELECT b.failed_at FROM breaks b WHERE b.connection_id = s.connection_id AND b.closed_at IS NULL) AS failed_at
        FROM standing_intervals s
        WHERE s.until_at IS NULL AND s.standing = 'broken' AND s.code = $1 AND s.institution_id > $3
        AND NOT EXISTS (SELECT 1 FROM mastercard_case_connections k
            WHERE k.connection_id = s.connection_id AND k.settled_at IS NULL)) AS o
    JOIN institution_figures f ON f.institution_id = o.institution_id
    WHERE o.failed_at <= $2
    GROUP BY o.institution_id, f.name ORDER BY o.institution_id LIMIT $4";

// The latest visit that was about the connection, or brought an account of it: by
// two indexes, since PostgreSQL reads the whole table for an OR.
macro_rules! stuck {
    ($since:literal, $settled:literal, $rest:literal) => {
        concat!(
            "SELECT c.id AS connection_id, c.customer_id, c.institution_login_id, ",
            $since,
            " AS since, ",
            $settled,
            ", (SELECT max(a.succeeded_at) FROM accounts a WHERE a.connection_id = c.id) AS last_good,
            (SELECT v.reference FROM connect_sessions v WHERE v.id IN (
                SELECT o.id FROM connect_sessions o WHERE o.connection_id = c.id
                UNION ALL SELECT a.connect_session_id FROM accounts a WHERE a.connection_id = c.id)
                ORDER BY v.created_at DESC, v.id DESC LIMIT 1) AS reference
            FROM ",
            $rest
        )
    };
}

// The rest is looked up for those only that are shown.
const STUCK: &str = stuck!(
    "oldest.failed_at",
    "oldest.closed_at AS settled_at, NULL AS settled",
    "(SELECT s.connection_id, b.failed_at, b.closed_at
        FROM standing_intervals s JOIN breaks b ON b.connection_id = s.connection_id AND b.closed_at IS NULL
        WHERE s.until_at IS NULL AND s.standing = 'broken' AND s.code = $1 AND s.institution_id = $2
        AND b.failed_at <= $3
        AND NOT EXISTS (SELECT 1 FROM mastercard_case_connections k
            WHERE k.connection_id = s.connection_id AND k.settled_at IS NULL)
        ORDER BY b.failed_at, s.connection_id LIMIT $4) AS oldest
    JOIN connections c ON c.id = oldest.connection_id
    ORDER BY oldest.failed_at, oldest.connection_id"
);

const OF_CASE: &str = stuck!(
    "k.broken_since",
    "k.settled_at, k.settled",
    "mastercard_case_connections k JOIN connections c ON c.id = k.connection_id
    WHERE k.case_id = $1 ORDER BY k.broken_since, k.connection_id"
);

macro_rules! cases {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.institution_id, f.name, m.code, m.number, m.sent_at, u.email AS sender, count(*) AS n,
                count(*) FILTER (WHERE k.settled = 'repaired') AS repaired,
                count(*) FILTER (WHERE k.settled = 'gone') AS gone,
                CASE WHEN count(k.settled_at) = count(*) THEN max(k.settled_at) END AS closed_at
            FROM mastercard_cases m JOIN mastercard_case_connections k ON k.case_id = m.id
            JOIN institution_figures f ON f.institution_id = m.institution_id JOIN users u ON u.id = m.sent_by
            WHERE ",
            $rest
        )
    };
}

const CASES: &str = cases!(
    "m.id IN (SELECT b.id FROM mastercard_cases b WHERE (b.sent_at, b.id) < ($1, $2)
        ORDER BY b.sent_at DESC, b.id DESC LIMIT $3)
    GROUP BY m.id, m.institution_id, f.name, m.code, m.number, m.sent_at, u.email
    ORDER BY m.sent_at DESC, m.id DESC"
);

const CASE: &str = cases!(
    "m.id = $1 GROUP BY m.id, m.institution_id, f.name, m.code, m.number, m.sent_at, u.email"
);

const ADD: &str =
    "INSERT INTO mastercard_cases (id, institution_id, code, number, sent_at, sent_by)
    VALUES ($1, $2, $3, $4, $5, $6)";

// Of those that were sent, the ones that are still broken so and in no case.
const TAKE: &str = "INSERT INTO mastercard_case_connections (case_id, connection_id, broken_since)
    SELECT $1, s.connection_id, b.failed_at
    FROM standing_intervals s JOIN breaks b ON b.connection_id = s.connection_id AND b.closed_at IS NULL
    WHERE s.connection_id = $2 AND s.until_at IS NULL AND s.standing = 'broken' AND s.code = $3
    AND s.institution_id = $4
    AND NOT EXISTS (SELECT 1 FROM mastercard_case_connections k
        WHERE k.connection_id = s.connection_id AND k.settled_at IS NULL)";

const NUMBER: &str = "UPDATE mastercard_cases SET number = $2 WHERE id = $1";

const TAKE_CASE: &str =
    "UPDATE mastercard_cases SET number = number WHERE id = $1 RETURNING number";

const SETTLE: &str = "UPDATE mastercard_case_connections SET settled_at = $2, settled = $3
    WHERE connection_id = $1 AND settled_at IS NULL";

impl Read {
    /// Where connections are broken by a code, and have failed since then at
    /// least, by institution, those after `after`.
    pub(crate) async fn bundles(
        &mut self,
        code: Code,
        until: DateTime<Utc>,
        after: i64,
        limit: i64,
    ) -> Result<Vec<Bundle>, StoreError> {
        Ok(all!(
            self,
            Bundle,
            BUNDLES,
            code.get(),
            until,
            after,
            limit
        )?)
    }

    /// The connections of a bundle, the longest broken first.
    pub(crate) async fn stuck(
        &mut self,
        code: Code,
        institution: i64,
        until: DateTime<Utc>,
        limit: i64,
    ) -> Result<Vec<Stuck>, StoreError> {
        Ok(all!(
            self,
            Stuck,
            STUCK,
            code.get(),
            institution,
            until,
            limit
        )?)
    }

    /// Cases before one, those sent last first.
    pub(crate) async fn cases(
        &mut self,
        (at, id): (DateTime<Utc>, CaseId),
        limit: i64,
    ) -> Result<Vec<Case>, StoreError> {
        Ok(all!(self, Case, CASES, at, id, limit)?)
    }

    /// A case.
    pub(crate) async fn case(&mut self, id: CaseId) -> Result<Option<Case>, StoreError> {
        Ok(maybe!(self, Case, CASE, id)?)
    }

    /// The connections of a case.
    pub(crate) async fn stuck_in(&mut self, case: CaseId) -> Result<Vec<Stuck>, StoreError> {
        Ok(all!(self, Stuck, OF_CASE, case)?)
    }
}

/// A case to be stored.
pub(crate) struct NewCase<'a> {
    pub(crate) id: CaseId,
    pub(crate) institution: i64,
    pub(crate) code: Code,
    pub(crate) number: Option<&'a str>,
    pub(crate) sent: DateTime<Utc>,
    pub(crate) by: UserId,
}

impl Write {
    /// Stores a case of those of `connections` that are still broken so and in
    /// no case; how many these are. Their customers are held, as by a reading that
    /// ends a break and by who sends the same at once.
    pub(crate) async fn add_case(
        &mut self,
        new: &NewCase<'_>,
        connections: &[ConnectionId],
    ) -> Result<usize, StoreError> {
        let mut customers = BTreeSet::new();
        for connection in connections {
            let found = self.connection(*connection).await?;
            customers.extend(found.map(|found| found.customer));
        }
        for customer in &customers {
            self.hold_customer(customer).await?;
        }
        let (code, place) = (new.code.get(), new.institution);
        run!(self, ADD, new.id, place, code, new.number, new.sent, new.by)?;
        let mut taken = 0;
        for connection in connections {
            taken += usize::from(run!(self, TAKE, new.id, connection, code, place)? == 1);
        }
        Ok(taken)
    }

    /// Takes a case for changing; the number that it has.
    pub(crate) async fn take_case(
        &mut self,
        case: CaseId,
    ) -> Result<Option<Option<String>>, StoreError> {
        let row = maybe!(self, (Option<String>,), TAKE_CASE, case)?;
        Ok(row.map(|(number,)| number))
    }

    /// Gives a case Mastercard's number.
    pub(crate) async fn number_case(
        &mut self,
        case: CaseId,
        number: Option<&str>,
    ) -> Result<(), StoreError> {
        run!(self, NUMBER, case, number)?;
        Ok(())
    }

    /// Notes in the case that has it, if one does, that a connection's break is
    /// over.
    pub(super) async fn settle(
        &mut self,
        connection: ConnectionId,
        end: End,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, SETTLE, connection, at, end.name())?;
        Ok(())
    }
}
