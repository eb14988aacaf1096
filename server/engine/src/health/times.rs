//! How long repairs took: exact where they are few, to a bucket where they are
//! many. Pure.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::windows::SAMPLE;

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

/// How long some repairs took: how many fell into each bucket, and each of them,
/// where they are few enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lengths {
    buckets: BTreeMap<i64, i64>,
    each: Vec<TimeDelta>,
}

impl Lengths {
    /// Of how many fell into which bucket.
    pub fn new(buckets: impl IntoIterator<Item = (i64, i64)>) -> Self {
        Self {
            buckets: buckets.into_iter().collect(),
            each: Vec::new(),
        }
    }

    /// How many there are.
    fn count(&self) -> i64 {
        self.buckets.values().sum()
    }

    /// Whether there are any, and few enough to look at each.
    pub fn is_few(&self) -> bool {
        let few = usize::try_from(self.count()).is_ok_and(|count| count <= EXACT_UP_TO);
        few && self.count() > 0
    }

    /// Adds how long each took, in whatever order.
    pub fn add_each(&mut self, times: impl IntoIterator<Item = TimeDelta>) {
        self.each.extend(times);
        self.each.sort_unstable();
    }

    /// Adds others. Of few together each is known, as those of each part are few.
    pub fn merge(&mut self, other: &Self) {
        for (bucket, n) in &other.buckets {
            *self.buckets.entry(*bucket).or_default() += n;
        }
        self.add_each(other.each.iter().copied());
    }

    /// The time within which `percent` of them were done; `None`: too few to say.
    pub fn percentile(&self, percent: u8) -> Option<Took> {
        if self.count() < SAMPLE {
            return None;
        }
        if self.is_few() {
            return exactly(&self.each, percent.into());
        }
        let counts: Vec<(i64, i64)> = self.buckets.iter().map(|(at, n)| (*at, *n)).collect();
        within(&counts, percent.into())
    }
}

/// The time within which `percent` of `times` were done (nearest rank); `None`
/// of nothing. `times` are in order.
fn exactly(times: &[TimeDelta], percent: usize) -> Option<Took> {
    let rank = (times.len() * percent).div_ceil(100).max(1);
    times.get(rank - 1).copied().map(Took::Exactly)
}

/// The same from how many fell into each bucket.
fn within(counts: &[(i64, i64)], percent: i64) -> Option<Took> {
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
    fn what_is_put_together_is_exact_as_long_as_it_is_few() {
        let hours = |from: i64, to: i64| {
            let times: Vec<TimeDelta> = (from..=to).map(TimeDelta::hours).collect();
            let mut buckets = BTreeMap::new();
            for time in &times {
                *buckets.entry(bucket(*time)).or_insert(0) += 1;
            }
            let mut lengths = Lengths::new(buckets);
            if lengths.is_few() {
                lengths.add_each(times);
            }
            lengths
        };
        assert!(!Lengths::default().is_few());
        let mut all = hours(10, 14);
        assert_eq!(all.percentile(50), None, "five are too few");
        all.merge(&hours(1, 5));
        let exact = |hours| Some(Took::Exactly(TimeDelta::hours(hours)));
        assert_eq!(
            (all.percentile(50), all.percentile(90)),
            (exact(5), exact(13))
        );
        let mut many = hours(1, 600);
        assert_eq!(many.percentile(50), exact(300));
        many.merge(&hours(1, 600));
        let day = TimeDelta::days(1);
        assert_eq!(
            many.percentile(50),
            Some(Took::Between(day * 10, Some(day * 14)))
        );
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
