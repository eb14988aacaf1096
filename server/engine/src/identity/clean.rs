//! Forgets what is over: sessions, tokens, invitations, counts of attempts.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Identity;
use crate::jobs::{Handle, Job, Outcome, Run};

/// A count of attempts older than any window, and a token long out of date,
/// says nothing any more.
const KEEP: TimeDelta = TimeDelta::days(7);

/// Forget what is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct CleanUp {}

impl Job for CleanUp {
    const KIND: &'static str = "identity.clean_up";
}

#[async_trait::async_trait]
impl Handle<CleanUp> for Identity {
    async fn handle(&self, _: CleanUp, _: Run) -> Outcome {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let sessions = unit.prune_sign_ins(now).await?;
        let tokens = unit.prune_tokens(now - KEEP).await?;
        let invitations = unit.prune_invitations(now).await?;
        let attempts = unit.prune_attempts(now - KEEP).await?;
        unit.save().await?;
        tracing::debug!(
            sessions,
            tokens,
            invitations,
            attempts,
            "old sign-in rows were forgotten"
        );
        Ok(())
    }
}
