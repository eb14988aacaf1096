//! What Relink does: rules, use cases and the store.
//!
//! Each capability is a folder. Its rules are pure functions of data and time;
//! its use cases take units of work from the [`store`] and reach the outside
//! through traits: [`time::Clock`], [`random::Random`], [`mail::Mailer`],
//! [`upstream`]. Nothing here knows HTTP or a page.

pub mod audit;
pub mod campaigns;
pub mod cases;
pub mod connect;
pub mod connections;
pub mod erasure;
pub mod funnels;
pub mod health;
pub mod identity;
pub mod ids;
pub mod institutions;
pub mod jobs;
pub mod mail;
pub mod notify;
pub mod outages;
pub mod random;
pub mod readings;
pub mod repair;
pub mod status;
pub mod store;
pub mod stories;
pub mod sweep;
pub mod tasks;
pub mod time;
pub mod upstream;
pub mod webhooks;
