//! English: days and times.

use super::super::dates::{Dates, twelve};

pub(super) const DATES: Dates = Dates {
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    months: [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
    day: |it, month| format!("{} {month} {}", it.day, it.year),
    time: |hour, minute| {
        let (hour, morning) = twelve(hour);
        let half = if morning { "am" } else { "pm" };
        format!("{hour}:{minute:02} {half}")
    },
    moment: |it, weekday, month, time| {
        format!("{weekday} {} {month}, {time} {}", it.day.day, it.zone)
    },
};
