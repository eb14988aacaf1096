//! Institutions that are about to change how they are connected.

use serde::{Deserialize, Serialize};

use super::Notices;
use crate::{
    connections::moves,
    ids::UserId,
    jobs::{Handle, Job, Outcome, Run},
    store::StoreError,
};

/// How many users are queued in one unit of work.
const AT_ONCE: u16 = 500;

/// Looks for changes to be told of; queued by each whole copy of the directory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FindChanges {}

impl Job for FindChanges {
    const KIND: &'static str = "notify.find_changes";

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}

impl Notices {
    /// Has everybody considered whose institution changes, and who was not told.
    async fn find_changes(&self) -> Result<(), StoreError> {
        let places = self.store.read().await?.connected_institutions().await?;
        for place in places {
            let institution = self.store.read().await?.institution(place).await?;
            if !institution.as_ref().is_some_and(moves) {
                continue;
            }
            let mut after: Option<UserId> = None;
            loop {
                let mut unit = self.store.write().await?;
                let users = unit.untold_of_change(place, after, AT_ONCE).await?;
                for user in &users {
                    self.look_at(&mut unit, *user).await?;
                }
                unit.save().await?;
                after = users.last().copied();
                if users.len() < usize::from(AT_ONCE) {
                    break;
                }
            }
        }
        Ok(())
    }
}

#[async_trait::async_trait]
impl Handle<FindChanges> for Notices {
    async fn handle(&self, _: FindChanges, _: Run) -> Outcome {
        Ok(self.find_changes().await?)
    }
}
