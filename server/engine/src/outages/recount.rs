//! Counting the slow way, one connection after the other: what the statements
//! of the store are held against, and what the simulation counts with.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::Counts;

/// A break: when it opened, when it ended, and whether the institution acts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Broke {
    pub(crate) opened: DateTime<Utc>,
    pub(crate) closed: Option<DateTime<Utc>>,
    pub(crate) institutions: bool,
}

/// All that counts of a connection.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) customer: usize,
    pub(crate) institution: usize,
    /// When its customer was read last.
    pub(crate) read: DateTime<Utc>,
    /// Whether a kept account is left.
    pub(crate) kept: bool,
    pub(crate) breaks: Vec<Broke>,
}

/// The counts of each institution for breaks since `since` and readings since
/// `read_since`.
pub(crate) fn recount(
    facts: &[Fact],
    since: DateTime<Utc>,
    read_since: DateTime<Utc>,
) -> BTreeMap<usize, Counts> {
    let mut read: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut broken = read.clone();
    for fact in facts.iter().filter(|fact| fact.kept) {
        let was_broken =
            |one: &Broke| one.opened < since && one.closed.is_none_or(|closed| closed >= since);
        if fact.breaks.iter().any(was_broken) {
            continue;
        }
        if fact.read >= read_since {
            let read = read.entry(fact.institution).or_default();
            read.insert(fact.customer);
        }
        let counts = |one: &Broke| one.closed.is_none() && one.opened >= since && one.institutions;
        if fact.breaks.iter().any(counts) {
            let broken = broken.entry(fact.institution).or_default();
            broken.insert(fact.customer);
        }
    }
    let size = |sets: &BTreeMap<usize, BTreeSet<usize>>, institution: &usize| {
        let size = sets.get(institution).map_or(0, BTreeSet::len);
        u32::try_from(size).unwrap()
    };
    let institutions: BTreeSet<usize> = read.keys().chain(broken.keys()).copied().collect();
    institutions
        .into_iter()
        .map(|id| {
            let (read, broken) = (size(&read, &id), size(&broken, &id));
            (id, Counts { read, broken })
        })
        .collect()
}
