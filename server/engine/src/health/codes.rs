//! How each code, and each cause, is doing.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ALL, Code, Health,
    overview::{Repairs, TREND, repairs},
};
use crate::{
    health::day_of,
    identity::Viewer,
    status::{Row, Table},
    store::StoreError,
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

impl Health {
    /// Every code that breaks something now or did in the last thirty days; the
    /// most broken first. A code that no table knows is there like any other.
    pub async fn codes(&self, viewer: &Viewer) -> Result<Vec<CodeRecord>, StoreError> {
        let since = day_of(self.clock.now()) - TREND + 1;
        let mut unit = self.store.read().await?;
        let standings = unit.standings_now(viewer, ALL).await?;
        let now: BTreeMap<i64, i64> = standings
            .iter()
            .filter_map(|(standing, n)| Some((standing.broken()?.get(), *n)))
            .collect();
        let before = unit.breaks_by_code(viewer, ALL, since).await?;
        let codes: BTreeSet<i64> = now.keys().chain(before.keys()).copied().collect();
        let mut days: BTreeMap<i64, BTreeMap<i64, i64>> = BTreeMap::new();
        for (code, day, opened) in unit.openings(viewer, since).await? {
            days.entry(code).or_default().insert(day, opened);
        }
        let mut all = Vec::new();
        for code in codes {
            all.push(CodeRecord {
                code: Code::new(code),
                now: now.get(&code).copied().unwrap_or_default(),
                month: repairs(&mut unit, viewer, (ALL, code), since).await?,
                days: days.remove(&code).unwrap_or_default(),
            });
        }
        all.sort_by_key(|one| (std::cmp::Reverse(one.now), one.code));
        Ok(all)
    }
}

/// The rows of a table that the operator changed or added.
pub fn overridden(table: &Table) -> impl Iterator<Item = &Row> {
    let shipped = Table::shipped();
    table
        .rows()
        .filter(move |row| !shipped.knows(row.code) || shipped.row(row.code) != *row)
}
