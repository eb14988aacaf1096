//! What support works with.

use std::sync::Arc;

use relink_engine::{
    audit::Audit, cases::Cases, health::Marks, jobs::Jobs, random::Random, readings::Readings,
    store::Store, stories::Stories, time::Clocks,
};

/// The use cases of support; letters and snoozes are those of notices.
pub struct Helping {
    /// Connections that are taken out of the figures.
    pub marks: Marks,
    /// What Mastercard is told of.
    pub cases: Cases,
    /// What happened to a person.
    pub stories: Stories,
}

impl Helping {
    /// Takes what they are made of.
    pub fn new(
        store: &Store,
        readings: &Readings,
        clocks: &Clocks,
        random: &Arc<dyn Random>,
        audit: Audit,
    ) -> Self {
        let (store, domain) = (store.clone(), &clocks.domain);
        let jobs = Jobs::new(clocks.real.clone(), random.clone());
        Self {
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
