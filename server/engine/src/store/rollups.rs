//! The figures: rows that a unit of work adds to as it is saved. What pages ask
//! of them is in `figures`.

use std::mem::discriminant;

use serde_json::{Value, json};
use sqlx::types::Json;

use super::{
    StoreError, Write,
    funnel_rollups::{ADD_STEPS, ADD_STOPS},
    sql::{Both, rows, run},
};
use crate::health::{Key, Sums, Tally};

/// How many rows one statement adds to.
const TOGETHER: usize = 1_000;

const NOW: Both = rows!(
    "INSERT INTO standings_now (institution_id, standing, code, n)",
    [int 0, text 1, int 2, int 3],
    "ON CONFLICT (institution_id, standing, code) DO UPDATE SET n = standings_now.n + excluded.n"
);

// The shares are of the sums as they are then: nothing judged, and fewer tries than
// say anything (`health::windows::SAMPLE`), sort last.
const PLACE: Both = rows!(
    "INSERT INTO institution_figures AS f
        (institution_id, name, name_key, judged, fine, broken, people, succeeded, tried, connected, settled,
        share, tried_share)",
    [int 0, text 1, text 2, int 3, int 4, int 5, int 6, int 7, int 8, int 9, int 10,
    sql "CASE WHEN CAST(value ->> 3 AS BIGINT) > 0
        THEN CAST(value ->> 4 AS BIGINT) * 1000000 / CAST(value ->> 3 AS BIGINT) ELSE 1000001 END",
    sql "CASE WHEN CAST(value ->> 8 AS BIGINT) >= 10
        THEN CAST(value ->> 9 AS BIGINT) * 1000000 / CAST(value ->> 8 AS BIGINT) ELSE 1000001 END"],
    "ON CONFLICT (institution_id) DO UPDATE SET
        name = CASE WHEN excluded.name = '' THEN f.name ELSE excluded.name END,
        name_key = CASE WHEN excluded.name = '' THEN f.name_key ELSE excluded.name_key END,
        judged = f.judged + excluded.judged, fine = f.fine + excluded.fine, broken = f.broken + excluded.broken,
        people = f.people + excluded.people, succeeded = f.succeeded + excluded.succeeded,
        tried = f.tried + excluded.tried, connected = f.connected + excluded.connected,
        settled = f.settled + excluded.settled,
        tried_share = CASE WHEN f.tried + excluded.tried >= 10
            THEN (f.connected + excluded.connected) * 1000000 / (f.tried + excluded.tried) ELSE 1000001 END,
        share = CASE WHEN f.judged + excluded.judged > 0
            THEN (f.fine + excluded.fine) * 1000000 / (f.judged + excluded.judged) ELSE 1000001 END"
);

const HOUR: Both = rows!(
    "INSERT INTO standing_hours (hour, standing, code, change, moment)",
    [int 0, text 1, int 2, int 3, int 4],
    "ON CONFLICT (hour, standing, code) DO UPDATE SET change = standing_hours.change + excluded.change,
        moment = standing_hours.moment + excluded.moment"
);

const EVENTS: Both = rows!(
    "INSERT INTO event_hours AS h (hour, n, applied, waited)",
    [int 0, int 1, int 2, int 3],
    "ON CONFLICT (hour) DO UPDATE SET n = h.n + excluded.n, applied = h.applied + excluded.applied,
        waited = h.waited + excluded.waited"
);

const DAY: Both = rows!(
    "INSERT INTO standing_days (institution_id, day, standing, code, change, moment)",
    [int 0, int 1, text 2, int 3, int 4, int 5],
    "ON CONFLICT (institution_id, day, standing, code) DO UPDATE SET change = standing_days.change + excluded.change,
        moment = standing_days.moment + excluded.moment"
);

const BREAKS: Both = rows!(
    "INSERT INTO break_days AS d
        (institution_id, day, code, opened, ended, repaired, fixed, of_repaired, of_fixed)",
    [int 0, int 1, int 2, int 3, int 4, int 5, int 6, int 7, int 8],
    "ON CONFLICT (institution_id, day, code) DO UPDATE SET opened = d.opened + excluded.opened,
        ended = d.ended + excluded.ended, repaired = d.repaired + excluded.repaired, fixed = d.fixed + excluded.fixed,
        of_repaired = d.of_repaired + excluded.of_repaired, of_fixed = d.of_fixed + excluded.of_fixed"
);

const TIMES: Both = rows!(
    "INSERT INTO repair_times (institution_id, code, day, bucket, n)",
    [int 0, int 1, int 2, int 3, int 4],
    "ON CONFLICT (institution_id, code, day, bucket) DO UPDATE SET n = repair_times.n + excluded.n"
);

const FORGET: [&str; 10] = [
    "DELETE FROM standing_intervals",
    "DELETE FROM standings_now",
    "DELETE FROM standing_hours",
    "DELETE FROM standing_days",
    "DELETE FROM institution_figures",
    "DELETE FROM break_days",
    "DELETE FROM repair_times",
    "DELETE FROM funnel_steps",
    "DELETE FROM funnel_stops",
    "DELETE FROM recounts",
];

impl Write {
    /// Forgets how everything stood.
    pub(crate) async fn forget_figures(&mut self) -> Result<(), StoreError> {
        for table in FORGET {
            run!(self, table)?;
        }
        Ok(())
    }

    /// Adds a tally to the figures.
    pub(super) async fn keep(&mut self, tally: &Tally) -> Result<(), StoreError> {
        let rows: Vec<_> = tally.rows().collect();
        for alike in rows.chunk_by(|(one, _), (next, _)| discriminant(*one) == discriminant(*next))
        {
            for some in alike.chunks(TOGETHER) {
                let rows = some.iter().map(|(key, sums)| row(key, sums, tally));
                let (statements, values): (Vec<_>, Vec<_>) = rows.unzip();
                if let Some(statement) = statements.first() {
                    let sql = statement.on(self);
                    run!(self, sql, Json(values))?;
                }
            }
        }
        Ok(())
    }
}

/// The statement that adds to a row, and the row.
fn row(key: &Key, it: &Sums, tally: &Tally) -> (&'static Both, Value) {
    match *key {
        Key::Now { place, standing } => {
            let (name, code) = (standing.name(), standing.code());
            (&NOW, json!([place, name, code, it[0]]))
        }
        Key::Place { place } => {
            let name = tally.name_of(place);
            let lower = name.to_lowercase();
            (
                &PLACE,
                json!([
                    place, name, lower, it[0], it[1], it[2], it[3], it[4], it[5], it[6], it[7]
                ]),
            )
        }
        Key::Hour { hour, standing } => {
            let (name, code) = (standing.name(), standing.code());
            (&HOUR, json!([hour, name, code, it[0], it[1]]))
        }
        Key::Events { hour } => (&EVENTS, json!([hour, it[0], it[1], it[2]])),
        Key::Day {
            place,
            day,
            standing,
        } => {
            let (name, code) = (standing.name(), standing.code());
            (&DAY, json!([place, day, name, code, it[0], it[1]]))
        }
        Key::Breaks { place, day, code } => (
            &BREAKS,
            json!([place, day, code, it[0], it[1], it[2], it[3], it[4], it[5]]),
        ),
        Key::Times {
            place,
            code,
            day,
            bucket,
        } => (&TIMES, json!([place, code, day, bucket, it[0]])),
        Key::Step {
            funnel,
            slice,
            day,
            soon,
        } => {
            let (name, value) = slice.parts();
            let row = json!([
                funnel.name(),
                name,
                value,
                day,
                soon,
                it[0],
                it[1],
                it[2],
                it[3],
                it[4],
                it[5]
            ]);
            (&ADD_STEPS, row)
        }
        Key::Stop {
            funnel,
            slice,
            day,
            step,
            stop,
        } => {
            let ((name, value), (why, code)) = (slice.parts(), stop.parts());
            let row = json!([funnel.name(), name, value, day, step, why, code, it[0]]);
            (&ADD_STOPS, row)
        }
    }
}
