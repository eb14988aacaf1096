//! Breaks of connections, and what changed of them.

use chrono::{DateTime, Utc};
use relink_mastercard::{AggregationStatusCode as Code, CustomerId};
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, one, run},
    stories::Before,
};
use crate::{
    connections::{Change, End},
    funnels::Broken,
    health::{Ended, Episode},
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
    /// Whether its connection counted in the figures then.
    pub counted: bool,
    /// Whether its person can repair it through Fix, by the table in force as it
    /// opened, or as it took any cause since.
    pub fixable: bool,
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

/// One entry of the history of any of a user's connections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Our id of it.
    pub id: HistoryId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// When, and what.
    pub entry: Entry,
    /// Where it ended a break: when that had opened.
    pub broken_since: Option<DateTime<Utc>>,
    /// Where it opened one: the first failure that was seen.
    pub failed: Option<DateTime<Utc>>,
    /// Where it opened one: the latest good reading before it.
    pub last_good: Option<DateTime<Utc>>,
}

impl Break {
    /// An open one, as it is counted.
    fn episode(&self, place: i64) -> Episode {
        Episode {
            place,
            code: self.code,
            opened: self.opened,
            counted: self.counted,
            end: None,
        }
    }
}

type Repaired = (ConnectionId, DateTime<Utc>);

#[derive(sqlx::FromRow)]
struct FixedRow {
    institution_id: i64,
    code: i64,
    opened_at: DateTime<Utc>,
    counted: bool,
    end_counted: Option<bool>,
}

#[derive(sqlx::FromRow)]
struct BreakRow {
    id: BreakId,
    connection_id: ConnectionId,
    code: i64,
    last_good_at: Option<DateTime<Utc>>,
    failed_at: DateTime<Utc>,
    opened_at: DateTime<Utc>,
    counted: bool,
    fixable: bool,
    closed_at: Option<DateTime<Utc>>,
    ended: Option<String>,
}

/// When and how a break ended, if it did.
pub(super) fn ended(
    at: Option<DateTime<Utc>>,
    name: Option<&str>,
) -> Result<Option<(DateTime<Utc>, End)>, StoreError> {
    let Some((at, name)) = at.zip(name) else {
        return Ok(None);
    };
    let bad = || StoreError::bad("breaks", "ended")("an unknown end");
    Ok(Some((at, End::read(name).ok_or_else(bad)?)))
}

impl TryFrom<BreakRow> for Break {
    type Error = StoreError;

    fn try_from(row: BreakRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            connection: row.connection_id,
            code: Code::new(row.code),
            last_good: row.last_good_at,
            failed: row.failed_at,
            opened: row.opened_at,
            counted: row.counted,
            fixable: row.fixable,
            ended: ended(row.closed_at, row.ended.as_deref())?,
        })
    }
}

macro_rules! break_columns {
    () => {
        "b.id, b.connection_id, b.code, b.last_good_at, b.failed_at, b.opened_at, b.counted, b.fixable, b.closed_at, b.ended"
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
    "INSERT INTO breaks (id, connection_id, code, last_good_at, failed_at, opened_at, counted,
        fixable, institution_id, language)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, c.institution_id, u.language
    FROM connections c JOIN users u ON u.id = c.user_id WHERE c.id = $2
    RETURNING institution_id";

const CHANGE: &str =
    "UPDATE breaks SET code = $2, fixable = fixable OR $3 WHERE id = $1 RETURNING institution_id";

// Who leaves ends a break that counted, too: only a mark hides it.
const CLOSE: &str = "UPDATE breaks SET closed_at = $2, ended = $3,
        end_counted = NOT EXISTS (SELECT 1 FROM connection_marks m WHERE m.connection_id = breaks.connection_id)
    WHERE id = $1 RETURNING institution_id, end_counted";

const REPAIRED: &str =
    "SELECT connection_id, closed_at FROM breaks WHERE id = $1 AND ended = 'repaired'";

const THROUGH_FIX: &str = "UPDATE breaks SET through_fix = $2 WHERE id = $1 AND through_fix <> $2
    RETURNING institution_id, code, opened_at, counted, end_counted";

const REPAIRED_SINCE: &str = "SELECT min(closed_at) FROM breaks
    WHERE connection_id = $1 AND ended = 'repaired' AND closed_at >= $2";

const REMEMBER: &str =
    "INSERT INTO connection_history (id, connection_id, at, change) VALUES ($1, $2, $3, $4)";

const HISTORY: &str =
    "SELECT h.at, h.change FROM connection_history h JOIN connections c ON c.id = h.connection_id
    WHERE h.connection_id = $1 AND c.user_id = $2 ORDER BY h.at DESC, h.id DESC LIMIT $3";

// Breaks have a kind of their own among what changed.
const STORY: &str = "SELECT h.id, h.connection_id, h.at, h.change,
        (SELECT min(b.opened_at) FROM breaks b WHERE b.connection_id = h.connection_id AND b.closed_at = h.at),
        o.failed_at, o.last_good_at
    FROM connection_history h JOIN connections c ON c.id = h.connection_id
    LEFT JOIN breaks o ON h.change ->> 'kind' = 'broke'
        AND o.connection_id = h.connection_id AND o.opened_at = h.at
    WHERE c.user_id = $1 AND (h.at, h.id) < ($2, $3)
    AND (h.change ->> 'kind' IN ('broke', 'cause_changed', 'repaired', 'gone')) = $5
    ORDER BY h.at DESC, h.id DESC LIMIT $4";

/// As it comes out of the database.
type ToldRow = (
    HistoryId,
    ConnectionId,
    DateTime<Utc>,
    Json<Change>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
);

impl Read {
    /// What changed of a user's connections before an entry, the latest first:
    /// their breaks, or all else.
    pub(crate) async fn history_before(
        &mut self,
        user: UserId,
        breaks: bool,
        before: &Before<HistoryId>,
        limit: i64,
    ) -> Result<Vec<Told>, StoreError> {
        let rows = all!(
            self, ToldRow, STORY, user, before.at, before.id, limit, breaks
        )?;
        let told = |(id, connection, at, Json(change), broken_since, failed, last_good)| Told {
            id,
            connection,
            entry: Entry { at, change },
            broken_since,
            failed,
            last_good,
        };
        Ok(rows.into_iter().map(told).collect())
    }

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
        let (place,) = one!(
            self,
            (i64,),
            OPEN,
            new.id,
            new.connection,
            new.code.get(),
            new.last_good,
            new.failed,
            new.opened,
            new.counted,
            new.fixable
        )?;
        self.tally().episode(&new.episode(place), 1);
        let after = self.journey(Some(new.id)).await?;
        self.went(None, after);
        Ok(())
    }

    /// Gives an open break another cause.
    pub async fn change_break(
        &mut self,
        open: &Break,
        code: Code,
        fixable: bool,
    ) -> Result<(), StoreError> {
        let journey = self.journey(Some(open.id)).await?;
        let (place,) = one!(self, (i64,), CHANGE, open.id, code.get(), fixable)?;
        let before = open.episode(place);
        self.tally().episode(&before, -1);
        self.tally().episode(&Episode { code, ..before }, 1);
        let after = self.journey(Some(open.id)).await?;
        self.went(journey, after);
        Ok(())
    }

    /// Ends an open break.
    pub async fn close_break(
        &mut self,
        open: &Break,
        end: End,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let journey = self.journey(Some(open.id)).await?;
        let (place, counted) = one!(self, (i64, bool), CLOSE, open.id, at, end.name())?;
        self.settle(open.connection, end, at).await?;
        self.settle_targets(open.connection, end, at).await?;
        let before = open.episode(place);
        self.tally().episode(&before, -1);
        let ended = Ended {
            at,
            end,
            counted,
            through_fix: false,
        };
        let after = Episode {
            end: Some(ended),
            ..before
        };
        self.tally().episode(&after, 1);
        let after = self.journey(Some(open.id)).await?;
        self.went(journey, after);
        self.judge_fix(open.id).await
    }

    /// Whether a break was repaired through Fix is what is known by now of its
    /// visits: the same for health, funnels and campaigns.
    pub(super) async fn judge_fix(&mut self, id: BreakId) -> Result<(), StoreError> {
        let Some((connection, at)) = maybe!(self, Repaired, REPAIRED, id)? else {
            return Ok(());
        };
        let broken = self.broken(id).await?;
        let by = broken.as_ref().and_then(Broken::through_fix);
        let began = by.map(|visit| visit.created);
        self.targets_proven((connection, id), began, at).await?;
        let through_fix = by.is_some();
        let Some(it) = maybe!(self, FixedRow, THROUGH_FIX, id, through_fix)? else {
            return Ok(());
        };
        let episode = |through_fix| Episode {
            place: it.institution_id,
            code: Code::new(it.code),
            opened: it.opened_at,
            counted: it.counted,
            end: Some(Ended {
                at,
                end: End::Repaired,
                counted: it.end_counted.unwrap_or_default(),
                through_fix,
            }),
        };
        self.tally().episode(&episode(!through_fix), -1);
        self.tally().episode(&episode(through_fix), 1);
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
