//! The contract between the page and the server.
//!
//! Per area: data types, an error enum of codes, the server functions that an
//! island calls, and (in [`visit`], for the server only) the port that the
//! server keeps. To add a function: a method of the area's port, a server
//! function of three lines with an explicit endpoint, and its path in the test
//! of this module. Pages call the ports themselves.

pub mod account;
pub mod accounts;
pub mod admin;
pub(crate) mod asked;
pub mod audit;
pub mod breaks;
pub mod campaigns;
pub mod cases;
pub mod codes;
pub mod connect;
pub mod connections;
pub mod events;
pub mod factor;
pub mod fields;
pub mod forms;
pub mod funnels;
pub mod gaps;
pub mod health;
pub mod ids;
pub mod institution;
pub mod jobs;
pub mod notices;
pub mod outages;
pub mod paths;
pub mod people;
pub mod places;
pub mod refusal;
pub mod rows;
pub mod search;
pub mod shared;
pub mod site;
pub mod story;
pub mod visit;
pub mod wording;

/// The pairs of a query, as a page gets them; for tests of addresses.
#[cfg(test)]
pub(crate) fn query(text: &str) -> Vec<(String, String)> {
    let parts = text.split('&').filter_map(|part| part.split_once('='));
    parts
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}
