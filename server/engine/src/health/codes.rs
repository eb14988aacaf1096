//! How each code, and each cause, is doing.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    ALL, Code, Health,
    overview::{Repairs, TREND},
    times::Lengths,
    windows::{Share, Span},
};
use crate::{
    health::day_of,
    identity::Viewer,
    status::{Acts, Cause, Row, Table},
    store::{Read, StoreError, figures::BreakSums},
};

/// What one code did.
#[derive(Debug, Clone)]
pub struct CodeRecord {
    /// The code.
    pub code: Code,
    /// Connections that are broken by it now.
    pub now: i64,
    /// Breaks by it in the last thirty days.
    pub month: Repairs,
    /// Breaks that opened, by day.
    pub days: BTreeMap<i64, i64>,
}

/// What the codes of one cause did together.
#[derive(Debug, Clone)]
pub struct CauseRecord {
    /// The cause.
    pub cause: Cause,
    /// Who acts; `None`: it differs by code.
    pub acts: Option<Acts>,
    /// Connections that are broken by them now.
    pub now: i64,
    /// Breaks by them in the last thirty days.
    pub month: Repairs,
    /// Of those that opened, by codes that Fix helps: how many were repaired through
    /// Fix. `None`: it helps none of them.
    pub through_fix: Option<Share>,
    /// Breaks that opened, by day.
    pub days: BTreeMap<i64, i64>,
}

/// How codes and causes are doing, the most broken first.
#[derive(Debug, Clone)]
pub struct Codes {
    /// Every code that breaks something now or did in the last thirty days. One that
    /// no table knows is there like any other.
    pub codes: Vec<CodeRecord>,
    /// The same by cause, as the table in force says.
    pub causes: Vec<CauseRecord>,
}

impl Health {
    /// How codes and causes are doing: by the same statements, however many codes.
    pub async fn codes(&self, viewer: &Viewer) -> Result<Codes, StoreError> {
        let since = day_of(self.clock.now()) - TREND + 1;
        let mut unit = self.store.read().await?;
        let standings = unit.standings_now(viewer, ALL).await?;
        let now: BTreeMap<i64, i64> = standings
            .iter()
            .filter_map(|(standing, n)| Some((standing.broken()?.get(), *n)))
            .collect();
        let before = unit.breaks_by_code(viewer, ALL, since).await?;
        let keys: BTreeSet<i64> = now.keys().chain(before.keys()).copied().collect();
        let mut days: BTreeMap<i64, BTreeMap<i64, i64>> = BTreeMap::new();
        for (code, day, opened) in unit.openings(viewer, since).await? {
            days.entry(code).or_default().insert(day, opened);
        }
        let keys: Vec<i64> = keys.into_iter().collect();
        let lengths = lengths(&mut unit, viewer, &keys, since).await?;
        let nothing = Lengths::default();
        let code = |code: i64| {
            let sums = before.get(&code).copied().unwrap_or_default();
            CodeRecord {
                code: Code::new(code),
                now: now.get(&code).copied().unwrap_or_default(),
                month: Repairs::of(sums, lengths.get(&code).unwrap_or(&nothing)),
                days: days.remove(&code).unwrap_or_default(),
            }
        };
        let mut codes: Vec<CodeRecord> = keys.into_iter().map(code).collect();
        codes.sort_by_key(|one| (Reverse(one.now), one.code));
        let causes = causes(&codes, &lengths, &self.table);
        Ok(Codes { codes, causes })
    }
}

/// How long repairs of each code since a day took.
async fn lengths(
    unit: &mut Read,
    viewer: &Viewer,
    codes: &[i64],
    since: i64,
) -> Result<BTreeMap<i64, Lengths>, StoreError> {
    let mut buckets: BTreeMap<i64, Vec<(i64, i64)>> = BTreeMap::new();
    for (code, bucket, n) in unit.repair_times_of(viewer, codes, since).await? {
        buckets.entry(code).or_default().push((bucket, n));
    }
    let lengths = |(code, buckets)| (code, Lengths::new(buckets));
    let mut all: BTreeMap<i64, Lengths> = buckets.into_iter().map(lengths).collect();
    let few = all.iter().filter(|(_, lengths)| lengths.is_few());
    let few: Vec<i64> = few.map(|(code, _)| *code).collect();
    let begin = Span::Day.begins(since);
    let mut each: BTreeMap<i64, Vec<_>> = BTreeMap::new();
    for (code, took) in unit.repairs_of(viewer, &few, begin).await? {
        each.entry(code).or_default().push(took);
    }
    for (code, times) in each {
        all.entry(code).or_default().add_each(times);
    }
    Ok(all)
}

/// What is added up of one cause.
#[derive(Default)]
struct Together {
    acts: BTreeSet<Acts>,
    now: i64,
    sums: BreakSums,
    /// Of codes that Fix helps, if there are any.
    fixable: Option<BreakSums>,
    lengths: Lengths,
    days: BTreeMap<i64, i64>,
}

impl Together {
    fn add(&mut self, code: &CodeRecord, means: &Row, lengths: Option<&Lengths>) {
        self.acts.insert(means.acts);
        self.now += code.now;
        self.sums = self.sums.plus(code.month.sums);
        if means.fixable {
            let before = self.fixable.unwrap_or_default();
            self.fixable = Some(before.plus(code.month.sums));
        }
        if let Some(lengths) = lengths {
            self.lengths.merge(lengths);
        }
        for (day, opened) in &code.days {
            *self.days.entry(*day).or_default() += opened;
        }
    }
}

/// The codes by cause. Pure.
fn causes(
    codes: &[CodeRecord],
    lengths: &BTreeMap<i64, Lengths>,
    table: &Table,
) -> Vec<CauseRecord> {
    let mut causes: BTreeMap<Cause, Together> = BTreeMap::new();
    for code in codes {
        let means = table.row(code.code);
        let together = causes.entry(means.cause).or_default();
        together.add(code, means, lengths.get(&code.code.get()));
    }
    let record = |(cause, it): (Cause, Together)| {
        let mut acts = it.acts.into_iter();
        CauseRecord {
            cause,
            acts: acts.next().filter(|_| acts.next().is_none()),
            now: it.now,
            month: Repairs::of(it.sums, &it.lengths),
            through_fix: it
                .fixable
                .map(|sums| Share::now(sums.of_fixed, sums.opened)),
            days: it.days,
        }
    };
    let mut all: Vec<CauseRecord> = causes.into_iter().map(record).collect();
    all.sort_by_key(|one| (Reverse(one.now), one.cause));
    all
}

/// The rows of a table that the operator changed, each with the shipped one.
pub fn overridden(table: &Table) -> impl Iterator<Item = (&Row, Row)> {
    let shipped = Table::shipped();
    table.rows().filter_map(move |row| {
        let before = shipped.row(row.code);
        (before != row).then(|| (row, before.clone()))
    })
}
