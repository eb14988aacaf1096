//! Customers and consumers: who there is.

use chrono::{DateTime, Utc};

use super::{Consumer, ConsumerFacts, ConsumerId, Customer, CustomerId, CustomerType, State};

/// A username that another customer has.
#[derive(Debug, thiserror::Error)]
#[error("the username is taken")]
pub(crate) struct UsernameTaken;

/// What a new customer is made of.
pub(crate) struct NewCustomer {
    pub(crate) kind: CustomerType,
    pub(crate) username: String,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) application_id: Option<String>,
}

impl State {
    /// Customers in the order they were made.
    pub(crate) fn customers(&self) -> Vec<&Customer> {
        let mut all: Vec<&Customer> = self.customers.values().collect();
        all.sort_by_key(|customer| customer.place);
        all
    }

    pub(crate) fn customer(&self, id: CustomerId) -> Option<&Customer> {
        self.customers.get(&id)
    }

    pub(crate) fn customer_mut(&mut self, id: CustomerId) -> Option<&mut Customer> {
        self.customers.get_mut(&id)
    }

    pub(crate) fn add_customer(
        &mut self,
        new: NewCustomer,
        now: DateTime<Utc>,
    ) -> Result<&Customer, UsernameTaken> {
        if self
            .customers
            .values()
            .any(|other| other.username == new.username)
        {
            return Err(UsernameTaken);
        }
        let id = CustomerId(self.issue(&new.username, 6_000_000_000, 1_000_000_000));
        let place = self.count();
        let customer = Customer {
            id,
            username: new.username,
            kind: new.kind,
            first_name: new.first_name,
            last_name: new.last_name,
            phone: new.phone,
            email: new.email,
            application_id: new.application_id,
            created: now,
            modified: now,
            place,
        };
        Ok(self.customers.entry(id).or_insert(customer))
    }

    /// Ends access to a customer and all accounts; the consumer stays.
    pub(crate) fn delete_customer(&mut self, id: CustomerId) -> Option<Customer> {
        let customer = self.customers.remove(&id)?;
        self.ledger.logins.retain(|_, login| login.customer != id);
        self.ledger
            .accounts
            .retain(|_, account| account.customer != id);
        Some(customer)
    }

    pub(crate) fn consumer(&self, id: &ConsumerId) -> Option<&Consumer> {
        self.consumers.get(id)
    }

    pub(crate) fn consumer_mut(&mut self, id: &ConsumerId) -> Option<&mut Consumer> {
        self.consumers.get_mut(id)
    }

    pub(crate) fn consumer_of(&self, customer: CustomerId) -> Option<&Consumer> {
        self.consumers
            .values()
            .find(|consumer| consumer.customer == customer)
    }

    pub(crate) fn add_consumer(
        &mut self,
        customer: CustomerId,
        facts: ConsumerFacts,
        now: DateTime<Utc>,
    ) -> &Consumer {
        // Half from a number of its own, so that ids of before a restart do not come again.
        let number = self.issue(&format!("consumer/{customer}"), 0, u64::MAX);
        let id = ConsumerId(format!("{number:016x}{}", self.random.hex::<8>()));
        let consumer = Consumer {
            id: id.clone(),
            customer,
            facts,
            created: now,
        };
        self.consumers.entry(id).or_insert(consumer)
    }
}
