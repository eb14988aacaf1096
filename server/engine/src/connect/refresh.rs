//! The one refresh that a person may ask for.

use relink_mastercard::Error;

use super::{
    Connect,
    session::{Hint, State},
};
use crate::{
    identity::SignedIn,
    ids::ConnectSessionId,
    store::{StoreError, connections::Connection},
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
    /// Refreshes the logins that a visit brought, once. Only ever called while
    /// the person waits; a refresh may take up to three minutes, and goes on
    /// at Mastercard when nobody waits any more.
    pub async fn refresh(
        &self,
        person: &SignedIn,
        id: ConnectSessionId,
    ) -> Result<(), RefreshError> {
        let now = self.clock.now();
        let mut unit = self.store.write().await?;
        let session = unit
            .connect_session(person.user(), id)
            .await?
            .ok_or(RefreshError::NothingToRefresh)?;
        if session.standing(now).state != State::Connected {
            return Err(RefreshError::NothingToRefresh);
        }
        if !unit.refresh_once(id, now).await? {
            return Err(RefreshError::Already);
        }
        let connections = self.brought(&mut unit, person, id).await?;
        unit.save().await?;
        for connection in connections {
            self.upstream
                .refresh_login(
                    &connection.customer,
                    &connection.login,
                    self.settings.refresh,
                )
                .await?;
        }
        Ok(self.learn(id, &[Hint::Asked]).await?)
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

    async fn brought(
        &self,
        unit: &mut crate::store::Read,
        person: &SignedIn,
        id: ConnectSessionId,
    ) -> Result<Vec<Connection>, StoreError> {
        let accounts = unit.accounts_of_session(id).await?;
        let mut connections = unit.connections(person.user()).await?;
        connections.retain(|connection| {
            accounts
                .iter()
                .any(|account| account.connection == connection.id)
        });
        Ok(connections)
    }
}
