//! What staff see.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use relink_app::api::{
    admin::{Age, Counted, Directory, Missing, Upstream},
    health::{HealthView, Webhooks},
    ids::InstitutionId,
    places::{CodesView, PlaceFilter, PlaceView, PlacesPage},
    refusal::Fault,
    rows::{RowFilter, RowsPage},
    visit::AdminPort,
};
use relink_engine::{
    health::Overview,
    identity::Viewer,
    store::{StoreError, events::Counter, missing::Missed},
};
use relink_mastercard::client::{CircuitState, CredentialState};

use super::{
    health::{self, number},
    internal, places,
};
use crate::{
    calendar::Calendar,
    http::{App, Asking},
};

/// How far back the figures look.
const MISSED_WITHIN: TimeDelta = TimeDelta::days(90);
/// A copy is made a day; older than two of them it was missed.
const FRESH_WITHIN: TimeDelta = TimeDelta::hours(48);
const ROWS: u16 = 20;

/// The port of one of the staff.
pub(super) struct AdminDesk {
    app: App,
    viewer: Viewer,
    asking: Asking,
}

impl AdminDesk {
    /// Holds the proof that one of the staff asks.
    pub(super) fn new(app: App, viewer: Viewer, asking: Asking) -> Self {
        Self {
            app,
            viewer,
            asking,
        }
    }

    async fn overview(&self) -> Result<(Overview, i64), StoreError> {
        let overview = self.app.health.overview(&self.viewer).await?;
        let mut unit = self.app.store.read().await?;
        let since = overview.at - TimeDelta::days(1);
        let bad = unit.counted(Counter::BadSignature, since).await?;
        Ok((overview, bad))
    }

    fn directory(&self, now: DateTime<Utc>) -> Directory {
        let loaded = self.app.institutions.loaded();
        let copied = loaded.copied_at();
        Directory {
            size: u32::try_from(loaded.index.len()).unwrap_or(u32::MAX),
            copied: copied.map(|at| self.asking.calendar.when(at)),
            age: match copied {
                None => Age::Never,
                Some(at) if now - at <= FRESH_WITHIN => Age::Fresh,
                Some(_) => Age::Old,
            },
        }
    }

    fn failed(&self, error: &StoreError) -> Fault {
        internal(&self.asking, error)
    }

    async fn upstream(&self) -> Upstream {
        let calendar = self.asking.calendar;
        let mut until: Option<DateTime<Utc>> = None;
        let mut groups = Vec::new();
        for (group, state) in self.app.client.circuits() {
            match state {
                CircuitState::Closed => {}
                CircuitState::HalfOpen => groups.push(group.to_string()),
                CircuitState::Open { until: next } => {
                    groups.push(group.to_string());
                    until = Some(until.map_or(next, |earlier| earlier.min(next)));
                }
            }
        }
        match self.app.client.credential_state().await {
            CredentialState::Rejected { rejection, .. } => Upstream::SecretRejected {
                since: calendar.when(rejection.at),
            },
            _ if !groups.is_empty() => Upstream::CircuitOpen {
                groups,
                next: until.map(|at| calendar.when(at)),
            },
            CredentialState::Accepted { at } => Upstream::Fine {
                last: Some(calendar.when(at)),
            },
            CredentialState::Untried | CredentialState::Unchecked => Upstream::Fine { last: None },
        }
    }
}

#[async_trait]
impl AdminPort for AdminDesk {
    async fn health(&self) -> Result<HealthView, Fault> {
        let calendar = self.asking.calendar;
        let overview = self.overview().await;
        let (it, bad) = overview.map_err(|error| self.failed(&error))?;
        let table = self.app.health.table();
        let (acts, causes) = health::meanings(&it.record.standings, table);
        let outages = it.outages.iter();
        let operations = it.operations;
        Ok(HealthView {
            at: calendar.when(it.at),
            record: health::record(&it.record, calendar),
            acts,
            causes,
            outages: outages.map(|one| health::outage(one, calendar)).collect(),
            renew_days: number(self.app.limits.renew_before.num_days()),
            sweep: it.sweep.map(|sweep| health::sweep(&sweep, it.at, calendar)),
            upstream: self.upstream().await,
            directory: self.directory(it.at),
            webhooks: Webhooks {
                received: number(operations.events),
                waiting: number(operations.events_waiting),
                waiting_since: operations.waiting_since.map(|at| calendar.when(at)),
                bad_signatures: number(bad),
            },
            jobs_waiting: number(operations.jobs_waiting),
            jobs_dead: number(operations.jobs_dead),
            recount: it
                .recount
                .map(|checked| health::recount(&checked, calendar)),
        })
    }

    async fn rows(&self, filter: &RowFilter) -> Result<RowsPage, Fault> {
        let asked = health::asked(filter);
        let found = self.app.health.rows(&self.viewer, &asked).await;
        let found = found.map_err(|error| self.failed(&error))?;
        let table = self.app.health.table();
        Ok(health::page(&found, filter, table, self.asking.calendar))
    }

    async fn institutions(&self, filter: &PlaceFilter) -> Result<PlacesPage, Fault> {
        let asked = places::asked(filter, places::PAGE);
        let found = self.app.health.institutions(&self.viewer, &asked).await;
        let found = found.map_err(|error| self.failed(&error))?;
        Ok(places::page(&found, filter))
    }

    async fn institution(&self, id: InstitutionId) -> Result<PlaceView, Fault> {
        let id = i64::try_from(id.get()).map_err(|_| Fault::NotFound)?;
        let id = relink_mastercard::InstitutionId::new(id);
        let found = self.app.health.institution(&self.viewer, id).await;
        let found = found.map_err(|error| self.failed(&error))?;
        let one = found.ok_or(Fault::NotFound)?;
        let table = self.app.health.table();
        Ok(places::one(&one, table, self.asking.calendar))
    }

    async fn codes(&self) -> Result<CodesView, Fault> {
        let found = self.app.health.codes(&self.viewer).await;
        let found = found.map_err(|error| self.failed(&error))?;
        let now = self.app.clocks.domain.now();
        Ok(places::codes(&found, self.app.health.table(), now))
    }

    async fn missing(&self) -> Result<Missing, Fault> {
        let calendar = self.asking.calendar;
        let since = (self.app.clocks.domain.now() - MISSED_WITHIN).date_naive();
        let institutions = &self.app.institutions;
        let missed = institutions.missed(&self.viewer, since, ROWS).await;
        let missed = missed.map_err(|error| self.failed(&error))?;
        let of = |count: fn(&Missed) -> i64| {
            missed
                .iter()
                .filter_map(|row| counted(row, count(row), calendar))
                .collect()
        };
        Ok(Missing {
            reported: of(|row| row.reports),
            empty: of(|row| row.searches),
        })
    }
}

fn counted(row: &Missed, count: i64, calendar: Calendar) -> Option<Counted> {
    (count > 0).then(|| Counted {
        text: row.term.clone(),
        count: number(count),
        last: calendar.date(row.last),
    })
}
