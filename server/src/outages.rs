//! The outages: their use cases, made from the configuration, and when it is
//! looked for them.

use std::sync::Arc;

use chrono::TimeDelta;
use relink_engine::{
    jobs::{Jobs, Schedule, Worker},
    outages::{Look, Outages, Settings},
    random::Random,
    status::Table,
    store::Store,
    time::Clocks,
};

use crate::config::Config;

/// How often it is looked where no reading asks for it.
const LOOK_EVERY: TimeDelta = TimeDelta::minutes(15);

/// The use cases.
pub fn outages(
    config: &Config,
    store: &Store,
    table: &Table,
    clocks: &Clocks,
    random: &Arc<dyn Random>,
    jobs: &Jobs,
) -> Outages {
    let section = &config.outages;
    Outages::new(
        store.clone(),
        table.clone(),
        clocks.domain.clone(),
        random.clone(),
        jobs.clone(),
        Settings {
            customers: section.customers,
            share: section.share_percent,
            sample: section.sample,
            window: TimeDelta::hours(section.window_hours.into()),
            institutions: section.institutions,
            tries: section.tries,
        },
    )
}

/// Lets the worker look.
pub fn handle(worker: Worker, outages: &Outages) -> anyhow::Result<Worker> {
    let schedule = Schedule::every("outages", LOOK_EVERY, &Look {})?;
    Ok(worker
        .handle::<Look>(Arc::new(outages.clone()))
        .every(schedule))
}
