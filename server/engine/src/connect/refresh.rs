//! The one refresh that a person may ask for.

use relink_mastercard::Error;

use super::{
    Connect,
    session::{Hint, State},
};
use crate::{
    identity::SignedIn,
    ids::ConnectSessionId,
    repair::{self, Outcome, outcome},
    store::StoreError,
};

/// Why nothing was refreshed.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// There is no such visit of this person, or it brought no accounts.
    #[error("nothing to refresh")]
    NothingToRefresh,
    /// It was asked for before: refreshing again and again is called wasteful
    /// by Mastercard and may harm the integration.
    #[error("it was refreshed once already")]
    Already,
    /// Mastercard did not do it.
    #[error("the login could not be refreshed")]
    Upstream(#[from] Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Connect {
    /// Refreshes the logins that a visit brought or repaired, once. Only ever called while
    /// the person waits; a refresh may take up to three minutes, and goes on
    /// at Mastercard when nobody waits any more.
    pub async fn refresh(
        &self,
        person: &SignedIn,
        id: ConnectSessionId,
    ) -> Result<(), RefreshError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let mut session = unit
            .connect_session(person.user(), id)
            .await?
            .ok_or(RefreshError::NothingToRefresh)?;
        repair::proven_later(&mut unit, &mut session).await?;
        let waits = match &session.facts.repair {
            None => session.standing(now).state == State::Connected,
            Some(proof) => {
                outcome(&session.facts, proof, session.created, now) == Outcome::SignedIn
            }
        };
        if !waits {
            return Err(RefreshError::NothingToRefresh);
        }
        if !unit.refresh_once(id, now).await? {
            return Err(RefreshError::Already);
        }
        let mut connections = unit.connections(person.user()).await?;
        if let Some(repaired) = session.repairs {
            connections.retain(|connection| connection.id == repaired);
        } else {
            let accounts = unit.accounts_of_session(id).await?;
            connections.retain(|connection| {
                accounts
                    .iter()
                    .any(|account| account.connection == connection.id)
            });
        }
        unit.save().await?;
        let mut outcome = Ok(());
        for connection in connections {
            let (customer, login) = (&connection.customer, &connection.login);
            let done = self
                .upstream
                .refresh_login(customer, login, self.settings.refresh)
                .await;
            outcome = outcome.and(done);
        }
        // One that was given up may go on at Mastercard: look in any case.
        self.learn(id, &[Hint::Asked]).await?;
        Ok(outcome?)
    }

    /// The person asks to look again: reads the accounts, refreshes nothing.
    pub async fn look_again(
        &self,
        person: &SignedIn,
        id: ConnectSessionId,
    ) -> Result<bool, StoreError> {
        let mine = self.visit(person, id).await?.is_some();
        if mine {
            self.learn(id, &[Hint::Asked]).await?;
        }
        Ok(mine)
    }
}
