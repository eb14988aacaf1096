//! Asking Mastercard for one term, once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use relink_mastercard::{
    InstitutionId, RoutingNumber,
    model::{Institution, InstitutionQuery},
};
use tokio::sync::{Mutex as AsyncMutex, Semaphore};

use super::Query;
use crate::{store::StoreError, upstream::InstitutionUpstream};

/// Institutions asked for.
const WANTED: u16 = 25;
/// Shorter terms are not asked: they fit too much, and every one is on the way
/// to a longer one.
const SHORTEST: usize = 3;
/// Questions at one time, over all users.
const AT_ONCE: usize = 4;
/// How long a person waits for the answer.
const PATIENCE: Duration = Duration::from_secs(4);
/// Terms remembered.
const MOST_TERMS: usize = 2_000;
/// How long an answer is not asked for again.
const ANSWER_HOLDS: TimeDelta = TimeDelta::hours(1);
/// How long a failure is not tried again.
const FAILURE_HOLDS: TimeDelta = TimeDelta::minutes(1);

/// Whether and with what success Mastercard was asked during a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// There was no need, or the term is too short.
    No,
    /// It was asked, now or lately.
    Yes,
    /// It was asked and did not answer in time, or too many ask at once.
    Unanswered,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Question {
    Name(String),
    Routing(RoutingNumber),
}

impl Question {
    /// `None` for what is not worth a question.
    pub(super) fn of(query: &Query) -> Option<Self> {
        if let Some(number) = query.routing_number() {
            return RoutingNumber::parse(&format!("{number:09}"))
                .ok()
                .map(Self::Routing);
        }
        let name = query.name();
        (name.chars().count() >= SHORTEST).then_some(Self::Name(name))
    }
}

#[derive(Clone)]
enum Memory {
    Answer(Vec<InstitutionId>),
    Failure,
}

/// What is remembered of a question, and until when.
type Remembered = Option<(Memory, DateTime<Utc>)>;

/// Questions and what is remembered of them. One question at a time is under
/// way for a term; who asks the same meanwhile waits for its answer.
pub(super) struct Asks {
    terms: Mutex<HashMap<Question, Arc<AsyncMutex<Remembered>>>>,
    permits: Semaphore,
}

impl Default for Asks {
    fn default() -> Self {
        Self {
            terms: Mutex::default(),
            permits: Semaphore::new(AT_ONCE),
        }
    }
}

impl Asks {
    /// The ids of the answer; `None` when there is none. An answer is kept by
    /// `keep` before anybody else who asks the same hears of it. `now` is of
    /// the real clock.
    pub(super) async fn ask<K>(
        &self,
        question: &Question,
        upstream: &dyn InstitutionUpstream,
        now: DateTime<Utc>,
        keep: impl FnOnce(Vec<Institution>) -> K,
    ) -> Result<Option<Vec<InstitutionId>>, StoreError>
    where
        K: Future<Output = Result<(), StoreError>>,
    {
        let Some(term) = self.term(question, now) else {
            return Ok(None);
        };
        let mut remembered = term.lock().await;
        if let Some((memory, until)) = &*remembered
            && now < *until
        {
            return Ok(match memory {
                Memory::Answer(ids) => Some(ids.clone()),
                Memory::Failure => None,
            });
        }
        // Holds also when the caller goes away in the middle of the call.
        *remembered = Some((Memory::Failure, now + FAILURE_HOLDS));
        let Some(found) = self.put(question, upstream).await else {
            return Ok(None);
        };
        let ids: Vec<_> = found.iter().map(|institution| institution.id).collect();
        keep(found).await?;
        *remembered = Some((Memory::Answer(ids.clone()), now + ANSWER_HOLDS));
        Ok(Some(ids))
    }

    async fn put(
        &self,
        question: &Question,
        upstream: &dyn InstitutionUpstream,
    ) -> Option<Vec<Institution>> {
        let answer = tokio::time::timeout(PATIENCE, async {
            let _permit = self.permits.acquire().await.ok()?;
            Some(put(question, upstream).await)
        });
        match answer.await {
            Ok(Some(Ok(found))) => Some(found),
            Ok(Some(Err(error))) => {
                tracing::warn!(%error, "Mastercard was asked for an institution in vain");
                None
            }
            Ok(None) | Err(_) => None,
        }
    }

    fn term(&self, question: &Question, now: DateTime<Utc>) -> Option<Arc<AsyncMutex<Remembered>>> {
        let mut terms = self.terms.lock().unwrap_or_else(PoisonError::into_inner);
        if terms.len() >= MOST_TERMS && !terms.contains_key(question) {
            terms.retain(|_, term| match term.try_lock() {
                Ok(remembered) => remembered.as_ref().is_some_and(|(_, until)| now < *until),
                Err(_) => true,
            });
            if terms.len() >= MOST_TERMS {
                return None;
            }
        }
        Some(Arc::clone(terms.entry(question.clone()).or_default()))
    }
}

async fn put(
    question: &Question,
    upstream: &dyn InstitutionUpstream,
) -> Result<Vec<Institution>, relink_mastercard::Error> {
    match question {
        Question::Routing(number) => upstream.institutions_by_routing_number(number).await,
        Question::Name(name) => {
            let query = InstitutionQuery {
                search: name.clone(),
                limit: WANTED,
                ..InstitutionQuery::default()
            };
            Ok(upstream.institutions(&query).await?.institutions)
        }
    }
}
