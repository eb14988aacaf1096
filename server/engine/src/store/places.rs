//! Institutions by their figures, page by page.

use chrono::{DateTime, Utc};
use relink_mastercard::{InstitutionId, model::InstitutionStatus};

use super::{
    Read, StoreError,
    sql::{all, maybe},
};
use crate::{identity::Viewer, ids::OutageId};

/// An institution's own figures.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Place {
    /// Mastercard's id.
    #[sqlx(rename = "institution_id")]
    pub id: i64,
    /// What it was called when somebody last went there.
    pub name: String,
    /// Connections with a first reading.
    pub judged: i64,
    /// Those of them that are well.
    pub fine: i64,
    /// Those that are broken.
    pub broken: i64,
    /// Users with a broken connection.
    pub people: i64,
    /// How often one has become well.
    pub succeeded: i64,
    /// Visits that connect, were at Data Connect, and are over or proven. One that
    /// found only what was connected before is none.
    pub tried: i64,
    /// Of those: that brought accounts.
    pub connected: i64,
    /// Of those: whose accounts each had a first reading.
    pub settled: i64,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The most users with a broken connection.
    #[default]
    People,
    /// The most broken connections.
    Broken,
    /// The smallest share that is well.
    Share,
    /// The smallest share of tries that connected, where there are enough.
    Tries,
    /// The most connections.
    Connections,
    /// The name.
    Name,
}

/// Which institutions.
#[derive(Debug, Clone, Default)]
pub struct PlacesAsked {
    /// In which order.
    pub sort: Sort,
    /// A part of the name.
    pub search: String,
    /// Only those with an open outage.
    pub outage: bool,
    /// Only those where nobody ever succeeded.
    pub never: bool,
    /// Only those of which our copy of the directory says one of these; none: all.
    pub statuses: &'static [InstitutionStatus],
    /// The last one of the page before.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: u16,
}

/// An outage: from when until when, and how many customers it cuts off, or cut off
/// as it was looked at last.
pub type PastOutage = (OutageId, DateTime<Utc>, Option<DateTime<Utc>>, i64);

/// From so many connections with a first reading on "nobody ever succeeded" is an
/// alarm, also where they are removed.
pub const NEVER_FROM: i64 = 3;
/// The same from so many tries on, in vain or until a first reading.
pub const NEVER_TRIED_FROM: i64 = 5;

macro_rules! figures {
    () => {
        "SELECT f.institution_id, f.name, f.judged, f.fine, f.broken, f.people, f.succeeded, f.tried, f.connected,
            f.settled
         FROM institution_figures f WHERE "
    };
}

// The cursor is an institution: where it stands now is where the page begins.
macro_rules! places {
    ($key:literal, $than:literal, $order:literal) => {
        concat!(
            figures!(),
            "f.institution_id <> 0 AND f.name_key LIKE $1 ESCAPE '!'
             AND ($2 = 0 OR (f.succeeded = 0 AND (f.judged >= $2 OR f.settled >= $2
                OR f.tried - f.connected + f.settled >= $7)))
             AND (NOT $5 OR EXISTS (SELECT 1 FROM outages o
                WHERE COALESCE(o.institution_id, -1) = f.institution_id AND o.closed_at IS NULL))
             AND ($6 = '' OR EXISTS (SELECT 1 FROM institutions i WHERE i.id = f.institution_id
                AND i.copy = (SELECT max(id) FROM institution_copies WHERE completed_at IS NOT NULL)
                AND $6 LIKE '%,' || i.status || ',%'))
             AND ($3 = 0 OR (f.",
            $key,
            ", f.institution_id) ",
            $than,
            " (SELECT a.",
            $key,
            ", a.institution_id FROM institution_figures a WHERE a.institution_id = $3))
             ORDER BY f.",
            $key,
            $order,
            ", f.institution_id",
            $order,
            " LIMIT $4"
        )
    };
}
const BY_PEOPLE: &str = places!("people", "<", " DESC");
const BY_BROKEN: &str = places!("broken", "<", " DESC");
const BY_SHARE: &str = places!("share", ">", "");
const BY_TRIES: &str = places!("tried_share", ">", "");
const BY_CONNECTIONS: &str = places!("judged", "<", " DESC");
const BY_NAME: &str = places!("name_key", ">", "");

const ONE: &str = concat!(
    figures!(),
    "f.institution_id = $1 AND f.institution_id <> 0"
);

const OUTAGES: &str =
    "SELECT id, began_at, closed_at, affected FROM outages WHERE institution_id = $1
    ORDER BY opened_at DESC, id DESC LIMIT $2";

impl Read {
    /// Institutions with figures.
    pub(crate) async fn places(
        &mut self,
        _: &Viewer,
        asked: &PlacesAsked,
    ) -> Result<Vec<Place>, StoreError> {
        let sql = match asked.sort {
            Sort::People => BY_PEOPLE,
            Sort::Broken => BY_BROKEN,
            Sort::Share => BY_SHARE,
            Sort::Tries => BY_TRIES,
            Sort::Connections => BY_CONNECTIONS,
            Sort::Name => BY_NAME,
        };
        let part = like(&asked.search);
        let never = if asked.never { NEVER_FROM } else { 0 };
        let (after, limit) = (asked.after.unwrap_or_default(), i64::from(asked.limit));
        let outage = asked.outage;
        let words = asked.statuses.iter().map(InstitutionStatus::as_str);
        let words: Vec<&str> = words.collect();
        let statuses = match &words[..] {
            [] => String::new(),
            some => format!(",{},", some.join(",")),
        };
        Ok(all!(
            self,
            Place,
            sql,
            part,
            never,
            after,
            limit,
            outage,
            statuses,
            NEVER_TRIED_FROM
        )?)
    }

    /// The figures of one institution.
    pub(crate) async fn place(
        &mut self,
        _: &Viewer,
        id: InstitutionId,
    ) -> Result<Option<Place>, StoreError> {
        Ok(maybe!(self, Place, ONE, id.get())?)
    }

    /// The latest outages of an institution.
    pub(crate) async fn outages_at(
        &mut self,
        _: &Viewer,
        place: InstitutionId,
        limit: i64,
    ) -> Result<Vec<PastOutage>, StoreError> {
        Ok(all!(self, PastOutage, OUTAGES, place.get(), limit)?)
    }
}

/// A part of a name, as a pattern: what it has of signs stands for itself.
fn like(search: &str) -> String {
    let mut pattern = String::from("%");
    for letter in search.trim().to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
