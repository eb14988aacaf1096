//! What pages ask of the figures: a few rows, however many connections.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::types::Json;

use super::{
    Read, StoreError,
    sql::{Both, all, among, maybe, one},
    standings::read,
};
use crate::{
    health::{
        ALL, Standing, hour_of,
        windows::{Changes, Span},
    },
    identity::Viewer,
};

/// What was done about breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BreakSums {
    /// That opened.
    pub opened: i64,
    /// That ended, however.
    pub ended: i64,
    /// That ended by proof.
    pub repaired: i64,
    /// Of those repaired: whose person had gone to Data Connect Fix.
    pub fixed: i64,
    /// Of those that opened: repaired since.
    pub of_repaired: i64,
    /// Of those that opened: repaired since, through Fix.
    pub of_fixed: i64,
}

/// What changed of those that are well, and of all that are judged.
#[derive(Debug, Clone, Default)]
pub struct Moves {
    /// Of those that are well.
    pub fine: Changes,
    /// Of all that are judged.
    pub judged: Changes,
}

/// What runs beside requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Operations {
    /// Events of the last 24 hours, and of the one in which these begin.
    pub events: i64,
    /// Of events that had their effect in that time: how many.
    pub applied: i64,
    /// For how many microseconds they waited, all together.
    pub waited: i64,
    /// Events that no handler has dealt with.
    pub events_waiting: i64,
    /// Since when the one waits that has waited longest.
    pub waiting_since: Option<DateTime<Utc>>,
    /// Jobs that are due: up to one more than was asked for.
    pub jobs_due: i64,
    /// Jobs that run.
    pub jobs_running: i64,
    /// Jobs that were given up.
    pub jobs_dead: i64,
}

const NOW: &str = "SELECT standing, code, n FROM standings_now WHERE institution_id = $1 AND n <> 0
    ORDER BY standing, code";

const HOURS: &str =
    "SELECT hour, standing, CAST(sum(change) AS BIGINT), CAST(sum(moment) AS BIGINT)
    FROM standing_hours WHERE hour >= $1 GROUP BY hour, standing";

const DAYS: &str = "SELECT day, standing, CAST(sum(change) AS BIGINT), CAST(sum(moment) AS BIGINT)
    FROM standing_days WHERE institution_id = $1 AND day >= $2 GROUP BY day, standing";

const DAYS_AMONG: Both = among!(
    "SELECT institution_id, day, standing, CAST(sum(change) AS BIGINT), CAST(sum(moment) AS BIGINT)
    FROM standing_days WHERE institution_id",
    "$1",
    " AND day >= $2 GROUP BY institution_id, day, standing"
);

macro_rules! break_sums {
    ($by:literal) => {
        concat!(
            "SELECT ",
            $by,
            ", CAST(sum(opened) AS BIGINT), CAST(sum(ended) AS BIGINT), CAST(sum(repaired) AS BIGINT),
                CAST(sum(fixed) AS BIGINT), CAST(sum(of_repaired) AS BIGINT), CAST(sum(of_fixed) AS BIGINT)
            FROM break_days WHERE institution_id = $1 AND day >= $2 GROUP BY ",
            $by
        )
    };
}
const BREAKS_BY_DAY: &str = break_sums!("day");
const BREAKS_BY_CODE: &str = break_sums!("code");

const OPENINGS: &str =
    "SELECT code, day, opened FROM break_days WHERE institution_id = 0 AND day >= $1";

const TIMES: &str = "SELECT bucket, CAST(sum(n) AS BIGINT) FROM repair_times
    WHERE institution_id = $1 AND code = 0 AND day >= $2 GROUP BY bucket";

// One of some codes, each of which is a stretch of the index: by IN, PostgreSQL may
// look through the days of all instead.
macro_rules! of_codes {
    ($before:literal, $after:literal) => {
        Both {
            sqlite: concat!($before, " IN (SELECT value FROM json_each($1))", $after),
            postgres: concat!(
                $before,
                " = ANY (ARRAY(SELECT CAST(jsonb_array_elements_text($1) AS BIGINT)))",
                $after
            ),
        }
    };
}
const TIMES_OF: Both = of_codes!(
    "SELECT code, bucket, CAST(sum(n) AS BIGINT) FROM repair_times WHERE institution_id = 0 AND code",
    " AND day >= $2 GROUP BY code, bucket"
);
const REPAIRED_OF: Both = of_codes!(
    "SELECT code, opened_at, closed_at FROM breaks WHERE ended = 'repaired' AND end_counted AND code",
    " AND closed_at >= $2"
);

macro_rules! repaired {
    ($where:literal) => {
        concat!(
            "SELECT opened_at, closed_at FROM breaks
             WHERE ended = 'repaired' AND end_counted AND closed_at >= $1",
            $where
        )
    };
}
const REPAIRED: &str = repaired!("");
const REPAIRED_AT: &str = repaired!(" AND institution_id = $2");

/// Up to where due jobs are counted on the health page: in the morning after a
/// sweep a letter may be due for each of very many.
pub const MOST_DUE: i64 = 1_000;

const OPERATIONS: &str = "SELECT
    h.events, h.applied, h.waited,
    (SELECT count(*) FROM events WHERE state = 'waiting') AS events_waiting,
    (SELECT min(COALESCE(queued_at, received_at)) FROM events WHERE state = 'waiting') AS waiting_since,
    (SELECT count(*) FROM (SELECT 1 FROM jobs
        WHERE status = 'waiting' AND COALESCE(run_at, created_at) <= $2
        ORDER BY COALESCE(run_at, created_at), id LIMIT $3 + 1) AS due) AS jobs_due,
    (SELECT count(*) FROM jobs WHERE status = 'running') AS jobs_running,
    (SELECT count(*) FROM jobs WHERE status = 'dead') AS jobs_dead
    FROM (SELECT CAST(COALESCE(sum(n), 0) AS BIGINT) AS events, CAST(COALESCE(sum(applied), 0) AS BIGINT) AS applied,
        CAST(COALESCE(sum(waited), 0) AS BIGINT) AS waited FROM event_hours WHERE hour >= $1) AS h";

const NAME: &str = "SELECT name FROM institution_figures WHERE institution_id = $1";

type Change = (i64, String, i64, i64);
type Sums = (i64, i64, i64, i64, i64, i64, i64);

impl Moves {
    fn add(&mut self, (bucket, name, change, moment): &Change) -> Result<(), StoreError> {
        // Which code does not matter here.
        let standing = read(name, 1)?;
        let add = |to: &mut Changes| {
            let sums = to.entry(*bucket).or_default();
            *sums = (sums.0 + change, sums.1 + moment);
        };
        if standing.is_fine() {
            add(&mut self.fine);
        }
        if standing.is_judged() {
            add(&mut self.judged);
        }
        Ok(())
    }
}

impl Read {
    /// How many stand how at an institution, or of all.
    pub async fn standings_now(
        &mut self,
        _: &Viewer,
        place: i64,
    ) -> Result<Vec<(Standing, i64)>, StoreError> {
        let rows = all!(self, (String, i64, i64), NOW, place)?;
        let row = |(name, code, n): (String, i64, i64)| Ok((read(&name, code)?, n));
        rows.into_iter().map(row).collect()
    }

    /// What changed since a bucket; by hours of all together only.
    pub async fn moves(
        &mut self,
        _: &Viewer,
        place: i64,
        span: Span,
        first: i64,
    ) -> Result<Moves, StoreError> {
        let rows = match span {
            Span::Hour if place == ALL => all!(self, Change, HOURS, first)?,
            Span::Hour | Span::Day => all!(self, Change, DAYS, place, first)?,
        };
        let mut moves = Moves::default();
        for change in rows {
            moves.add(&change)?;
        }
        Ok(moves)
    }

    /// What changed at each of some institutions, by days since one.
    pub(crate) async fn moves_among(
        &mut self,
        _: &Viewer,
        places: &[i64],
        first: i64,
    ) -> Result<BTreeMap<i64, Moves>, StoreError> {
        let sql = DAYS_AMONG.on(self);
        let rows = all!(self, (i64, i64, String, i64, i64), sql, Json(places), first)?;
        let mut all = BTreeMap::<i64, Moves>::new();
        for (place, bucket, name, change, moment) in rows {
            let moves = all.entry(place).or_default();
            moves.add(&(bucket, name, change, moment))?;
        }
        Ok(all)
    }

    /// Breaks by day, since a day.
    pub async fn breaks_by_day(
        &mut self,
        _: &Viewer,
        place: i64,
        since: i64,
    ) -> Result<BTreeMap<i64, BreakSums>, StoreError> {
        Ok(sums(all!(self, Sums, BREAKS_BY_DAY, place, since)?))
    }

    /// Breaks by code, since a day.
    pub async fn breaks_by_code(
        &mut self,
        _: &Viewer,
        place: i64,
        since: i64,
    ) -> Result<BTreeMap<i64, BreakSums>, StoreError> {
        Ok(sums(all!(self, Sums, BREAKS_BY_CODE, place, since)?))
    }

    /// How many breaks opened by which code on which day.
    pub async fn openings(
        &mut self,
        _: &Viewer,
        since: i64,
    ) -> Result<Vec<(i64, i64, i64)>, StoreError> {
        Ok(all!(self, (i64, i64, i64), OPENINGS, since)?)
    }

    /// How many repairs at an institution, or of all, since a day took how long: by
    /// bucket.
    pub async fn repair_times(
        &mut self,
        _: &Viewer,
        place: i64,
        since: i64,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        Ok(all!(self, (i64, i64), TIMES, place, since)?)
    }

    /// How long each of them since then took.
    pub async fn repairs_since(
        &mut self,
        _: &Viewer,
        place: i64,
        since: DateTime<Utc>,
    ) -> Result<Vec<TimeDelta>, StoreError> {
        type Row = (DateTime<Utc>, DateTime<Utc>);
        let rows = match place {
            ALL => all!(self, Row, REPAIRED, since)?,
            place => all!(self, Row, REPAIRED_AT, since, place)?,
        };
        let took = rows.into_iter().map(|(opened, closed)| closed - opened);
        Ok(took.collect())
    }

    /// How many repairs of each of some codes since a day took how long: by code and
    /// bucket.
    pub(crate) async fn repair_times_of(
        &mut self,
        _: &Viewer,
        codes: &[i64],
        since: i64,
    ) -> Result<Vec<(i64, i64, i64)>, StoreError> {
        let sql = TIMES_OF.on(self);
        Ok(all!(self, (i64, i64, i64), sql, Json(codes), since)?)
    }

    /// How long each of them since then took, by code.
    pub(crate) async fn repairs_of(
        &mut self,
        _: &Viewer,
        codes: &[i64],
        since: DateTime<Utc>,
    ) -> Result<Vec<(i64, TimeDelta)>, StoreError> {
        type Row = (i64, DateTime<Utc>, DateTime<Utc>);
        let sql = REPAIRED_OF.on(self);
        let rows = all!(self, Row, sql, Json(codes), since)?;
        let took = |(code, opened, closed): Row| (code, closed - opened);
        Ok(rows.into_iter().map(took).collect())
    }

    /// What an institution in the figures is called.
    pub async fn institution_name(&mut self, place: i64) -> Result<Option<String>, StoreError> {
        let row = maybe!(self, (String,), NAME, place)?;
        Ok(row.map(|(name,)| name).filter(|name| !name.is_empty()))
    }

    /// What runs beside requests, at `now` (domain clock). Whether more than
    /// `most` jobs are due is known, but not how many.
    pub async fn operations(
        &mut self,
        _: &Viewer,
        now: DateTime<Utc>,
        most: i64,
    ) -> Result<Operations, StoreError> {
        let since = hour_of(now) - 24;
        Ok(one!(self, Operations, OPERATIONS, since, now, most)?)
    }
}

fn sums(rows: Vec<Sums>) -> BTreeMap<i64, BreakSums> {
    let of = |(key, opened, ended, repaired, fixed, of_repaired, of_fixed)| {
        let sums = BreakSums {
            opened,
            ended,
            repaired,
            fixed,
            of_repaired,
            of_fixed,
        };
        (key, sums)
    };
    // A cause that became another leaves rows of nothing.
    let some = |(_, sums): &(i64, BreakSums)| *sums != BreakSums::default();
    rows.into_iter().map(of).filter(some).collect()
}
