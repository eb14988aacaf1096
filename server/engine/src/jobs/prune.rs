//! Forgets jobs that are done. Dead ones stay until somebody looks.

use std::sync::Arc;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Handle, Job, Outcome, Run};
use crate::{store::Store, time::Clock};

/// Delete the jobs done long ago.
#[derive(Debug, Serialize, Deserialize)]
pub struct Prune {}

impl Job for Prune {
    const KIND: &'static str = "jobs.prune";
}

/// Handles [`Prune`].
pub struct Pruner {
    /// Whose jobs.
    pub store: Store,
    /// The real clock.
    pub clock: Arc<dyn Clock>,
    /// For how long a done job is kept.
    pub keep: TimeDelta,
}

#[async_trait::async_trait]
impl Handle<Prune> for Pruner {
    async fn handle(&self, _: Prune, _: Run) -> Outcome {
        let mut unit = self.store.write().await?;
        let pruned = unit.prune_jobs(self.clock.now() - self.keep).await?;
        unit.save().await?;
        tracing::debug!(jobs.pruned = pruned, "done jobs were forgotten");
        Ok(())
    }
}
