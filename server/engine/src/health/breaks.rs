//! The breaks behind a number.

use chrono::{DateTime, Utc};

use super::{ALL, Code, Health, rows::PAGE, windows::Span};
use crate::{
    identity::Viewer,
    ids::BreakId,
    status::Cause,
    store::{
        StoreError,
        break_rows::{BreakRow, Part},
    },
};

/// What happened to a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// It opened, and its connection counted then.
    Opened,
    /// A reading proved that it is over, and its connection counted then.
    Repaired,
    /// The same, and its person had gone to Data Connect Fix.
    Fixed,
}

/// Of which days, where, and by which code.
#[derive(Debug, Clone, Copy)]
pub struct Within {
    /// The first and the last day on which it happened, from 1970, UTC.
    pub days: (i64, i64),
    /// Where; absent: anywhere.
    pub place: Option<i64>,
    /// By which code; absent: by any.
    pub code: Option<Code>,
    /// Why, by the table in force; absent: for any reason.
    pub cause: Option<Cause>,
}

/// A page of breaks.
#[derive(Debug, Clone)]
pub struct Breaks {
    /// How many there are by the figures.
    pub total: i64,
    /// What the institution that is asked for is called.
    pub institution: Option<String>,
    /// The latest first.
    pub rows: Vec<BreakRow>,
    /// Whether there are more.
    pub more: bool,
}

impl BreakRow {
    /// When it happened.
    pub fn at(&self, did: Did) -> DateTime<Utc> {
        match (did, self.ended) {
            (Did::Repaired | Did::Fixed, Some((at, _))) => at,
            _ => self.opened,
        }
    }
}

impl Health {
    /// Breaks to which something happened, the latest first; `after` is the last
    /// row of the page before.
    pub async fn breaks(
        &self,
        viewer: &Viewer,
        did: Did,
        within: &Within,
        after: Option<(DateTime<Utc>, BreakId)>,
    ) -> Result<Breaks, StoreError> {
        let (first, last) = within.days;
        let since = Span::Day.begins(first);
        let end = (Span::Day.begins(last + 1), BreakId(uuid::Uuid::nil()));
        let before = after.map_or(end, |after| after.min(end));
        let mut part = Part {
            did,
            place: within.place,
            code: None,
            since,
            before,
            limit: i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
        };
        let mut unit = self.store.read().await?;
        let place = within.place.unwrap_or(ALL);
        let mut codes = unit.breaks_counted(viewer, did, place, within.days).await?;
        let any = within.code.is_none() && within.cause.is_none();
        codes.retain(|(code, _)| {
            within.code.is_none_or(|it| it == *code)
                && within
                    .cause
                    .is_none_or(|it| it == self.table.row(*code).cause)
        });
        let mut rows = Vec::new();
        if any {
            rows = unit.breaks_counted_rows(viewer, &part).await?;
        } else {
            // A page of each: the page of all of them is among these.
            for (code, _) in &codes {
                part.code = Some(*code);
                rows.extend(unit.breaks_counted_rows(viewer, &part).await?);
            }
            rows.sort_by_key(|row| std::cmp::Reverse((row.at(did), row.id)));
        }
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let institution = match within.place {
            None => None,
            Some(place) => unit.institution_name(place).await?,
        };
        Ok(Breaks {
            total: codes.iter().map(|(_, n)| n).sum(),
            institution,
            rows,
            more,
        })
    }
}
