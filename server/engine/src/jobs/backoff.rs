//! How long to wait before the next attempt.

use chrono::TimeDelta;

use crate::random::Random;

/// A growing wait, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// After the first attempt.
    pub first: TimeDelta,
    /// What each wait is multiplied with.
    pub factor: i32,
    /// No wait is longer.
    pub longest: TimeDelta,
}

impl Backoff {
    /// 5 s, 15 s, 45 s … 1 h: twelve attempts take about five hours.
    pub const STANDARD: Self = Self {
        first: TimeDelta::seconds(5),
        factor: 3,
        longest: TimeDelta::hours(1),
    };

    /// The wait after attempt number `attempt` (from 1), spread over its second
    /// half so that jobs that failed together do not come back together.
    pub fn after(&self, attempt: u16, random: &dyn Random) -> TimeDelta {
        let mut bytes = [0; 2];
        random.fill(&mut bytes);
        self.spread(attempt, u16::from_le_bytes(bytes))
    }

    fn spread(&self, attempt: u16, jitter: u16) -> TimeDelta {
        let mut wait = self.first;
        for _ in 1..attempt {
            if wait >= self.longest {
                break;
            }
            wait = wait * self.factor;
        }
        let half = wait.min(self.longest).num_milliseconds() / 2;
        TimeDelta::milliseconds(half + half * i64::from(jitter) / i64::from(u16::MAX))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(1, u16::MAX, 5_000)]
    #[case(1, 0, 2_500)]
    #[case(2, u16::MAX, 15_000)]
    #[case(3, 0, 22_500)]
    #[case(12, u16::MAX, 3_600_000)]
    #[case(u16::MAX, 0, 1_800_000)]
    fn waits_grow_to_the_longest(#[case] attempt: u16, #[case] jitter: u16, #[case] millis: i64) {
        assert_eq!(
            Backoff::STANDARD.spread(attempt, jitter),
            TimeDelta::milliseconds(millis)
        );
    }
}
