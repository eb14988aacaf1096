//! Mastercard's directory for tests.

use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use relink_mastercard::{
    Error, InstitutionId, RoutingNumber,
    model::{Institution, InstitutionPage, InstitutionQuery},
};

use tokio::sync::Notify;

use crate::upstream::InstitutionUpstream;

/// What `start` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StartCounts {
    Pages,
    Records,
    /// It is ignored.
    Nothing,
}

/// A directory with faults on request. It hangs instead of failing: the client
/// alone can make its errors.
pub(crate) struct FakeUpstream {
    pub(crate) list: Mutex<Vec<Institution>>,
    pub(crate) counts: StartCounts,
    /// The page size that is never exceeded, however many are asked for.
    pub(crate) page: usize,
    /// After so many more list calls the list ends before its end.
    pub(crate) cut_after: Mutex<Option<usize>>,
    /// The call, from 1, that is never answered.
    pub(crate) hang_at: AtomicUsize,
    /// Told of that call.
    pub(crate) hangs: Notify,
    /// The `start` of every list call.
    pub(crate) starts: Mutex<Vec<u32>>,
    pub(crate) calls: AtomicUsize,
    pub(crate) routing: Vec<(RoutingNumber, InstitutionId)>,
}

impl FakeUpstream {
    pub(crate) fn new(list: Vec<Institution>, counts: StartCounts) -> Self {
        Self {
            list: Mutex::new(list),
            counts,
            page: 3,
            cut_after: Mutex::new(None),
            hang_at: AtomicUsize::new(0),
            hangs: Notify::new(),
            starts: Mutex::default(),
            calls: AtomicUsize::new(0),
            routing: Vec::new(),
        }
    }

    async fn count(&self) {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        if call == self.hang_at.load(Ordering::SeqCst) {
            self.hangs.notify_one();
            std::future::pending::<()>().await;
        }
        // Whoever asks the same comes by now.
        tokio::task::yield_now().await;
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl InstitutionUpstream for FakeUpstream {
    async fn institutions(&self, query: &InstitutionQuery) -> Result<InstitutionPage, Error> {
        self.count().await;
        self.starts.lock().unwrap().push(query.start);
        let list = self.list.lock().unwrap();
        let term = query.search.to_lowercase();
        let all: Vec<_> = list
            .iter()
            .filter(|i| i.name.to_lowercase().contains(&term))
            .cloned()
            .collect();
        let size = self.page.min(query.limit.into());
        let start = query.start as usize - 1;
        let from = match self.counts {
            StartCounts::Pages => start * size,
            StartCounts::Records => start,
            StartCounts::Nothing => 0,
        };
        let institutions: Vec<_> = all.iter().skip(from).take(size).cloned().collect();
        let mut cut = self.cut_after.lock().unwrap();
        let ends = match &mut *cut {
            Some(0) => true,
            Some(left) => {
                *left -= 1;
                false
            }
            None => false,
        };
        Ok(InstitutionPage {
            found: all.len() as u64,
            displaying: institutions.len() as u64,
            more_available: !ends && from + institutions.len() < all.len(),
            created_date: None,
            institutions,
        })
    }

    async fn institution(&self, id: InstitutionId) -> Result<Option<Institution>, Error> {
        self.count().await;
        Ok(self
            .list
            .lock()
            .unwrap()
            .iter()
            .find(|i| i.id == id)
            .cloned())
    }

    async fn institutions_by_routing_number(
        &self,
        number: &RoutingNumber,
    ) -> Result<Vec<Institution>, Error> {
        self.count().await;
        let ids: Vec<_> = self
            .routing
            .iter()
            .filter(|(known, _)| known == number)
            .map(|(_, id)| *id)
            .collect();
        Ok(self
            .list
            .lock()
            .unwrap()
            .iter()
            .filter(|i| ids.contains(&i.id))
            .cloned()
            .collect())
    }
}
