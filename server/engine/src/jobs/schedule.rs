//! Jobs that come back at an interval.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::{Due, Job, Jobs};
use crate::store::{Store, StoreError};

/// A job queued at a fixed interval of the domain clock, by whichever node
/// comes first.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Names the row that says when it is next; never changes.
    pub name: &'static str,
    /// The interval; the first time is at once.
    pub every: TimeDelta,
    /// The time of day that later runs keep to.
    at: Option<NaiveTime>,
    kind: &'static str,
    payload: serde_json::Value,
    dedupe_key: String,
    max_attempts: u16,
}

impl Schedule {
    /// Queues `job` every `every`. One that still waits is not queued twice.
    pub fn every<J: Job>(
        name: &'static str,
        every: TimeDelta,
        job: &J,
    ) -> Result<Self, serde_json::Error> {
        Ok(Self {
            name,
            every,
            at: None,
            kind: J::KIND,
            payload: serde_json::to_value(job)?,
            dedupe_key: job.dedupe_key().unwrap_or_else(|| name.to_owned()),
            max_attempts: J::MAX_ATTEMPTS,
        })
    }

    /// Queues `job` at once the first time, then every day at `at`, UTC.
    pub fn daily<J: Job>(
        name: &'static str,
        at: NaiveTime,
        job: &J,
    ) -> Result<Self, serde_json::Error> {
        let at = Some(at);
        Ok(Self {
            at,
            ..Self::every(name, TimeDelta::days(1), job)?
        })
    }

    /// Queues what is due at `now` (domain clock).
    pub(super) async fn queue_due(
        schedules: &[Self],
        store: &Store,
        jobs: &Jobs,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        if schedules.is_empty() {
            return Ok(());
        }
        let rows = store.read().await?.schedules().await?;
        for schedule in schedules {
            let planned = rows
                .iter()
                .find(|row| row.name == schedule.name)
                .map(|row| row.next_run_at);
            let Some(next) = next_run(planned, schedule.every, schedule.at, now) else {
                continue;
            };
            let mut unit = store.write().await?;
            // Only the node that moves the row queues the job.
            if unit
                .move_schedule(schedule.name, planned, next, now)
                .await?
            {
                let key = Some(schedule.dedupe_key.clone());
                jobs.add(
                    &mut unit,
                    schedule.kind,
                    schedule.payload.clone(),
                    key,
                    schedule.max_attempts,
                    Due::AtOnce,
                )
                .await?;
                unit.save().await?;
            }
        }
        Ok(())
    }
}

/// The run after the one that is due at `now`, in step with the runs before;
/// `None` if none is due. Missed runs are not made up for. A run planned later
/// than one interval from now is stale (the interval was shortened, or the
/// sandbox's clock moved back) and counts as due.
fn next_run(
    planned: Option<DateTime<Utc>>,
    every: TimeDelta,
    at: Option<NaiveTime>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    if let Some(at) = at {
        let other_time = |planned: DateTime<Utc>| planned.time() != at || planned > now + every;
        let due = planned.is_none_or(|planned| planned <= now || other_time(planned));
        let today = now.date_naive().and_time(at).and_utc();
        return due.then(|| if today > now { today } else { today + every });
    }
    let Some(planned) = planned else {
        return Some(now + every);
    };
    if planned > now + every {
        return Some(now + every);
    }
    let late = (now - planned).num_milliseconds();
    let step = every.num_milliseconds().max(1);
    (late >= 0).then(|| planned + TimeDelta::milliseconds((late / step + 1) * step))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::never_run(None, 0, Some(60))]
    #[case::not_yet(Some(10), 9, None)]
    #[case::due(Some(10), 10, Some(70))]
    #[case::late_keeps_step(Some(10), 15, Some(70))]
    #[case::missed_ones_are_dropped(Some(10), 200, Some(250))]
    #[case::stale_plan(Some(1_000), 10, Some(70))]
    #[case::planned_now(Some(60), 0, None)]
    fn runs_keep_their_step(
        #[case] planned: Option<i64>,
        #[case] now: i64,
        #[case] next: Option<i64>,
    ) {
        let at = |seconds| DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap();
        assert_eq!(
            next_run(planned.map(at), TimeDelta::seconds(60), None, at(now)),
            next.map(at)
        );
    }

    #[rstest]
    #[case::never_run(None, "2026-11-21T09:00:00Z", Some("2026-11-21T11:00:00Z"))]
    #[case::not_yet(Some("2026-11-21T11:00:00Z"), "2026-11-21T10:59:00Z", None)]
    #[case::due(
        Some("2026-11-21T11:00:00Z"),
        "2026-11-21T11:00:00Z",
        Some("2026-11-22T11:00:00Z")
    )]
    #[case::days_late(
        Some("2026-11-21T11:00:00Z"),
        "2026-11-24T12:00:00Z",
        Some("2026-11-25T11:00:00Z")
    )]
    #[case::the_time_was_changed(
        Some("2026-11-22T03:00:00Z"),
        "2026-11-21T12:00:00Z",
        Some("2026-11-22T11:00:00Z")
    )]
    fn daily_runs_keep_to_their_time(
        #[case] planned: Option<&str>,
        #[case] now: &str,
        #[case] next: Option<&str>,
    ) {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let time = NaiveTime::from_hms_opt(11, 0, 0);
        assert_eq!(
            next_run(planned.map(at), TimeDelta::days(1), time, at(now)),
            next.map(at)
        );
    }
}
