//! SQLite's write-ahead log, worked off beside those who write.
//!
//! Left to itself, SQLite copies the log into the database within the commit that
//! makes it long, and whoever waits for the one writer waits for that, too. While the
//! program runs a connection of its own does it; the writer is held only for the
//! moment in which the log is let begin anew, since it would grow without end while
//! somebody writes all the time (`docs/decisions/0002-store.md`).

use std::time::Duration;

use sqlx::{Sqlite, SqliteConnection, SqlitePool, pool::PoolConnection};
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

use super::{Pools, Store};

/// After so many pages (of 4 KiB) a commit works the log off where nobody else does:
/// in a command.
pub(super) const BY_COMMITS: u32 = 16_384;
/// So long the log is kept from beginning anew by those who still read in it.
pub(super) const FOR_READERS: Duration = Duration::from_millis(10);

const EACH: Duration = Duration::from_millis(500);
/// After a failure, which the next try is likely to share.
const LATER: Duration = Duration::from_mins(1);
/// From so many pages on the log should begin anew.
const LONG: i64 = 1_024;
/// So many pages may be copied while writers wait.
const LITTLE: i64 = 512;
/// What so many pages left behind in the database is on the disk only after a while.
const MUCH: i64 = 16_384;
/// So many looks: systems write of themselves what has waited for half a minute.
/// Writers would wait for it instead.
const SETTLED: u8 = 120;

impl Store {
    /// Works the log of SQLite off until `stop`; PostgreSQL does that itself.
    pub async fn work_off_log(&self, stop: &CancellationToken) {
        if let Pools::Sqlite { write, log, .. } = &self.0 {
            let keeper = Keeper::new(write, log);
            stop.run_until_cancelled(keeper.keep()).await;
        }
    }
}

/// The log as it stands.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
struct Log {
    /// Its pages; -1 where somebody else works it off just now.
    #[sqlx(rename = "log")]
    pages: i64,
    /// Those of them that are in the database, too.
    #[sqlx(rename = "checkpointed")]
    copied: i64,
}

impl Log {
    const LOOK: &str = "PRAGMA wal_checkpoint(NOOP)";
    /// As far as nobody reads what is older. Nobody waits for it.
    const COPY: &str = "PRAGMA wal_checkpoint(PASSIVE)";
    /// All of it, so that the next who writes begins at the front.
    const BEGIN_ANEW: &str = "PRAGMA wal_checkpoint(RESTART)";

    async fn after(what: &'static str, log: &mut SqliteConnection) -> Result<Self, sqlx::Error> {
        sqlx::query_as(what).fetch_one(log).await
    }

    const fn left(self) -> i64 {
        self.pages - self.copied
    }
}

struct Keeper<'a> {
    write: &'a SqlitePool,
    log: &'a SqlitePool,
    /// Whether commits leave the log to it alone.
    handed_over: bool,
    /// So many looks until what was copied is on the disk.
    settling: u8,
}

impl<'a> Keeper<'a> {
    const fn new(write: &'a SqlitePool, log: &'a SqlitePool) -> Self {
        Self {
            write,
            log,
            handed_over: false,
            settling: 0,
        }
    }

    async fn keep(mut self) {
        let mut each = interval(EACH);
        each.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            each.tick().await;
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "the database's log could not be worked off");
                sleep(LATER).await;
            }
        }
    }

    async fn look(&mut self) -> Result<(), sqlx::Error> {
        if !self.handed_over {
            let Some(mut held) = self.hold().await? else {
                return Ok(());
            };
            let options = (*self.write.connect_options()).clone();
            self.write
                .set_connect_options(options.pragma("wal_autocheckpoint", "0"));
            sqlx::query("PRAGMA wal_autocheckpoint = 0")
                .execute(&mut *held)
                .await?;
            self.handed_over = true;
        }
        let mut log = self.log.acquire().await?;
        if Log::after(Log::LOOK, &mut log).await?.left() > MUCH {
            self.settling = SETTLED;
        }
        let copied = Log::after(Log::COPY, &mut log).await?;
        if self.settling > 0 {
            self.settling -= 1;
        } else if copied.pages >= LONG
            && copied.left() == 0
            && let Some(held) = self.hold().await?
        {
            // What came while it waited for the writer.
            if Log::after(Log::LOOK, &mut log).await?.left() <= LITTLE {
                Log::after(Log::BEGIN_ANEW, &mut log).await?;
            }
            drop(held);
        }
        Ok(())
    }

    /// The writer; `None` where somebody has it for very long.
    async fn hold(&self) -> Result<Option<PoolConnection<Sqlite>>, sqlx::Error> {
        match self.write.acquire().await {
            Err(sqlx::Error::PoolTimedOut) => Ok(None),
            held => held.map(Some),
        }
    }
}

#[cfg(test)]
#[path = "write_ahead_tests.rs"]
mod tests;
