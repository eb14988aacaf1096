//! How all connections, or those of one institution, are and were.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    ALL, Recounted, Standing, day_of,
    times::{Lengths, Took},
    windows::{Share, Span, times},
};
use crate::{
    identity::Viewer,
    status::Table,
    store::{
        Read, Store, StoreError,
        figures::{BreakSums, MOST_DUE, Moves, Operations},
        outages::Outage,
        places::Place,
        sweeps::Sweep,
    },
    time::Clock,
};

/// How far back a page looks. A window ends now and begins with an hour or a day,
/// UTC: today is one of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Window {
    /// 24 hours, and as much of the one in which these begin.
    Day,
    /// Yesterday and today.
    Yesterday,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
}

impl Window {
    /// Those of all connections together: of an institution no hours are kept.
    const OF_ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Quarter];
    const OF_ONE: [Self; 4] = [Self::Yesterday, Self::Week, Self::Month, Self::Quarter];

    /// How many days it has.
    fn days(self) -> i64 {
        match self {
            Self::Day | Self::Yesterday => 2,
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

/// What was done about breaks in a window, and how long repairs took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repairs {
    /// The breaks.
    pub sums: BreakSums,
    /// Half of the repairs took at most this; `None`: too few to say.
    pub median: Option<Took>,
    /// Nine of ten.
    pub p90: Option<Took>,
}

/// How it is, and was.
#[derive(Debug, Clone)]
pub struct Record {
    /// How many stand how now.
    pub standings: Vec<(Standing, i64)>,
    /// Of those judged now, how many are well.
    pub now: Share,
    /// The same over time.
    pub shares: Vec<(Window, Share)>,
    /// The same of each day of the longest window, the first first. Today is not
    /// over.
    pub trend: Vec<(i64, Share)>,
    /// Breaks of each of the last [`TREND`] days.
    pub breaks: BTreeMap<i64, BreakSums>,
    /// Breaks of the last seven days.
    pub week: Repairs,
    /// Breaks of the last thirty.
    pub month: Repairs,
}

/// Everything on the health page.
#[derive(Debug, Clone)]
pub struct Overview {
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// All connections together.
    pub record: Record,
    /// The open outages that cut off the most customers.
    pub outages: Vec<(Outage, String)>,
    /// How many are open.
    pub open_outages: i64,
    /// The latest sweep.
    pub sweep: Option<Sweep>,
    /// Work beside requests.
    pub operations: Operations,
    /// What the latest recount found, and since when there has been none.
    pub recount: Recounted,
}

/// How many open outages are named.
const FOREMOST: i64 = 10;

/// How many days a chart of breaks has.
pub const TREND: i64 = 30;

/// The use cases of who looks.
#[derive(Clone)]
pub struct Health {
    pub(super) store: Store,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) table: Table,
}

impl Health {
    /// `clock` is the domain clock, `table` the status table in force.
    pub fn new(store: Store, clock: Arc<dyn Clock>, table: Table) -> Self {
        Self {
            store,
            clock,
            table,
        }
    }

    /// What codes mean now.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Everything on the health page.
    pub async fn overview(&self, viewer: &Viewer) -> Result<Overview, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.read().await?;
        let mut outages = Vec::new();
        let (foremost, open_outages) = unit.foremost_outages(FOREMOST).await?;
        for outage in foremost {
            let name = unit.institution_name(outage.whose.key()).await?;
            outages.push((outage, name.unwrap_or_default()));
        }
        Ok(Overview {
            at: now,
            record: record(&mut unit, viewer, ALL, now).await?,
            outages,
            open_outages,
            sweep: unit.latest_sweep().await?,
            operations: unit.operations(viewer, now, MOST_DUE).await?,
            recount: unit.recounted().await?,
        })
    }
}

/// How an institution, or all, are and were at `now`.
pub(super) async fn record(
    unit: &mut Read,
    viewer: &Viewer,
    place: i64,
    now: DateTime<Utc>,
) -> Result<Record, StoreError> {
    let today = day_of(now);
    let standings = unit.standings_now(viewer, place).await?;
    let count = |which: fn(Standing) -> bool| {
        let those = standings.iter().filter(|(standing, _)| which(*standing));
        those.map(|(_, n)| n).sum()
    };
    let of = Numbers {
        fine: count(Standing::is_fine),
        judged: count(Standing::is_judged),
    };
    let all_days = today - Window::Quarter.days() + 1;
    let days = unit.moves(viewer, place, Span::Day, all_days).await?;
    let mut shares = Vec::new();
    let windows = if place == ALL {
        Window::OF_ALL
    } else {
        Window::OF_ONE
    };
    for window in windows {
        let share = if window == Window::Day {
            let first = Span::Hour.of(now) - 24;
            let hours = unit.moves(viewer, place, Span::Hour, first).await?;
            of.over(&hours, Span::Hour, first, now)
        } else {
            of.over(&days, Span::Day, today - window.days() + 1, now)
        };
        shares.push((window, share));
    }
    let first = today - TREND + 1;
    Ok(Record {
        now: Share::now(of.fine, of.judged),
        shares,
        trend: of.each(&days, all_days, now),
        breaks: unit.breaks_by_day(viewer, place, first).await?,
        week: repairs(unit, viewer, place, today - 6).await?,
        month: repairs(unit, viewer, place, first).await?,
        standings,
    })
}

/// How many are well and judged now: what time is counted back from.
#[derive(Clone, Copy)]
struct Numbers {
    fine: i64,
    judged: i64,
}

impl Numbers {
    /// The share over all buckets since `first`.
    fn over(self, moves: &Moves, span: Span, first: i64, now: DateTime<Utc>) -> Share {
        let sum = |n, changes| -> i128 {
            let all = times(n, changes, span, first, now);
            all.iter().map(|(_, time)| time).sum()
        };
        let length = now - span.begins(first);
        Share::of(
            sum(self.fine, &moves.fine),
            sum(self.judged, &moves.judged),
            length.num_microseconds().unwrap_or(i64::MAX),
        )
    }

    /// The share of each day since `first`, the first first.
    fn each(self, moves: &Moves, first: i64, now: DateTime<Utc>) -> Vec<(i64, Share)> {
        let fine = times(self.fine, &moves.fine, Span::Day, first, now);
        let judged = times(self.judged, &moves.judged, Span::Day, first, now);
        let share = |((day, fine), (_, judged))| {
            let begin = Span::Day.begins(day);
            let length = (now - begin).min(TimeDelta::days(1));
            let length = length.num_microseconds().unwrap_or(i64::MAX);
            (day, Share::of(fine, judged, length))
        };
        let mut days: Vec<_> = fine.into_iter().zip(judged).map(share).collect();
        days.reverse();
        days
    }
}

/// The share of each day of the last thirty at some institutions, the first
/// first.
pub(super) async fn daily(
    unit: &mut Read,
    viewer: &Viewer,
    places: &[Place],
    now: DateTime<Utc>,
) -> Result<BTreeMap<i64, Vec<(i64, Share)>>, StoreError> {
    let first = day_of(now) - TREND + 1;
    let ids: Vec<i64> = places.iter().map(|place| place.id).collect();
    let mut moves = unit.moves_among(viewer, &ids, first).await?;
    let trend = |place: &Place| {
        let (fine, judged) = (place.fine, place.judged);
        let days = moves.remove(&place.id).unwrap_or_default();
        (place.id, Numbers { fine, judged }.each(&days, first, now))
    };
    Ok(places.iter().map(trend).collect())
}

/// Breaks since a day: at an institution, or all.
async fn repairs(
    unit: &mut Read,
    viewer: &Viewer,
    place: i64,
    since: i64,
) -> Result<Repairs, StoreError> {
    let days = unit.breaks_by_day(viewer, place, since).await?;
    let sums = days
        .into_values()
        .fold(BreakSums::default(), BreakSums::plus);
    let mut lengths = Lengths::new(unit.repair_times(viewer, place, since).await?);
    if lengths.is_few() {
        let begin = Span::Day.begins(since);
        lengths.add_each(unit.repairs_since(viewer, place, begin).await?);
    }
    Ok(Repairs::of(sums, &lengths))
}

impl Repairs {
    /// Of breaks, and of how long those took that were repaired.
    pub(super) fn of(sums: BreakSums, lengths: &Lengths) -> Self {
        Self {
            sums,
            median: lengths.percentile(50),
            p90: lengths.percentile(90),
        }
    }
}

impl BreakSums {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            opened: self.opened + other.opened,
            ended: self.ended + other.ended,
            repaired: self.repaired + other.repaired,
            fixed: self.fixed + other.fixed,
            of_repaired: self.of_repaired + other.of_repaired,
            of_fixed: self.of_fixed + other.of_fixed,
        }
    }
}

#[cfg(test)]
#[path = "overview_tests.rs"]
mod tests;
