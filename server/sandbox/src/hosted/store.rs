//! The visits that are open or over.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use serde::Serialize;

use crate::state::{CustomerId, InstitutionId};
use crate::text::hex;

use super::visit::Visit;

/// A visit this long without a sign of life is forgotten when another opens.
const FORGOTTEN_AFTER: Duration = Duration::hours(24);

/// An unguessable name of a visit: whoever has it is the visitor.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct VisitId(String);

impl VisitId {
    pub(super) fn of(bytes: [u8; 16]) -> Self {
        Self(hex(&bytes))
    }

    /// Any text may come in a path; it names a visit or none.
    pub(super) fn from_path(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for VisitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One visit, shared by the requests that belong to it.
#[derive(Clone)]
pub(super) struct Entry(Arc<Mutex<Visit>>);

impl Entry {
    pub(super) fn lock(&self) -> MutexGuard<'_, Visit> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All visits of a sandbox, in memory as everything of it.
#[derive(Default)]
pub struct Visits(Mutex<HashMap<VisitId, Entry>>);

/// What the control page shows of a visit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VisitSummary {
    /// Its name in `/connect/{id}`.
    pub id: VisitId,
    /// Whose.
    pub customer: CustomerId,
    /// Where.
    pub institution: InstitutionId,
    /// The institution's name.
    pub institution_name: String,
    /// `lite` or `fix`.
    pub flow: &'static str,
    /// Where it stands.
    pub step: &'static str,
    /// When the link was opened.
    pub opened: DateTime<Utc>,
    /// Last sign of the person.
    pub seen: DateTime<Utc>,
    /// The reason it ended with.
    pub end: Option<&'static str>,
}

impl Visits {
    fn lock(&self) -> MutexGuard<'_, HashMap<VisitId, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn insert(&self, id: VisitId, visit: Visit, now: DateTime<Utc>) {
        let mut visits = self.lock();
        visits.retain(|_, entry| now - entry.lock().seen < FORGOTTEN_AFTER);
        visits.insert(id, Entry(Arc::new(Mutex::new(visit))));
    }

    pub(super) fn get(&self, id: &VisitId) -> Option<Entry> {
        self.lock().get(id).cloned()
    }

    /// All visits, the latest first.
    pub fn list(&self) -> Vec<VisitSummary> {
        // One lock at a time: a visit's holder may be about to ask for the map.
        let entries: Vec<_> = self
            .lock()
            .iter()
            .map(|(id, entry)| (id.clone(), entry.clone()))
            .collect();
        let mut list: Vec<_> = entries
            .into_iter()
            .map(|(id, entry)| summary(id, &entry.lock()))
            .collect();
        list.sort_by_key(|visit| std::cmp::Reverse(visit.opened));
        list
    }
}

fn summary(id: VisitId, visit: &Visit) -> VisitSummary {
    VisitSummary {
        id,
        customer: visit.link.customer,
        institution: visit.institution.id,
        institution_name: visit.institution.name.clone(),
        flow: if visit.login.is_some() { "fix" } else { "lite" },
        step: visit.step.name(),
        opened: visit.opened,
        seen: visit.seen,
        end: visit.step.end().map(super::end::End::reason),
    }
}
