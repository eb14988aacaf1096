//! What pages ask of funnels: a few rows, however many journeys.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::{
    Read, StoreError,
    events::Counter,
    funnel_rollups::{index, slice_of, stop_of},
    sql::{Both, all, among},
};
use crate::{
    funnels::{Funnel, Part, STEPS, Slice, Stopped},
    identity::Viewer,
};

const DAYS: &str =
    "SELECT day, soon, step_0, step_1, step_2, step_3, step_4, step_5 FROM funnel_steps
    WHERE funnel = $1 AND slice = $2 AND value = $3 AND day >= $4";

const STOPS: &str = "SELECT step, stop, code, CAST(sum(n) AS BIGINT) AS n FROM funnel_stops
    WHERE funnel = $1 AND slice = $2 AND value = $3 AND day >= $4
    GROUP BY step, stop, code HAVING sum(n) <> 0 ORDER BY step, n DESC, stop, code";

// One statement a slice: each is a stretch of the key.
macro_rules! parts {
    ($where:literal) => {
        concat!(
            "SELECT slice, value, CAST(sum(step_0) AS BIGINT), CAST(sum(step_1) AS BIGINT),
                CAST(sum(step_2) AS BIGINT), CAST(sum(step_3) AS BIGINT), CAST(sum(step_4) AS BIGINT),
                CAST(sum(step_5) AS BIGINT)
            FROM funnel_steps WHERE funnel = $1 AND slice = $2 AND day >= $3",
            $where
        )
    };
}
const PARTS: &str = parts!(" GROUP BY slice, value HAVING sum(step_0) <> 0");
const PARTS_AMONG: Both = among!(
    parts!(" AND value"),
    "$4",
    " GROUP BY slice, value HAVING sum(step_0) <> 0"
);

const CHOSEN: &str =
    "SELECT institution FROM institution_usage ORDER BY chosen DESC, institution LIMIT $1";

type Day = (i64, i64, i64, i64, i64, i64, i64, i64);
type Sums = (String, i64, i64, i64, i64, i64, i64, i64);

fn part((slice, value, s0, s1, s2, s3, s4, s5): Sums) -> Result<Part, StoreError> {
    Ok(Part {
        slice: slice_of(&slice, value)?,
        name: None,
        steps: [s0, s1, s2, s3, s4, s5],
    })
}

impl Read {
    /// How many of a slice reached each step, by the day on which they began and
    /// how soon, since a day.
    pub(crate) async fn funnel_days(
        &mut self,
        _: &Viewer,
        funnel: Funnel,
        slice: Slice,
        since: i64,
    ) -> Result<BTreeMap<(i64, usize), [i64; STEPS]>, StoreError> {
        let (name, value) = slice.parts();
        let rows = all!(self, Day, DAYS, funnel.name(), name, value, since)?;
        let row = |(day, soon, s0, s1, s2, s3, s4, s5): Day| {
            Ok(((day, index(soon)?), [s0, s1, s2, s3, s4, s5]))
        };
        rows.into_iter().map(row).collect()
    }

    /// Where those of a slice stand that began since a day, step by step.
    pub(crate) async fn funnel_stops(
        &mut self,
        _: &Viewer,
        funnel: Funnel,
        slice: Slice,
        since: i64,
    ) -> Result<Vec<Stopped>, StoreError> {
        type Row = (i64, String, i64, i64);
        let (name, value) = slice.parts();
        let rows = all!(self, Row, STOPS, funnel.name(), name, value, since)?;
        let row = |(step, stop, code, n): Row| {
            Ok(Stopped {
                step: index(step)?,
                stop: stop_of(&stop, code)?,
                n,
            })
        };
        rows.into_iter().map(row).collect()
    }

    /// The funnels of each code, channel and language since a day.
    pub(crate) async fn funnel_parts(
        &mut self,
        _: &Viewer,
        funnel: Funnel,
        since: i64,
    ) -> Result<Vec<Part>, StoreError> {
        let mut rows = Vec::new();
        for slice in ["code", "channel", "language"] {
            rows.extend(all!(self, Sums, PARTS, funnel.name(), slice, since)?);
        }
        rows.into_iter().map(part).collect()
    }

    /// The funnels of each of some institutions since a day.
    pub(crate) async fn funnel_places(
        &mut self,
        _: &Viewer,
        funnel: Funnel,
        places: &[i64],
        since: i64,
    ) -> Result<Vec<Part>, StoreError> {
        let (sql, name) = (PARTS_AMONG.on(self), funnel.name());
        let rows = all!(self, Sums, sql, name, "institution", since, Json(places))?;
        rows.into_iter().map(part).collect()
    }

    /// The institutions that people choose most, ever.
    pub(crate) async fn most_chosen(
        &mut self,
        _: &Viewer,
        limit: u16,
    ) -> Result<Vec<i64>, StoreError> {
        let rows = all!(self, (i64,), CHOSEN, i64::from(limit))?;
        Ok(rows.into_iter().map(|(place,)| place).collect())
    }

    /// Searches for an institution that were sent since the day of `since`.
    pub(crate) async fn searches_since(
        &mut self,
        _: &Viewer,
        since: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        self.counted(Counter::Search, since).await
    }
}
