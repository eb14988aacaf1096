//! Time spent well, from how many are well now and what changed before. Pure.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// Below so many connections a share says more of chance than of health.
pub const SAMPLE: i64 = 10;

/// How long a bucket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// An hour.
    Hour,
    /// A day, UTC.
    Day,
}

impl Span {
    /// In microseconds.
    pub const fn micros(self) -> i64 {
        match self {
            Self::Hour => 3_600_000_000,
            Self::Day => 24 * 3_600_000_000,
        }
    }

    /// The bucket of an instant.
    pub fn of(self, at: DateTime<Utc>) -> i64 {
        at.timestamp_micros().div_euclid(self.micros())
    }

    /// When a bucket begins.
    pub fn begins(self, bucket: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(bucket * self.micros()).unwrap_or_default()
    }
}

/// What changed, by bucket: how many more at its end, and the sum of each change
/// by the microseconds from the beginning to it.
pub type Changes = BTreeMap<i64, (i64, i64)>;

/// For how long connections were so in each bucket from `first` until `now`, in
/// microseconds of one connection, the latest bucket first. `n` are so now.
///
/// Exact: over a bucket the sum of all times is the number at its end by its
/// length, less each change by how long it had not happened yet.
pub fn times(
    n: i64,
    changes: &Changes,
    span: Span,
    first: i64,
    now: DateTime<Utc>,
) -> Vec<(i64, i128)> {
    let now_micros = now.timestamp_micros();
    let mut at_end = i128::from(n);
    let mut all = Vec::new();
    for bucket in (first..=span.of(now)).rev() {
        let begin = bucket * span.micros();
        let length = span.micros().min(now_micros - begin);
        let (change, moment) = changes.get(&bucket).copied().unwrap_or_default();
        all.push((bucket, at_end * i128::from(length) - i128::from(moment)));
        at_end -= i128::from(change);
    }
    all
}

/// How much of the time connections were well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// The time that they were well.
    pub fine: i128,
    /// All the time that a reading said how they were.
    pub judged: i128,
    /// How many there were, over the time, at least.
    pub sample: i64,
}

impl Share {
    /// Of times, over so many microseconds.
    pub fn of(fine: i128, judged: i128, length: i64) -> Self {
        let sample = judged / i128::from(length.max(1));
        Self {
            fine,
            judged,
            sample: i64::try_from(sample).unwrap_or(i64::MAX),
        }
    }

    /// Of numbers at one instant.
    pub fn now(fine: i64, judged: i64) -> Self {
        Self {
            fine: fine.into(),
            judged: judged.into(),
            sample: judged,
        }
    }

    /// In thousandths, rounded down: all is not well while one is not.
    pub fn permille(self) -> Option<u16> {
        let enough = self.sample >= SAMPLE && self.judged > 0;
        enough.then(|| u16::try_from(self.fine * 1_000 / self.judged).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        health::{ALL, Key, Standing, Tally},
        status::Code,
    };

    fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    /// What a tally says of one standing, of all.
    fn kept(tally: &Tally, span: Span) -> (i64, Changes) {
        let (mut n, mut changes) = (0, Changes::new());
        for (key, sums) in tally.rows() {
            match key {
                Key::Now { place: ALL, .. } => n += sums[0],
                Key::Hour { hour, .. } if span == Span::Hour => {
                    changes.insert(*hour, (sums[0], sums[1]));
                }
                Key::Day {
                    place: ALL, day, ..
                } if span == Span::Day => {
                    changes.insert(*day, (sums[0], sums[1]));
                }
                _ => {}
            }
        }
        (n, changes)
    }

    proptest! {
        #[test]
        fn times_are_those_of_the_intervals(
            intervals in proptest::collection::vec((0_i64..20_000_000_000_000, 1_i64..5_000_000_000_000, any::<bool>()), 0..30),
            back in 0_i64..200,
        ) {
            let now = start() + TimeDelta::days(300);
            let (mut tally, mut all) = (Tally::default(), Vec::new());
            for (from, length, open) in intervals {
                let from = start() + TimeDelta::microseconds(from);
                tally.stands(5, Standing::Broken(Code::new(103)), from, 1);
                let until = from + TimeDelta::microseconds(length);
                if open {
                    all.push((from, now));
                } else {
                    tally.stands(5, Standing::Broken(Code::new(103)), until, -1);
                    all.push((from, until));
                }
            }
            for span in [Span::Hour, Span::Day] {
                let first = span.of(now) - back;
                let (n, changes) = kept(&tally, span);
                let found: i128 = times(n, &changes, span, first, now).iter().map(|(_, time)| time).sum();
                let since = span.begins(first);
                let naive: i128 = all.iter().map(|(from, until)| {
                    let from = (*from).max(since);
                    i128::from((*until - from).num_microseconds().unwrap().max(0))
                }).sum();
                prop_assert_eq!(found, naive);
            }
        }
    }

    #[test]
    fn a_share_needs_a_sample_and_is_never_rounded_up() {
        assert_eq!(Share::now(9, 9).permille(), None);
        assert_eq!(Share::now(10, 10).permille(), Some(1_000));
        assert_eq!(Share::now(99_999, 100_000).permille(), Some(999));
        assert_eq!(Share::now(0, 0).permille(), None);
    }
}
