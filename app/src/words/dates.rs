//! Days and times of day, in each language's own form.

use super::Language;

/// A day as it is where the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

/// A minute as it is where the reader is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// Days from Monday.
    pub weekday: u32,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// What the zone is called then: "EST", "UTC-03".
    pub zone: String,
}

/// How a language writes them.
pub(crate) struct Dates {
    /// Monday first.
    pub(super) weekdays: [&'static str; 7],
    pub(super) months: [&'static str; 12],
    /// Of the day, with its month's name.
    pub(super) day: fn(&Day, &str) -> String,
    /// Of an hour from 0 to 23, and a minute.
    pub(super) time: fn(u32, u32) -> String,
    /// Of the moment, with the names of its weekday and month, and its time.
    pub(super) moment: fn(&Moment, &str, &str, &str) -> String,
}

impl Language {
    /// "18 Nov 2026".
    pub fn day(self, day: &Day) -> String {
        let dates = &self.words().dates;
        (dates.day)(day, name(&dates.months, day.month.saturating_sub(1)))
    }

    /// "Wed 18 Nov, 2:10 am EST".
    pub fn moment(self, moment: &Moment) -> String {
        let dates = &self.words().dates;
        let weekday = name(&dates.weekdays, moment.weekday);
        let month = name(&dates.months, moment.day.month.saturating_sub(1));
        let time = self.time(moment.hour, moment.minute);
        (dates.moment)(moment, weekday, month, &time)
    }

    /// "9:00 am": an hour from 0 to 23, and a minute.
    pub fn time(self, hour: u32, minute: u32) -> String {
        (self.words().dates.time)(hour, minute)
    }
}

fn name<'a>(names: &[&'a str], at: u32) -> &'a str {
    let name = usize::try_from(at).ok().and_then(|at| names.get(at));
    name.copied().unwrap_or_default()
}

/// The hour of a clock with twelve of them, and whether it is before noon.
pub(super) fn twelve(hour: u32) -> (u32, bool) {
    let on_the_dial = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    (on_the_dial, hour < 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32, minute: u32) -> Moment {
        Moment {
            day: Day {
                year: 2026,
                month: 11,
                day: 18,
            },
            weekday: 2,
            hour,
            minute,
            zone: "EST".into(),
        }
    }

    #[test]
    fn each_language_has_its_own_form() {
        let moments: Vec<String> = Language::ALL
            .into_iter()
            .flat_map(|language| [language.moment(&at(2, 10)), language.moment(&at(14, 5))])
            .collect();
        assert_eq!(
            moments,
            [
                "Wed 18 Nov, 2:10 am EST",
                "Wed 18 Nov, 2:05 pm EST",
                "mié 18 nov, 2:10 a. m. EST",
                "mié 18 nov, 2:05 p. m. EST",
                "mer. 18 nov., 2 h 10 EST",
                "mer. 18 nov., 14 h 05 EST",
            ]
        );
        let days = Language::ALL.map(|language| language.day(&at(0, 0).day));
        assert_eq!(days, ["18 Nov 2026", "18 nov 2026", "18 nov. 2026"]);
    }

    #[test]
    fn noon_and_midnight_are_twelve_where_the_dial_has_twelve() {
        assert_eq!(
            Language::English.moment(&at(0, 0)),
            "Wed 18 Nov, 12:00 am EST"
        );
        assert_eq!(
            Language::English.moment(&at(12, 0)),
            "Wed 18 Nov, 12:00 pm EST"
        );
        assert_eq!(
            Language::French.moment(&at(0, 0)),
            "mer. 18 nov., 0 h 00 EST"
        );
    }
}
