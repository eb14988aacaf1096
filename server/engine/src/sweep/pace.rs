//! How fast a sweep goes. Pure but for [`Pace::turn`], which waits.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::time::Instant;

/// A sweep is never slower than this: a handful is not stretched over a night.
const LEAST: u32 = 10;

/// Requests a second that do `planned` within `window`, and never more than
/// `permitted`: what has a night is spread over it.
pub fn rate(planned: u64, window: TimeDelta, permitted: u32) -> f64 {
    let seconds = window.as_seconds_f64().max(1.0);
    #[expect(
        clippy::cast_precision_loss,
        reason = "a rate needs no more than 52 bits"
    )]
    let even = planned as f64 / seconds;
    let permitted = permitted.max(1);
    even.clamp(f64::from(permitted.min(LEAST)), f64::from(permitted))
}

/// Gives one turn after the other.
pub(super) struct Pace {
    step: Duration,
    next: Instant,
}

impl Pace {
    pub(super) fn new(rate: f64) -> Self {
        Self {
            step: Duration::from_secs_f64(1.0 / rate),
            next: Instant::now(),
        }
    }

    /// Waits for the next turn. Turns missed by up to a tenth of a second are
    /// made up for: a timer is no finer than a millisecond.
    pub(super) async fn turn(&mut self) {
        let now = Instant::now();
        if let Some(earliest) = now.checked_sub(Duration::from_millis(100)) {
            self.next = self.next.max(earliest);
        }
        tokio::time::sleep_until(self.next).await;
        self.next += self.step;
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::spread_over_its_window(36_000, 1, 100, 10.0)]
    #[case::never_above_what_is_permitted(3_600_000, 1, 100, 100.0)]
    #[case::a_handful_is_not_stretched_over_the_night(3, 8, 100, 10.0)]
    #[case::nor_beyond_what_is_permitted(3, 8, 2, 2.0)]
    fn rates(
        #[case] planned: u64,
        #[case] hours: i64,
        #[case] permitted: u32,
        #[case] expected: f64,
    ) {
        let found = rate(planned, TimeDelta::hours(hours), permitted);
        assert!((found - expected).abs() < 1e-9, "{found}");
    }

    #[tokio::test(start_paused = true)]
    async fn turns_come_at_the_rate_and_a_stall_is_not_caught_up_at_once() {
        let start = Instant::now();
        let mut pace = Pace::new(10.0);
        for _ in 0..11 {
            pace.turn().await;
        }
        assert_eq!(start.elapsed().as_millis() / 100, 10);
        tokio::time::advance(Duration::from_mins(1)).await;
        let stalled = Instant::now();
        for _ in 0..11 {
            pace.turn().await;
        }
        assert!(stalled.elapsed() >= Duration::from_millis(850));
    }
}
