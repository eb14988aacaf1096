//! How long repairs took: exact where they are few, to a bucket where they are
//! many. Pure.

use chrono::TimeDelta;

/// So many repairs are looked at one by one; of more the buckets speak.
pub const EXACT_UP_TO: usize = 1_000;

/// The ends of the buckets, in minutes; one more bucket is beyond the last.
pub const BOUNDS: [i64; 26] = [
    15, 30, 60, 120, 180, 240, 360, 480, 720, 1_080, 1_440, 2_160, 2_880, 4_320, 5_760, 7_200,
    8_640, 10_080, 14_400, 20_160, 30_240, 43_200, 64_800, 86_400, 129_600, 259_200,
];

/// The bucket of a time: the first whose end it does not pass.
pub fn bucket(took: TimeDelta) -> i64 {
    let index = BOUNDS.partition_point(|end| TimeDelta::minutes(*end) < took);
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// A time by which a share of repairs was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Took {
    /// This, from the rows.
    Exactly(TimeDelta),
    /// More than the first and at most the second; beyond the last bucket there
    /// is no second.
    Between(TimeDelta, Option<TimeDelta>),
}

/// The time within which `percent` of `times` were done (nearest rank); `None`
/// of nothing. `times` are in order.
pub fn exactly(times: &[TimeDelta], percent: usize) -> Option<Took> {
    let rank = (times.len() * percent).div_ceil(100).max(1);
    times.get(rank - 1).copied().map(Took::Exactly)
}

/// The same from how many fell into each bucket.
pub fn within(counts: &[(i64, i64)], percent: i64) -> Option<Took> {
    let all: i64 = counts.iter().map(|(_, n)| n).sum();
    let rank = (all * percent + 99) / 100;
    let mut seen = 0;
    let found = counts.iter().find(|(_, n)| {
        seen += n;
        seen >= rank.max(1)
    });
    let index = usize::try_from(found?.0).ok()?;
    let end = |index: usize| BOUNDS.get(index).copied().map(TimeDelta::minutes);
    let begin = index.checked_sub(1).and_then(end).unwrap_or_default();
    Some(Took::Between(begin, end(index)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ranks_are_the_nearest() {
        let hours: Vec<TimeDelta> = (1..=10).map(TimeDelta::hours).collect();
        let exact = |hours| Some(Took::Exactly(TimeDelta::hours(hours)));
        assert_eq!(exactly(&hours, 50), exact(5));
        assert_eq!(exactly(&hours, 90), exact(9));
        assert_eq!(exactly(&hours[..1], 90), exact(1));
        assert_eq!(exactly(&[], 50), None);
        assert_eq!(within(&[], 50), None);
    }

    #[test]
    fn beyond_the_last_bucket_there_is_no_end() {
        let year = TimeDelta::days(365);
        let last = TimeDelta::minutes(259_200);
        assert_eq!(
            within(&[(bucket(year), 1)], 50),
            Some(Took::Between(last, None))
        );
        assert_eq!(bucket(TimeDelta::zero()), 0);
        assert_eq!(bucket(TimeDelta::minutes(15)), 0);
        assert_eq!(
            bucket(TimeDelta::minutes(15) + TimeDelta::microseconds(1)),
            1
        );
    }

    proptest! {
        #[test]
        fn buckets_hold_what_the_rows_say(mut minutes in proptest::collection::vec(0_i64..400_000, 1..200), percent in 1_usize..100) {
            minutes.sort_unstable();
            let times: Vec<TimeDelta> = minutes.iter().copied().map(TimeDelta::minutes).collect();
            let mut counts = std::collections::BTreeMap::new();
            for time in &times {
                *counts.entry(bucket(*time)).or_insert(0) += 1;
            }
            let counts: Vec<(i64, i64)> = counts.into_iter().collect();
            let Some(Took::Exactly(exact)) = exactly(&times, percent) else { panic!("no time") };
            let Some(Took::Between(from, to)) = within(&counts, i64::try_from(percent).unwrap()) else { panic!("no bucket") };
            prop_assert!(from < exact || from.is_zero());
            prop_assert!(to.is_none_or(|to| exact <= to));
        }
    }
}
