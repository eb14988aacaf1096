//! Pictures of institutions, as fetched.

use chrono::{DateTime, Utc};

use super::{
    Read, StoreError, Write,
    sql::{maybe, run},
};

/// A picture's row.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct StoredIcon {
    pub(crate) fetched_at: DateTime<Utc>,
    pub(crate) media: Option<String>,
    pub(crate) bytes: Option<Vec<u8>>,
}

const ICON: &str = "SELECT fetched_at, media, bytes FROM icons WHERE url = $1";
const KEEP: &str = "
    INSERT INTO icons (url, fetched_at, media, bytes) VALUES ($1, $2, $3, $4)
    ON CONFLICT (url) DO UPDATE SET
        fetched_at = excluded.fetched_at, media = excluded.media, bytes = excluded.bytes";
/// A picture that is there already outlives a failure to fetch it anew.
const MISS: &str = "
    INSERT INTO icons (url, fetched_at) VALUES ($1, $2)
    ON CONFLICT (url) DO UPDATE SET fetched_at = excluded.fetched_at";
const DEAD: &str = "SELECT dead_since FROM dead_icon_hosts WHERE host = $1";
const BURY: &str = "
    INSERT INTO dead_icon_hosts (host, dead_since) VALUES ($1, $2)
    ON CONFLICT (host) DO UPDATE SET dead_since = excluded.dead_since";
const PRUNE: &str = "DELETE FROM icons WHERE fetched_at < $1";
const PRUNE_HOSTS: &str = "DELETE FROM dead_icon_hosts WHERE dead_since < $1";

impl Read {
    pub(crate) async fn icon(&mut self, url: &str) -> Result<Option<StoredIcon>, StoreError> {
        Ok(maybe!(self, StoredIcon, ICON, url)?)
    }

    pub(crate) async fn icon_host_dead_since(
        &mut self,
        host: &str,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(maybe!(self, (DateTime<Utc>,), DEAD, host)?.map(|(since,)| since))
    }
}

impl Write {
    pub(crate) async fn keep_icon(
        &mut self,
        url: &str,
        media: &str,
        bytes: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, KEEP, url, now, media, bytes)?;
        Ok(())
    }

    pub(crate) async fn miss_icon(
        &mut self,
        url: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, MISS, url, now)?;
        Ok(())
    }

    pub(crate) async fn bury_icon_host(
        &mut self,
        host: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        run!(self, BURY, host, now)?;
        Ok(())
    }

    /// Forgets pictures not fetched anew since `before`, and hosts dead since
    /// before it.
    pub(crate) async fn prune_icons(&mut self, before: DateTime<Utc>) -> Result<(), StoreError> {
        run!(self, PRUNE_HOSTS, before)?;
        run!(self, PRUNE, before)?;
        Ok(())
    }
}
