//! Webhooks as received, and things that are only counted.

use chrono::{DateTime, Utc};
use relink_mastercard::event::RedactedEvent;
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{maybe, one, run},
};

/// An event, as stored.
#[derive(Debug, Clone)]
pub struct StoredEvent {
    /// Mastercard's id of it, or one made from the body's hash.
    pub event_id: String,
    /// The reference in the URL that was called.
    pub reference: String,
    /// The redacted body.
    pub body: RedactedEvent,
    /// SHA-256 of the raw body, in hex.
    pub body_hash: String,
    /// Which valid key signed it: 0 is the present one.
    pub signed_by: i64,
    /// When it came.
    pub received: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct Row {
    event_id: String,
    reference: String,
    body: Json<RedactedEvent>,
    body_hash: String,
    signed_by: i64,
    received_at: DateTime<Utc>,
}

const INSERT: &str =
    "INSERT INTO events (event_id, reference, kind, body, body_hash, signed_by, received_at, state)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting')
    ON CONFLICT (event_id) DO NOTHING";

const WAITING: &str = "SELECT event_id, reference, body, body_hash, signed_by, received_at
    FROM events WHERE event_id = $1 AND state = 'waiting'";

const APPLIED: &str = "UPDATE events SET state = 'applied', processed_at = $2 WHERE event_id = $1";

const QUARANTINED: &str =
    "UPDATE events SET state = 'quarantined', reason = $2, processed_at = $3 WHERE event_id = $1";

const COUNT: &str = "INSERT INTO counters (name, day, n) VALUES ($1, $2, 1)
    ON CONFLICT (name, day) DO UPDATE SET n = counters.n + 1";

const COUNTED: &str =
    "SELECT CAST(COALESCE(sum(n), 0) AS BIGINT) AS n FROM counters WHERE name = $1 AND day >= $2";

#[derive(sqlx::FromRow)]
struct Number {
    n: i64,
}

/// What is counted and not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counter {
    /// Webhooks whose signature no key matches.
    BadSignature,
    /// Webhooks that are no JSON of an event.
    UnreadableEvent,
}

impl Counter {
    fn name(self) -> &'static str {
        match self {
            Self::BadSignature => "bad_signature",
            Self::UnreadableEvent => "unreadable_event",
        }
    }
}

fn day(now: DateTime<Utc>) -> String {
    now.format("%Y-%m-%d").to_string()
}

impl Read {
    /// How often something was counted since the day of `since`.
    pub async fn counted(
        &mut self,
        counter: Counter,
        since: DateTime<Utc>,
    ) -> Result<i64, StoreError> {
        Ok(one!(self, Number, COUNTED, counter.name(), day(since))?.n)
    }

    /// An event that no handler has dealt with yet.
    pub async fn waiting_event(
        &mut self,
        event_id: &str,
    ) -> Result<Option<StoredEvent>, StoreError> {
        Ok(
            maybe!(self, Row, WAITING, event_id)?.map(|row| StoredEvent {
                event_id: row.event_id,
                reference: row.reference,
                body: row.body.0,
                body_hash: row.body_hash,
                signed_by: row.signed_by,
                received: row.received_at,
            }),
        )
    }
}

impl Write {
    /// Stores an event; false when it is stored already.
    pub async fn insert_event(&mut self, event: &StoredEvent) -> Result<bool, StoreError> {
        let inserted = run!(
            self,
            INSERT,
            event.event_id.as_str(),
            event.reference.as_str(),
            event.body.kind.as_str(),
            Json(&event.body),
            event.body_hash.as_str(),
            event.signed_by,
            event.received,
        )?;
        Ok(inserted == 1)
    }

    /// The event had its effect.
    pub async fn event_applied(
        &mut self,
        event_id: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, APPLIED, event_id, now)?;
        Ok(())
    }

    /// The event can have no effect, for `reason`.
    pub async fn quarantine_event(
        &mut self,
        event_id: &str,
        reason: &'static str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, QUARANTINED, event_id, reason, now)?;
        Ok(())
    }

    /// Counts one.
    pub async fn count(&mut self, counter: Counter, now: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, COUNT, counter.name(), day(now))?;
        Ok(())
    }
}
