//! Where decisions meet the sandbox: finds a visit, lets it take a step, queues
//! its events and carries out its effect.

use std::sync::{Arc, MutexGuard};

use chrono::{DateTime, Utc};

use super::end::End;
use super::step::{Effect, Outcome, Step};
use super::store::{Entry, VisitId, Visits};
use super::visit::Visit;
use super::world::World;

/// What every handler needs.
#[derive(Clone)]
pub(super) struct Stage {
    pub(super) world: Arc<dyn World>,
    visits: Arc<Visits>,
}

impl Stage {
    pub(super) fn new(world: Arc<dyn World>, visits: Arc<Visits>) -> Self {
        Self { world, visits }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.world.now()
    }

    /// Keeps a new visit, after its first events.
    pub(super) fn admit(&self, mut visit: Visit, outcome: Outcome, now: DateTime<Utc>) -> VisitId {
        let id = VisitId::of(self.world.random());
        self.settle(&mut visit, outcome);
        self.visits.insert(id.clone(), visit, now);
        id
    }

    pub(super) fn find(&self, id: &VisitId) -> Option<Entry> {
        self.visits.get(id)
    }

    /// The visit brought up to the present, without a sign of the person.
    pub(super) fn look<'a>(&self, entry: &'a Entry, now: DateTime<Utc>) -> MutexGuard<'a, Visit> {
        let mut visit = entry.lock();
        visit.look(now);
        let found = visit.discover(now);
        self.settle(&mut visit, found);
        visit
    }

    /// Lets the person take a step. A visit that is over stays over.
    pub(super) fn act<'a>(
        &self,
        entry: &'a Entry,
        step: impl FnOnce(&mut Visit, DateTime<Utc>) -> Outcome,
    ) -> MutexGuard<'a, Visit> {
        let now = self.now();
        let mut visit = self.look(entry, now);
        if let Step::Ended(_) = visit.step {
            return visit;
        }
        // Faults are set while visits are open.
        if let Some(institution) = self.world.institution(visit.institution.id) {
            visit.institution = institution;
        }
        visit.touch(now);
        let outcome = step(&mut visit, now);
        self.settle(&mut visit, outcome);
        visit
    }

    fn settle(&self, visit: &mut Visit, outcome: Outcome) {
        self.record(visit, &outcome);
        let Some(effect) = outcome.effect else { return };
        let accounts = match effect {
            Effect::Connect { person, seeds } => {
                self.world
                    .connect(&visit.link.id, visit.institution.id, person, &seeds)
            }
            Effect::Repair(login) => self.world.repair(&visit.link.id, login),
        };
        let reported = visit.connected(accounts);
        self.record(visit, &reported);
        if let Some(End::Complete { .. }) = visit.step.end() {
            self.world.complete_link(&visit.link.id);
        }
    }

    fn record(&self, visit: &Visit, outcome: &Outcome) {
        for event in &outcome.events {
            let (kind, payload) = (event.event_type(), event.payload());
            self.world
                .record_event(&visit.link.id, kind, payload, event.trigger());
        }
    }
}
