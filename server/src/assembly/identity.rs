//! Signing up and in, from the configuration.

use std::sync::Arc;

use relink_engine::{
    identity::{
        self, ConfirmEmail, FactorKey, HashCost, Hasher, Identity, RelyingParty, SecondFactor,
        SignUpMode,
    },
    random::Random,
    store::Store,
    time::Clocks,
};

use crate::config::{Config, Environment, SecondFactorAsked, SecretKey, SignUpPolicy};

/// The use cases of signing up and in, as configured.
pub fn identity(
    config: &Config,
    store: &Store,
    clocks: &Clocks,
    random: &Arc<dyn Random>,
    key: &SecretKey,
) -> anyhow::Result<Identity> {
    let settings = identity::Settings {
        sign_up: match config.sign_up.policy {
            SignUpPolicy::Open => SignUpMode::Open,
            SignUpPolicy::Invitation => SignUpMode::Invitation,
            SignUpPolicy::Off => SignUpMode::Off,
        },
        confirm_email: if config.sign_up.confirm_email {
            ConfirmEmail::Required
        } else {
            ConfirmEmail::Waived
        },
        second_factor: match (config.staff.second_factor, config.environment) {
            (SecondFactorAsked::Always, _)
            | (SecondFactorAsked::Production, Environment::Production) => SecondFactor::OfStaff,
            (SecondFactorAsked::Production, Environment::Sandbox | Environment::TestDrive) => {
                SecondFactor::Optional
            }
        },
        ..identity::Settings::default()
    };
    // Each hash takes 19 MiB and a core for a moment: two at once leave room.
    let hasher = Hasher::new(HashCost::default(), 2, random.clone())?;
    Ok(Identity::new(
        store.clone(),
        hasher,
        clocks.real.clone(),
        random.clone(),
        FactorKey::new(&key.0),
        RelyingParty::new(&config.public_url, &config.operator.product),
        settings,
    )
    .dating_by(clocks.domain.clone()))
}
