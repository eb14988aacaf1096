//! The user's customer at Mastercard: made on first need, exactly once.

use relink_mastercard::{
    CustomerId, Error,
    model::{CustomerKind, Enrolment, NewCustomer, Username},
};

use super::{Connect, StartError};
use crate::{ids::UserId, store::customers::CustomerRow};

/// A customer, and of which kind Mastercard says that it is.
type Found = (CustomerId, Option<CustomerKind>);

impl Connect {
    /// The customer of `user`, made now if there is none.
    ///
    /// The username is random, never the e-mail, and stored before Mastercard
    /// is asked: two racing tabs and a process that died between the two all
    /// come back with the same username, and find by it what was made.
    pub(super) async fn customer_of(&self, user: UserId) -> Result<CustomerId, StartError> {
        if let Some(CustomerRow::Made(id)) = self.store.read().await?.customer(user).await? {
            return Ok(id);
        }
        let candidate = self.new_username();
        let mut unit = self.store.write().await?;
        let begun = unit.begin_customer(user, &candidate, self.clock.now());
        let (row, fresh) = begun.await?.ok_or(StartError::Erased)?;
        unit.save().await?;
        let (id, kind) = match row {
            CustomerRow::Made(id) => return Ok(id),
            CustomerRow::Begun(username) => self.enrol(username, fresh).await?,
        };
        let mut unit = self.store.write().await?;
        let made = unit.customer_made(user, &id, kind).await?;
        unit.save().await?;
        made.then_some(id).ok_or(StartError::Erased)
    }

    fn new_username(&self) -> Username {
        #[expect(
            clippy::expect_used,
            reason = "letters and digits of the right length are a username"
        )]
        Username::parse(format!("relink_{}", self.random.token())).expect("a username")
    }

    async fn enrol(&self, username: Username, fresh: bool) -> Result<Found, StartError> {
        if !fresh && let Some(found) = self.look_up(&username).await? {
            return Ok(found);
        }
        let new = NewCustomer {
            username,
            application_id: None,
        };
        match self
            .upstream
            .add_customer(self.settings.customers, &new)
            .await
        {
            Ok(Enrolment::Created(customer)) => {
                let kind = customer.kind.or(Some(self.settings.customers));
                Ok((customer.id, kind))
            }
            Ok(Enrolment::UsernameTaken) => self
                .look_up(&new.username)
                .await?
                .ok_or(StartError::CustomerLost),
            // The call may have done its part: look before giving up. A second
            // failure hides nothing, the first is what is told.
            Err(error) => match self.look_up(&new.username).await {
                Ok(Some(found)) => Ok(found),
                Ok(None) | Err(_) => Err(error.into()),
            },
        }
    }

    async fn look_up(&self, username: &Username) -> Result<Option<Found>, Error> {
        let found = self.upstream.find_customer(username).await?;
        Ok(found.map(|customer| (customer.id, customer.kind)))
    }
}
