//! The connections behind a number.

use chrono::{DateTime, TimeDelta, Utc};

use super::{ALL, Code, Health, Standing};
use crate::{
    identity::Viewer,
    ids::ConnectionId,
    status::{Acts, Cause},
    store::{
        StoreError,
        rows::{Counted, Part},
    },
};

/// Which connections; what is absent is any.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// How they stand, whatever the code.
    pub standing: Option<&'static str>,
    /// Only those of which a reading says how they are: what a share is of.
    pub judged: bool,
    /// By which code they are broken.
    pub code: Option<Code>,
    /// Why, by the table in force.
    pub cause: Option<Cause>,
    /// Who acts, by the table in force.
    pub acts: Option<Acts>,
    /// Where.
    pub place: Option<i64>,
    /// For how long at least.
    pub for_days: Option<u16>,
    /// The last row of the page before.
    pub after: Option<(Standing, DateTime<Utc>, ConnectionId)>,
}

/// A page of connections.
#[derive(Debug, Clone)]
pub struct Rows {
    /// How many there are by the figures, where they say.
    pub total: Option<i64>,
    /// What the institution that is asked for is called.
    pub institution: Option<String>,
    /// How each stands, and the ends of its accounts' numbers.
    pub rows: Vec<(Standing, Counted, Vec<String>)>,
    /// Whether there are more.
    pub more: bool,
}

/// How many rows a page has.
pub const PAGE: usize = 50;

impl Health {
    /// The connections that are asked for: broken ones first, by code, the
    /// longest so first.
    pub async fn rows(&self, viewer: &Viewer, asked: &Asked) -> Result<Rows, StoreError> {
        let now = self.clock.now();
        let days = TimeDelta::days(asked.for_days.unwrap_or_default().into());
        let mut unit = self.store.read().await?;
        let mut kinds = unit
            .standings_now(viewer, asked.place.unwrap_or(ALL))
            .await?;
        kinds.retain(|(standing, _)| self.is_asked(asked, *standing));
        kinds.sort_by_key(|(standing, _)| order(*standing));
        let total = kinds.iter().map(|(_, n)| n).sum();
        let (mut rows, mut more) = (Vec::new(), false);
        let first = asked.after.map(|(standing, ..)| order(standing));
        for (standing, _) in kinds {
            if first.is_some_and(|first| order(standing) < first) {
                continue;
            }
            let from = asked.after.filter(|(after, ..)| *after == standing);
            let from = from.map(|(_, since, connection)| (since, connection));
            let nil = ConnectionId(uuid::Uuid::nil());
            let left = PAGE + 1 - rows.len();
            let part = Part {
                standing,
                place: asked.place,
                until: now - days,
                after: from.unwrap_or((DateTime::UNIX_EPOCH, nil)),
                limit: i64::try_from(left).unwrap_or(i64::MAX),
            };
            for row in unit.counted_rows(viewer, &part).await? {
                let masks = unit.masks(viewer, row.connection).await?;
                rows.push((standing, row, masks));
            }
            if rows.len() > PAGE {
                rows.truncate(PAGE);
                more = true;
                break;
            }
        }
        let institution = match asked.place {
            None => None,
            Some(place) => unit.institution_name(place).await?,
        };
        Ok(Rows {
            total: asked.for_days.is_none().then_some(total),
            institution,
            rows,
            more,
        })
    }

    fn is_asked(&self, asked: &Asked, standing: Standing) -> bool {
        let row = standing.broken().map(|code| self.table.row(code));
        let cause = |cause| row.is_some_and(|row| row.cause == cause);
        let acts = |acts| row.is_some_and(|row| row.acts == acts);
        (standing.is_judged() || !asked.judged)
            && asked.standing.is_none_or(|name| standing.name() == name)
            && asked
                .code
                .is_none_or(|code| standing.broken() == Some(code))
            && asked.cause.is_none_or(cause)
            && asked.acts.is_none_or(acts)
    }
}

fn order(standing: Standing) -> (bool, Standing) {
    (standing.broken().is_none(), standing)
}
