//! One trial of a credential at a time, on all nodes.

use std::time::Duration;

use chrono::TimeDelta;

use super::config::Ports;
use crate::ports::{Claim, Fingerprint, MemoryUnavailable};

/// How often a node that waits for another's trial looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// After so many trials in a row whose end nobody saw, each of which may have
/// been refused, the next might be the fifth that locks the partner.
const UNSEEN: u16 = 3;

/// The right to try a credential.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trial {
    /// Ours.
    Granted,
    /// Too many ended unseen.
    Doubtful,
}

/// Waits until nobody else tries the credential, at most as long as a claim
/// lasts, which is longer than `call`, the time limit of a trial.
pub(super) async fn begin(
    ports: &Ports,
    fingerprint: &Fingerprint,
    call: Duration,
) -> Result<Trial, MemoryUnavailable> {
    let lasts = call * 2;
    let give_up = tokio::time::Instant::now() + lasts + LOOK_AGAIN;
    let held = TimeDelta::from_std(lasts).map_err(|_| MemoryUnavailable)?;
    loop {
        let now = ports.clock.now();
        match ports.memory.claim(fingerprint, now, now + held).await? {
            Claim::Granted { unseen } if unseen < UNSEEN => return Ok(Trial::Granted),
            Claim::Granted { .. } => return Ok(Trial::Doubtful),
            Claim::Busy if tokio::time::Instant::now() >= give_up => {
                return Err(MemoryUnavailable);
            }
            Claim::Busy => tokio::time::sleep(LOOK_AGAIN).await,
        }
    }
}
