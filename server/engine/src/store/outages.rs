//! Outages, and the connections that they cut off. What a look at them counts
//! is in [`super::outage_counts`].

use chrono::{DateTime, Utc};
use relink_mastercard::InstitutionId;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, one, run},
};
use crate::{
    ids::{ConnectionId, OutageId, UserId},
    notify::Affected,
    outages::{By, Whose},
};

/// An outage, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// Our id of it.
    pub id: OutageId,
    /// Whose trouble it is.
    pub whose: Whose,
    /// How it was seen.
    pub by: By,
    /// Breaks from here on are of it.
    pub counted_from: DateTime<Utc>,
    /// About when it began.
    pub began: DateTime<Utc>,
    /// When we opened it.
    pub opened: DateTime<Utc>,
    /// When readings, or the institution's word, had ended it.
    pub closed: Option<DateTime<Utc>>,
    /// Customers that were cut off at the latest look.
    pub affected: i64,
    /// The trouble at Mastercard that it belongs to.
    pub part_of: Option<OutageId>,
}

/// An open outage over a connection. Where it is part of trouble at Mastercard,
/// that is what is told, and what this names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// The outage.
    pub outage: Outage,
    /// Customers that it cuts off, besides this connection's.
    pub others: i64,
}

/// What an outage that is over did to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Past {
    /// The connection.
    pub connection: ConnectionId,
    /// The outage.
    pub outage: Outage,
    /// When we saw that the connection was cut off.
    pub joined: DateTime<Utc>,
    /// When a reading showed that it was not any more.
    pub back: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct OutageRow {
    id: OutageId,
    institution_id: Option<i64>,
    seen_by: String,
    counted_from: DateTime<Utc>,
    began_at: DateTime<Utc>,
    opened_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    affected: i64,
    part_of: Option<OutageId>,
}

#[derive(sqlx::FromRow)]
struct OverRow {
    connection_id: ConnectionId,
    is_counted: bool,
    #[sqlx(flatten)]
    outage: OutageRow,
}

#[derive(sqlx::FromRow)]
struct PastRow {
    connection_id: ConnectionId,
    joined_at: DateTime<Utc>,
    back_at: Option<DateTime<Utc>>,
    #[sqlx(flatten)]
    outage: OutageRow,
}

impl TryFrom<OutageRow> for Outage {
    type Error = StoreError;

    fn try_from(row: OutageRow) -> Result<Self, StoreError> {
        let by = By::read(&row.seen_by).ok_or("an unknown way to see it");
        Ok(Self {
            id: row.id,
            whose: row.institution_id.map_or(Whose::Mastercard, |id| {
                Whose::Institution(InstitutionId::new(id))
            }),
            by: by.map_err(StoreError::bad("outages", "seen_by"))?,
            counted_from: row.counted_from,
            began: row.began_at,
            opened: row.opened_at,
            closed: row.closed_at,
            affected: row.affected,
            part_of: row.part_of,
        })
    }
}

macro_rules! columns {
    () => {
        "o.id, o.institution_id, o.seen_by, o.counted_from, o.began_at, o.opened_at, o.closed_at, o.affected, \
         o.part_of"
    };
}

const ALL_OPEN: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM outages o WHERE o.closed_at IS NULL ORDER BY o.opened_at, o.id"
);

const FOREMOST: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM outages o WHERE o.closed_at IS NULL ORDER BY o.affected DESC, o.id DESC LIMIT $1"
);

const ONE: &str = concat!("SELECT ", columns!(), " FROM outages o WHERE o.id = $1");

// Of one outage: a few hundred at most.
const PARTS: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM outages o WHERE o.part_of = $1 ORDER BY o.affected DESC, o.id LIMIT $2"
);

const COUNT_OPEN: &str = "SELECT count(*) FROM outages WHERE closed_at IS NULL";

// `-1` stands for Mastercard, as in the index.
const OPEN_OF: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM outages o WHERE o.closed_at IS NULL AND COALESCE(o.institution_id, -1) = $1"
);

// `i` is the outage over the connection, `o` what is told of it. Trouble at
// Mastercard is over those connections of other institutions that it cut off.
// An institution's own comes first.
const OPEN_OF_USER: &str = concat!(
    "SELECT c.id AS connection_id, ",
    "EXISTS (SELECT 1 FROM outage_connections m
        WHERE m.outage_id = i.id AND m.connection_id = c.id AND m.back_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM connection_marks k WHERE k.connection_id = c.id) AS is_counted, ",
    columns!(),
    " FROM connections c
     JOIN outages i ON i.closed_at IS NULL AND (i.institution_id = c.institution_id
        OR (i.institution_id IS NULL AND EXISTS (SELECT 1 FROM outage_connections m
            WHERE m.outage_id = i.id AND m.connection_id = c.id AND m.back_at IS NULL)))
     JOIN outages o ON o.id = COALESCE(i.part_of, i.id)
     WHERE c.user_id = $1 ORDER BY c.id, CASE WHEN i.institution_id IS NULL THEN 1 ELSE 0 END"
);

const PAST_OF_USER: &str = concat!(
    "SELECT c.id AS connection_id, m.joined_at, m.back_at, ",
    columns!(),
    " FROM connections c
     JOIN outage_connections m ON m.connection_id = c.id
     JOIN outages o ON o.id = m.outage_id
     WHERE c.user_id = $1 AND o.closed_at >= $2 ORDER BY o.closed_at, c.id"
);

// Of a part of trouble at Mastercard, the whole is what people are told of.
const AFFECTED: &str =
    "SELECT COALESCE(o.part_of, o.id), m.connection_id, m.joined_at, COALESCE(m.back_at, o.closed_at)
    FROM connections c
    JOIN outage_connections m ON m.connection_id = c.id
    JOIN outages o ON o.id = m.outage_id
    WHERE c.user_id = $1 AND (o.closed_at IS NULL OR o.closed_at >= $2)";

const USERS: &str =
    "SELECT c.user_id FROM connections c JOIN breaks b ON b.connection_id = c.id AND b.closed_at IS NULL
        WHERE c.institution_id = $1
    UNION
    SELECT c.user_id FROM outage_connections m JOIN connections c ON c.id = m.connection_id
        WHERE m.outage_id = $2 OR m.outage_id IN (SELECT id FROM outages WHERE part_of = $2)";

const OPEN: &str =
    "INSERT INTO outages (id, institution_id, seen_by, counted_from, began_at, opened_at, affected, part_of)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

const CLOSE: &str = "UPDATE outages SET closed_at = $2 WHERE id = $1";

const SET_AFFECTED: &str = "UPDATE outages SET affected = $2 WHERE id = $1 AND affected <> $2";

// Only what opened with it: an institution that was in trouble for days has
// trouble of its own.
const TAKE_PARTS: &str = "UPDATE outages SET part_of = $1
    WHERE closed_at IS NULL AND institution_id IS NOT NULL AND seen_by = 'failures' AND part_of IS NULL
    AND opened_at >= $2";

impl Read {
    /// All open outages.
    pub async fn open_outages(&mut self) -> Result<Vec<Outage>, StoreError> {
        all!(self, OutageRow, ALL_OPEN)?
            .into_iter()
            .map(Outage::try_from)
            .collect()
    }

    /// The open outages that cut off the most customers, and how many are open.
    pub async fn foremost_outages(&mut self, limit: i64) -> Result<(Vec<Outage>, i64), StoreError> {
        let rows = all!(self, OutageRow, FOREMOST, limit)?.into_iter();
        let foremost = rows.map(Outage::try_from).collect::<Result<_, _>>()?;
        let (open,) = one!(self, (i64,), COUNT_OPEN)?;
        Ok((foremost, open))
    }

    /// One of them.
    pub(crate) async fn outage(&mut self, id: OutageId) -> Result<Option<Outage>, StoreError> {
        maybe!(self, OutageRow, ONE, id)?
            .map(Outage::try_from)
            .transpose()
    }

    /// What belongs to trouble at Mastercard, what cuts off the most first.
    pub(crate) async fn parts_of_outage(
        &mut self,
        whole: OutageId,
        limit: i64,
    ) -> Result<Vec<Outage>, StoreError> {
        let rows = all!(self, OutageRow, PARTS, whole, limit)?;
        rows.into_iter().map(Outage::try_from).collect()
    }

    /// The open outage of an institution, or of Mastercard.
    pub async fn open_outage(&mut self, whose: Whose) -> Result<Option<Outage>, StoreError> {
        maybe!(self, OutageRow, OPEN_OF, whose.key())?
            .map(Outage::try_from)
            .transpose()
    }

    /// The open outages over a user's connections, one each.
    pub async fn open_outages_of(
        &mut self,
        user: UserId,
    ) -> Result<Vec<(ConnectionId, Over)>, StoreError> {
        let rows = all!(self, OverRow, OPEN_OF_USER, user)?;
        let over = |row: OverRow| -> Result<_, StoreError> {
            let outage = Outage::try_from(row.outage)?;
            let others = (outage.affected - i64::from(row.is_counted)).max(0);
            Ok((row.connection_id, Over { outage, others }))
        };
        let mut all = rows.into_iter().map(over).collect::<Result<Vec<_>, _>>()?;
        all.dedup_by_key(|(connection, _)| *connection);
        Ok(all)
    }

    /// Outages that ended since `since` and had cut off connections of a user,
    /// the earliest end first. Parts of trouble at Mastercard stand for
    /// themselves here: each ended by itself.
    pub async fn past_outages_of(
        &mut self,
        user: UserId,
        since: DateTime<Utc>,
    ) -> Result<Vec<Past>, StoreError> {
        let rows = all!(self, PastRow, PAST_OF_USER, user, since)?;
        let past = |row: PastRow| {
            Ok(Past {
                connection: row.connection_id,
                outage: row.outage.try_into()?,
                joined: row.joined_at,
                back: row.back_at,
            })
        };
        rows.into_iter().map(past).collect()
    }

    /// The part of a user's connections in outages that are open, or ended since
    /// `since`.
    pub async fn affected_by_outages(
        &mut self,
        user: UserId,
        since: DateTime<Utc>,
    ) -> Result<Vec<Affected>, StoreError> {
        type Row = (OutageId, ConnectionId, DateTime<Utc>, Option<DateTime<Utc>>);
        let affected = |(outage, connection, joined, over): Row| Affected {
            outage,
            connection,
            joined,
            over,
        };
        let rows = all!(self, Row, AFFECTED, user, since)?;
        Ok(rows.into_iter().map(affected).collect())
    }

    /// Whom an outage concerns: who was cut off by it, and whoever else has a
    /// broken connection there.
    pub async fn users_of_outage(&mut self, outage: &Outage) -> Result<Vec<UserId>, StoreError> {
        let rows = all!(self, (UserId,), USERS, outage.whose.key(), outage.id)?;
        Ok(rows.into_iter().map(|(user,)| user).collect())
    }
}

impl Write {
    /// Stores an outage that opens.
    pub async fn open_new_outage(&mut self, new: &Outage) -> Result<(), StoreError> {
        let institution = match new.whose {
            Whose::Institution(id) => Some(id.get()),
            Whose::Mastercard => None,
        };
        run!(
            self,
            OPEN,
            new.id,
            institution,
            new.by.name(),
            new.counted_from,
            new.began,
            new.opened,
            new.affected,
            new.part_of
        )?;
        Ok(())
    }

    /// Ends an outage.
    pub async fn close_outage(
        &mut self,
        id: OutageId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, CLOSE, id, at)?;
        Ok(())
    }

    /// Keeps how many customers an outage cuts off.
    pub async fn set_affected(&mut self, id: OutageId, affected: i64) -> Result<(), StoreError> {
        run!(self, SET_AFFECTED, id, affected)?;
        Ok(())
    }

    /// Makes open outages of institutions, those that opened since `since`,
    /// part of trouble at Mastercard.
    pub async fn take_parts(
        &mut self,
        trouble: OutageId,
        since: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        Ok(run!(self, TAKE_PARTS, trouble, since)?)
    }
}
