//! The figures: rows that a unit of work adds to as it is saved. What pages ask
//! of them is in `figures`.

use super::{StoreError, Write, sql::run};
use crate::health::{Key, Sums, Tally};

const NOW: &str =
    "INSERT INTO standings_now (institution_id, standing, code, n) VALUES ($1, $2, $3, $4)
    ON CONFLICT (institution_id, standing, code) DO UPDATE SET n = standings_now.n + excluded.n";

// The share is of the sums as they are then: nothing judged sorts last.
const PLACE: &str = "INSERT INTO institution_figures AS f
        (institution_id, name, name_key, judged, fine, broken, people, succeeded, share)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $4 > 0 THEN $5 * 1000000 / $4 ELSE 1000001 END)
    ON CONFLICT (institution_id) DO UPDATE SET
        name = CASE WHEN excluded.name = '' THEN f.name ELSE excluded.name END,
        name_key = CASE WHEN excluded.name = '' THEN f.name_key ELSE excluded.name_key END,
        judged = f.judged + excluded.judged, fine = f.fine + excluded.fine, broken = f.broken + excluded.broken,
        people = f.people + excluded.people, succeeded = f.succeeded + excluded.succeeded,
        share = CASE WHEN f.judged + excluded.judged > 0
            THEN (f.fine + excluded.fine) * 1000000 / (f.judged + excluded.judged) ELSE 1000001 END";

const HOUR: &str =
    "INSERT INTO standing_hours (hour, standing, code, change, moment) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (hour, standing, code) DO UPDATE SET change = standing_hours.change + excluded.change,
        moment = standing_hours.moment + excluded.moment";

const DAY: &str = "INSERT INTO standing_days (institution_id, day, standing, code, change, moment)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (institution_id, day, standing, code) DO UPDATE SET change = standing_days.change + excluded.change,
        moment = standing_days.moment + excluded.moment";

const BREAKS: &str = "INSERT INTO break_days AS d
        (institution_id, day, code, opened, ended, repaired, fixed, of_repaired, of_fixed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (institution_id, day, code) DO UPDATE SET opened = d.opened + excluded.opened,
        ended = d.ended + excluded.ended, repaired = d.repaired + excluded.repaired, fixed = d.fixed + excluded.fixed,
        of_repaired = d.of_repaired + excluded.of_repaired, of_fixed = d.of_fixed + excluded.of_fixed";

const TIMES: &str =
    "INSERT INTO repair_times (institution_id, code, day, bucket, n) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (institution_id, code, day, bucket) DO UPDATE SET n = repair_times.n + excluded.n";

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
        for (key, sums) in tally.rows() {
            self.add(key, sums, tally).await?;
        }
        Ok(())
    }

    async fn add(&mut self, key: &Key, sums: &Sums, tally: &Tally) -> Result<(), StoreError> {
        let it = sums;
        match *key {
            Key::Now { place, standing } => {
                run!(self, NOW, place, standing.name(), standing.code(), it[0])?
            }
            Key::Place { place } => {
                let name = tally.name_of(place);
                let lower = name.to_lowercase();
                run!(
                    self, PLACE, place, name, lower, it[0], it[1], it[2], it[3], it[4]
                )?
            }
            Key::Hour { hour, standing } => {
                let (name, code) = (standing.name(), standing.code());
                run!(self, HOUR, hour, name, code, it[0], it[1])?
            }
            Key::Day {
                place,
                day,
                standing,
            } => {
                let (name, code) = (standing.name(), standing.code());
                run!(self, DAY, place, day, name, code, it[0], it[1])?
            }
            Key::Breaks { place, day, code } => run!(
                self, BREAKS, place, day, code, it[0], it[1], it[2], it[3], it[4], it[5]
            )?,
            Key::Times {
                place,
                code,
                day,
                bucket,
            } => run!(self, TIMES, place, code, day, bucket, it[0])?,
            Key::Step { .. } | Key::Stop { .. } => self.add_to_funnel(key, it).await?,
        };
        Ok(())
    }
}
