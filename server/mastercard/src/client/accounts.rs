//! Accounts: reading through the simple variants only, refresh, and deletion.

use http::Method;
use serde::Deserialize;

use super::transport::Call;
use super::{Client, known};
use crate::model::SimpleAccount;
use crate::{AccountId, CustomerId, Error, ErrorCode, InstitutionLoginId, Operation};

/// What came of deleting: either way it is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// It was there.
    Deleted,
    /// It was gone before, or an earlier try of the same call had done it.
    AlreadyGone,
}

impl Deletion {
    pub(super) fn of(found: bool) -> Self {
        if found {
            Self::Deleted
        } else {
            Self::AlreadyGone
        }
    }
}

/// Which refresh to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshApi {
    /// For everybody else; waits for the institution.
    V1,
    /// For the Data Access Tiers ASD, AFD and ATD.
    V2,
}

#[derive(Deserialize)]
struct Accounts {
    accounts: Vec<SimpleAccount>,
}

impl Client {
    /// Every account of a customer. One that cannot be read fails the call: to
    /// leave it out would say that it is gone.
    pub async fn accounts(&self, customer: &CustomerId) -> Result<Vec<SimpleAccount>, Error> {
        let path = format!("/aggregation/v1/customers/{customer}/accounts/simple");
        let call = Call::new(Operation::GetCustomerAccountsSimple, Method::GET, path);
        self.read::<Accounts>(&call).await.map(|list| list.accounts)
    }

    /// The accounts of one login; empty when it has none any more.
    pub async fn login_accounts(
        &self,
        customer: &CustomerId,
        login: &InstitutionLoginId,
    ) -> Result<Vec<SimpleAccount>, Error> {
        let path = format!(
            "/aggregation/v1/customers/{customer}/institutionLogins/{login}/accounts/simple"
        );
        let operation = Operation::GetCustomerAccountsByInstitutionLoginSimple;
        let call = Call::new(operation, Method::GET, path);
        let none = [ErrorCode::LOGIN_WITHOUT_ACCOUNTS];
        let found = known(self.read::<Accounts>(&call).await, &none)?;
        Ok(found.map(|list| list.accounts).unwrap_or_default())
    }

    /// Asks the institution for fresh data on one login. Only with the person
    /// present: automating it is forbidden. After a time-out it still runs;
    /// read the accounts until `aggregation_attempt_date` moves.
    ///
    /// The reply of version 1 holds balances and numbers, and is not read.
    pub async fn refresh_login(
        &self,
        customer: &CustomerId,
        login: &InstitutionLoginId,
        api: RefreshApi,
    ) -> Result<(), Error> {
        let (operation, version) = match api {
            RefreshApi::V1 => (Operation::RefreshCustomerAccountsByInstitutionLogin, "v1"),
            RefreshApi::V2 => (Operation::RefreshCustomerAccountsByInstitutionLoginV2, "v2"),
        };
        let path = format!(
            "/aggregation/{version}/customers/{customer}/institutionLogins/{login}/accounts"
        );
        let call = Call::new(operation, Method::POST, path).without_answer();
        self.send(&call).await.map(drop)
    }

    /// Ends access to one account.
    pub async fn delete_account(
        &self,
        customer: &CustomerId,
        account: &AccountId,
    ) -> Result<Deletion, Error> {
        let path = format!("/aggregation/v1/customers/{customer}/accounts/{account}");
        self.delete(Operation::DeleteCustomerAccount, path).await
    }

    /// Ends access to every account of one login.
    pub async fn delete_login(
        &self,
        customer: &CustomerId,
        login: &InstitutionLoginId,
    ) -> Result<Deletion, Error> {
        let path = format!("/aggregation/v1/customers/{customer}/institutionLogins/{login}");
        self.delete(Operation::DeleteCustomerAccountsByInstitutionLogin, path)
            .await
    }

    async fn delete(&self, operation: Operation, path: String) -> Result<Deletion, Error> {
        let call = Call::new(operation, Method::DELETE, path).without_answer();
        let gone = [ErrorCode::NOT_FOUND, ErrorCode::LOGIN_WITHOUT_ACCOUNTS];
        Ok(Deletion::of(
            known(self.send(&call).await, &gone)?.is_some(),
        ))
    }
}
