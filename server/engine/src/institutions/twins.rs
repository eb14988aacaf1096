//! Institutions that are listed twice: the legacy connection and the OAuth one
//! that takes its place. They are shown once.

use std::{borrow::Borrow, collections::HashMap};

use relink_mastercard::InstitutionId;

use super::{
    entry::Entry,
    policy::{Availability, Reason},
};

/// Longest way from a connection to what replaced it; a bound against rings.
const LONGEST_WAY: usize = 8;

/// For each of `entries`, the number of the one that is shown in its place
/// (often itself).
///
/// Shown is the last on the way of successors that can be chosen, so that a
/// legacy connection stays while its twin cannot be (our application is not
/// registered there, or it is down); where none can be chosen, the last at
/// which we are registered. What cannot be chosen gives way to a predecessor
/// that can.
pub(super) fn shown<E: Borrow<Entry>>(entries: &[E], availability: &[Availability]) -> Vec<usize> {
    let numbers: HashMap<InstitutionId, usize> = entries
        .iter()
        .enumerate()
        .map(|(number, entry)| (entry.borrow().id, number))
        .collect();
    let ways: Vec<Vec<usize>> = (0..entries.len())
        .map(|at| way(entries, &numbers, at))
        .collect();
    let mut shown: Vec<usize> = ways.iter().map(|way| pick(way, availability)).collect();
    for (at, way) in ways.iter().enumerate() {
        for later in &way[1..] {
            let gives_way = shown[*later] == *later && !availability[*later].is_open();
            if gives_way && shown[at] == at && availability[at].is_open() {
                shown[*later] = at;
            }
        }
    }
    let settled: Vec<usize> = shown.iter().map(|at| shown[*at]).collect();
    // Members of a ring would hide each other.
    (0..shown.len())
        .map(|at| {
            if settled[settled[at]] == settled[at] {
                settled[at]
            } else {
                at
            }
        })
        .collect()
}

fn way<E: Borrow<Entry>>(
    entries: &[E],
    numbers: &HashMap<InstitutionId, usize>,
    from: usize,
) -> Vec<usize> {
    let mut way = vec![from];
    while way.len() < LONGEST_WAY {
        let successors = &entries[way[way.len() - 1]].borrow().successors;
        match successors.iter().find_map(|id| numbers.get(id)) {
            Some(next) if !way.contains(next) => way.push(*next),
            _ => break,
        }
    }
    way
}

fn pick(way: &[usize], availability: &[Availability]) -> usize {
    let unregistered = Availability::Unavailable {
        reason: Reason::NotRegistered,
    };
    let last =
        |good: &dyn Fn(Availability) -> bool| way.iter().rev().find(|at| good(availability[**at]));
    *last(&Availability::is_open)
        .or_else(|| last(&|state| state != unregistered))
        .unwrap_or(&way[0])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{super::testing::entry, *};

    const OPEN: Availability = Availability::Open;
    const DOWN: Availability = Availability::Unavailable {
        reason: Reason::Offline,
    };
    const NOT_OURS: Availability = Availability::Unavailable {
        reason: Reason::NotRegistered,
    };

    #[rstest]
    #[case(OPEN, OPEN, [1, 1])]
    #[case(OPEN, NOT_OURS, [0, 0])]
    #[case(OPEN, DOWN, [0, 0])]
    #[case(DOWN, OPEN, [1, 1])]
    #[case(DOWN, DOWN, [1, 1])]
    #[case(DOWN, NOT_OURS, [0, 1])]
    fn legacy_and_oauth(
        #[case] legacy: Availability,
        #[case] oauth: Availability,
        #[case] want: [usize; 2],
    ) {
        let mut entries = [entry(10, "Legacy"), entry(11, "OAuth")];
        entries[0].successors = vec![InstitutionId::new(11)];
        assert_eq!(shown(&entries, &[legacy, oauth]), want);
    }

    #[test]
    fn a_ring_hides_nobody_and_an_unknown_successor_does_not_count() {
        let mut entries = [entry(1, "A"), entry(2, "B"), entry(3, "C")];
        entries[0].successors = vec![InstitutionId::new(2)];
        entries[1].successors = vec![InstitutionId::new(1)];
        entries[2].successors = vec![InstitutionId::new(99)];
        assert_eq!(shown(&entries, &[OPEN; 3]), [0, 1, 2]);
    }
}
