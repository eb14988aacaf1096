//! Counting the slow way, one connection after the other: what the statements
//! of the store are held against, and what the simulation counts with.

use std::collections::BTreeMap;

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
    let mut customers: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for fact in facts.iter().filter(|fact| fact.kept) {
        let was_broken =
            |one: &Broke| one.opened < since && one.closed.is_none_or(|closed| closed >= since);
        if fact.breaks.iter().any(was_broken) {
            continue;
        }
        let (read, broken) = customers.entry(fact.institution).or_default();
        if fact.read >= read_since {
            read.push(fact.customer);
        }
        let counts = |one: &Broke| one.closed.is_none() && one.opened >= since && one.institutions;
        if fact.breaks.iter().any(counts) {
            broken.push(fact.customer);
        }
    }
    let distinct = |mut all: Vec<usize>| {
        all.sort_unstable();
        all.dedup();
        u32::try_from(all.len()).unwrap()
    };
    customers
        .into_iter()
        .map(|(institution, (read, broken))| {
            let (read, broken) = (distinct(read), distinct(broken));
            (institution, Counts { read, broken })
        })
        .collect()
}
