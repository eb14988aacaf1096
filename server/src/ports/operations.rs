//! Events and jobs between the engine and pages.

use chrono::{DateTime, TimeDelta, Utc};
use relink_app::api::{
    events::{
        After, Effect, EventFilter, EventRow, EventState, EventView, Key, Quarantine, Refused,
    },
    ids::JobRef,
    jobs::{AfterJob, JobCount, JobFilter, JobRow, JobState, Planned},
};
use relink_engine::{
    ids::JobId,
    jobs,
    store::event_log::LoggedEvent,
    webhooks::{self, EventCursor},
};
use uuid::Uuid;

use super::health::number;
use crate::{acts, calendar::Calendar};

/// Rows a page.
pub(super) const ROWS: i64 = 50;

/// The engine's filter. Days are those of the reader's clock.
pub(crate) fn asked(filter: &EventFilter, calendar: Calendar) -> webhooks::EventFilter {
    let day = |text: &Option<String>, later| acts::day(text.as_deref()?, later, calendar.zone());
    webhooks::EventFilter {
        kind: filter.kind.clone(),
        state: filter
            .state
            .map(|state| engine_state(state).as_str().to_owned()),
        reference: filter.reference.clone(),
        customer: filter.customer.clone(),
        from: day(&filter.from, 0),
        until: day(&filter.until, 1),
    }
}

/// Where a page begins, as the engine says it.
pub(super) fn cursor(after: Option<&After>) -> Option<EventCursor> {
    let after = after?;
    Some((DateTime::from_timestamp_micros(after.at)?, after.id.clone()))
}

/// Where the next page begins. One row more than is shown says whether there
/// is one.
pub(super) fn cut<T>(
    rows: &mut Vec<T>,
    last: impl Fn(&T) -> (DateTime<Utc>, String),
) -> Option<After> {
    let shown = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let more = rows.len() > shown;
    rows.truncate(shown);
    let (at, id) = last(rows.last().filter(|_| more)?);
    Some(After {
        at: at.timestamp_micros(),
        id,
    })
}

pub(super) fn refused(count: webhooks::Refused) -> Refused {
    Refused {
        bad_signature: number(count.bad_signature),
        unreadable: number(count.unreadable),
    }
}

/// `None` for one whose id no address carries: it has no page.
pub(super) fn row(one: &LoggedEvent, calendar: Calendar) -> Option<EventRow> {
    let event = &one.event;
    Some(EventRow {
        id: event.event_id.parse().ok()?,
        kind: event.body.kind.as_str().to_owned(),
        received: calendar.when(event.received),
        state: state(one.state),
        reason: one.reason.map(reason),
        effect: event.effect.map(effect),
        reference: event.reference.clone(),
        customer: event
            .body
            .customer
            .as_ref()
            .map(|id| id.as_str().to_owned()),
    })
}

pub(super) fn view(one: &LoggedEvent, calendar: Calendar, may_replay: bool) -> Option<EventView> {
    Some(EventView {
        row: row(one, calendar)?,
        key: match one.event.signed_by {
            0 => Key::Present,
            _ => Key::Other,
        },
        hash: one.event.body_hash.clone(),
        processed: one.processed.map(|at| calendar.when(at)),
        body: serde_json::to_string_pretty(&one.event.body).ok()?,
        may_replay,
    })
}

fn engine_state(state: EventState) -> webhooks::EventState {
    match state {
        EventState::Waiting => webhooks::EventState::Waiting,
        EventState::Applied => webhooks::EventState::Applied,
        EventState::Quarantined => webhooks::EventState::Quarantined,
    }
}

fn state(state: webhooks::EventState) -> EventState {
    match state {
        webhooks::EventState::Waiting => EventState::Waiting,
        webhooks::EventState::Applied => EventState::Applied,
        webhooks::EventState::Quarantined => EventState::Quarantined,
    }
}

/// Why an event is set aside.
pub(super) fn reason(reason: webhooks::Quarantine) -> Quarantine {
    match reason {
        webhooks::Quarantine::OtherCustomer => Quarantine::OtherCustomer,
        webhooks::Quarantine::UnknownSession => Quarantine::UnknownSession,
    }
}

fn effect(effect: webhooks::Effect) -> Effect {
    match effect {
        webhooks::Effect::Nothing => Effect::Nothing,
        webhooks::Effect::Known => Effect::Known,
        webhooks::Effect::Opened => Effect::Opened,
        webhooks::Effect::Adding => Effect::Adding,
        webhooks::Effect::SignInRefused => Effect::SignInRefused,
        webhooks::Effect::Added => Effect::Added,
        webhooks::Effect::Finished => Effect::Finished,
        webhooks::Effect::Trouble => Effect::Trouble,
    }
}

/// The engine's id of a job.
pub(crate) fn job_id(job: JobRef) -> JobId {
    JobId(Uuid::from_u128(job.get()))
}

fn job_ref(job: JobId) -> JobRef {
    JobRef::new(job.0.as_u128())
}

/// The engine's name for how far a job is.
pub(super) fn engine_job_state(state: JobState) -> jobs::JobState {
    match state {
        JobState::Waiting => jobs::JobState::Waiting,
        JobState::Running => jobs::JobState::Running,
        JobState::Dead => jobs::JobState::Dead,
    }
}

fn job_state(state: jobs::JobState) -> JobState {
    match state {
        jobs::JobState::Waiting => JobState::Waiting,
        jobs::JobState::Running => JobState::Running,
        jobs::JobState::Dead => JobState::Dead,
    }
}

/// Where a page of jobs begins, as the engine says it.
pub(super) fn after_job(filter: &JobFilter) -> Option<(DateTime<Utc>, JobId)> {
    let after = filter.after?;
    Some((
        DateTime::from_timestamp_micros(after.at)?,
        job_id(after.job),
    ))
}

/// Where the next page of jobs begins.
pub(super) fn next_job(rows: &[jobs::ListedJob]) -> Option<AfterJob> {
    let shown = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let last = rows.get(shown - 1).filter(|_| rows.len() > shown)?;
    Some(AfterJob {
        at: last.created.timestamp_micros(),
        job: job_ref(last.id),
    })
}

pub(super) fn job_row(job: &jobs::ListedJob, now: DateTime<Utc>, calendar: Calendar) -> JobRow {
    JobRow {
        id: job_ref(job.id),
        kind: job.kind.clone(),
        attempts: (number(job.attempt.into()), number(job.max_attempts.into())),
        queued: calendar.when(job.created),
        age: minutes(now - job.created),
        due: job.run_at.map(|at| calendar.when(at)),
        error: job.last_error.clone(),
    }
}

pub(super) fn job_count(count: &jobs::JobCount, now: DateTime<Utc>) -> JobCount {
    JobCount {
        kind: count.kind.clone(),
        state: job_state(count.state),
        count: number(count.count.min(jobs::MOST_COUNTED)),
        more: count.count > jobs::MOST_COUNTED,
        age: minutes(now - count.oldest),
    }
}

pub(super) fn planned(planned: &jobs::Planned, calendar: Calendar) -> Planned {
    Planned {
        name: planned.name.clone(),
        last: planned.last.map(|at| calendar.when(at)),
        next: calendar.when(planned.next),
    }
}

fn minutes(age: TimeDelta) -> u32 {
    number(age.num_minutes().max(0))
}

#[cfg(test)]
mod tests {
    use relink_app::api::events::KINDS;
    use relink_mastercard::event::EventKind;

    use super::*;

    #[test]
    fn the_filter_offers_kinds_that_there_are() {
        for kind in KINDS {
            assert!(
                !matches!(EventKind::parse(kind), EventKind::Unknown(_)),
                "{kind}"
            );
        }
    }

    #[test]
    fn names_go_there_and_back() {
        for one in EventState::ALL {
            assert_eq!(state(engine_state(*one)), *one);
        }
        for one in JobState::ALL {
            assert_eq!(job_state(engine_job_state(*one)), *one);
        }
    }
}
