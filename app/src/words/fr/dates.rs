//! French: days and times.

use super::super::dates::Dates;

pub(super) const DATES: Dates = Dates {
    weekdays: ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
    months: [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ],
    day: |it, month| match it.day {
        1 => format!("1er {month} {}", it.year),
        day => format!("{day} {month} {}", it.year),
    },
    time: |hour, minute| format!("{hour} h {minute:02}"),
    moment: |it, weekday, month, time| {
        let day = match it.day.day {
            1 => "1er".into(),
            day => day.to_string(),
        };
        format!("{weekday} {day} {month}, {time} {}", it.zone)
    },
};
