//! The one adapter to the database: SQLite or PostgreSQL, by the URL.
//!
//! A use case takes a unit of work and calls what it needs on it:
//! [`Store::read`] gives a [`Read`] (one consistent view), [`Store::write`] a
//! [`Write`], which can do all that a `Read` can. A `Write` is saved by
//! [`Write::save`]; dropped, it rolls back.
//!
//! One SQL text serves both databases; the macros of `sql` bind and run it.
//! The refused alternatives: sqlx's `Any` driver (no UUID, no immediate
//! transactions) and one adapter a database (the texts drift apart).
//!
//! To add an aggregate: (1) a migration of the same name in
//! `migrations/sqlite` and `migrations/postgres`; (2) a file here with its row
//! struct, its statements as `const`, reading functions in `impl Read` and
//! writing ones in `impl Write`; (3) a test with `db_test!`, which runs on both.

pub mod accounts;
pub(crate) mod attempts;
pub(crate) mod audit;
pub mod backup;
pub mod break_rows;
pub mod breaks;
mod campaign_count;
mod campaign_follow;
pub mod campaign_targets;
pub mod campaigns;
pub mod cases;
pub mod connect_sessions;
pub mod connections;
mod credentials;
pub mod customers;
pub mod deliveries;
pub mod event_log;
pub mod events;
pub(crate) mod factors;
pub mod figures;
mod funnel_figures;
mod funnel_rollups;
pub mod funnels;
pub mod gauges;
pub(crate) mod icons;
pub mod institutions;
pub mod invitations;
pub mod job_list;
pub(crate) mod jobs;
#[cfg(test)]
mod migration_tests;
pub mod missing;
pub mod notices;
mod open;
pub mod outage_counts;
pub mod outage_rows;
pub mod outages;
#[cfg(test)]
mod outages_tests;
pub mod passkeys;
#[cfg(any(test, feature = "testing"))]
mod past;
pub mod people;
pub mod phones;
pub mod places;
#[cfg(test)]
pub(crate) mod plans;
mod preferences;
pub mod recounting;
pub mod rollups;
pub mod rows;
#[cfg(test)]
mod schema_tests;
mod settings;
pub(crate) mod sign_ins;
pub(crate) mod sql;
pub mod standings;
pub mod stories;
pub mod sweeps;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub(crate) mod tokens;
pub(crate) mod users;
mod write_ahead;

pub use open::{Migrated, OpenError, Tables};

use std::sync::Arc;

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use tokio::sync::Notify;

use crate::health::Tally;

/// An open database.
#[derive(Debug, Clone)]
pub struct Store(Pools, Arc<Notify>);

#[derive(Debug, Clone)]
enum Pools {
    /// One connection writes, several read: SQLite has one writer at a time,
    /// and waiting in our own queue is fairer than its busy timeout.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
        /// One that works the log off.
        log: SqlitePool,
    },
    Postgres(PgPool),
}

const STILL: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ";

/// Why the database could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused, or could not be reached.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// A stored value is not what this version writes.
    #[error("bad data in {table}.{column}")]
    BadData {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What is wrong with it.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl StoreError {
    /// Whether a row with the same unique key exists already.
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(error)) if error.is_unique_violation())
    }

    /// For `map_err`: the value of `table.column` cannot be read.
    pub(crate) fn bad<E>(table: &'static str, column: &'static str) -> impl FnOnce(E) -> Self
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        move |source| Self::BadData {
            table,
            column,
            source: source.into(),
        }
    }
}

/// A unit of work that reads.
#[derive(Debug)]
pub struct Read(Tx);

#[derive(Debug)]
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// A unit of work that writes; it must be saved.
#[derive(Debug)]
#[must_use = "dropping a unit of work rolls it back"]
pub struct Write(Read, Wake, Tally);

/// Tells this program's workers, once it is saved, that a unit of work queued
/// a job.
#[derive(Debug)]
struct Wake {
    workers: Arc<Notify>,
    queued: bool,
}

impl Store {
    /// A consistent view of the data.
    pub async fn read(&self) -> Result<Read, StoreError> {
        Ok(Read(match &self.0 {
            Pools::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Pools::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        }))
    }

    /// The data of one instant, however long it is looked at.
    pub(crate) async fn read_still(&self) -> Result<Read, StoreError> {
        Ok(Read(match &self.0 {
            Pools::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Pools::Postgres(pool) => Tx::Postgres(pool.begin_with(STILL).await?),
        }))
    }

    /// A unit of work that sees one instant only, and fails where another
    /// changes what it changes.
    pub(crate) async fn write_still(&self) -> Result<Write, StoreError> {
        match &self.0 {
            Pools::Sqlite { .. } => self.write().await,
            Pools::Postgres(pool) => {
                Ok(self.writing(Read(Tx::Postgres(pool.begin_with(STILL).await?))))
            }
        }
    }

    /// A unit of work. On SQLite it holds the write lock from here on, since a
    /// transaction that upgrades later fails at once instead of waiting. Never
    /// hold one across a call to the outside.
    pub async fn write(&self) -> Result<Write, StoreError> {
        let unit = Read(match &self.0 {
            Pools::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        });
        Ok(self.writing(unit))
    }

    fn writing(&self, unit: Read) -> Write {
        let wake = Wake {
            workers: Arc::clone(&self.1),
            queued: false,
        };
        Write(unit, wake, Tally::default())
    }

    /// Waits until a unit of work of this program has queued a job.
    pub(crate) async fn job_queued(&self) {
        self.1.notified().await;
    }
}

impl Read {
    /// For the macros of [`sql`]; a [`Write`] has it, too.
    pub(crate) fn tx(&mut self) -> &mut Tx {
        &mut self.0
    }
}

impl Write {
    /// What this unit of work changes in the figures: written as it is saved,
    /// so that rows which everybody changes are held for the last moment only.
    pub(crate) fn tally(&mut self) -> &mut Tally {
        &mut self.2
    }

    /// Makes the changes durable.
    pub async fn save(mut self) -> Result<(), StoreError> {
        let tally = std::mem::take(&mut self.2);
        self.keep(&tally).await?;
        match self.0.0 {
            Tx::Sqlite(tx) => tx.commit().await?,
            Tx::Postgres(tx) => tx.commit().await?,
        }
        if self.1.queued {
            self.1.workers.notify_one();
        }
        Ok(())
    }
}

impl std::ops::Deref for Write {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.0
    }
}

impl std::ops::DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Read {
        &mut self.0
    }
}
