//! The operations that have a caller, each with how it may be handled.

use std::fmt;

/// An operation of the official description, under its own `operationId`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Sign in as the partner.
    CreateToken,
    /// Replace the partner secret.
    ModifyPartnerSecret,
    /// Make a customer that reaches the test institutions only.
    AddTestingCustomer,
    /// Make a billable customer.
    AddCustomer,
    /// Look a customer up by username.
    GetCustomers,
    /// Read one customer.
    GetCustomer,
    /// Delete a customer with everything linked.
    DeleteCustomer,
    /// Read a page of the institution list.
    GetInstitutions,
    /// Read one institution.
    GetInstitution,
    /// Find institutions by routing number.
    GetInstitutionsByRoutingNumber,
    /// Make a Data Connect Lite link.
    GenerateLiteConnectUrl,
    /// Make a Data Connect Fix link.
    GenerateFixConnectUrl,
    /// Read the accounts of a customer, without balances and numbers.
    GetCustomerAccountsSimple,
    /// Read the accounts of one login, without balances and numbers.
    GetCustomerAccountsByInstitutionLoginSimple,
    /// Refresh one login.
    RefreshCustomerAccountsByInstitutionLogin,
    /// Refresh one login, for the Data Access Tiers.
    RefreshCustomerAccountsByInstitutionLoginV2,
    /// End access to one account.
    DeleteCustomerAccount,
    /// End access to every account of one login.
    DeleteCustomerAccountsByInstitutionLogin,
    /// List the experiences of an application.
    GetAllExperience,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Operations that fail together, so that one circuit breaker serves them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Signing in as the partner.
    Authentication,
    /// Customer records.
    Customers,
    /// The institution directory.
    Institutions,
    /// Links to Data Connect, and its experiences.
    Connect,
    /// Reading and deleting accounts.
    Accounts,
    /// Refreshing: reaches out to the institution, and is slow.
    Refresh,
}

impl Group {
    /// Every group.
    pub const ALL: [Self; 6] = [
        Self::Authentication,
        Self::Customers,
        Self::Institutions,
        Self::Connect,
        Self::Accounts,
        Self::Refresh,
    ];
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl Operation {
    /// The group whose circuit breaker counts it.
    pub const fn group(self) -> Group {
        match self {
            Self::CreateToken | Self::ModifyPartnerSecret => Group::Authentication,
            Self::AddTestingCustomer
            | Self::AddCustomer
            | Self::GetCustomers
            | Self::GetCustomer
            | Self::DeleteCustomer => Group::Customers,
            Self::GetInstitutions | Self::GetInstitution | Self::GetInstitutionsByRoutingNumber => {
                Group::Institutions
            }
            Self::GenerateLiteConnectUrl | Self::GenerateFixConnectUrl | Self::GetAllExperience => {
                Group::Connect
            }
            Self::GetCustomerAccountsSimple
            | Self::GetCustomerAccountsByInstitutionLoginSimple
            | Self::DeleteCustomerAccount
            | Self::DeleteCustomerAccountsByInstitutionLogin => Group::Accounts,
            Self::RefreshCustomerAccountsByInstitutionLogin
            | Self::RefreshCustomerAccountsByInstitutionLoginV2 => Group::Refresh,
        }
    }

    /// Whether an error reply may be about an aggregation. Elsewhere the small
    /// codes (400, 403, 500) are a server's own words, not a login's fate.
    pub(crate) const fn aggregates(self) -> bool {
        matches!(
            self.group(),
            Group::Accounts | Group::Refresh | Group::Connect
        )
    }
}
