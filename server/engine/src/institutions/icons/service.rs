//! Fetching a picture once and keeping it.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use relink_mastercard::{InstitutionId, model::Branding};
use tokio::sync::{Mutex as AsyncMutex, Semaphore};
use url::Origin;

use super::{IconUrl, Media, letter_svg};
use crate::{
    store::{Store, StoreError, icons::StoredIcon},
    time::Clock,
};

/// Largest picture, in bytes.
pub const MOST_BYTES: usize = 256 * 1024;
/// How long a picture is served before it is fetched anew.
const KEPT: TimeDelta = TimeDelta::days(7);
/// How long a picture that was not to be had, or a dead host, is left alone.
const LEFT_ALONE: TimeDelta = TimeDelta::days(1);
/// Requests at one time to a host that has answered before. To one that has
/// not, one: a dead host costs one request however many pictures it has.
const AT_ONCE: usize = 6;

/// Locks that keep two requests from fetching one address.
const STRIPES: usize = 16;

/// Which picture of an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Picture {
    /// For search results, drawn for 40 × 40.
    Icon,
    /// For popular institutions, drawn for 160 × 72.
    Tile,
    /// For light backgrounds, drawn for 375 × 72.
    Logo,
    /// For coloured backgrounds, drawn for 375 × 72.
    LogoOnColour,
}

impl Picture {
    fn of(self, branding: &Branding) -> Option<&str> {
        let url = match self {
            Self::Icon => &branding.icon,
            Self::Tile => &branding.tile,
            Self::Logo => &branding.logo,
            Self::LogoOnColour => &branding.alternate_logo,
        };
        url.as_deref()
    }
}

/// What a fetch brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// A picture, or what the host calls one.
    Bytes(Vec<u8>),
    /// No picture: an error below 500, a redirect, more than [`MOST_BYTES`].
    Refused,
    /// The host is dead: no address that may be asked, no connection, no answer
    /// in time, or an error from 500 on.
    Dead,
}

/// Fetches a picture. It follows no redirect, reads at most [`MOST_BYTES`], and
/// connects only to addresses that [`IconUrl::rule`] admits: it resolves the
/// host itself and pins what it checked.
#[async_trait::async_trait]
pub trait IconFetcher: Send + Sync {
    /// One request.
    async fn fetch(&self, url: &IconUrl) -> Fetched;
}

/// A picture to be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Its kind.
    pub media: Media,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it is the drawn letter: to be cached for a day only.
    pub drawn: bool,
}

/// Serves pictures of institutions.
pub struct IconService {
    store: Store,
    fetcher: Arc<dyn IconFetcher>,
    clock: Arc<dyn Clock>,
    sandbox: Option<Origin>,
    hosts: Mutex<HashMap<String, Arc<Gate>>>,
    /// One fetch at a time for an address; addresses share a few locks.
    same_url: [AsyncMutex<()>; STRIPES],
}

/// The way to one host.
struct Gate {
    permits: Semaphore,
    answered: AtomicBool,
}

impl Gate {
    fn open(&self) {
        if !self.answered.swap(true, Ordering::Relaxed) {
            self.permits.add_permits(AT_ONCE - 1);
        }
    }
}

impl IconService {
    /// `clock` is the real one; `sandbox` is the sandbox's origin, in its
    /// environment only.
    pub fn new(
        store: Store,
        fetcher: Arc<dyn IconFetcher>,
        clock: Arc<dyn Clock>,
        sandbox: Option<Origin>,
    ) -> Self {
        Self {
            store,
            fetcher,
            clock,
            sandbox,
            hosts: Mutex::default(),
            same_url: Default::default(),
        }
    }

    /// The picture of this institution, else its letter; `None` for an
    /// institution that is not known.
    pub async fn picture(
        &self,
        id: InstitutionId,
        picture: Picture,
    ) -> Result<Option<Served>, StoreError> {
        let Some(institution) = self.store.read().await?.institution(id).await? else {
            return Ok(None);
        };
        let url = institution
            .branding
            .as_ref()
            .and_then(|branding| picture.of(branding));
        let url = url.and_then(|url| IconUrl::parse(url, self.sandbox.as_ref()));
        let found = match url {
            Some(url) => self.kept_or_fetched(&url).await?,
            None => None,
        };
        Ok(Some(found.unwrap_or_else(|| Served {
            media: Media::Svg,
            bytes: letter_svg(institution.shown_name()).into_bytes(),
            drawn: true,
        })))
    }

    async fn kept_or_fetched(&self, url: &IconUrl) -> Result<Option<Served>, StoreError> {
        if let Known::Settled(served) = self.kept(url).await? {
            return Ok(served);
        }
        let _one = self.same_url[stripe(url)].lock().await;
        let gate = self.gate(&url.host());
        let Ok(_permit) = gate.permits.acquire().await else {
            return Ok(None);
        };
        // Another request may have settled it meanwhile.
        let old = match self.kept(url).await? {
            Known::Settled(served) => return Ok(served),
            Known::Open(old) => old,
        };
        let fetched = self.fetcher.fetch(url).await;
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        if fetched == Fetched::Dead {
            unit.bury_icon_host(&url.host(), now).await?;
            unit.save().await?;
            return Ok(old);
        }
        let served = match fetched {
            Fetched::Bytes(bytes) if bytes.len() <= MOST_BYTES => {
                Media::sniff(&bytes).map(|media| Served {
                    media,
                    bytes,
                    drawn: false,
                })
            }
            Fetched::Bytes(_) | Fetched::Refused | Fetched::Dead => None,
        };
        match &served {
            Some(new) => {
                let media = new.media.content_type();
                unit.keep_icon(url.url().as_str(), media, &new.bytes, now)
                    .await?;
            }
            None => unit.miss_icon(url.url().as_str(), now).await?,
        }
        unit.save().await?;
        // Only now: who waits at the gate must see what was stored.
        gate.open();
        Ok(served.or(old))
    }

    async fn kept(&self, url: &IconUrl) -> Result<Known, StoreError> {
        let now = self.clock.now();
        let mut unit = self.store.read().await?;
        let stored = unit.icon(url.url().as_str()).await?;
        let age = stored.as_ref().map(|stored| now - stored.fetched_at);
        let served = stored.and_then(served);
        let holds = if served.is_some() { KEPT } else { LEFT_ALONE };
        if age.is_some_and(|age| age < holds) {
            return Ok(Known::Settled(served));
        }
        let dead = unit.icon_host_dead_since(&url.host()).await?;
        Ok(if dead.is_some_and(|since| is_left_alone(since, now)) {
            Known::Settled(served)
        } else {
            Known::Open(served)
        })
    }

    fn gate(&self, host: &str) -> Arc<Gate> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let closed = || {
            Arc::new(Gate {
                permits: Semaphore::new(1),
                answered: AtomicBool::new(false),
            })
        };
        Arc::clone(hosts.entry(host.to_owned()).or_insert_with(closed))
    }
}

fn stripe(url: &IconUrl) -> usize {
    let mut hasher = DefaultHasher::new();
    url.url().as_str().hash(&mut hasher);
    usize::try_from(hasher.finish() % STRIPES as u64).unwrap_or(0)
}

/// What the store knows of a picture.
enum Known {
    /// Nothing is to be fetched now.
    Settled(Option<Served>),
    /// It is to be fetched; this one, if any, is too old.
    Open(Option<Served>),
}

fn served(stored: StoredIcon) -> Option<Served> {
    let media = Media::parse(&stored.media?)?;
    Some(Served {
        media,
        bytes: stored.bytes?,
        drawn: false,
    })
}

fn is_left_alone(since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - since < LEFT_ALONE
}

#[cfg(test)]
#[path = "service_tests.rs"]
mod tests;
