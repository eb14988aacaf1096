//! The log of events, and what ought to have come and did not.

use chrono::{DateTime, Utc};

use super::{
    Read, StoreError, Write,
    events::{Row, StoredEvent},
    sql::{all, maybe, run},
};
use crate::{
    health::{Key, hour_of},
    webhooks::{EventCursor, EventFilter, EventState, Quarantine},
};

/// An event, and what became of it.
#[derive(Debug, Clone)]
pub struct LoggedEvent {
    /// The event.
    pub event: StoredEvent,
    /// How far it is.
    pub state: EventState,
    /// Why it is set aside.
    pub reason: Option<Quarantine>,
    /// When a handler dealt with it.
    pub processed: Option<DateTime<Utc>>,
}

/// A visit that somebody went to and that no event has ended.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SilentVisit {
    /// What events call it.
    pub reference: String,
    /// Mastercard's id of its customer.
    #[sqlx(rename = "customer_id")]
    pub customer: String,
    /// Where it went.
    pub institution_name: String,
    /// When it began.
    #[sqlx(rename = "created_at")]
    pub created: DateTime<Utc>,
}

/// A customer that nobody has read for long.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UnreadCustomer {
    /// Mastercard's id.
    #[sqlx(rename = "customer_id")]
    pub customer: String,
    /// Since the latest reading, or since there is the customer.
    pub since: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Logged {
    #[sqlx(flatten)]
    row: Row,
    state: String,
    reason: Option<String>,
    processed_at: Option<DateTime<Utc>>,
}

impl TryFrom<Logged> for LoggedEvent {
    type Error = StoreError;

    fn try_from(logged: Logged) -> Result<Self, StoreError> {
        let state = EventState::read(&logged.state)
            .ok_or_else(|| StoreError::bad("events", "state")("an unknown state"))?;
        let reason = |text: String| {
            let read = Quarantine::read(&text);
            read.ok_or_else(|| StoreError::bad("events", "reason")("an unknown reason"))
        };
        Ok(Self {
            event: logged.row.try_into()?,
            state,
            reason: logged.reason.map(reason).transpose()?,
            processed: logged.processed_at,
        })
    }
}

macro_rules! logged {
    ($($rest:literal),*) => {
        concat!(
            "SELECT event_id, reference, body, body_hash, signed_by, received_at, effect, state, reason, processed_at
            FROM events WHERE ",
            $($rest),*
        )
    };
}

const ONE: &str = logged!("event_id = $1");

// What narrows most is said once more at the end, so that its index serves.
macro_rules! page {
    ($by:literal) => {
        logged!(
            "received_at >= $1 AND received_at < $2 AND (received_at, event_id) < ($3, $4)
            AND ($5 = '' OR kind = $5) AND ($6 = '' OR state = $6)
            AND ($7 = '' OR reference = $7) AND ($8 = '' OR customer_id = $8)",
            $by,
            " ORDER BY received_at DESC, event_id DESC LIMIT $9"
        )
    };
}
const ANY: &str = page!("");
const OF_VISIT: &str = page!(" AND reference = $7");
const OF_CUSTOMER: &str = page!(" AND customer_id = $8");
const OF_KIND: &str = page!(" AND kind = $5");
const WAITING: &str = page!(" AND state = 'waiting'");
const SET_ASIDE: &str = page!(" AND state = 'quarantined'");

// An update that changes nothing holds the row, and says what it was.
const DEALT_WITH: &str =
    "UPDATE events SET state = state WHERE event_id = $1 AND state <> 'waiting'
    RETURNING processed_at, waited";

const AGAIN: &str =
    "UPDATE events SET state = 'waiting', reason = NULL, processed_at = NULL, waited = NULL,
    queued_at = $2 WHERE event_id = $1";

// Somebody went there who came back, of whom an event tells, or whose visit a
// reading proves: all events of one can be lost.
const SILENT: &str =
    "SELECT reference, customer_id, institution_name, created_at FROM connect_sessions s
    WHERE ended_at IS NULL AND created_at < $1 AND (created_at, reference) < ($2, $3)
    AND (facts ->> 'returned' IS NOT NULL OR facts ->> 'connected' IS NOT NULL
        OR facts -> 'repair' ->> 'repaired' IS NOT NULL OR EXISTS (SELECT 1 FROM events e WHERE e.reference = s.reference))
    ORDER BY created_at DESC, reference DESC LIMIT $4";

const UNREAD: &str =
    "SELECT c.customer_id, COALESCE(c.read_at, c.created_at) AS since FROM customers c
    WHERE c.customer_id IS NOT NULL AND c.lost_at IS NULL AND COALESCE(c.read_at, c.created_at) < $1
    AND (COALESCE(c.read_at, c.created_at), c.customer_id) > ($2, $3)
    AND EXISTS (SELECT 1 FROM accounts a WHERE a.customer_id = c.customer_id AND a.choice <> 'removed')
    ORDER BY COALESCE(c.read_at, c.created_at), c.customer_id LIMIT $4";

/// Before and after every instant that is stored.
fn ends() -> (DateTime<Utc>, DateTime<Utc>) {
    let year = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 1);
    let at = |year_| {
        year(year_)
            .unwrap_or_default()
            .and_time(chrono::NaiveTime::MIN)
            .and_utc()
    };
    (at(1970), at(9999))
}

impl Read {
    /// Events, the latest first.
    pub(crate) async fn logged_events(
        &mut self,
        filter: &EventFilter,
        after: Option<&EventCursor>,
        limit: i64,
    ) -> Result<Vec<LoggedEvent>, StoreError> {
        let (first, last) = ends();
        let (from, until) = (filter.from.unwrap_or(first), filter.until.unwrap_or(last));
        let (at, id) = after.map_or((last, ""), |(at, id)| (*at, id.as_str()));
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        let (kind, state) = (text(&filter.kind), text(&filter.state));
        let (visit, customer) = (text(&filter.reference), text(&filter.customer));
        let sql = if !visit.is_empty() {
            OF_VISIT
        } else if !customer.is_empty() {
            OF_CUSTOMER
        } else if state == EventState::Quarantined.as_str() {
            SET_ASIDE
        } else if state == EventState::Waiting.as_str() {
            WAITING
        } else if !kind.is_empty() {
            OF_KIND
        } else {
            ANY
        };
        let rows = all!(
            self, Logged, sql, from, until, at, id, &kind, &state, &visit, &customer, limit
        )?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// One event.
    pub(crate) async fn logged_event(
        &mut self,
        id: &str,
    ) -> Result<Option<LoggedEvent>, StoreError> {
        maybe!(self, Logged, ONE, id)?
            .map(TryInto::try_into)
            .transpose()
    }

    /// Visits that began before `over` and that no event has ended.
    pub(crate) async fn silent_visits(
        &mut self,
        over: DateTime<Utc>,
        after: Option<&EventCursor>,
        limit: i64,
    ) -> Result<Vec<SilentVisit>, StoreError> {
        let (at, reference) = after.map_or((ends().1, ""), |(at, id)| (*at, id.as_str()));
        Ok(all!(self, SilentVisit, SILENT, over, at, reference, limit)?)
    }

    /// Customers with accounts that were last read before `before`.
    pub(crate) async fn unread_customers(
        &mut self,
        before: DateTime<Utc>,
        after: Option<&EventCursor>,
        limit: i64,
    ) -> Result<Vec<UnreadCustomer>, StoreError> {
        let (at, customer) = after.map_or((ends().0, ""), |(at, id)| (*at, id.as_str()));
        Ok(all!(
            self,
            UnreadCustomer,
            UNREAD,
            before,
            at,
            customer,
            limit
        )?)
    }
}

impl Write {
    /// Lets an event that was dealt with have its effect once more, from `now` on.
    /// What it changed stays known; how long it waited before is forgotten.
    pub(crate) async fn event_again(
        &mut self,
        id: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        type Before = (Option<DateTime<Utc>>, Option<i64>);
        let Some(before) = maybe!(self, Before, DEALT_WITH, id)? else {
            return Ok(());
        };
        if let (Some(at), Some(waited)) = before {
            let hour = hour_of(at);
            self.tally()
                .add(Key::Events { hour }, [0, -1, -waited, 0, 0, 0]);
        }
        run!(self, AGAIN, id, now)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use relink_mastercard::event;

    use super::*;
    use crate::{
        db_test, health::testing::Town, identity::Role, store::testing::TestStore,
        time::Clock as _, webhooks::Effect,
    };

    db_test! { async fn an_event_waits_since_it_was_queued(db: &TestStore) {
        let town = Town::new(&db.store, 6);
        let viewer = town.person("vera", Role::Viewer).await.viewer().unwrap();
        let came = town.clock.now();
        let body = br#"{"eventType":"started","eventId":"e1","customerId":"1","payload":{}}"#;
        let event = StoredEvent {
            event_id: "e1".to_owned(),
            reference: "r1".to_owned(),
            body: event::redact(body).unwrap(),
            body_hash: String::new(),
            signed_by: 0,
            received: came,
            effect: None,
        };
        // Received, worked off, and their microseconds, in the last 24 hours; since
        // when one waits.
        let figures = async || {
            let now = town.clock.now();
            let mut unit = db.store.read().await.unwrap();
            let it = unit.operations(&viewer, now, 9).await.unwrap();
            assert_eq!(unit.backlog(now).await.unwrap().events_since, it.waiting_since);
            assert_eq!(town.checks.drift().await.unwrap().some, []);
            (it.events, it.applied, it.waited, it.waiting_since)
        };
        let mut unit = db.store.write().await.unwrap();
        assert!(unit.insert_event(&event).await.unwrap());
        assert!(!unit.insert_event(&event).await.unwrap());
        unit.save().await.unwrap();
        assert_eq!(figures().await, (1, 0, 0, Some(came)));
        let applied = async |after| {
            let now = town.pass(TimeDelta::seconds(after));
            let mut unit = db.store.write().await.unwrap();
            // Whoever comes second finds it done.
            for _ in 0..2 {
                unit.event_applied("e1", Effect::Opened, now).await.unwrap();
            }
            unit.save().await.unwrap();
        };
        applied(3).await;
        assert_eq!(figures().await, (1, 1, 3_000_000, None));
        // Once more, days later: what it waited for then is no lag of today.
        let again = town.pass(TimeDelta::days(5));
        let mut unit = db.store.write().await.unwrap();
        for _ in 0..2 {
            unit.event_again("e1", again).await.unwrap();
        }
        unit.event_again("e9", again).await.unwrap();
        unit.save().await.unwrap();
        assert_eq!(figures().await, (0, 0, 0, Some(again)));
        applied(2).await;
        assert_eq!(figures().await, (0, 1, 2_000_000, None));
        let mut unit = db.store.write().await.unwrap();
        unit.tally().add(Key::Events { hour: hour_of(again) }, [0, 1, 5, 0, 0, 0]);
        unit.save().await.unwrap();
        assert_eq!(town.checks.drift().await.unwrap().count, 1);
        town.checks.mend().await.unwrap();
        assert_eq!(figures().await, (0, 1, 2_000_000, None));
    }}
}
