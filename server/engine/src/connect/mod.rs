//! Connecting an institution through Data Connect Lite.
//!
//! [`Connect::start`] makes the customer if there is none, stores the visit
//! with the receipt of what the user was told, and only then asks for the link:
//! Mastercard pings our webhook while it answers, so no unit of work is open
//! then, and events find their visit from the first one on.
//!
//! What comes back (webhooks, the return) is learned as hints; the job
//! [`ReadSession`] reads the accounts, which alone decides. See [`session`].

mod customer;
mod due;
mod erase;
mod handlers;
mod hints;
mod reading;
mod refresh;
mod review;
pub mod session;
mod start;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::Duration;
use relink_mastercard::{
    client::RefreshApi,
    model::{CustomerKind, Experience},
};
use url::Url;

pub use erase::DeleteCustomer;
pub(crate) use erase::IN_FLIGHT;
pub use handlers::handle;
pub use hints::{ReturnHint, hint_of_event};
pub use reading::{ReadError, ReadSession, Settle};
pub use refresh::RefreshError;
pub use review::{Kept, RemoveAccounts, ReviewError};
use session::Hint;
pub use start::{Consent, StartError, Started};

use crate::{identity::SignedIn, ids::ConnectSessionId, repair};
use crate::{
    jobs::Jobs,
    random::Random,
    readings::Readings,
    store::{Store, StoreError, accounts::Account, connect_sessions::ConnectSession},
    time::Clock,
    upstream::ConnectUpstream,
};

/// What the operator decides about connecting.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which kind of customer is made; active ones are billable.
    pub customers: CustomerKind,
    /// Where people and Mastercard reach us.
    pub public_url: Url,
    /// Whether links name our webhook. Without it only the return and our own
    /// readings tell how a visit ends; for trials where Mastercard cannot
    /// reach us.
    pub webhook: bool,
    /// Look and behaviour of Data Connect.
    pub experience: Option<Experience>,
    /// Which refresh operation the partner's contract has.
    pub refresh: RefreshApi,
    /// What becomes of accounts that nobody chose about.
    pub unanswered: Unanswered,
}

/// What becomes of accounts whose user left before choosing.
#[derive(Debug, Clone, Copy)]
pub struct Unanswered {
    /// One reminder after this time.
    pub remind_after: Duration,
    /// The decision falls after this time.
    pub decide_after: Duration,
    /// The decision.
    pub decision: Decision,
}

/// Keep or remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The accounts stay connected.
    Keep,
    /// The accounts are deleted at Mastercard.
    Remove,
}

/// A visit, and the accounts it brought.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The visit.
    pub session: ConnectSession,
    /// Its accounts, removed ones too.
    pub accounts: Vec<Account>,
}

/// The use cases of connecting.
#[derive(Clone)]
pub struct Connect {
    store: Store,
    upstream: Arc<dyn ConnectUpstream>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    jobs: Jobs,
    readings: Readings,
    settings: Settings,
}

impl Connect {
    /// `clock` is the domain clock.
    pub fn new(
        store: Store,
        upstream: Arc<dyn ConnectUpstream>,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        jobs: Jobs,
        readings: Readings,
        settings: Settings,
    ) -> Self {
        Self {
            store,
            upstream,
            clock,
            random,
            jobs,
            readings,
            settings,
        }
    }

    /// What the operator has decided.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The person's own visit; `None` for another's, as for none.
    pub async fn visit(
        &self,
        person: &SignedIn,
        id: ConnectSessionId,
    ) -> Result<Option<Visit>, StoreError> {
        let mut unit = self.store.read().await?;
        let Some(mut session) = unit.connect_session(person.user(), id).await? else {
            return Ok(None);
        };
        repair::proven_later(&mut unit, &mut session).await?;
        let accounts = unit.accounts_of_session(id).await?;
        Ok(Some(Visit { session, accounts }))
    }

    /// The browser came back from Data Connect. Whatever it says is a hint, and
    /// only to a visit of the same person.
    pub async fn returned(
        &self,
        person: &SignedIn,
        reference: &str,
        hint: &ReturnHint,
    ) -> Result<Option<ConnectSessionId>, StoreError> {
        let session = self
            .store
            .read()
            .await?
            .connect_session_by_reference(reference)
            .await?;
        let Some(session) = session.filter(|session| session.user == person.user()) else {
            return Ok(None);
        };
        self.learn(session.id, &hint.hints()).await?;
        Ok(Some(session.id))
    }

    /// Adds hints to what is known of a visit, and looks when they say so.
    async fn learn(&self, id: ConnectSessionId, hints: &[Hint]) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let mut session = unit.lock_connect_session(id).await?;
        for hint in hints {
            session.facts.learn(hint, now);
        }
        unit.set_facts(&session).await?;
        self.queue_reading(&mut unit, &session, now).await?;
        unit.save().await
    }
}
