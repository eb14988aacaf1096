//! When figures are entered and recounted.

use std::sync::Arc;

use chrono::NaiveTime;
use relink_engine::{
    health::{Checks, Enter, Recount},
    jobs::{Schedule, Worker},
};

/// Before the day's sweep, when little moves.
const RECOUNTED_AT: NaiveTime = NaiveTime::MIN;

/// Lets the worker enter what was there before, and recount each night.
pub(crate) fn handle(worker: Worker, checks: Checks) -> anyhow::Result<Worker> {
    let checks = Arc::new(checks);
    let nightly = Schedule::daily("recount", RECOUNTED_AT, &Recount {})?;
    Ok(worker
        .handle::<Enter>(checks.clone())
        .handle::<Recount>(checks)
        .every(nightly))
}
