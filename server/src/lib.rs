//! Puts the parts together.
//!
//! [`config`] reads what the operator sets, [`assembly`] builds the parts from
//! it, [`http`] is the way in, [`ports`] keeps the pages' contract by calling
//! the engine, [`mail`] and [`sms`] are the ways out to people. [`commands`] holds one file
//! for each subcommand. A library beside the program, so that tests build the
//! same program on port 0.

pub mod acts;
pub mod assembly;
pub mod calendar;
pub mod commands;
pub mod config;
mod counting;
pub mod csv;
pub mod demo;
pub mod directory;
pub mod helping;
pub mod http;
pub mod logging;
pub mod mail;
pub mod metrics;
mod news;
pub mod outages;
pub mod ports;
pub mod qr;
pub mod rotation;
pub mod sandbox;
pub mod secret_file;
mod site;
pub mod sms;
#[cfg(feature = "otel")]
mod traces;
pub mod upstream;
pub mod ways;
