//! What to tell, where and when. Pure.

use chrono::{DateTime, Utc};

use super::Facts;

/// What is to be done now.
#[derive(Debug, Clone)]
pub struct Decision {
    /// When the facts of now mean something else.
    pub look_again: Option<DateTime<Utc>>,
}

/// Decides what a user is told at `now`.
pub fn decide(facts: &Facts, now: DateTime<Utc>) -> Decision {
    todo!()
}
