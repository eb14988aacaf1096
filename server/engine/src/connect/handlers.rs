//! The jobs of connecting.

use std::sync::Arc;

use relink_mastercard::{Cause, Error};

use super::{Connect, DeleteCustomer, ReadError, ReadSession, RemoveAccounts, ReviewError, Settle};
use crate::jobs::{Handle, JobError, Outcome, Run, Worker};

/// Has `worker` do all of them.
pub fn handle(worker: Worker, connect: &Connect) -> Worker {
    let connect = Arc::new(connect.clone());
    worker
        .handle::<ReadSession>(connect.clone())
        .handle::<Settle>(connect.clone())
        .handle::<RemoveAccounts>(connect.clone())
        .handle::<DeleteCustomer>(connect)
}

/// When a job is tried again whose call Mastercard will not take for now.
fn upstream(error: Error) -> JobError {
    match error.cause {
        // Nothing changes until an operator acts; the queue should not wait
        // for a dozen attempts within minutes.
        Cause::CredentialsRejected { .. } | Cause::CredentialsBlocked { .. } => {
            JobError::retry_after(chrono::TimeDelta::hours(1), error)
        }
        _ => JobError::retry(error),
    }
}

#[async_trait::async_trait]
impl Handle<ReadSession> for Connect {
    async fn handle(&self, job: ReadSession, _: Run) -> Outcome {
        self.read_session(job.session)
            .await
            .map_err(|error| match error {
                ReadError::Upstream(error) => upstream(error),
                ReadError::Store(error) => error.into(),
            })
    }
}

#[async_trait::async_trait]
impl Handle<Settle> for Connect {
    async fn handle(&self, job: Settle, _: Run) -> Outcome {
        Ok(self.settle(&job).await?)
    }
}

/// When a deletion is tried again.
fn owed(error: ReviewError) -> JobError {
    match error {
        ReviewError::Upstream(error) => upstream(error),
        ReviewError::Store(error) => error.into(),
        ReviewError::NotFound | ReviewError::Unseen => JobError::fail(error),
    }
}

#[async_trait::async_trait]
impl Handle<RemoveAccounts> for Connect {
    async fn handle(&self, job: RemoveAccounts, _: Run) -> Outcome {
        self.remove_accounts(job.connection).await.map_err(owed)
    }
}

#[async_trait::async_trait]
impl Handle<DeleteCustomer> for Connect {
    async fn handle(&self, job: DeleteCustomer, _: Run) -> Outcome {
        self.delete_customer(job.user).await.map_err(owed)
    }
}
