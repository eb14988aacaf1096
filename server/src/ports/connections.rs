//! What is connected.

use async_trait::async_trait;
use relink_app::api::{
    accounts::RemoveError, connections::ConnectionCard, ids::AccountRef, refusal::Fault,
    visit::ConnectionsPort,
};
use relink_engine::connect::ReviewError;

use super::{Desk, account_id, internal, views};

#[async_trait]
impl ConnectionsPort for Desk {
    async fn overview(&self) -> Result<Vec<ConnectionCard>, Fault> {
        let cards = self.app.connections.overview(&self.person).await;
        let cards = cards.map_err(|error| internal(&self.asking, &error))?;
        Ok(cards.iter().map(views::card).collect())
    }

    async fn remove(&self, account: AccountRef) -> Result<(), RemoveError> {
        match self
            .app
            .connect
            .remove(&self.person, account_id(account))
            .await
        {
            Ok(_) => Ok(()),
            Err(ReviewError::NotFound) => Err(RemoveError::Fault(Fault::NotFound)),
            Err(error) => Err(RemoveError::Fault(internal(&self.asking, &error))),
        }
    }
}
