//! When the daily reading is through. Pure.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

/// By when the first sweep that begins after `now` has read everybody, where
/// one begins each day at `at` and is spread over `window`. One that runs now
/// may have read somebody already, so it is no promise.
pub fn read_by(at: NaiveTime, window: TimeDelta, now: DateTime<Utc>) -> DateTime<Utc> {
    let today = now.date_naive().and_time(at).and_utc();
    let begins = if today > now {
        today
    } else {
        today + TimeDelta::days(1)
    };
    begins + window
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::before_it("2026-11-25T10:59:59Z", "2026-11-25T15:00:00Z")]
    #[case::as_it_begins("2026-11-25T11:00:00Z", "2026-11-26T15:00:00Z")]
    #[case::while_it_runs("2026-11-25T12:00:00Z", "2026-11-26T15:00:00Z")]
    #[case::at_night("2026-11-25T23:30:00Z", "2026-11-26T15:00:00Z")]
    fn the_next_sweep_is_the_promise(#[case] now: &str, #[case] by: &str) {
        let at = NaiveTime::from_hms_opt(11, 0, 0).unwrap();
        let found = read_by(at, TimeDelta::hours(4), now.parse().unwrap());
        assert_eq!(found, by.parse::<DateTime<Utc>>().unwrap());
    }
}
