//! Customers.

use http::Method;
use serde::Deserialize;

use super::accounts::Deletion;
use super::transport::Call;
use super::{Client, known};
use crate::model::{Customer, CustomerKind, Enrolment, NewCustomer, Username};
use crate::{Cause, CustomerId, Error, ErrorCode, Operation};

impl Client {
    /// Makes a customer. After a time-out or [`Enrolment::UsernameTaken`] look
    /// the username up: the customer may have been made.
    pub async fn add_customer(
        &self,
        kind: CustomerKind,
        new: &NewCustomer,
    ) -> Result<Enrolment, Error> {
        let (operation, path) = match kind {
            CustomerKind::Testing => (
                Operation::AddTestingCustomer,
                "/aggregation/v2/customers/testing",
            ),
            CustomerKind::Active => (Operation::AddCustomer, "/aggregation/v2/customers/active"),
        };
        let call = Call::new(operation, Method::POST, path).json(new);
        match self.read::<Customer>(&call).await {
            Ok(made) => Ok(Enrolment::Created(Customer {
                kind: Some(kind),
                ..made
            })),
            Err(Error {
                cause:
                    Cause::Rejected {
                        code: Some(ErrorCode::USERNAME_TAKEN),
                        ..
                    },
                ..
            }) => Ok(Enrolment::UsernameTaken),
            Err(error) => Err(error),
        }
    }

    /// The customer with exactly this username.
    pub async fn find_customer(&self, username: &Username) -> Result<Option<Customer>, Error> {
        #[derive(Deserialize)]
        struct Page {
            customers: Vec<Customer>,
        }

        let call = Call::new(
            Operation::GetCustomers,
            Method::GET,
            "/aggregation/v1/customers",
        )
        .query("username", username.as_str());
        let page: Page = self.read(&call).await?;
        Ok(page
            .customers
            .into_iter()
            .find(|customer| customer.username == username.as_str()))
    }

    /// One customer.
    pub async fn customer(&self, id: &CustomerId) -> Result<Option<Customer>, Error> {
        let path = format!("/aggregation/v1/customers/{id}");
        let call = Call::new(Operation::GetCustomer, Method::GET, path);
        known(self.read(&call).await, &[ErrorCode::NOT_FOUND])
    }

    /// Deletes a customer with every account linked, at once.
    pub async fn delete_customer(&self, id: &CustomerId) -> Result<Deletion, Error> {
        let path = format!("/aggregation/v1/customers/{id}");
        let call = Call::new(Operation::DeleteCustomer, Method::DELETE, path).without_answer();
        let answer = known(self.send(&call).await, &[ErrorCode::NOT_FOUND])?;
        Ok(Deletion::of(answer.is_some()))
    }
}
