//! The whole program over HTTP: the app and the sandbox on ports of their own,
//! people who use public routes only, on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod access;
mod app;
mod backup;
mod bad_input;
mod browser;
mod callbacks;
mod calls;
mod campaigns;
mod cases;
mod choice;
mod commands;
mod connect;
mod connect_faults;
mod db;
mod erasure;
mod figures;
mod funnels;
mod headers;
mod health;
mod hosted;
mod icons;
mod identity;
mod invitations;
mod journeys;
mod languages;
mod logs;
mod mastercard_faults;
mod metrics;
mod notices;
mod operations;
mod outage;
mod outages;
mod panics;
mod passkeys;
mod people;
mod places;
mod proxies;
mod repair;
mod repair_ways;
mod rotation;
mod scene;
mod second_step;
mod staff_addresses;
mod staff_forms;
mod start;
mod support;
#[cfg(feature = "otel")]
mod traces;
mod webhooks;
