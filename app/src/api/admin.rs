//! What staff see: whether today is a good day.

use serde::{Deserialize, Serialize};

use super::shared::When;

/// The figures of the admin page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminSummary {
    /// Mastercard as we see it.
    pub upstream: Upstream,
    /// The copy of the institution directory.
    pub directory: Directory,
    /// Institutions that people said were missing, most often first.
    pub missing: Vec<Counted>,
    /// Searches that found nothing, most often first.
    pub empty_searches: Vec<Counted>,
    /// Webhooks of the last 24 hours.
    pub webhooks: Webhooks,
    /// The job queue.
    pub jobs: Jobs,
    /// How many there are.
    pub totals: Totals,
}

/// Mastercard as we see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Upstream {
    /// The last calls worked.
    Fine {
        /// The last call that worked; none since the start.
        last: Option<When>,
    },
    /// The partner secret was refused; it is not tried again until it changes.
    SecretRejected {
        /// Since when.
        since: When,
    },
    /// Circuits are open: calls of these groups answer at once with an error.
    CircuitOpen {
        /// Names of the operation groups.
        groups: Vec<String>,
        /// When one call is let through to see.
        next: Option<When>,
    },
}

/// The copy of the institution directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// Institutions in the copy.
    pub size: u32,
    /// When it was made.
    pub copied: Option<When>,
    /// Whether it is recent enough (two refresh intervals).
    pub age: Age,
}

/// How old the copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Age {
    /// There is none.
    Never,
    /// As it should be.
    Fresh,
    /// A refresh was missed.
    Old,
}

/// Something that people typed, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// What they typed.
    pub text: String,
    /// How often.
    pub count: u32,
    /// When last.
    pub last: When,
}

/// Webhooks of the last 24 hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhooks {
    /// With a good signature.
    pub received: u32,
    /// Turned away for their signature.
    pub bad_signatures: u32,
    /// Stored, not yet worked on.
    pub waiting: u32,
}

/// The job queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jobs {
    /// Due or running.
    pub waiting: u32,
    /// Given up after their last try.
    pub dead: u32,
}

/// How many there are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// People with a sign-in.
    pub users: u32,
    /// Connections.
    pub connections: u32,
    /// Accounts that are kept.
    pub accounts: u32,
}
