//! What is connected, how it stands, and its repair.

use async_trait::async_trait;
use relink_app::api::{
    accounts::RemoveError,
    connect::{Launch, Window},
    connections::{Alike, ConnectionCard, Happened, Repair, RepairError, Way},
    ids::{AccountRef, ConnectionRef, SessionRef},
    refusal::Fault,
    shared::InstitutionName,
    visit::ConnectionsPort,
};
use relink_engine::{
    connect::ReviewError,
    connections::Card,
    repair::{Begun, RepairError as EngineRepairError, Started},
};

use super::{Desk, account_id, cards, connection_id, internal, spoken, views};

#[async_trait]
impl ConnectionsPort for Desk {
    async fn overview(&self) -> Result<Vec<ConnectionCard>, Fault> {
        let cards = self.app.connections.overview(&self.person).await;
        let cards = cards.map_err(|error| internal(&self.asking, &error))?;
        let snoozed = self.app.notices.snoozed(&self.person).await;
        let snoozed = snoozed.map_err(|error| internal(&self.asking, &error))?;
        let basis = self.basis();
        let view = |card: &Card| {
            let until = snoozed.get(&card.connection.id);
            let mut view = cards::card(card, basis, until.copied());
            if let Some(trouble) = view.trouble.as_mut()
                && cards::is_replaced(card, &cards)
            {
                trouble.way = Way::Replaced;
            }
            view
        };
        Ok(cards.iter().map(view).collect())
    }

    async fn one(&self, id: ConnectionRef) -> Result<(ConnectionCard, Vec<Happened>), Fault> {
        let mut cards = self.overview().await?;
        cards.retain(|card| card.id == id);
        let card = cards.pop().ok_or(Fault::NotFound)?;
        let history = self
            .app
            .connections
            .history(&self.person, connection_id(id))
            .await;
        let history = history.map_err(|error| internal(&self.asking, &error))?;
        let (table, calendar) = (self.app.connections.table(), self.asking.calendar);
        let happened = history
            .iter()
            .map(|entry| cards::happened(entry, table, calendar))
            .collect();
        Ok((card, happened))
    }

    async fn repair(&self, id: ConnectionRef, window: Window) -> Result<Repair, RepairError> {
        let begun = self
            .app
            .repairs
            .begin(
                &self.person,
                connection_id(id),
                spoken(self.asking.language),
            )
            .await;
        match begun.map_err(|error| self.not_repaired(&error))? {
            Begun::AlreadyWorks => Ok(Repair::AlreadyWorks),
            Begun::Link(started) => {
                let window = self.window(window, started.oauth);
                Ok(Repair::Leave(launch(&started, window)))
            }
        }
    }

    async fn alike(&self, id: ConnectionRef) -> Result<Vec<Alike>, Fault> {
        let asked = self
            .app
            .repairs
            .alike(&self.person, connection_id(id))
            .await;
        match asked {
            Ok(asked) => Ok(asked.iter().map(cards::alike).collect()),
            Err(EngineRepairError::NotFound) => Err(Fault::NotFound),
            Err(EngineRepairError::Upstream(error)) => {
                // The page is worth more than the question.
                tracing::warn!(error = crate::http::chain(&error), "nothing could be asked");
                Ok(Vec::new())
            }
            Err(error) => Err(internal(&self.asking, &error)),
        }
    }

    async fn same(&self, account: AccountRef, candidate: &str) -> Result<(), Fault> {
        let candidate = candidate.parse().map_err(|_| Fault::NotFound)?;
        let said = self
            .app
            .repairs
            .same(&self.person, account_id(account), &candidate)
            .await;
        said.map_err(|error| match error {
            EngineRepairError::NotFound => Fault::NotFound,
            error => internal(&self.asking, &error),
        })
    }

    async fn renew(&self, id: ConnectionRef) -> Result<Repair, RepairError> {
        let begun = self
            .app
            .repairs
            .renew(
                &self.person,
                connection_id(id),
                spoken(self.asking.language),
            )
            .await;
        match begun.map_err(|error| self.not_repaired(&error))? {
            Begun::AlreadyWorks => Ok(Repair::AlreadyWorks),
            Begun::Link(started) => Ok(Repair::Leave(launch(&started, Window::Redirect))),
        }
    }

    async fn disconnect_all(&self) -> Result<(), RemoveError> {
        let done = self.app.connect.disconnect_all(&self.person).await;
        done.map(drop).map_err(|error| self.not_removed(&error))
    }

    async fn disconnect(&self, id: ConnectionRef) -> Result<(), RemoveError> {
        let connection = connection_id(id);
        let done = self.app.connect.disconnect(&self.person, connection).await;
        done.map_err(|error| self.not_removed(&error))
    }

    async fn remove(&self, account: AccountRef) -> Result<(), RemoveError> {
        let account = account_id(account);
        let done = self.app.connect.remove(&self.person, account).await;
        done.map(drop).map_err(|error| self.not_removed(&error))
    }
}

fn launch(started: &Started, window: Window) -> Launch {
    Launch {
        session: SessionRef::new(started.session.0.as_u128()),
        institution: InstitutionName {
            id: views::institution_id(started.connection.institution),
            name: started.connection.institution_name.clone(),
        },
        // OAuth must open at top level by a real click.
        window,
        link: started.link.expose().to_owned(),
        return_url: started.return_url.path().to_owned(),
    }
}

impl Desk {
    /// What every card needs.
    pub(super) fn basis(&self) -> cards::Basis<'_> {
        cards::Basis {
            table: self.app.connections.table(),
            calendar: self.asking.calendar,
            now: self.app.clocks.domain.now(),
            reading: self.app.sweeps.next_reading(),
        }
    }

    fn not_removed(&self, error: &ReviewError) -> RemoveError {
        RemoveError::Fault(match error {
            ReviewError::NotFound => Fault::NotFound,
            error => internal(&self.asking, error),
        })
    }

    /// Why no link was made, as the person is told. Logged here, once.
    fn not_repaired(&self, error: &EngineRepairError) -> RepairError {
        match error {
            EngineRepairError::NotFound => RepairError::Fault(Fault::NotFound),
            EngineRepairError::NotFixable(_) => RepairError::NotFixable,
            EngineRepairError::LoginGone => {
                tracing::warn!("a login has no accounts at Mastercard any more");
                RepairError::LoginGone
            }
            EngineRepairError::Store(error) => RepairError::Fault(internal(&self.asking, error)),
            EngineRepairError::WebhookUnreachable(source) => {
                RepairError::NoLink(self.webhook_unreachable(source))
            }
            EngineRepairError::Upstream(source) => RepairError::NoLink(self.upstream(source)),
        }
    }
}
