//! English: days and times.

use super::super::dates::{Dates, twelve};

pub(super) const DATES: Dates = Dates {
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    months: [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
    day: |it, month| format!("{} {month} {}", it.day, it.year),
    moment: |it, weekday, month| {
        let (hour, morning) = twelve(it.hour);
        let half = if morning { "am" } else { "pm" };
        format!(
            "{weekday} {} {month}, {hour}:{:02} {half} {}",
            it.day.day, it.minute, it.zone
        )
    },
};
