//! The directory in use: loaded from the store, swapped when it changed.

use std::sync::Arc;

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use relink_mastercard::InstitutionId;

use super::{Aliases, Entry, Index, Policy, Popularity, Usage};
use crate::store::{Read, Store, StoreError, institutions::WholeCopy};

/// Institutions read from the store at a time: bounds the memory of a load.
const AT_A_TIME: i64 = 2_000;

/// What is searched, and which copy it was made from.
#[derive(Debug)]
pub struct Loaded {
    /// The searchable directory.
    pub index: Index,
    /// The copy it was made from; `None` before the first.
    pub copy: Option<WholeCopy>,
}

impl Loaded {
    /// When the copy in use was whole.
    pub fn copied_at(&self) -> Option<DateTime<Utc>> {
        self.copy.map(|copy| copy.completed_at)
    }
}

/// Keeps the index and makes it anew.
pub(super) struct DirectoryInUse {
    store: Store,
    rules: Arc<Rules>,
    loaded: ArcSwap<Loaded>,
    /// One load at a time.
    loading: tokio::sync::Mutex<()>,
}

struct Rules {
    policy: Policy,
    aliases: Aliases,
    popularity: Popularity,
}

impl DirectoryInUse {
    pub(super) fn new(store: Store, policy: Policy) -> Self {
        let rules = Rules {
            policy,
            aliases: Aliases::shipped(),
            popularity: Popularity::shipped(),
        };
        let index = rules.index(Vec::new(), &Usage::default());
        Self {
            store,
            rules: Arc::new(rules),
            loaded: ArcSwap::from_pointee(Loaded { index, copy: None }),
            loading: tokio::sync::Mutex::default(),
        }
    }

    pub(super) fn policy(&self) -> &Policy {
        &self.rules.policy
    }

    pub(super) fn now(&self) -> Arc<Loaded> {
        self.loaded.load_full()
    }

    /// Loads what the store has. Searches go on with the old index meanwhile.
    pub(super) async fn load(&self) -> Result<(), StoreError> {
        let _one = self.loading.lock().await;
        let mut unit = self.store.read().await?;
        let copy = unit.whole_copy().await?;
        let entries = entries(&mut unit, copy).await?;
        let usage = unit.institution_usage().await?;
        drop(unit);
        let usage: Usage = usage
            .into_iter()
            .map(|(id, chosen)| (id, u64::try_from(chosen).unwrap_or(0)))
            .collect();
        let rules = Arc::clone(&self.rules);
        // Some 100 ms of computing: not on a thread that answers requests.
        let built = tokio::task::spawn_blocking(move || rules.index(entries, &usage)).await;
        match built {
            Ok(index) => self.loaded.store(Arc::new(Loaded { index, copy })),
            Err(error) => tracing::error!(%error, "the index was not built; the old one stays"),
        }
        Ok(())
    }

    /// Loads if another process brought a newer copy into use.
    pub(super) async fn load_if_newer(&self) -> Result<bool, StoreError> {
        let newest = self.store.read().await?.whole_copy().await?;
        let newer = newest.map(|copy| copy.copy) != self.now().copy.map(|copy| copy.copy);
        if newer {
            self.load().await?;
        }
        Ok(newer)
    }
}

impl Rules {
    fn index(&self, entries: Vec<Entry>, usage: &Usage) -> Index {
        Index::build(
            entries,
            &self.aliases,
            &self.popularity,
            usage,
            &self.policy,
        )
    }
}

async fn entries(unit: &mut Read, copy: Option<WholeCopy>) -> Result<Vec<Entry>, StoreError> {
    let mut entries: Vec<Entry> = Vec::new();
    if let Some(copy) = copy {
        let mut after: Option<InstitutionId> = None;
        loop {
            let some = unit.institutions(copy.copy, after, AT_A_TIME).await?;
            let Some(last) = some.last() else { break };
            after = Some(last.id);
            entries.extend(some.iter().map(Entry::from));
        }
    }
    let copied = entries.len();
    for asked in unit.asked_institutions().await? {
        if entries[..copied]
            .binary_search_by_key(&asked.id, |entry| entry.id)
            .is_err()
        {
            entries.push(Entry::from(&asked));
        }
    }
    entries.sort_by_key(|entry| entry.id);
    for (number, id) in unit.routing_numbers().await? {
        if let Ok(at) = entries.binary_search_by_key(&id, |entry| entry.id) {
            entries[at].routing_numbers.push(number);
        }
    }
    Ok(entries)
}
