//! What connecting needs of Mastercard.

use async_trait::async_trait;
use relink_mastercard::{
    AccountId, Client, CustomerId, Error, InstitutionLoginId,
    client::{Deletion, RefreshApi},
    model::{
        ConnectLink, Customer, CustomerKind, Enrolment, FixRequest, LiteRequest, NewCustomer,
        SimpleAccount, Username,
    },
};

/// Mastercard, as whoever reads accounts needs it.
#[async_trait]
pub trait AccountsUpstream: Send + Sync {
    /// Reads all accounts of a customer.
    async fn accounts(&self, customer: &CustomerId) -> Result<Vec<SimpleAccount>, Error>;
}

/// Mastercard, as connecting and repairing need it.
#[async_trait]
pub trait ConnectUpstream: AccountsUpstream {
    /// Makes a customer.
    async fn add_customer(&self, kind: CustomerKind, new: &NewCustomer)
    -> Result<Enrolment, Error>;
    /// Looks a customer up by its username.
    async fn find_customer(&self, username: &Username) -> Result<Option<Customer>, Error>;
    /// Deletes a customer with all its accounts; gone already counts as deleted.
    async fn delete_customer(&self, customer: &CustomerId) -> Result<Deletion, Error>;
    /// Makes a link to a lite session.
    async fn generate_lite(&self, request: &LiteRequest) -> Result<ConnectLink, Error>;
    /// Makes a link to a fix session.
    async fn generate_fix(&self, request: &FixRequest) -> Result<ConnectLink, Error>;
    /// Refreshes a login; only ever with the person present.
    async fn refresh_login(
        &self,
        customer: &CustomerId,
        login: &InstitutionLoginId,
        api: RefreshApi,
    ) -> Result<(), Error>;
    /// Deletes an account; one that is gone already counts as deleted.
    async fn delete_account(
        &self,
        customer: &CustomerId,
        account: &AccountId,
    ) -> Result<Deletion, Error>;
    /// Deletes a login with all its accounts; gone already counts as deleted.
    async fn delete_login(
        &self,
        customer: &CustomerId,
        login: &InstitutionLoginId,
    ) -> Result<Deletion, Error>;
}

#[async_trait]
impl AccountsUpstream for Client {
    async fn accounts(&self, customer: &CustomerId) -> Result<Vec<SimpleAccount>, Error> {
        self.accounts(customer).await
    }
}

#[async_trait]
impl ConnectUpstream for Client {
    async fn add_customer(
        &self,
        kind: CustomerKind,
        new: &NewCustomer,
    ) -> Result<Enrolment, Error> {
        self.add_customer(kind, new).await
    }

    async fn find_customer(&self, username: &Username) -> Result<Option<Customer>, Error> {
        self.find_customer(username).await
    }

    async fn delete_customer(&self, customer: &CustomerId) -> Result<Deletion, Error> {
        self.delete_customer(customer).await
    }

    async fn generate_lite(&self, request: &LiteRequest) -> Result<ConnectLink, Error> {
        self.generate_lite(request).await
    }

    async fn generate_fix(&self, request: &FixRequest) -> Result<ConnectLink, Error> {
        self.generate_fix(request).await
    }

    async fn refresh_login(
        &self,
        customer: &CustomerId,
        login: &InstitutionLoginId,
        api: RefreshApi,
    ) -> Result<(), Error> {
        self.refresh_login(customer, login, api).await
    }

    async fn delete_account(
        &self,
        customer: &CustomerId,
        account: &AccountId,
    ) -> Result<Deletion, Error> {
        self.delete_account(customer, account).await
    }

    async fn delete_login(
        &self,
        customer: &CustomerId,
        login: &InstitutionLoginId,
    ) -> Result<Deletion, Error> {
        self.delete_login(customer, login).await
    }
}
