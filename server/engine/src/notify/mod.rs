//! Notices: who is told what, where and when.
//!
//! Whatever may give a reason to write (a break that opened, changed or closed,
//! an outage, a permission that ends) queues [`Consider`] in the same unit of
//! work. What follows is decided there, from what is known by then.

use serde::{Deserialize, Serialize};

use crate::{ids::UserId, jobs::Job};

/// Looks at everything a user may have to be told of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Consider {
    /// Whom.
    pub user: UserId,
}

impl Job for Consider {
    const KIND: &'static str = "notify.consider";

    fn dedupe_key(&self) -> Option<String> {
        Some(self.user.to_string())
    }
}
