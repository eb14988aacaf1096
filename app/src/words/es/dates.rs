//! Spanish: days and times.

use super::super::dates::{Dates, twelve};

pub(super) const DATES: Dates = Dates {
    weekdays: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    months: [
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic",
    ],
    day: |it, month| format!("{} {month} {}", it.day, it.year),
    time: |hour, minute| {
        let (hour, morning) = twelve(hour);
        let half = if morning { "a. m." } else { "p. m." };
        format!("{hour}:{minute:02} {half}")
    },
    moment: |it, weekday, month, time| {
        format!("{weekday} {} {month}, {time} {}", it.day.day, it.zone)
    },
};
