//! The log of events, for staff: what came, what it changed, what is missing,
//! and having it have its effect once more.
//!
//! A replay gives the redacted copy to the same handler again. An event is a
//! hint with the time of its receipt, so what was learned stays as it is, and
//! nothing is read again where nothing was news: doubled effects cannot be.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{ApplyEvent, EventState};
use crate::{
    audit::{Act, Actor, Audit},
    connect::session::{LINK_LIVES, VISIT_LIVES},
    identity::{Client, Support, Viewer},
    jobs::{Due, Handle, Job, Jobs, Outcome, Run},
    store::{
        Store, StoreError,
        event_log::{LoggedEvent, SilentVisit, UnreadCustomer},
        events::Counter,
    },
    time::Clock,
};

/// How many events of a window are queued in one unit of work.
const STEP: i64 = 200;

/// Which events. What is absent is any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventFilter {
    /// Of this kind, by its official name.
    pub kind: Option<String>,
    /// How far they are, by its name.
    pub state: Option<String>,
    /// Of the visit with this reference.
    pub reference: Option<String>,
    /// Of this customer.
    pub customer: Option<String>,
    /// Received then or later.
    pub from: Option<DateTime<Utc>>,
    /// Received before.
    pub until: Option<DateTime<Utc>>,
}

impl EventFilter {
    /// Those of one state.
    pub fn of(state: EventState) -> Self {
        Self {
            state: Some(state.as_str().to_owned()),
            ..Self::default()
        }
    }
}

/// The row after which a page begins: when it came, and its id.
pub type EventCursor = (DateTime<Utc>, String);

/// Gives the events of a window their effect once more, some at a time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReplayEvents {
    /// Which ones.
    pub window: EventFilter,
    /// The last one that was queued.
    pub after: Option<EventCursor>,
}

impl Job for ReplayEvents {
    const KIND: &'static str = "events.replay";
}

/// What was refused at the door and is only counted, since the day of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// No key of ours had signed it.
    pub bad_signature: i64,
    /// It was signed, and no event.
    pub unreadable: i64,
}

/// The log.
#[derive(Clone)]
pub struct EventLog {
    store: Store,
    clock: Arc<dyn Clock>,
    jobs: Jobs,
    audit: Audit,
    expected: bool,
}

impl EventLog {
    /// `clock` is the domain clock; `expected`: links name our webhook, so that
    /// Mastercard tells of each visit.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        jobs: Jobs,
        audit: Audit,
        expected: bool,
    ) -> Self {
        Self {
            store,
            clock,
            jobs,
            audit,
            expected,
        }
    }

    /// Events, the latest first.
    pub async fn list(
        &self,
        _: &Viewer,
        filter: &EventFilter,
        after: Option<&EventCursor>,
        limit: i64,
    ) -> Result<Vec<LoggedEvent>, StoreError> {
        self.store
            .read()
            .await?
            .logged_events(filter, after, limit)
            .await
    }

    /// One event.
    pub async fn one(&self, _: &Viewer, id: &str) -> Result<Option<LoggedEvent>, StoreError> {
        self.store.read().await?.logged_event(id).await
    }

    /// What was refused in the last `days`, today among them.
    pub async fn refused(&self, _: &Viewer, days: i64) -> Result<Refused, StoreError> {
        let since = self.clock.now() - TimeDelta::days(days - 1);
        let mut unit = self.store.read().await?;
        Ok(Refused {
            bad_signature: unit.counted(Counter::BadSignature, since).await?,
            unreadable: unit.counted(Counter::UnreadableEvent, since).await?,
        })
    }

    /// Visits that somebody went to and that no event has ended, the latest
    /// first, once both the link and a visit must be over; `None`: no event is
    /// expected.
    pub async fn silent_visits(
        &self,
        _: &Viewer,
        after: Option<&EventCursor>,
        limit: i64,
    ) -> Result<Option<Vec<SilentVisit>>, StoreError> {
        if !self.expected {
            return Ok(None);
        }
        let over = self.clock.now() - LINK_LIVES - VISIT_LIVES;
        let mut unit = self.store.read().await?;
        unit.silent_visits(over, after, limit).await.map(Some)
    }

    /// Customers that nobody has read for `days`, the longest so first.
    pub async fn unread_customers(
        &self,
        _: &Viewer,
        days: u16,
        after: Option<&EventCursor>,
        limit: i64,
    ) -> Result<Vec<UnreadCustomer>, StoreError> {
        let before = self.clock.now() - TimeDelta::days(days.into());
        let mut unit = self.store.read().await?;
        unit.unread_customers(before, after, limit).await
    }

    /// Gives one event its effect once more; false if there is none.
    pub async fn replay(
        &self,
        who: &Support,
        client: &Client,
        id: &str,
    ) -> Result<bool, StoreError> {
        let mut unit = self.store.write().await?;
        if unit.logged_event(id).await?.is_none() {
            return Ok(false);
        }
        unit.event_again(id, self.clock.now()).await?;
        let job = ApplyEvent {
            event_id: id.to_owned(),
        };
        self.jobs.enqueue(&mut unit, &job, Due::AtOnce).await?;
        let actor = Actor::person(who.as_ref(), client);
        let act = Act::EventReplayed(id.to_owned());
        self.audit.record(&mut unit, &actor, &act).await?;
        unit.save().await?;
        Ok(true)
    }

    /// Gives the events of a window that have come by now their effect once
    /// more, beside requests.
    pub async fn replay_window(
        &self,
        who: &Support,
        client: &Client,
        filter: EventFilter,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let window = EventFilter {
            until: Some(filter.until.map_or(now, |until| until.min(now))),
            ..filter
        };
        let mut unit = self.store.write().await?;
        let actor = Actor::person(who.as_ref(), client);
        let act = Act::EventsReplayed(window.clone());
        let job = ReplayEvents {
            window,
            after: None,
        };
        self.jobs.enqueue(&mut unit, &job, Due::AtOnce).await?;
        self.audit.record(&mut unit, &actor, &act).await?;
        unit.save().await
    }

    /// Queues a part of a window, and the rest of it.
    async fn go_on(&self, job: ReplayEvents) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let part = unit
            .logged_events(&job.window, job.after.as_ref(), STEP)
            .await?;
        for one in &part {
            unit.event_again(&one.event.event_id, now).await?;
            let again = ApplyEvent {
                event_id: one.event.event_id.clone(),
            };
            self.jobs.enqueue(&mut unit, &again, Due::AtOnce).await?;
        }
        if let Some(last) = part.last() {
            let rest = ReplayEvents {
                after: Some((last.event.received, last.event.event_id.clone())),
                ..job
            };
            self.jobs.enqueue(&mut unit, &rest, Due::AtOnce).await?;
        }
        unit.save().await
    }
}

#[async_trait::async_trait]
impl Handle<ReplayEvents> for EventLog {
    async fn handle(&self, job: ReplayEvents, _: Run) -> Outcome {
        Ok(self.go_on(job).await?)
    }
}
