//! Data Connect events, from the door to their effect.
//!
//! [`Webhooks::receive`] checks the signature over the raw bytes, keeps the
//! redacted copy and the raw body's hash, and queues the job in the same unit
//! of work; only then may 200 be answered. [`Webhooks::apply`] runs later, and
//! as often as it dies: an event is a hint that a visit learns, and learning it
//! twice changes nothing.

mod effect;
mod log;

use std::sync::Arc;

pub use effect::{Effect, EventState, Quarantine};
pub use log::{EventCursor, EventFilter, EventLog, Refused, ReplayEvents};
use relink_mastercard::event::{self, EventKind, RedactedEvent};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    connect::{Connect, hint_of_event},
    jobs::{Due, Handle, Job, JobError, Jobs, Outcome, Run},
    store::{
        Store, StoreError,
        connect_sessions::ConnectSession,
        events::{Counter, StoredEvent},
    },
    time::Clock,
};

/// The largest body that is read; larger ones are refused unread.
pub const LARGEST_BODY: usize = 256 * 1024;

/// Gives one stored event its effect.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApplyEvent {
    /// The event.
    pub event_id: String,
}

impl Job for ApplyEvent {
    const KIND: &'static str = "apply_event";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.event_id.clone())
    }
}

/// What became of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// The question whether we are there, asked while a link is made.
    Ping,
    /// It is stored.
    Stored,
    /// It was stored before.
    Duplicate,
}

/// Why a webhook was refused.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// No key of ours made the signature. Nothing is kept but a count.
    #[error("the signature matches no key")]
    BadSignature,
    /// Signed, but no event.
    #[error("the body is no event")]
    Unreadable,
    /// It could not be made durable: it must come again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why an event had no effect yet.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// No visit has this reference, as yet.
    #[error("no connect session has the event's reference")]
    UnknownSession,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The receiver of events.
#[derive(Clone)]
pub struct Webhooks {
    store: Store,
    connect: Connect,
    clock: Arc<dyn Clock>,
    jobs: Jobs,
    keys: Arc<dyn EventKeys>,
}

/// The keys that may have signed an event.
#[async_trait::async_trait]
pub trait EventKeys: Send + Sync {
    /// The present partner secret first, then those of running rotations.
    async fn keys(&self) -> Vec<SecretString>;
}

/// Keys that stay as they are.
#[async_trait::async_trait]
impl EventKeys for Vec<SecretString> {
    async fn keys(&self) -> Vec<SecretString> {
        self.clone()
    }
}

impl Webhooks {
    /// `clock` is the domain clock.
    pub fn new(
        store: Store,
        connect: Connect,
        clock: Arc<dyn Clock>,
        jobs: Jobs,
        keys: Arc<dyn EventKeys>,
    ) -> Self {
        Self {
            store,
            connect,
            clock,
            jobs,
            keys,
        }
    }

    /// Takes in one webhook. `reference` is the last segment of the URL that
    /// was called; which visit it names is looked up later, since an event may
    /// come before our own row is visible. One good signature of `signatures`
    /// is enough: which header carries it is unconfirmed.
    pub async fn receive(
        &self,
        reference: &str,
        signatures: &[&str],
        body: &[u8],
    ) -> Result<Received, ReceiveError> {
        // Whether a ping is signed is unconfirmed; refusing one would make
        // links impossible, and it has no effect.
        if event::is_ping(body) {
            return Ok(Received::Ping);
        }
        let keys = self.keys.keys().await;
        let signed_by = signatures
            .iter()
            .find_map(|signature| event::signature::verify(body, signature, &keys));
        let Some(signed_by) = signed_by else {
            self.count(Counter::BadSignature).await?;
            return Err(ReceiveError::BadSignature);
        };
        let Ok(redacted) = event::redact(body) else {
            self.count(Counter::UnreadableEvent).await?;
            return Err(ReceiveError::Unreadable);
        };
        self.keep(reference, signed_by, body, redacted).await
    }

    async fn keep(
        &self,
        reference: &str,
        signed_by: usize,
        raw: &[u8],
        body: RedactedEvent,
    ) -> Result<Received, ReceiveError> {
        let now = self.clock.now();
        let body_hash = hex(&Sha256::digest(raw));
        let event = StoredEvent {
            // An event without an id is told apart by its bytes.
            event_id: body
                .event_id
                .clone()
                .unwrap_or_else(|| format!("sha256-{body_hash}")),
            reference: reference.chars().take(64).collect(),
            body,
            body_hash,
            signed_by: i64::try_from(signed_by).unwrap_or(i64::MAX),
            received: now,
            effect: None,
        };
        let mut unit = self.store.write().await?;
        if !unit.insert_event(&event).await? {
            return Ok(Received::Duplicate);
        }
        let job = ApplyEvent {
            event_id: event.event_id,
        };
        self.jobs.enqueue(&mut unit, &job, Due::AtOnce).await?;
        unit.save().await?;
        Ok(Received::Stored)
    }

    async fn count(&self, counter: Counter) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        unit.count(counter, self.clock.now()).await?;
        unit.save().await
    }

    /// Runs [`ApplyEvent`].
    pub async fn apply(&self, job: &ApplyEvent) -> Result<(), ApplyError> {
        let mut unit = self.store.write().await?;
        let Some(event) = unit.waiting_event(&job.event_id).await? else {
            return Ok(());
        };
        let named = unit.connect_session_by_reference(&event.reference).await?;
        let Some(session) = named else {
            return Err(ApplyError::UnknownSession);
        };
        let now = self.clock.now();
        if !speaks_of(&event.body, &session) {
            unit.quarantine_event(&event.event_id, Quarantine::OtherCustomer, now)
                .await?;
            return Ok(unit.save().await?);
        }
        let effect = match hint_of_event(&event.body.kind, event.body.code) {
            None => Effect::Nothing,
            Some(hint) => {
                let mut session = unit.lock_connect_session(session.id).await?;
                let before = session.facts.clone();
                session.facts.learn(&hint, event.received);
                let news = session.facts != before;
                unit.set_facts(&session).await?;
                // A replay that tells nothing new reads nothing again.
                if news || event.effect.is_none() {
                    self.connect.queue_reading(&mut unit, &session, now).await?;
                }
                if news {
                    Effect::of(&hint)
                } else {
                    Effect::Known
                }
            }
        };
        if event.body.kind == EventKind::Done {
            unit.session_ended(session.id, event.received).await?;
        }
        unit.event_applied(&event.event_id, effect, now).await?;
        Ok(unit.save().await?)
    }

    /// Gives up on an event that no visit claimed.
    pub async fn quarantine(&self, job: &ApplyEvent) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        let (reason, now) = (Quarantine::UnknownSession, self.clock.now());
        unit.quarantine_event(&job.event_id, reason, now).await?;
        unit.save().await
    }
}

#[async_trait::async_trait]
impl Handle<ApplyEvent> for Webhooks {
    async fn handle(&self, job: ApplyEvent, run: Run) -> Outcome {
        match self.apply(&job).await {
            Ok(()) => Ok(()),
            Err(ApplyError::UnknownSession) if run.is_last() => Ok(self.quarantine(&job).await?),
            Err(error @ ApplyError::UnknownSession) => Err(JobError::retry(error)),
            Err(ApplyError::Store(error)) => Err(error.into()),
        }
    }
}

/// The reference alone could be guessed by nobody, but Mastercard's own word
/// must not contradict it.
fn speaks_of(event: &RedactedEvent, session: &ConnectSession) -> bool {
    event
        .customer
        .as_ref()
        .is_none_or(|customer| *customer == session.customer)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            write!(text, "{byte:02x}").unwrap_or_default();
            text
        })
}
