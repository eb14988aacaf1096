//! The one place that spawns: everything that runs beside a request is
//! tracked, told to stop, and waited for.

use std::{future::Future, time::Duration};

use tokio::task::JoinHandle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::Instrument;

/// The running tasks of one program. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    tracker: TaskTracker,
    /// "Finish what you have begun."
    stop: CancellationToken,
    /// "Now": tasks are dropped where they stand.
    abandon: CancellationToken,
}

/// How a stop went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Every task ended by itself.
    Clean,
    /// So many were dropped at the time limit. Their jobs' leases run out, and
    /// another worker takes them.
    Abandoned(usize),
}

impl Tasks {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs `future` beside its caller; `None` comes back when it was dropped
    /// at a stop's time limit.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that spawns"
    )]
    pub fn spawn<F>(&self, name: &'static str, future: F) -> JoinHandle<Option<F::Output>>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let abandon = self.abandon.clone();
        let future = async move { abandon.run_until_cancelled(future).await };
        let span = tracing::info_span!("task", task.name = name);
        tokio::spawn(self.tracker.track_future(future).instrument(span))
    }

    /// Cancelled when the program should stop: loops look at it.
    pub fn stop_signal(&self) -> &CancellationToken {
        &self.stop
    }

    /// Asks every task to stop, waits for them at most `limit`, and drops the
    /// rest.
    pub async fn stop(&self, limit: Duration) -> Stopped {
        self.stop.cancel();
        self.tracker.close();
        if tokio::time::timeout(limit, self.tracker.wait())
            .await
            .is_ok()
        {
            return Stopped::Clean;
        }
        let left = self.tracker.len();
        self.abandon.cancel();
        self.tracker.wait().await;
        Stopped::Abandoned(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_stop_waits_for_what_ends_and_drops_what_does_not() {
        let tasks = Tasks::new();
        let stop = tasks.stop_signal().clone();
        let good = tasks.spawn("good", async move { stop.cancelled().await });
        let stuck = tasks.spawn("stuck", std::future::pending::<()>());
        assert_eq!(
            tasks.stop(Duration::from_millis(50)).await,
            Stopped::Abandoned(1)
        );
        assert_eq!(
            (good.await.unwrap(), stuck.await.unwrap()),
            (Some(()), None)
        );
    }

    #[tokio::test]
    async fn nothing_left_is_a_clean_stop() {
        let tasks = Tasks::new();
        tasks.spawn("short", async {}).await.unwrap();
        assert_eq!(tasks.stop(Duration::from_secs(5)).await, Stopped::Clean);
    }
}
