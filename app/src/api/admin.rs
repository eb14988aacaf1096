//! What staff see of what runs beside connections.

use serde::{Deserialize, Serialize};

use super::shared::When;

/// What people look for in vain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Institutions that people said were missing, most often first.
    pub reported: Vec<Counted>,
    /// Searches that found nothing, most often first.
    pub empty: Vec<Counted>,
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
