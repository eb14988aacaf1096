//! Health: how all connections stand together, over time, and what of it needs
//! somebody.
//!
//! Nothing here is found by looking at connections. The unit of work that
//! records a reading keeps the figures ([`Tally`]); pages add up a few rows of
//! them. [`recount`] makes the same figures from the intervals and the breaks
//! alone, and the two are held against each other each night.

pub mod breaks;
mod check;
pub mod codes;
#[cfg(test)]
mod journeys;
mod marks;
pub mod outage;
pub mod overview;
pub mod places;
pub mod recount;
pub mod rows;
mod standing;
mod tally;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod times;
#[cfg(test)]
mod tries;
#[cfg(test)]
mod walk;
pub mod windows;

pub use check::{Checked, Checks, Drift, Enter, HOURS_KEPT, Recount, Recounted};
pub use marks::{Mark, MarkError, Marks};
pub use overview::{Health, Overview, Window};
pub use standing::Standing;
pub use tally::{ALL, Ended, Episode, Key, Sums, Tally, day_of, hour_of};

pub use crate::status::Code;
