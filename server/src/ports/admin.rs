//! What staff see.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use relink_app::api::{
    admin::{Age, Counted, Directory, Missing, Upstream},
    breaks::{BreakFilter, BreaksPage},
    campaigns::{CampaignFilter, CampaignPage, CampaignsPage, TargetFilter},
    codes::CodesView,
    events::{EventFilter, EventRef, EventView, EventsPage},
    funnels::{FunnelFilter, FunnelView},
    gaps::{GapFilter, GapsPage, SilentVisit, UnreadCustomer},
    health::{HealthView, Webhooks},
    ids::{CampaignRef, InstitutionId, OutageRef},
    jobs::{JobFilter, JobsPage},
    outages::{CutOffFilter, OutageView},
    places::{PlaceFilter, PlaceView, PlacesPage},
    refusal::Fault,
    rows::{RowFilter, RowsPage},
    visit::AdminPort,
};
use relink_engine::{
    health::Overview,
    identity::{SignedIn, Viewer},
    store::{
        StoreError,
        event_log::SilentVisit as StoredSilent,
        events::Counter,
        figures::MOST_DUE,
        missing::{Missed, Missing as By},
    },
};
use relink_mastercard::client::{CircuitState, CredentialState};

use super::{
    breaks,
    campaigns::{self, TARGETS, campaign_id},
    connection_id, funnels,
    health::{self, number},
    internal, operations, outages, places,
};
use crate::{
    calendar::Calendar,
    http::{App, Asking},
};

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

    fn may_replay(&self) -> bool {
        let signed_in: &SignedIn = self.viewer.as_ref();
        signed_in.support().is_some()
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
            open_outages: number(it.open_outages),
            renew_days: number(self.app.limits.renew_before.num_days()),
            sweep: it.sweep.map(|sweep| health::sweep(&sweep, it.at, calendar)),
            upstream: self.upstream().await,
            directory: self.directory(it.at),
            webhooks: Webhooks {
                received: number(operations.events),
                waiting: number(operations.events_waiting),
                waiting_since: operations.waiting_since.map(|at| calendar.when(at)),
                waited: health::waited(&operations),
                bad_signatures: number(bad),
            },
            jobs_due: number(operations.jobs_due.min(MOST_DUE) + operations.jobs_running),
            jobs_more: operations.jobs_due > MOST_DUE,
            jobs_dead: number(operations.jobs_dead),
            recount: it
                .recount
                .latest
                .map(|checked| health::recount(&checked, calendar)),
            recount_late: it.recount.is_overdue(it.at),
        })
    }

    async fn rows(&self, filter: &RowFilter) -> Result<RowsPage, Fault> {
        let asked = health::asked(filter);
        let found = self.app.health.rows(&self.viewer, &asked).await;
        let found = found.map_err(|error| self.failed(&error))?;
        let table = self.app.health.table();
        Ok(health::page(&found, filter, table, self.asking.calendar))
    }

    async fn breaks(&self, filter: &BreakFilter) -> Result<BreaksPage, Fault> {
        let health = &self.app.health;
        let (did, within) = breaks::asked(filter, self.app.clocks.domain.now());
        let after = breaks::cursor(filter);
        let found = health.breaks(&self.viewer, did, &within, after).await;
        let found = found.map_err(|error| self.failed(&error))?;
        let calendar = self.asking.calendar;
        Ok(breaks::page(&found, filter, health.table(), calendar))
    }

    async fn outage(&self, id: OutageRef, filter: CutOffFilter) -> Result<OutageView, Fault> {
        let (outage, after) = (outages::outage_id(id), filter.after.map(connection_id));
        let health = &self.app.health;
        let found = health.outage(&self.viewer, outage, filter.still, after);
        let found = found.await.map_err(|error| self.failed(&error))?;
        let one = found.ok_or(Fault::NotFound)?;
        Ok(outages::view(&one, filter, self.asking.calendar))
    }

    async fn institutions(&self, filter: &PlaceFilter) -> Result<Option<PlacesPage>, Fault> {
        let asked = places::asked(filter, places::PAGE);
        let found = self.app.health.institutions(&self.viewer, &asked).await;
        let found = found.map_err(|error| self.failed(&error))?;
        let calendar = self.asking.calendar;
        Ok(found.map(|found| places::page(&found, filter, calendar)))
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
        let table = self.app.health.table();
        Ok(places::codes(&found, table, now, self.asking.calendar))
    }

    async fn funnel(&self, filter: &FunnelFilter) -> Result<FunnelView, Fault> {
        let seen = funnels::look(&self.app, &self.viewer, filter, self.asking.calendar).await;
        seen.map_err(|error| self.failed(&error))
    }

    async fn missing(&self) -> Result<Missing, Fault> {
        let calendar = self.asking.calendar;
        let institutions = &self.app.institutions;
        let of = async |how, count: fn(&Missed) -> i64| {
            let missed = institutions.missed(&self.viewer, how, ROWS).await;
            let missed = missed.map_err(|error| self.failed(&error))?;
            let row = |row: &Missed| counted(row, count(row), calendar);
            Ok::<Vec<Counted>, Fault>(missed.iter().map(row).collect())
        };
        Ok(Missing {
            reported: of(By::Report, |row| row.reports).await?,
            empty: of(By::Search, |row| row.searches).await?,
        })
    }

    async fn events(&self, filter: &EventFilter) -> Result<EventsPage, Fault> {
        let (calendar, log) = (self.asking.calendar, &self.app.events);
        let asked = operations::asked(filter, calendar);
        let after = operations::cursor(filter.after.as_ref());
        let found = log.list(&self.viewer, &asked, after.as_ref(), operations::ROWS + 1);
        let mut found = found.await.map_err(|error| self.failed(&error))?;
        let today = log.refused(&self.viewer, 1).await;
        let month = log.refused(&self.viewer, 30).await;
        let refused = [today, month].map(|count| count.map(operations::refused));
        let [today, month] = refused.map(|count| count.map_err(|error| self.failed(&error)));
        let next = operations::cut(&mut found, |one| {
            (one.event.received, one.event.event_id.clone())
        });
        Ok(EventsPage {
            rows: found
                .iter()
                .filter_map(|one| operations::row(one, calendar))
                .collect(),
            next,
            refused: [today?, month?],
            may_replay: self.may_replay(),
        })
    }

    async fn event(&self, id: &EventRef) -> Result<EventView, Fault> {
        let found = self.app.events.one(&self.viewer, id.as_str()).await;
        let found = found.map_err(|error| self.failed(&error))?;
        let one = found.ok_or(Fault::NotFound)?;
        operations::view(&one, self.asking.calendar, self.may_replay()).ok_or(Fault::NotFound)
    }

    async fn gaps(&self, filter: &GapFilter) -> Result<GapsPage, Fault> {
        let (calendar, log) = (self.asking.calendar, &self.app.events);
        let limit = operations::ROWS + 1;
        let (visits, customers) = (
            operations::cursor(filter.visits.as_ref()),
            operations::cursor(filter.customers.as_ref()),
        );
        let silent = log.silent_visits(&self.viewer, visits.as_ref(), limit);
        let mut silent = silent.await.map_err(|error| self.failed(&error))?;
        let unread = log.unread_customers(&self.viewer, filter.days, customers.as_ref(), limit);
        let mut unread = unread.await.map_err(|error| self.failed(&error))?;
        let next_visits = silent
            .as_mut()
            .and_then(|silent| operations::cut(silent, |one| (one.created, one.reference.clone())));
        let next_customers = operations::cut(&mut unread, |one| (one.since, one.customer.clone()));
        let visit = |one: StoredSilent| SilentVisit {
            reference: one.reference,
            institution: one.institution_name,
            began: calendar.when(one.created),
        };
        let customers = unread.into_iter().map(|one| UnreadCustomer {
            id: one.customer,
            since: calendar.when(one.since),
        });
        Ok(GapsPage {
            visits: silent.map(|silent| silent.into_iter().map(visit).collect()),
            next_visits,
            customers: customers.collect(),
            next_customers,
        })
    }

    async fn jobs(&self, filter: &JobFilter) -> Result<JobsPage, Fault> {
        let (calendar, desk) = (self.asking.calendar, &self.app.job_desk);
        let now = self.app.clocks.real.now();
        let overview = desk.overview(&self.viewer).await;
        let (counts, schedules) = overview.map_err(|error| self.failed(&error))?;
        let (state, kind) = (
            operations::engine_job_state(filter.state),
            filter.kind.as_deref(),
        );
        let after = operations::after_job(filter);
        let found = desk.list(&self.viewer, state, kind, after, operations::ROWS + 1);
        let found = found.await.map_err(|error| self.failed(&error))?;
        let shown = usize::try_from(operations::ROWS).unwrap_or(usize::MAX);
        let rows = found.iter().take(shown);
        Ok(JobsPage {
            counts: counts
                .iter()
                .map(|count| operations::job_count(count, now))
                .collect(),
            rows: rows
                .map(|job| operations::job_row(job, now, calendar))
                .collect(),
            next: operations::next_job(&found),
            schedules: schedules
                .iter()
                .map(|one| operations::planned(one, calendar))
                .collect(),
            may_act: self.may_act(),
        })
    }

    async fn campaigns(&self, filter: CampaignFilter) -> Result<Option<CampaignsPage>, Fault> {
        let (desk, before) = (&self.app.helping.campaigns, filter.before.map(campaign_id));
        let found = desk.list(&self.viewer, before).await;
        let Some(found) = found.map_err(|error| self.failed(&error))? else {
            return Ok(None);
        };
        let places = found
            .0
            .iter()
            .flat_map(|(it, ..)| &it.criteria.institutions);
        let places: Vec<i64> = places.copied().collect();
        let names = desk.names(&self.viewer, &places).await;
        let names = names.map_err(|error| self.failed(&error))?;
        Ok(Some(self.campaign_view().list(
            &found,
            &names,
            self.may_act(),
        )))
    }

    async fn campaign(&self, id: CampaignRef, filter: TargetFilter) -> Result<CampaignPage, Fault> {
        let (desk, id) = (&self.app.helping.campaigns, campaign_id(id));
        let after = campaigns::after(filter)?;
        let found = desk.one(&self.viewer, id).await;
        let found = found.map_err(|error| self.failed(&error))?;
        let found = found.ok_or(Fault::NotFound)?;
        let which = campaigns::which(filter);
        let targets = desk.targets(&self.viewer, id, which, after, TARGETS + 1);
        let targets = targets.await.map_err(|error| self.failed(&error))?;
        let how = (desk.pace().per_minute(), self.may_act());
        Ok(self.campaign_view().one(&found, targets, filter, how))
    }
}

impl AdminDesk {
    fn campaign_view(&self) -> campaigns::View<'_> {
        campaigns::View {
            table: self.app.health.table(),
            calendar: self.asking.calendar,
        }
    }

    fn may_act(&self) -> bool {
        let signed_in: &SignedIn = self.viewer.as_ref();
        signed_in.admin().is_some()
    }
}

fn counted(row: &Missed, count: i64, calendar: Calendar) -> Counted {
    Counted {
        text: row.term.clone(),
        count: number(count),
        last: calendar.date(row.last),
    }
}
