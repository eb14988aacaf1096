//! The figures of funnels: what adds to them, and what was kept.

use super::{
    Read, StoreError,
    sql::{Both, all, rows},
};
use crate::{
    funnels::{Funnel, Slice, Stop},
    health::{ALL, Key, Tally},
};

macro_rules! kept {
    ($columns:literal, $table:literal, $which:literal) => {
        concat!(
            "SELECT slice, value, day, ",
            $columns,
            " FROM ",
            $table,
            " WHERE funnel = $1 AND ",
            $which
        )
    };
}
macro_rules! steps {
    ($which:literal) => {
        kept!(
            "soon, step_0, step_1, step_2, step_3, step_4, step_5",
            "funnel_steps",
            $which
        )
    };
}
macro_rules! stops {
    ($which:literal) => {
        kept!("step, stop, code, n", "funnel_stops", $which)
    };
}
// Each is a stretch of the key.
const STEPS_AT: &str = steps!("slice = 'institution' AND value = $2");
const STOPS_AT: &str = stops!("slice = 'institution' AND value = $2");
const STEPS: &str = steps!("slice IN ('all', 'channel', 'code', 'language') AND $2 = 0");
const STOPS: &str = stops!("slice IN ('all', 'channel', 'code', 'language') AND $2 = 0");

pub(super) const ADD_STEPS: Both = rows!(
    "INSERT INTO funnel_steps AS f
        (funnel, slice, value, day, soon, step_0, step_1, step_2, step_3, step_4, step_5)",
    [text 0, text 1, int 2, int 3, int 4, int 5, int 6, int 7, int 8, int 9, int 10],
    "ON CONFLICT (funnel, slice, value, day, soon) DO UPDATE SET step_0 = f.step_0 + excluded.step_0,
        step_1 = f.step_1 + excluded.step_1, step_2 = f.step_2 + excluded.step_2, step_3 = f.step_3 + excluded.step_3,
        step_4 = f.step_4 + excluded.step_4, step_5 = f.step_5 + excluded.step_5"
);

pub(super) const ADD_STOPS: Both = rows!(
    "INSERT INTO funnel_stops AS f (funnel, slice, value, day, step, stop, code, n)",
    [text 0, text 1, int 2, int 3, int 4, text 5, int 6, int 7],
    "ON CONFLICT (funnel, slice, value, day, step, stop, code) DO UPDATE SET n = f.n + excluded.n"
);

impl Read {
    /// The figures of funnels that were kept of an institution, or of all else.
    pub(super) async fn kept_of_funnels(
        &mut self,
        place: i64,
        tally: &mut Tally,
    ) -> Result<(), StoreError> {
        type Steps = (String, i64, i64, i64, i64, i64, i64, i64, i64, i64);
        type Stops = (String, i64, i64, i64, String, i64, i64);
        let (reached, stopped) = if place == ALL {
            (STEPS, STOPS)
        } else {
            (STEPS_AT, STOPS_AT)
        };
        for funnel in Funnel::ALL {
            for (slice, value, day, soon, s0, s1, s2, s3, s4, s5) in
                all!(self, Steps, reached, funnel.name(), place)?
            {
                let key = Key::Step {
                    funnel,
                    slice: slice_of(&slice, value)?,
                    day,
                    soon: index(soon)?,
                };
                tally.add(key, [s0, s1, s2, s3, s4, s5]);
            }
            for (slice, value, day, step, stop, code, n) in
                all!(self, Stops, stopped, funnel.name(), place)?
            {
                let key = Key::Stop {
                    funnel,
                    slice: slice_of(&slice, value)?,
                    day,
                    step: index(step)?,
                    stop: stop_of(&stop, code)?,
                };
                tally.add(key, [n, 0, 0, 0, 0, 0]);
            }
        }
        Ok(())
    }
}

pub(super) fn slice_of(name: &str, value: i64) -> Result<Slice, StoreError> {
    let bad = StoreError::bad("funnel_steps", "slice");
    Slice::read(name, value).ok_or_else(|| bad(format!("{name} {value}")))
}

pub(super) fn stop_of(name: &str, code: i64) -> Result<Stop, StoreError> {
    let bad = StoreError::bad("funnel_stops", "stop");
    Stop::read(name, code).ok_or_else(|| bad(name.to_owned()))
}

pub(super) fn index(number: i64) -> Result<usize, StoreError> {
    usize::try_from(number).map_err(StoreError::bad("funnel_steps", "soon"))
}
