//! Days and times as one person sees them. Pure.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, SecondsFormat, Timelike as _, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use relink_app::{
    api::shared::When,
    words::{Day, Language, Moment},
};

/// A language, and the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    language: Language,
    zone: Tz,
}

impl Calendar {
    /// What somebody reads who reads `language` and lives by `zone`.
    pub fn new(language: Language, zone: Tz) -> Self {
        Self { language, zone }
    }

    /// What they read.
    pub fn language(self) -> Language {
        self.language
    }

    /// The clock on the wall.
    pub fn zone(self) -> Tz {
        self.zone
    }

    /// A moment, to the minute. The zone is named as it is called on that day.
    pub fn when(self, instant: DateTime<Utc>) -> When {
        let there = instant.with_timezone(&self.zone);
        let zone = there.format("%Z").to_string();
        let moment = Moment {
            day: parts(there.date_naive()),
            weekday: there.weekday().num_days_from_monday(),
            hour: there.hour(),
            minute: there.minute(),
            // Some zones have no letters, and a bare "-03" says little.
            zone: if zone.starts_with(['+', '-']) {
                format!("UTC{zone}")
            } else {
                zone
            },
        };
        When {
            iso: iso(instant),
            text: self.language.moment(&moment),
        }
    }

    /// The day on which that moment is there.
    pub fn day(self, instant: DateTime<Utc>) -> When {
        let there = instant.with_timezone(&self.zone);
        When {
            iso: iso(instant),
            text: self.language.day(&parts(there.date_naive())),
        }
    }

    /// A time of each day, by their own clock.
    pub fn time(self, time: NaiveTime) -> String {
        self.language.time(time.hour(), time.minute())
    }

    /// A day that was counted as one, wherever the reader is.
    pub fn date(self, date: NaiveDate) -> When {
        When {
            iso: date.to_string(),
            text: self.language.day(&parts(date)),
        }
    }
}

fn iso(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn parts(date: NaiveDate) -> Day {
    Day {
        year: date.year(),
        month: date.month(),
        day: date.day(),
    }
}

/// Every zone that is a place, by name. Zones such as `EST5EDT` or `Etc/GMT+5`
/// are left out: nobody looks for where they live under these.
pub fn places() -> impl Iterator<Item = &'static str> {
    const CONTINENTS: [&str; 9] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    let names = TZ_VARIANTS.iter().map(|zone| zone.name());
    names.filter(|name| CONTINENTS.iter().any(|place| name.starts_with(place)))
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America, Asia};
    use rstest::rstest;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// The clocks of New York went forward on 8 March 2026 and back on
    /// 1 November; Phoenix leaves them alone.
    #[rstest]
    #[case::before_spring(America::New_York, "2026-03-08T06:59:00Z", "Sun 8 Mar, 1:59 am EST")]
    #[case::after_spring(America::New_York, "2026-03-08T07:00:00Z", "Sun 8 Mar, 3:00 am EDT")]
    #[case::first_half_past_one(
        America::New_York,
        "2026-11-01T05:30:00Z",
        "Sun 1 Nov, 1:30 am EDT"
    )]
    #[case::second_half_past_one(
        America::New_York,
        "2026-11-01T06:30:00Z",
        "Sun 1 Nov, 1:30 am EST"
    )]
    #[case::no_summer(America::Phoenix, "2026-07-01T07:05:00Z", "Wed 1 Jul, 12:05 am MST")]
    #[case::no_letters(
        America::Sao_Paulo,
        "2026-01-01T01:00:00Z",
        "Wed 31 Dec, 10:00 pm UTC-03"
    )]
    #[case::half_an_hour(Asia::Kolkata, "2026-01-01T18:30:00Z", "Fri 2 Jan, 12:00 am IST")]
    fn a_moment_is_told_by_the_clock_there(
        #[case] zone: Tz,
        #[case] instant: &str,
        #[case] text: &str,
    ) {
        let when = Calendar::new(Language::English, zone).when(at(instant));
        assert_eq!(when.text, text);
        assert_eq!(when.iso, instant, "machines read UTC");
    }

    #[test]
    fn a_day_ends_when_it_ends_there() {
        let instant = at("2026-11-19T04:59:59Z");
        let day = |zone| Calendar::new(Language::French, zone).day(instant).text;
        assert_eq!(day(America::New_York), "18 nov. 2026");
        assert_eq!(day(Tz::UTC), "19 nov. 2026");
        let date = Calendar::new(Language::Spanish, America::New_York).date(instant.date_naive());
        assert_eq!(date.text, "19 nov 2026");
    }

    #[test]
    fn people_choose_among_places() {
        let all: Vec<_> = places().collect();
        for zone in ["America/New_York", "Pacific/Honolulu", "Europe/Paris"] {
            assert!(all.contains(&zone), "{zone}");
        }
        assert!(all.iter().all(|zone| zone.parse::<Tz>().is_ok()));
        assert!(!all.contains(&"EST5EDT"));
    }
}
