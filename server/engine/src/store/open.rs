//! Opening and migrating.

use std::{collections::BTreeSet, str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    migrate::{MigrateError, Migrator},
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Pools, Store, write_ahead};

pub(super) static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
pub(super) static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

const READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;
const WAIT_FOR_A_CONNECTION: Duration = Duration::from_secs(10);
/// How long SQLite waits for another process (a backup, a second `relink`).
const BUSY: Duration = Duration::from_secs(5);

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is of neither database.
    #[error("database_url must begin with `sqlite:` or `postgres:`")]
    UnknownKind,
    /// The database is not there, or refuses us.
    #[error("the database cannot be opened")]
    Unreachable(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("the database cannot be migrated")]
    Migration(#[from] MigrateError),
}

/// What [`Store::migrate`] found and did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migrated {
    /// How many migrations this program knows, all of them applied now.
    pub known: usize,
}

/// How the tables stand to the migrations that this program knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// Whether there are any.
    pub any: bool,
    /// Migrations that were not applied, by number and name.
    pub pending: Vec<String>,
    /// How many were applied that only a later program knows.
    pub later: usize,
}

const ANY_SQLITE: &str = "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
const ANY_POSTGRES: &str =
    "SELECT CAST(to_regclass('_sqlx_migrations') IS NOT NULL AS INTEGER)::BIGINT";
const APPLIED: &str = "SELECT version FROM _sqlx_migrations WHERE success";

impl Store {
    /// Opens the database at `url`; a SQLite file is made if it is missing.
    /// The tables are not touched: see [`Store::migrate`].
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let pool = PgPoolOptions::new()
                .max_connections(POSTGRES_CONNECTIONS)
                .acquire_timeout(WAIT_FOR_A_CONNECTION)
                // To compile a statement takes longer than to run any of ours. Not
                // among what is said as it connects: poolers refuse that.
                .after_connect(|connection, _| {
                    Box::pin(async move {
                        sqlx::query("SET jit = off").execute(connection).await?;
                        Ok(())
                    })
                })
                .connect(url)
                .await?;
            Ok(Self(Pools::Postgres(pool), Arc::default()))
        } else {
            Err(OpenError::UnknownKind)
        }
    }

    async fn open_sqlite(url: &str) -> Result<Self, OpenError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .busy_timeout(BUSY)
            .journal_mode(SqliteJournalMode::Wal)
            // A commit must survive a power cut: a webhook is answered 200
            // only once it is durable.
            .synchronous(SqliteSynchronous::Full)
            .pragma("wal_autocheckpoint", write_ahead::BY_COMMITS.to_string())
            .foreign_keys(true)
            .optimize_on_close(true, None);
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(WAIT_FOR_A_CONNECTION)
        };
        let write = pool(1).connect_with(options.clone()).await?;
        // Who may not write cannot, and who has the log must not beside the writer.
        let options = options.optimize_on_close(false, None);
        let log = pool(1).connect_lazy_with(options.clone().busy_timeout(write_ahead::FOR_READERS));
        let read = pool(READERS).connect_with(options.read_only(true)).await?;
        Ok(Self(Pools::Sqlite { read, write, log }, Arc::default()))
    }

    /// Brings the tables up to date.
    pub async fn migrate(&self) -> Result<Migrated, OpenError> {
        let migrator = match &self.0 {
            Pools::Sqlite { write, .. } => {
                SQLITE.run(write).await?;
                &SQLITE
            }
            Pools::Postgres(pool) => {
                POSTGRES.run(pool).await?;
                &POSTGRES
            }
        };
        Ok(Migrated {
            known: migrator.iter().count(),
        })
    }

    /// How the tables stand; nothing is changed.
    pub async fn tables(&self) -> Result<Tables, OpenError> {
        let (any, applied, migrator): (_, Vec<i64>, _) = match &self.0 {
            Pools::Sqlite { read, .. } => {
                let (any,): (i64,) = sqlx::query_as(ANY_SQLITE).fetch_one(read).await?;
                let applied = match any {
                    0 => Vec::new(),
                    _ => sqlx::query_scalar(APPLIED).fetch_all(read).await?,
                };
                (any, applied, &SQLITE)
            }
            Pools::Postgres(pool) => {
                let (any,): (i64,) = sqlx::query_as(ANY_POSTGRES).fetch_one(pool).await?;
                let applied = match any {
                    0 => Vec::new(),
                    _ => sqlx::query_scalar(APPLIED).fetch_all(pool).await?,
                };
                (any, applied, &POSTGRES)
            }
        };
        let applied: BTreeSet<i64> = applied.into_iter().collect();
        let known: BTreeSet<i64> = migrator.iter().map(|it| it.version).collect();
        let pending = migrator.iter().filter(|it| !applied.contains(&it.version));
        Ok(Tables {
            any: any > 0,
            pending: pending
                .map(|it| format!("{:04} {}", it.version, it.description))
                .collect(),
            later: applied.difference(&known).count(),
        })
    }

    /// Whether the database answers; for readiness.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        match &self.0 {
            Pools::Sqlite { read, .. } => sqlx::query("SELECT 1").execute(read).await.map(|_| ()),
            Pools::Postgres(pool) => sqlx::query("SELECT 1").execute(pool).await.map(|_| ()),
        }
    }

    /// Closes every connection; units of work still open finish first.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { read, write, log } => {
                read.close().await;
                log.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
