//! The daily copy, as a job.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Institutions, SyncError};
use crate::jobs::{Handle, Job, JobError, Outcome, Run};

/// Copies the directory when the copy is a day old. Idempotent; begun copies
/// go on where they stopped.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RefreshDirectory {}

impl Job for RefreshDirectory {
    const KIND: &'static str = "institutions.refresh";
    const TIME_LIMIT: TimeDelta = TimeDelta::minutes(30);

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}

#[async_trait::async_trait]
impl Handle<RefreshDirectory> for Institutions {
    async fn handle(&self, _: RefreshDirectory, _: Run) -> Outcome {
        let copied = self.refresh().await.map_err(|error| match error {
            SyncError::Store(error) => error.into(),
            error => JobError::retry(error),
        })?;
        if let Some(institutions) = copied {
            tracing::info!(institutions, "the directory was copied");
        }
        Ok(self.prune().await?)
    }
}
