//! A user who leaves: nothing of theirs stays at Mastercard.

use chrono::Duration;
use relink_mastercard::CustomerId;
use serde::{Deserialize, Serialize};

use super::{Connect, ReviewError};
use crate::{
    ids::UserId,
    jobs::{Due, Job},
    store::{StoreError, Write, accounts::Choice, customers::CustomerRow},
};

/// Deletes the customer of a user who was erased, and what names somebody in its
/// accounts. Idempotent: a customer that is gone already counts as deleted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeleteCustomer {
    /// Whose it was.
    pub user: UserId,
}

impl Job for DeleteCustomer {
    const KIND: &'static str = "delete_customer";
    // Owed to the user, as the deletion of an account is.
    const MAX_ATTEMPTS: u16 = 40;

    fn dedupe_key(&self) -> Option<String> {
        Some(self.user.to_string())
    }
}

/// A call that makes a customer may be on its way when its user leaves. After so
/// long it has come to its end, whatever that was, and the username finds what it
/// made.
pub(crate) const IN_FLIGHT: Duration = Duration::hours(1);

impl Connect {
    /// Removes everything that a user has connected, and the customer with it.
    pub(crate) async fn leave(&self, unit: &mut Write, user: UserId) -> Result<(), StoreError> {
        let accounts = unit.accounts(user).await?;
        self.apply(unit, &accounts, |_| false, self.clock.now())
            .await?;
        let due = match unit.customer(user).await? {
            None => return Ok(()),
            Some(CustomerRow::Made(_)) => Due::AtOnce,
            Some(CustomerRow::Begun(_)) => Due::At(self.clock.now() + IN_FLIGHT),
        };
        self.jobs
            .enqueue(unit, &DeleteCustomer { user }, due)
            .await?;
        Ok(())
    }

    /// Runs [`DeleteCustomer`].
    pub async fn delete_customer(&self, user: UserId) -> Result<(), ReviewError> {
        let Some(row) = self.store.read().await?.customer(user).await? else {
            return Ok(());
        };
        let customer = match row {
            CustomerRow::Made(id) => Some(id),
            // The call that made it may have died before its answer was kept.
            CustomerRow::Begun(username) => {
                let found = self.upstream.find_customer(&username).await?;
                found.map(|customer| customer.id)
            }
        };
        if let Some(customer) = &customer {
            self.upstream.delete_customer(customer).await?;
        }
        let mut unit = self.store.write().await?;
        if let Some(customer) = &customer {
            self.forget_accounts(&mut unit, customer).await?;
        }
        unit.forget_customer(user).await?;
        Ok(unit.save().await?)
    }

    /// All of them, also one that a visit brought meanwhile.
    async fn forget_accounts(
        &self,
        unit: &mut Write,
        customer: &CustomerId,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        unit.hold_customer(customer).await?;
        for account in unit.accounts_of_customer(customer).await? {
            unit.choose(account.id, Choice::Removed, now).await?;
        }
        self.readings.judge_again(unit, customer, now).await?;
        unit.forget_accounts(customer).await
    }
}
