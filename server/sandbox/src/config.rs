//! What can be set when the sandbox starts.

use std::fmt;
use std::path::PathBuf;

use chrono::Duration;
use url::Url;

use crate::scenario::Scenario;
use crate::state::CustomerId;

/// Proof that the installation calls itself a sandbox. Without one there is no
/// [`Sandbox`](crate::Sandbox): made-up accounts must never appear where people
/// believe what they see.
#[derive(Clone, Copy, Debug)]
pub struct SandboxEnvironment(());

/// The configured environment is another one.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the sandbox runs only with environment = \"sandbox\", not {0:?}")]
pub struct NotSandbox(String);

impl SandboxEnvironment {
    /// Checks the installation's `environment` setting.
    pub fn check(environment: &str) -> Result<Self, NotSandbox> {
        if environment == "sandbox" {
            Ok(Self(()))
        } else {
            Err(NotSandbox(environment.to_owned()))
        }
    }
}

/// How `start` of the institution lists counts. The description calls it a page
/// index and shows an example that counts records; both can be played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StartIs {
    /// `start=2` is the second page.
    #[default]
    PageIndex,
    /// `start=2` is the second record.
    RecordIndex,
}

/// When a new or repaired account is aggregated for the first time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FirstAggregation {
    /// Before the session ends.
    #[default]
    AtOnce,
    /// This long afterwards, on the sandbox's clock.
    After(Duration),
    /// With the next nightly batch.
    NextBatch,
}

/// Whether links whose call does not say `singleUseUrl` die with the first success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkUse {
    /// They stay good until they expire.
    #[default]
    Many,
    /// They end with the first success.
    Single,
}

/// Settings of one sandbox.
#[derive(Clone)]
pub struct SandboxConfig {
    /// Origin under which browsers reach the hosted pages; links, logos and the
    /// same-origin check use it.
    pub public_origin: Url,
    /// The partner's id.
    pub partner_id: String,
    /// The partner's secret, which is also the key of webhook signatures.
    pub partner_secret: String,
    /// Value of `Finicity-App-Key`.
    pub app_key: String,
    /// The customer that exists from the start.
    pub customer_id: CustomerId,
    /// Seed of ids, tokens and the directory's long tail.
    pub seed: u64,
    /// Institutions that replace the long tail, as JSON lines.
    pub institutions: Option<PathBuf>,
    /// Meaning of `start` in institution lists.
    pub start_is: StartIs,
    /// Default for links that do not say.
    pub link_use: LinkUse,
    /// First aggregation of new and repaired accounts.
    pub first_aggregation: FirstAggregation,
    /// File that customers, accounts and the clock's move are kept in over a
    /// restart; without one they end with the process.
    pub memory: Option<PathBuf>,
    /// What happens to whom on which day; nothing by itself when absent.
    pub scenario: Option<Scenario>,
}

impl SandboxConfig {
    /// The fixed defaults, for hosted pages at `public_origin`.
    pub fn new(public_origin: Url) -> Self {
        Self {
            public_origin,
            partner_id: "2445584200001".to_owned(),
            partner_secret: "Sandbox-Partner-2026".to_owned(),
            app_key: "7d1c4be0a95f4a0c8e3b2f6d90517c3e".to_owned(),
            customer_id: CustomerId(1_005_061_234),
            seed: 1,
            institutions: None,
            start_is: StartIs::default(),
            link_use: LinkUse::default(),
            first_aggregation: FirstAggregation::default(),
            memory: None,
            scenario: None,
        }
    }

    /// What the program prints at start, one value a line.
    pub(crate) fn banner(&self) -> String {
        format!(
            "partner id: {}\npartner secret: {}\napp key: {}\ncustomer id: {}\n",
            self.partner_id, self.partner_secret, self.app_key, self.customer_id
        )
    }
}

// Written by hand: a changed secret may be somebody's real one by mistake.
impl fmt::Debug for SandboxConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxConfig")
            .field("public_origin", &self.public_origin.as_str())
            .field("customer_id", &self.customer_id)
            .field("seed", &self.seed)
            .field("institutions", &self.institutions)
            .field("start_is", &self.start_is)
            .field("link_use", &self.link_use)
            .field("first_aggregation", &self.first_aggregation)
            .field("memory", &self.memory)
            .field("scenario", &self.scenario.as_ref().map(Scenario::name))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sandbox_environment_is_taken() {
        assert!(SandboxEnvironment::check("sandbox").is_ok());
        for other in ["", "production", "test-drive", "Sandbox"] {
            assert_eq!(
                SandboxEnvironment::check(other).unwrap_err(),
                NotSandbox(other.to_owned())
            );
        }
    }
}
