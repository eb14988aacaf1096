//! The sandbox from outside: over HTTP, on a port of its own. Every reply of the
//! API is checked against the official description.

// Marked, so that the lints know the helpers for tests too.
#[cfg(test)]
mod accounts;
#[cfg(test)]
mod authentication;
#[cfg(test)]
mod breaks;
#[cfg(test)]
mod connect;
#[cfg(test)]
mod consumers;
#[cfg(test)]
mod control;
#[cfg(test)]
mod customers;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod institutions;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod start;
#[cfg(test)]
mod visits;
#[cfg(test)]
mod webhooks;
