//! How fast campaigns write.

use relink_engine::campaigns::Pace;
use serde::Deserialize;

use super::{Config, check::Findings};

/// How fast campaigns write.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaigns {
    /// Letters that leave in a minute, at most.
    pub letters_per_minute: u16,
}

impl Campaigns {
    /// What the engine has to know of it.
    pub fn pace(&self) -> Pace {
        Pace::of(self.letters_per_minute)
    }
}

pub(super) fn check(config: &Config, findings: &mut Findings) {
    findings.unless(
        config.campaigns.letters_per_minute > 0,
        "campaigns.letters_per_minute",
        "must be at least 1; a campaign is stopped on its page",
    );
}
