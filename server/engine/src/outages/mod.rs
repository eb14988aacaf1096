//! Outages: trouble that is not the users' own.
//!
//! When more customers than chance explains break newly at one institution, by
//! codes on which the institution acts, or when the institution itself says
//! that it is down, an outage opens there. The same at many institutions at
//! once is one trouble at Mastercard. While one is open nobody is sent to sign
//! in; it closes on evidence. `rules` decides, on counts that the store makes.

mod look;
#[cfg(test)]
pub(crate) mod recount;
mod rules;
#[cfg(test)]
mod rules_tests;
#[cfg(test)]
mod simulation;
mod track;

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use relink_mastercard::InstitutionId;
use serde::{Deserialize, Serialize};

pub use rules::{
    By, Counts, Decision, Ongoing, OwnWord, Record, Settings, Verdict, decide, decide_mastercard,
};

use crate::{
    jobs::{Due, Handle, Job, Jobs, Outcome, Run},
    random::Random,
    status::{Acts, Kind, Table},
    store::{Store, StoreError, Write, outages::Outage},
    time::Clock,
};

/// Looks whether an outage opens or is over. Cheap where nothing happened.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Look {}

impl Job for Look {
    const KIND: &'static str = "outages.look";

    fn dedupe_key(&self) -> Option<String> {
        Some(String::new())
    }
}

/// How long after a break or a repair is looked: one look serves the many
/// readings of a sweep.
const LOOK_AFTER: TimeDelta = TimeDelta::minutes(1);

impl Look {
    /// Queues a look after a reading at `at` that opened, changed or closed a
    /// break.
    pub(crate) async fn soon(
        jobs: &Jobs,
        unit: &mut Write,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let due = Due::At(at + LOOK_AFTER);
        jobs.enqueue(unit, &Self {}, due).await.map(drop)
    }
}

/// Whose trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// One institution's.
    Institution(InstitutionId),
    /// Mastercard's.
    Mastercard,
}

impl Whose {
    /// As the database compares it.
    pub(crate) fn key(self) -> i64 {
        match self {
            Self::Institution(id) => id.get(),
            Self::Mastercard => -1,
        }
    }
}

impl By {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Failures => "failures",
            Self::Status => "status",
        }
    }

    pub(crate) fn read(name: &str) -> Option<Self> {
        [Self::Failures, Self::Status]
            .into_iter()
            .find(|by| by.name() == name)
    }
}

/// The codes on which one party acts, as statements take them: between commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes(String);

impl Codes {
    /// Those of the table in force.
    pub fn of(table: &Table, acts: Acts) -> Self {
        let rows = table
            .rows()
            .filter(|row| row.acts == acts && row.kind == Kind::Aggregation)
            .filter(|row| !row.code.is_success());
        let codes = rows.fold(String::from(","), |codes, row| {
            codes + &row.code.get().to_string() + ","
        });
        Self(codes)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The use cases.
#[derive(Clone)]
pub struct Outages {
    store: Store,
    table: Table,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    jobs: Jobs,
    settings: Settings,
}

impl Outages {
    /// `clock` is the domain clock, `table` the status table in force.
    pub fn new(
        store: Store,
        table: Table,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        jobs: Jobs,
        settings: Settings,
    ) -> Self {
        Self {
            store,
            table,
            clock,
            random,
            jobs,
            settings,
        }
    }

    /// The open outage of an institution, as it is told: where that is part of
    /// trouble at Mastercard, that.
    pub async fn at(&self, institution: InstitutionId) -> Result<Option<Outage>, StoreError> {
        let open = self.store.read().await?.open_outages().await?;
        let whose = Whose::Institution(institution);
        let own = open.iter().find(|outage| outage.whose == whose);
        let told = own.and_then(|own| open.iter().find(|outage| Some(outage.id) == own.part_of));
        Ok(told.or(own).copied())
    }

    /// The institutions with an open outage: what a search marks, at each letter.
    pub async fn institutions(&self) -> Result<BTreeSet<InstitutionId>, StoreError> {
        let open = self.store.read().await?.open_outages().await?;
        let institution = |outage: &Outage| match outage.whose {
            Whose::Institution(id) => Some(id),
            Whose::Mastercard => None,
        };
        Ok(open.iter().filter_map(institution).collect())
    }
}

#[async_trait::async_trait]
impl Handle<Look> for Outages {
    async fn handle(&self, _: Look, _: Run) -> Outcome {
        Ok(self.look().await?)
    }
}
