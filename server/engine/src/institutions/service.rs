//! The capability: search, confirm, count.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use relink_mastercard::{InstitutionId, model::Institution};

use super::{
    Asked, Availability, DirectorySync, Entry, Found, Hit, Listing, Match, Policy, Query,
    SyncError, Term,
    ask::{Asks, Question},
    directory::{DirectoryInUse, Loaded},
    searches::Searches,
};
use crate::{
    identity::Viewer,
    jobs::Jobs,
    store::{
        Store, StoreError,
        missing::{Missed, Missing},
    },
    time::Clocks,
    upstream::InstitutionUpstream,
};

/// A picture not fetched anew for so long is of an institution that nobody
/// looks at, or that has another one now.
const PICTURES_KEPT: TimeDelta = TimeDelta::days(60);
/// How long it is kept what was looked for in vain.
const MISSING_KEPT: TimeDelta = TimeDelta::days(90);

/// Settings of one installation.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Which institutions are shown and can be chosen.
    pub policy: Policy,
    /// Hosts or names offered before typing, in this order; empty: what our
    /// users choose most, then the shipped list.
    pub popular: Vec<String>,
}

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
pub enum InstitutionsError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Mastercard was needed and did not answer.
    #[error("Mastercard did not tell of the institution")]
    Upstream(#[from] relink_mastercard::Error),
}

/// An answer to a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchResult {
    /// The best, best first.
    pub hits: Vec<Hit>,
    /// How many fit in all.
    pub total: usize,
    /// Whether Mastercard was asked.
    pub asked: Asked,
    /// When the copy of the directory was whole; `None` before the first.
    pub copied_at: Option<DateTime<Utc>>,
}

impl SearchResult {
    /// Nothing fits all that was typed, as far as we know.
    pub fn is_poor(&self) -> bool {
        self.copied_at.is_none() || poor(&self.hits)
    }
}

fn poor(hits: &[Hit]) -> bool {
    hits.iter().all(|hit| hit.matched == Match::Partly)
}

/// How new a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Read from Mastercard for this answer.
    Now,
    /// From the store, because Mastercard did not answer.
    Stored,
}

/// What the confirm page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmPage {
    /// The institution.
    pub institution: Institution,
    /// Whether it can be chosen.
    pub availability: Availability,
    /// The twin that was asked for, when this one is shown in its place.
    pub instead_of: Option<InstitutionId>,
    /// How new it is.
    pub freshness: Freshness,
}

/// Finding the institution.
pub struct Institutions {
    pub(super) store: Store,
    upstream: Arc<dyn InstitutionUpstream>,
    clocks: Clocks,
    jobs: Jobs,
    popular: Vec<String>,
    directory: DirectoryInUse,
    asks: Asks,
    pub(super) searches: Searches,
}

impl Institutions {
    /// Knows nothing before [`Institutions::load`].
    pub fn new(
        store: Store,
        upstream: Arc<dyn InstitutionUpstream>,
        clocks: Clocks,
        jobs: Jobs,
        settings: Settings,
    ) -> Self {
        Self {
            directory: DirectoryInUse::new(store.clone(), settings.policy),
            popular: settings.popular,
            asks: Asks::default(),
            searches: Searches::default(),
            store,
            upstream,
            clocks,
            jobs,
        }
    }

    /// Loads the index from the store: at the start, and now and then, so that
    /// what our users choose counts.
    pub async fn load(&self) -> Result<(), StoreError> {
        self.directory.load().await
    }

    /// Loads the index if another process brought a newer copy into use.
    pub async fn load_if_newer(&self) -> Result<bool, StoreError> {
        self.directory.load_if_newer().await
    }

    /// The copier of the directory, for stepping by hand.
    pub fn sync(&self) -> DirectorySync {
        DirectorySync::new(
            self.store.clone(),
            Arc::clone(&self.upstream),
            Arc::clone(&self.clocks.domain),
            self.jobs.clone(),
        )
    }

    /// Copies the directory if the copy is a day old, and loads it; gives how
    /// many institutions there are, `None` if it was not due.
    pub async fn refresh(&self) -> Result<Option<i64>, SyncError> {
        let sync = self.sync();
        if !sync.is_due().await? {
            self.load_if_newer().await?;
            return Ok(None);
        }
        let institutions = sync.run().await?;
        self.load().await?;
        Ok(Some(institutions))
    }

    /// The directory in use.
    pub fn loaded(&self) -> Arc<Loaded> {
        self.directory.now()
    }

    /// Searches the directory and nothing else: for a term that is still being
    /// typed. What is on the way to a longer one is neither asked nor counted.
    pub fn look_up(&self, text: &str, limit: usize) -> SearchResult {
        let loaded = self.loaded();
        let found = loaded.index.find(&Query::parse(text), limit);
        SearchResult {
            hits: found.hits,
            total: found.total,
            asked: Asked::No,
            copied_at: loaded.copied_at(),
        }
    }

    /// Searches. Before the first whole copy, and when nothing is found,
    /// Mastercard is asked once; what is found nowhere is counted.
    pub async fn search(&self, text: &str, limit: usize) -> Result<SearchResult, StoreError> {
        let query = Query::parse(text);
        let loaded = self.loaded();
        let mut found = loaded.index.find(&query, limit);
        let mut asked = Asked::No;
        if (poor(&found.hits) || loaded.copy.is_none())
            && let Some(question) = Question::of(&query)
        {
            let keep = |answer| self.keep(&question, answer);
            let now = self.clocks.real.now();
            let ids = self.asks.ask(&question, &*self.upstream, now, keep).await?;
            asked = if ids.is_some() {
                Asked::Yes
            } else {
                Asked::Unanswered
            };
            found = self.find_again(&ids.unwrap_or_default(), &query, limit);
        }
        if let Some(term) = Term::parse(text) {
            self.searches.add(self.clocks.domain.now());
            // A figure costs nobody their answer.
            if found.hits.is_empty()
                && let Err(error) = self.count_missing(&term, Missing::Search).await
            {
                tracing::warn!(%error, "a search in vain was not counted");
            }
        }
        Ok(SearchResult {
            hits: found.hits,
            total: found.total,
            asked,
            copied_at: self.loaded().copied_at(),
        })
    }

    /// Searches once more, now that Mastercard's answer is kept.
    fn find_again(&self, ids: &[InstitutionId], query: &Query, limit: usize) -> Found {
        let loaded = self.loaded();
        let mut found = loaded.index.find(query, limit);
        if poor(&found.hits) && !ids.is_empty() {
            // Mastercard sees a likeness that we do not.
            let mut hits: Vec<Hit> = Vec::new();
            for listing in ids.iter().filter_map(|id| loaded.index.listing(*id)) {
                if !hits.iter().any(|hit| hit.listing.id == listing.id) {
                    hits.push(Hit {
                        listing: listing.clone(),
                        matched: Match::Fuzzy,
                    });
                }
            }
            if !hits.is_empty() {
                hits.sort_by_key(|hit| !hit.listing.availability.is_open());
                found.total = hits.len();
                hits.truncate(limit);
                found.hits = hits;
            }
        }
        found
    }

    /// Keeps what the directory does not have, and routing numbers.
    async fn keep(&self, question: &Question, answer: Vec<Institution>) -> Result<(), StoreError> {
        let now = self.clocks.domain.now();
        let ids: Vec<_> = answer.iter().map(|institution| institution.id).collect();
        let mut unit = self.store.write().await?;
        let mut new = Vec::new();
        for institution in answer {
            if unit.institution(institution.id).await?.is_none() {
                new.push(institution);
            }
        }
        unit.add_asked_institutions(&new, now).await?;
        let routing = match question {
            Question::Routing(number) => number.as_str().parse().ok(),
            Question::Name(_) => None,
        };
        if let Some(number) = routing {
            unit.add_routing_number(number, &ids).await?;
        }
        unit.save().await?;
        // Building the index takes a core for a moment, so a routing number
        // waits for the next one: until then the answer itself is remembered.
        if !new.is_empty() {
            self.load().await?;
        }
        Ok(())
    }

    /// What to offer before anything is typed; at most [`super::MOST_TILES`].
    pub fn popular(&self) -> Vec<Listing> {
        self.loaded()
            .index
            .popular(&self.popular)
            .into_iter()
            .cloned()
            .collect()
    }

    /// Reads the institution anew for the confirm page; a twin that is shown in
    /// its place stands for it. `None`: there is none of this id, or it is not
    /// shown here.
    pub async fn confirm(
        &self,
        id: InstitutionId,
    ) -> Result<Option<ConfirmPage>, InstitutionsError> {
        let shown = self
            .loaded()
            .index
            .listing(id)
            .map_or(id, |listing| listing.id);
        let (institution, freshness) = match self.upstream.institution(shown).await {
            Ok(read) => (read, Freshness::Now),
            Err(error) => {
                let stored = self.store.read().await?.institution(shown).await?;
                if stored.is_none() {
                    return Err(error.into());
                }
                tracing::warn!(%error, "the confirm page shows the stored institution");
                (stored, Freshness::Stored)
            }
        };
        Ok(institution.and_then(|institution| {
            let entry = Entry::from(&institution);
            let policy = self.directory.policy();
            let availability = policy.availability(&entry);
            let instead_of = (shown != id).then_some(id);
            policy.shows(&entry).then_some(ConfirmPage {
                institution,
                availability,
                instead_of,
                freshness,
            })
        }))
    }

    /// Counts that somebody chose this institution; who is not kept. Counts in
    /// searches from the next [`Institutions::load`] on.
    pub async fn record_choice(&self, id: InstitutionId) -> Result<(), StoreError> {
        let mut unit = self.store.write().await?;
        unit.count_choice(id).await?;
        unit.save().await
    }

    /// Counts that somebody misses this institution; who is not kept.
    pub async fn report_missing(&self, term: &Term) -> Result<(), StoreError> {
        self.count_missing(term, Missing::Report).await
    }

    async fn count_missing(&self, term: &Term, how: Missing) -> Result<(), StoreError> {
        let today = self.clocks.domain.now().date_naive();
        let mut unit = self.store.write().await?;
        unit.count_missing(today, term.as_str(), how).await?;
        unit.save().await
    }

    /// What was looked for in vain in the days that are kept, what most missed in
    /// this way first.
    pub async fn missed(
        &self,
        _: &Viewer,
        how: Missing,
        limit: u16,
    ) -> Result<Vec<Missed>, StoreError> {
        self.store
            .read()
            .await?
            .missed_institutions(how, limit.into())
            .await
    }

    /// Forgets what was looked for in vain more than ninety days ago, and pictures
    /// that nobody asks for.
    pub async fn prune(&self) -> Result<(), StoreError> {
        let before = (self.clocks.domain.now() - MISSING_KEPT).date_naive();
        let mut unit = self.store.write().await?;
        unit.prune_missing(before).await?;
        unit.prune_icons(self.clocks.real.now() - PICTURES_KEPT)
            .await?;
        unit.save().await
    }
}

#[cfg(test)]
#[path = "service_tests.rs"]
mod tests;
