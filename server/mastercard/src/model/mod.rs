//! What Mastercard's objects look like to us.

mod account;
mod connect;
mod customer;
mod directory;
mod institution;
mod products;

pub use account::{AccountStatus, AccountType, Mask, SimpleAccount};
pub use connect::{
    AvailableExperience, ConnectLink, ConnectOptions, Experience, FixRequest, Language,
    LiteRequest, NotALink, NotAnExperience, Webhook,
};
pub use customer::{Customer, CustomerKind, Enrolment, NewCustomer, NotAUsername, Username};
pub use directory::{CountryCode, InstitutionPage, InstitutionQuery, NotACountry};
pub use institution::{Address, Branding, Institution, InstitutionStatus};
pub use products::{Product, Products};
