//! What the figures are made of: keys, and sums that are added up. Pure.
//!
//! A unit of work collects in a [`Tally`] what it changes; the recount makes
//! one from nothing but the intervals and the breaks. Both are the same kind of
//! thing, so that to compare and to mend is to subtract and to add.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Code, Standing, times::bucket};
use crate::{
    connections::End,
    funnels::{Funnel, Slice, Stop, Tried},
};

/// Stands for all institutions together.
pub const ALL: i64 = 0;

/// One row of the figures. Rows are changed in this order everywhere, so that
/// two units of work never wait for each other crosswise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// How many stand so: `[n]`.
    Now {
        /// The institution.
        place: i64,
        /// How.
        standing: Standing,
    },
    /// An institution's own: `[judged, fine, broken, people, succeeded, tried,
    /// connected, settled]`.
    Place {
        /// The institution.
        place: i64,
    },
    /// What changed in an hour, of all: `[change, moment]`.
    Hour {
        /// Hours since 1970.
        hour: i64,
        /// How they stand.
        standing: Standing,
    },
    /// Events of an hour: `[received, applied, waited]`, the last in microseconds.
    Events {
        /// Hours since 1970.
        hour: i64,
    },
    /// What changed in a day: `[change, moment]`.
    Day {
        /// The institution.
        place: i64,
        /// Days since 1970.
        day: i64,
        /// How they stand.
        standing: Standing,
    },
    /// Breaks: `[opened, ended, repaired, fixed, of_repaired, of_fixed]`.
    Breaks {
        /// The institution.
        place: i64,
        /// Days since 1970.
        day: i64,
        /// The latest cause.
        code: i64,
    },
    /// Repairs that took so long: `[n]`.
    Times {
        /// The institution.
        place: i64,
        /// The cause; 0: all of them.
        code: i64,
        /// The day of the proof.
        day: i64,
        /// Which of [`super::times::BOUNDS`].
        bucket: i64,
    },
    /// Journeys that reached each step of a funnel so soon: one sum a step.
    Step {
        /// Which funnel.
        funnel: Funnel,
        /// Of which journeys.
        slice: Slice,
        /// The day on which they began.
        day: i64,
        /// Which of [`crate::funnels::SOON`]; one more: later.
        soon: usize,
    },
    /// Journeys that went no further: `[n]`.
    Stop {
        /// Which funnel.
        funnel: Funnel,
        /// Of which journeys.
        slice: Slice,
        /// The day on which they began.
        day: i64,
        /// The step that they reached.
        step: usize,
        /// Why no further.
        stop: Stop,
    },
}

impl Key {
    /// Whose row it is.
    pub fn place(&self) -> i64 {
        match self {
            Self::Step { slice, .. } | Self::Stop { slice, .. } => match *slice {
                Slice::Institution(place) => place,
                _ => ALL,
            },
            Self::Hour { .. } | Self::Events { .. } => ALL,
            Self::Now { place, .. }
            | Self::Place { place }
            | Self::Day { place, .. }
            | Self::Breaks { place, .. }
            | Self::Times { place, .. } => *place,
        }
    }
}

/// The most sums that a row has.
const MOST: usize = 8;

/// The sums of a row, in the order that its [`Key`] names.
pub type Sums = [i64; MOST];

/// Sums by row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    rows: BTreeMap<Key, Sums>,
    names: BTreeMap<i64, String>,
}

/// A break, as far as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Episode {
    /// Where it opened.
    pub place: i64,
    /// The latest cause.
    pub code: Code,
    /// When it opened.
    pub opened: DateTime<Utc>,
    /// Whether its connection counted then.
    pub counted: bool,
    /// How it ended.
    pub end: Option<Ended>,
}

/// The end of a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: DateTime<Utc>,
    /// How.
    pub end: End,
    /// Whether its connection counted then.
    pub counted: bool,
    /// Whether a repair through Fix helped, as far as is known.
    pub through_fix: bool,
}

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// Days since 1970, UTC.
pub fn day_of(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros().div_euclid(DAY)
}

/// Hours since 1970, UTC.
pub fn hour_of(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros().div_euclid(HOUR)
}

impl Tally {
    /// Adds to one row, to its first sums.
    pub fn add<const N: usize>(&mut self, key: Key, sums: [i64; N]) {
        const { assert!(N <= MOST) }
        let row = self.rows.entry(key).or_default();
        for (sum, more) in row.iter_mut().zip(sums) {
            *sum += more;
        }
    }

    /// `by` connections more stand so at `place` from `at` on; less, where it
    /// is negative.
    pub fn stands(&mut self, place: i64, standing: Standing, at: DateTime<Utc>, by: i64) {
        let micros = at.timestamp_micros();
        let changed = |span: i64| [by, by * micros.rem_euclid(span), 0, 0, 0, 0];
        let one = |yes: bool| if yes { by } else { 0 };
        let place_sums = [
            one(standing.is_judged()),
            one(standing.is_fine()),
            one(standing.broken().is_some()),
            0,
            one(standing.is_fine()).max(0),
            0,
        ];
        let day = day_of(at);
        for place in [ALL, place] {
            self.add(Key::Now { place, standing }, [by, 0, 0, 0, 0, 0]);
            self.add(Key::Place { place }, place_sums);
            let key = Key::Day {
                place,
                day,
                standing,
            };
            self.add(key, changed(DAY));
        }
        let hour = hour_of(at);
        self.add(Key::Hour { hour, standing }, changed(HOUR));
    }

    /// `by` users more have something broken at `place`.
    pub fn people(&mut self, place: i64, by: i64) {
        self.add(Key::Place { place }, [0, 0, 0, by, 0, 0]);
    }

    /// `by` visits more came to such an end at `place`.
    pub fn tried(&mut self, place: i64, tried: Tried, by: i64) {
        let one = |yes: bool| if yes { by } else { 0 };
        let connected = one(tried != Tried::InVain);
        let settled = one(tried == Tried::Settled);
        for place in [ALL, place] {
            let sums = [0, 0, 0, 0, 0, by, connected, settled];
            self.add(Key::Place { place }, sums);
        }
    }

    /// What an institution is called.
    pub fn name(&mut self, place: i64, name: &str) {
        self.names.insert(place, name.to_owned());
    }

    /// A break as it is now, added `by` times.
    pub fn episode(&mut self, it: &Episode, by: i64) {
        let ended = it.end.filter(|ended| ended.counted);
        let one = |yes: bool| if yes { by } else { 0 };
        let repaired = ended.is_some_and(|ended| ended.end == End::Repaired);
        let fixed = repaired && ended.is_some_and(|ended| ended.through_fix);
        let code = it.code.get();
        for place in [ALL, it.place] {
            if it.counted {
                let day = day_of(it.opened);
                let sums = [by, 0, 0, 0, one(repaired), one(fixed)];
                self.add(Key::Breaks { place, day, code }, sums);
            }
            if let Some(ended) = ended {
                let day = day_of(ended.at);
                let sums = [0, by, one(repaired), one(fixed), 0, 0];
                self.add(Key::Breaks { place, day, code }, sums);
            }
        }
        let Some(ended) = ended.filter(|_| repaired) else {
            return;
        };
        let (day, bucket) = (day_of(ended.at), bucket(ended.at - it.opened));
        for (place, code) in [(ALL, 0), (ALL, code), (it.place, 0)] {
            let key = Key::Times {
                place,
                code,
                day,
                bucket,
            };
            self.add(key, [by, 0, 0, 0, 0, 0]);
        }
    }

    /// Takes all of `other` away.
    pub fn subtract(&mut self, other: &Self) {
        for (key, sums) in &other.rows {
            self.add(*key, sums.map(|sum| -sum));
        }
    }

    /// Adds all of `other`.
    pub fn merge(&mut self, other: &Self) {
        for (key, sums) in other.rows() {
            self.add(*key, *sums);
        }
        let names = other.names.iter();
        self.names
            .extend(names.map(|(place, name)| (*place, name.clone())));
    }

    /// The rows in which something is left, in the order in which they are
    /// changed.
    pub fn rows(&self) -> impl Iterator<Item = (&Key, &Sums)> {
        self.rows
            .iter()
            .filter(|(_, sums)| **sums != Sums::default())
    }

    /// What an institution was called last in this unit of work.
    pub(crate) fn name_of(&self, place: i64) -> &str {
        self.names.get(&place).map_or("", String::as_str)
    }

    /// Takes the rows out for which `which` is true, and gives them.
    #[must_use = "`drop` says that they are not wanted"]
    pub fn split_off(&mut self, which: impl Fn(&Key) -> bool) -> Self {
        Self {
            rows: self.rows.extract_if(.., |key, _| which(key)).collect(),
            names: BTreeMap::new(),
        }
    }
}
