//! Hours of a person's day as instants.

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::notify::Quiet;

/// `at`, or when the quiet hours end that it is in.
pub(super) fn awake(at: DateTime<Utc>, quiet: Option<Quiet>, zone: Tz) -> DateTime<Utc> {
    let Some(quiet) = quiet else { return at };
    let time = at.with_timezone(&zone).time();
    let over_midnight = quiet.until() < quiet.from();
    let sleeps = if over_midnight {
        time >= quiet.from() || time < quiet.until()
    } else {
        time >= quiet.from() && time < quiet.until()
    };
    if sleeps {
        next(at, quiet.until(), zone)
    } else {
        at
    }
}

/// The first instant from `at` on when clocks in `zone` show `time`.
pub(super) fn next(at: DateTime<Utc>, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let today = at.with_timezone(&zone).date_naive();
    [0, 1, 2]
        .iter()
        .filter_map(|days| today.checked_add_days(Days::new(*days)))
        .find_map(|day| instant(day.and_time(time), zone, at))
        .unwrap_or(at)
}

/// When clocks in `zone` show `local`, not before `from`. An hour that clocks
/// skip is taken for the one after; of an hour that comes twice, the first.
fn instant(local: NaiveDateTime, zone: Tz, from: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let shown = zone.from_local_datetime(&local);
    let shown = match shown {
        chrono::LocalResult::None => zone.from_local_datetime(&(local + TimeDelta::hours(1))),
        some => some,
    };
    [shown.earliest(), shown.latest()]
        .into_iter()
        .flatten()
        .map(|at| at.with_timezone(&Utc))
        .find(|at| *at >= from)
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::New_York;
    use rstest::rstest;

    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    #[rstest]
    #[case::evening("21:00:00", "08:00:00", "2026-11-26T02:00:00Z", "2026-11-26T13:00:00Z")]
    #[case::after_midnight("21:00:00", "08:00:00", "2026-11-26T06:30:00Z", "2026-11-26T13:00:00Z")]
    #[case::just_over("21:00:00", "08:00:00", "2026-11-26T13:00:00Z", "2026-11-26T13:00:00Z")]
    #[case::by_day("21:00:00", "08:00:00", "2026-11-26T17:00:00Z", "2026-11-26T17:00:00Z")]
    #[case::siesta("12:00:00", "15:00:00", "2026-11-26T18:00:00Z", "2026-11-26T20:00:00Z")]
    #[case::not_siesta("12:00:00", "15:00:00", "2026-11-26T21:00:00Z", "2026-11-26T21:00:00Z")]
    // Clocks go from 2:00 to 3:00: 2:30 is not shown that day.
    #[case::skipped("21:00:00", "02:30:00", "2026-03-08T05:00:00Z", "2026-03-08T07:30:00Z")]
    // Clocks go from 2:00 back to 1:00: 1:30 is shown twice.
    #[case::twice("21:00:00", "01:30:00", "2026-11-01T04:00:00Z", "2026-11-01T05:30:00Z")]
    #[case::between("21:00:00", "01:30:00", "2026-11-01T06:10:00Z", "2026-11-01T06:30:00Z")]
    fn quiet_hours_end(
        #[case] from: &str,
        #[case] until: &str,
        #[case] at: &str,
        #[case] awake_at: &str,
    ) {
        let quiet = Quiet::new(time(from), time(until));
        assert_eq!(awake(utc(at), quiet, New_York), utc(awake_at));
        assert_eq!(awake(utc(at), None, New_York), utc(at));
    }

    #[rstest]
    #[case("2026-11-26T13:00:00Z", "2026-11-26T14:00:00Z")]
    #[case("2026-11-26T14:00:00Z", "2026-11-26T14:00:00Z")]
    #[case("2026-11-26T14:00:01Z", "2026-11-27T14:00:00Z")]
    #[case::summer_time_begins("2026-03-07T15:00:00Z", "2026-03-08T13:00:00Z")]
    fn the_daily_letter_has_its_hour(#[case] from: &str, #[case] at: &str) {
        assert_eq!(next(utc(from), time("09:00:00"), New_York), utc(at));
    }
}
