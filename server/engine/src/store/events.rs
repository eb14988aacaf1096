//! Webhooks as received, and things that are only counted.

use chrono::{DateTime, Utc};
use relink_mastercard::{CustomerId, event::RedactedEvent};
use sqlx::types::Json;

use super::{
    Read, StoreError, Write,
    sql::{all, maybe, one, run},
    stories::Before,
};
use crate::{
    health::{Key, hour_of},
    ids::{ConnectSessionId, UserId},
    webhooks::{Effect, EventState, Quarantine},
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
    /// What it changed; absent until it had its effect.
    pub effect: Option<Effect>,
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    event_id: String,
    reference: String,
    body: Json<RedactedEvent>,
    body_hash: String,
    signed_by: i64,
    received_at: DateTime<Utc>,
    effect: Option<String>,
}

impl TryFrom<Row> for StoredEvent {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let effect = |text: String| {
            Effect::read(&text)
                .ok_or_else(|| StoreError::bad("events", "effect")("an unknown effect"))
        };
        Ok(Self {
            event_id: row.event_id,
            reference: row.reference,
            body: row.body.0,
            body_hash: row.body_hash,
            signed_by: row.signed_by,
            received: row.received_at,
            effect: row.effect.map(effect).transpose()?,
        })
    }
}

/// An event, and what became of it.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The event.
    pub event: StoredEvent,
    /// How far it is.
    pub state: EventState,
    /// Why it is set aside.
    pub reason: Option<Quarantine>,
}

#[derive(sqlx::FromRow)]
struct HeardRow {
    #[sqlx(flatten)]
    row: Row,
    state: String,
    reason: Option<String>,
}

impl TryFrom<HeardRow> for Heard {
    type Error = StoreError;

    fn try_from(row: HeardRow) -> Result<Self, StoreError> {
        let bad = |column| StoreError::bad("events", column)("an unknown word");
        let reason = |text: String| Quarantine::read(&text).ok_or_else(|| bad("reason"));
        Ok(Self {
            event: row.row.try_into()?,
            state: EventState::read(&row.state).ok_or_else(|| bad("state"))?,
            reason: row.reason.map(reason).transpose()?,
        })
    }
}

const STORY: &str =
    "SELECT e.event_id, e.reference, e.body, e.body_hash, e.signed_by, e.received_at,
        e.effect, e.state, e.reason
    FROM events e JOIN connect_sessions s ON s.reference = e.reference
    WHERE s.user_id = $1 AND (e.received_at, e.event_id) < ($2, $3)
    ORDER BY e.received_at DESC, e.event_id DESC LIMIT $4";

const INSERT: &str =
    "INSERT INTO events (event_id, reference, kind, customer_id, body, body_hash, signed_by, received_at, state)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting')
    ON CONFLICT (event_id) DO NOTHING";

const WAITING: &str = "SELECT event_id, reference, body, body_hash, signed_by, received_at, effect
    FROM events WHERE event_id = $1 AND state = 'waiting'";

// What it changed the first time is what it changed. Of two workers that have the
// same event the later finds it dealt with.
const APPLIED: &str = "UPDATE events SET state = 'applied', processed_at = $3,
    effect = CASE WHEN $2 = 'known' THEN COALESCE(effect, $2) ELSE $2 END
    WHERE event_id = $1 AND state = 'waiting' RETURNING COALESCE(queued_at, received_at)";

const WAITED: &str = "UPDATE events SET waited = $2 WHERE event_id = $1";

const ENDED: &str = "UPDATE connect_sessions SET ended_at = COALESCE(ended_at, $2) WHERE id = $1";

const QUARANTINED: &str =
    "UPDATE events SET state = 'quarantined', reason = $2, processed_at = $3 WHERE event_id = $1";

const COUNT: &str = "INSERT INTO counters (name, day, n) VALUES ($1, $2, $3)
    ON CONFLICT (name, day) DO UPDATE SET n = counters.n + excluded.n";

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
    /// Letters with notices that a server took.
    LetterSent,
    /// Text messages with notices that the gateway took.
    TextSent,
    /// Searches for an institution that were sent.
    Search,
}

impl Counter {
    fn name(self) -> &'static str {
        match self {
            Self::BadSignature => "bad_signature",
            Self::UnreadableEvent => "unreadable_event",
            Self::LetterSent => "letter_sent",
            Self::TextSent => "text_sent",
            Self::Search => "search",
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
        let row = maybe!(self, Row, WAITING, event_id)?;
        row.map(TryInto::try_into).transpose()
    }

    /// Events of a user's visits before one, the latest first.
    pub(crate) async fn events_before(
        &mut self,
        user: UserId,
        before: &Before<String>,
        limit: i64,
    ) -> Result<Vec<Heard>, StoreError> {
        all!(self, HeardRow, STORY, user, before.at, &before.id, limit)?
            .into_iter()
            .map(Heard::try_from)
            .collect()
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
            event.body.customer.as_ref().map(CustomerId::as_str),
            Json(&event.body),
            event.body_hash.as_str(),
            event.signed_by,
            event.received,
        )?;
        let new = inserted == 1;
        if new {
            let hour = hour_of(event.received);
            self.tally().add(Key::Events { hour }, [1, 0, 0, 0, 0, 0]);
        }
        Ok(new)
    }

    /// The event had its effect.
    pub async fn event_applied(
        &mut self,
        event_id: &str,
        effect: Effect,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let since = maybe!(
            self,
            (DateTime<Utc>,),
            APPLIED,
            event_id,
            effect.as_str(),
            now
        )?;
        let Some((since,)) = since else {
            return Ok(());
        };
        let waited = (now - since).num_microseconds().unwrap_or_default().max(0);
        run!(self, WAITED, event_id, waited)?;
        let hour = hour_of(now);
        self.tally()
            .add(Key::Events { hour }, [0, 1, waited, 0, 0, 0]);
        Ok(())
    }

    /// The event came that says that a visit is over.
    pub async fn session_ended(
        &mut self,
        session: ConnectSessionId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, ENDED, session, at)?;
        Ok(())
    }

    /// The event can have no effect, for `reason`.
    pub async fn quarantine_event(
        &mut self,
        event_id: &str,
        reason: Quarantine,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, QUARANTINED, event_id, reason.as_str(), now)?;
        Ok(())
    }

    /// Counts one.
    pub async fn count(&mut self, counter: Counter, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.count_many(counter, now, 1).await
    }

    /// Counts so many on a day.
    pub(crate) async fn count_many(
        &mut self,
        counter: Counter,
        at: DateTime<Utc>,
        n: i64,
    ) -> Result<(), StoreError> {
        run!(self, COUNT, counter.name(), day(at), n)?;
        Ok(())
    }
}
