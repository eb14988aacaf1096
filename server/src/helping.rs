//! What support works with, and campaigns.

use std::sync::Arc;

use relink_engine::{
    audit::Audit,
    campaigns::{self, Campaigns, Pace},
    cases::Cases,
    health::Marks,
    jobs::{Jobs, Worker},
    notify::Notices,
    random::Random,
    readings::Readings,
    store::Store,
    stories::Stories,
    time::Clocks,
};

/// The use cases of support; letters and snoozes are those of notices.
pub struct Helping {
    /// Connections that are taken out of the figures.
    pub marks: Marks,
    /// What Mastercard is told of.
    pub cases: Cases,
    /// What happened to a person.
    pub stories: Stories,
    /// All affected people are asked.
    pub campaigns: Campaigns,
}

impl Helping {
    /// Takes what they are made of; campaigns write by these notices, and no faster.
    pub fn new(
        store: &Store,
        readings: &Readings,
        clocks: &Clocks,
        random: &Arc<dyn Random>,
        audit: Audit,
        (notices, pace): (&Notices, Pace),
    ) -> Self {
        let (store, domain) = (store.clone(), &clocks.domain);
        let jobs = Jobs::new(clocks.real.clone(), random.clone());
        let parts = campaigns::Parts {
            store: store.clone(),
            clock: domain.clone(),
            random: random.clone(),
            jobs: jobs.clone(),
            notices: notices.clone(),
            table: readings.table().clone(),
            audit: audit.clone(),
        };
        Self {
            campaigns: Campaigns::new(parts, pace),
            marks: Marks::new(
                store.clone(),
                readings.clone(),
                domain.clone(),
                jobs,
                audit.clone(),
            ),
            cases: Cases::new(
                store.clone(),
                readings.table().clone(),
                domain.clone(),
                random.clone(),
                audit.clone(),
            ),
            stories: Stories::new(store, domain.clone(), audit),
        }
    }
}

/// Lets the worker go on with campaigns.
pub fn handle(worker: Worker, helping: &Helping) -> Worker {
    let campaigns = Arc::new(helping.campaigns.clone());
    worker
        .handle::<campaigns::GoOn>(campaigns.clone())
        .handle::<campaigns::CountOn>(campaigns)
}
