//! Which account is which, said by the person where nothing else can.
//!
//! A migration gives accounts new ids. Where exactly one looks like one that is
//! missing, a reading takes it; where more do, the person is asked here. The
//! row and its history stay, whatever the answer.

use relink_mastercard::AccountId as UpstreamId;

use super::{RepairError, Repairs};
use crate::{
    connections::Customer,
    identity::SignedIn,
    ids::{AccountId, ConnectionId},
    readings::Alike,
    store::accounts::Choice,
};

impl Repairs {
    /// What to ask about a connection: nothing, without a call to Mastercard,
    /// where no account of it is missing.
    pub async fn alike(
        &self,
        person: &SignedIn,
        id: ConnectionId,
    ) -> Result<Vec<Alike>, RepairError> {
        let connection = self.mine(person, id).await?;
        let mut unit = self.store.read().await?;
        let accounts = unit.accounts_of_connection(id).await?;
        let missing = |account: &crate::store::accounts::Account| {
            account.choice == Choice::Kept && account.missed.is_some()
        };
        let known = unit.customer_standing(&connection.customer).await?;
        drop(unit);
        if known == Customer::Lost || !accounts.iter().any(missing) {
            return Ok(Vec::new());
        }
        let listed = self.upstream.accounts(&connection.customer).await?;
        let mut unit = self.store.read().await?;
        Ok(self.readings.alike(&mut unit, &connection, &listed).await?)
    }

    /// The person says that `account` is the one that Mastercard lists as
    /// `candidate`. Taken only where it looks like it and is nobody's.
    pub async fn same(
        &self,
        person: &SignedIn,
        account: AccountId,
        candidate: &UpstreamId,
    ) -> Result<(), RepairError> {
        let mut mine = self.store.read().await?.accounts(person.user()).await?;
        mine.retain(|one| one.id == account);
        let account = mine.pop().ok_or(RepairError::NotFound)?;
        let connection = self.mine(person, account.connection).await?;
        let now = self.clock.now();
        let listed = self.upstream.accounts(&connection.customer).await?;
        let mut unit = self.store.write().await?;
        let asked = self.readings.alike(&mut unit, &connection, &listed).await?;
        let fits = asked.iter().any(|one| {
            one.account.id == account.id
                && one
                    .candidates
                    .iter()
                    .any(|fitting| fitting.id == *candidate)
        });
        if !fits {
            return Err(RepairError::NotFound);
        }
        unit.rename_account(account.id, candidate).await?;
        self.readings
            .record(&mut unit, &connection.customer, &listed, now)
            .await?;
        Ok(unit.save().await?)
    }
}
