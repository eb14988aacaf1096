//! Connections that somebody takes out of the figures.

use std::sync::Arc;

use crate::{
    audit::{Act, Actor, Audit},
    identity::{Client, Support},
    ids::ConnectionId,
    jobs::{Due, Jobs},
    notify::Consider,
    outages::Look,
    readings::Readings,
    store::{Store, StoreError},
    time::Clock,
};

/// Why a connection does not count, from the mark on: history stays as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It is nobody's: somebody tries something.
    Test,
    /// Somebody said why; its person is told nothing of it either.
    Mute,
}

impl Mark {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Test, Self::Mute];

    /// Its name in the database and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Mute => "mute",
        }
    }

    /// By its name.
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.name() == name)
    }
}

/// Why a mark was not made.
#[derive(Debug, thiserror::Error)]
pub enum MarkError {
    /// There is no such connection.
    #[error("no such connection")]
    NotFound,
    /// Without a reason nobody can lift it later.
    #[error("a mark needs a reason of at most {MOST_REASON} letters")]
    Reason,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

const MOST_REASON: usize = 200;

/// The use case.
#[derive(Clone)]
pub struct Marks {
    store: Store,
    readings: Readings,
    clock: Arc<dyn Clock>,
    jobs: Jobs,
    audit: Audit,
}

impl Marks {
    /// `clock` is the domain clock.
    pub fn new(
        store: Store,
        readings: Readings,
        clock: Arc<dyn Clock>,
        jobs: Jobs,
        audit: Audit,
    ) -> Self {
        Self {
            store,
            readings,
            clock,
            jobs,
            audit,
        }
    }

    /// Takes a connection out of the figures for a reason, or with `None`
    /// takes the mark away.
    pub async fn mark(
        &self,
        by: &Support,
        client: &Client,
        connection: ConnectionId,
        mark: Mark,
        reason: Option<&str>,
    ) -> Result<(), MarkError> {
        let reason = reason.map(str::trim);
        let told = |reason: &str| !reason.is_empty() && reason.chars().count() <= MOST_REASON;
        if !reason.is_none_or(told) {
            return Err(MarkError::Reason);
        }
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let found = unit.connection(connection).await?;
        let found = found.ok_or(MarkError::NotFound)?;
        unit.hold_customer(&found.customer).await?;
        match reason {
            Some(reason) => unit.mark(connection, mark, reason, now).await?,
            None if unit.unmark(connection, mark).await? => {}
            None => return Ok(()),
        }
        self.readings
            .stand_again(&mut unit, &found.customer, now)
            .await?;
        // An outage that took it in counts others now.
        Look::soon(&self.jobs, &mut unit, now).await?;
        // What is told of it changes, too.
        let consider = Consider { user: found.user };
        self.jobs.enqueue(&mut unit, &consider, Due::AtOnce).await?;
        let whom = unit.user(found.user).await?.ok_or(MarkError::NotFound)?;
        let act = match reason {
            Some(reason) => Act::Marked((&whom).into(), connection, mark, reason.to_owned()),
            None => Act::Unmarked((&whom).into(), connection, mark),
        };
        let actor = Actor::person(by.as_ref(), client);
        self.audit.record(&mut unit, &actor, &act).await?;
        Ok(unit.save().await?)
    }
}
