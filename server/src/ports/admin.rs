//! What staff see.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use relink_app::api::{
    admin::{AdminSummary, Age, Counted, Directory, Jobs, Totals, Upstream, Webhooks},
    refusal::Fault,
    visit::AdminPort,
};
use relink_engine::{
    identity::Viewer,
    store::{StoreError, events::Counter, figures::Figures, missing::Missed},
};
use relink_mastercard::client::{CircuitState, CredentialState};

use super::internal;
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

    async fn figures(&self, now: DateTime<Utc>) -> Result<(Figures, i64), StoreError> {
        let mut unit = self.app.store.read().await?;
        let figures = unit.figures(&self.viewer, now).await?;
        let bad = unit
            .counted(Counter::BadSignature, now - TimeDelta::days(1))
            .await?;
        Ok((figures, bad))
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
    async fn summary(&self) -> Result<AdminSummary, Fault> {
        let (now, calendar) = (self.app.clocks.domain.now(), self.asking.calendar);
        let since = (now - MISSED_WITHIN).date_naive();
        let missed = self
            .app
            .institutions
            .missed(&self.viewer, since, ROWS)
            .await;
        let missed = missed.map_err(|error| internal(&self.asking, &error))?;
        let (figures, bad) = self
            .figures(now)
            .await
            .map_err(|error| internal(&self.asking, &error))?;
        let loaded = self.app.institutions.loaded();
        let copied = loaded.copied_at();
        let of = |count: fn(&Missed) -> i64| {
            missed
                .iter()
                .filter_map(|row| counted(row, count(row), calendar))
                .collect()
        };
        Ok(AdminSummary {
            upstream: self.upstream().await,
            directory: Directory {
                size: u32::try_from(loaded.index.len()).unwrap_or(u32::MAX),
                copied: copied.map(|at| calendar.when(at)),
                age: match copied {
                    None => Age::Never,
                    Some(at) if now - at <= FRESH_WITHIN => Age::Fresh,
                    Some(_) => Age::Old,
                },
            },
            missing: of(|row| row.reports),
            empty_searches: of(|row| row.searches),
            webhooks: Webhooks {
                received: number(figures.events),
                bad_signatures: number(bad),
                waiting: number(figures.events_waiting),
            },
            jobs: Jobs {
                waiting: number(figures.jobs_waiting),
                dead: number(figures.jobs_dead),
            },
            totals: Totals {
                users: number(figures.users),
                connections: number(figures.connections),
                accounts: number(figures.accounts),
            },
        })
    }
}

fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or_default()
}

fn counted(row: &Missed, count: i64, calendar: Calendar) -> Option<Counted> {
    (count > 0).then(|| Counted {
        text: row.term.clone(),
        count: number(count),
        last: calendar.date(row.last),
    })
}
