//! Finding the institution.
//!
//! The directory is copied from Mastercard into the store ([`DirectorySync`]), indexed
//! in memory ([`Index`]) and searched there; [`Institutions`] is the capability.
//! What decides is pure: folding ([`Query`]), ranking ([`Match`]), which of two
//! twins is shown, who can be chosen ([`Policy`]), which address a picture may
//! come from ([`icons`]).

mod ask;
mod directory;
mod distance;
mod entry;
mod host;
pub mod icons;
mod index;
mod job;
mod known;
mod lexicon;
mod policy;
mod query;
mod report;
mod searches;
mod service;
mod sync;
mod term;
mod text;
mod twins;

#[cfg(test)]
mod fake;
#[cfg(test)]
pub(crate) mod testing;

pub use ask::Asked;
pub use directory::Loaded;
pub(crate) use entry::with_successors;
pub use entry::{DirectoryLine, Entry, Listing};
pub use index::{Found, Hit, Index, MOST_TILES, Match, Usage};
pub use job::RefreshDirectory;
pub use known::{Aliases, Popularity};
pub use policy::{
    Availability, Countries, OauthRegistered, Policy, Reason, TestInstitutions, is_test,
};
pub use query::Query;
pub use report::{Miss, Report, ReportError, search_report};
pub use service::{
    ConfirmPage, Freshness, Institutions, InstitutionsError, SearchResult, Settings,
};
pub use sync::{DirectorySync, Step, SyncError};
pub use term::Term;
