//! Spanish: days and times.

use super::super::dates::{Dates, twelve};

pub(super) const DATES: Dates = Dates {
    weekdays: ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    months: [
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic",
    ],
    day: |it, month| format!("{} {month} {}", it.day, it.year),
    moment: |it, weekday, month| {
        let (hour, morning) = twelve(it.hour);
        let half = if morning { "a. m." } else { "p. m." };
        format!(
            "{weekday} {} {month}, {hour}:{:02} {half} {}",
            it.day.day, it.minute, it.zone
        )
    },
};
