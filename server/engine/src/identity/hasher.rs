//! Passwords at rest: argon2id, off the async threads, a few at once.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash as Phc},
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use super::password::{LONGEST_BYTES, Password, normalised};
use crate::random::Random;

/// How dear one guess is. Raising it re-hashes each password at its next
/// sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HashCost {
    /// Memory of one hash, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for HashCost {
    /// 19 MiB, two passes: argon2id's minimum by common advice of 2023 on.
    fn default() -> Self {
        Self {
            memory_kib: Params::DEFAULT_M_COST,
            passes: Params::DEFAULT_T_COST,
            lanes: Params::DEFAULT_P_COST,
        }
    }
}

/// A stored hash: a PHC string.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    pub(crate) fn stored(phc: String) -> Self {
        Self(phc)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// What a comparison found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Another password, or nobody's.
    Wrong,
    /// The password, hashed as dearly as is asked now.
    Right,
    /// The password, hashed more cheaply than is asked now.
    RightButCheap,
}

/// Why nothing could be hashed.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The cost is out of argon2's bounds.
    #[error("the password cost is out of bounds")]
    Cost(#[from] argon2::Error),
    /// The stored or new hash is not one.
    #[error("the password cannot be hashed")]
    Hash(#[from] argon2::password_hash::Error),
    /// The thread that hashed is gone.
    #[error("the hashing thread was lost")]
    Lost(#[from] tokio::task::JoinError),
    /// The program is stopping.
    #[error("no hashing any more")]
    Closed(#[from] tokio::sync::AcquireError),
}

/// Hashes and compares.
#[derive(Clone)]
pub struct Hasher {
    params: Params,
    slots: Arc<Semaphore>,
    random: Arc<dyn Random>,
    /// Compared with where there is no user, so that it takes as long.
    nobody: PasswordHash,
    runs: Arc<AtomicU64>,
}

impl Hasher {
    /// At most `at_once` hashes run, each on a blocking thread with the memory
    /// that `cost` says.
    pub fn new(cost: HashCost, at_once: usize, random: Arc<dyn Random>) -> Result<Self, HashError> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None)?;
        let nobody = hash(&params, random.token().as_bytes(), &*random)?;
        let (slots, runs) = (Arc::new(Semaphore::new(at_once.max(1))), Arc::default());
        Ok(Self {
            params,
            slots,
            random,
            nobody,
            runs,
        })
    }

    /// How many hashes were computed; for metrics.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    /// Hashes a chosen password.
    pub async fn hash(&self, password: &Password) -> Result<PasswordHash, HashError> {
        self.hash_secret(password.secret().clone()).await
    }

    /// Hashes `typed` again, at today's cost.
    pub(super) async fn rehash(&self, typed: &SecretString) -> Result<PasswordHash, HashError> {
        self.hash_secret(normalised(typed)).await
    }

    async fn hash_secret(&self, secret: SecretString) -> Result<PasswordHash, HashError> {
        let (params, random) = (self.params.clone(), Arc::clone(&self.random));
        self.blocking(move || hash(&params, secret.expose_secret().as_bytes(), &*random))
            .await
    }

    /// Compares what was typed with `stored`; with nobody's hash where there
    /// is none.
    pub async fn verify(
        &self,
        typed: &SecretString,
        stored: Option<&PasswordHash>,
    ) -> Result<Verdict, HashError> {
        // Too long was never anybody's password; the answer takes its time all
        // the same.
        let (typed, stored) = if typed.expose_secret().len() > LONGEST_BYTES {
            (SecretString::default(), None)
        } else {
            (normalised(typed), stored)
        };
        let known = stored.is_some();
        let stored = stored.unwrap_or(&self.nobody).clone();
        let wanted = self.params.clone();
        self.blocking(move || {
            let phc = Phc::new(stored.as_str()).map_err(argon2::password_hash::Error::from)?;
            let same = Argon2::default()
                .verify_password(typed.expose_secret().as_bytes(), &phc)
                .is_ok();
            Ok(match (known && same, is_cheap(&phc, &wanted)) {
                (false, _) => Verdict::Wrong,
                (true, false) => Verdict::Right,
                (true, true) => Verdict::RightButCheap,
            })
        })
        .await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let slot = Arc::clone(&self.slots).acquire_owned().await?;
        self.runs.fetch_add(1, Ordering::Relaxed);
        // The slot goes with the work: a caller that gives up does not free it.
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(slot);
            done
        })
        .await?
    }
}

fn hash(params: &Params, secret: &[u8], random: &dyn Random) -> Result<PasswordHash, HashError> {
    let mut salt = [0; argon2::RECOMMENDED_SALT_LEN];
    random.fill(&mut salt);
    let phc = Argon2::from(params).hash_password_with_salt(secret, &salt)?;
    Ok(PasswordHash(phc.to_string()))
}

/// Whether `phc` is of another kind, or cheaper in any way, than `wanted`.
fn is_cheap(phc: &Phc, wanted: &Params) -> bool {
    let today = argon2::Algorithm::Argon2id.ident() == phc.algorithm
        && phc.version == Some(u32::from(argon2::Version::V0x13));
    match Params::try_from(phc) {
        Ok(had) if today => {
            had.m_cost() < wanted.m_cost()
                || had.t_cost() < wanted.t_cost()
                || had.p_cost() < wanted.p_cost()
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn hasher(cost: HashCost) -> Hasher {
        Hasher::new(cost, 2, Arc::new(SeededRandom::new(1))).unwrap()
    }

    const CHEAP: HashCost = HashCost {
        memory_kib: 16,
        passes: 1,
        lanes: 1,
    };

    #[tokio::test]
    async fn the_right_password_is_right_until_the_cost_rises() {
        let typed = SecretString::from("wander oyster plinth");
        let cheap = hasher(CHEAP);
        let stored = cheap.hash(&Password::parse(&typed).unwrap()).await.unwrap();
        assert!(stored.as_str().starts_with("$argon2id$v=19$m=16,t=1,p=1$"));
        assert_eq!(
            cheap.verify(&typed, Some(&stored)).await.unwrap(),
            Verdict::Right
        );
        assert_eq!(
            cheap
                .verify(&"wander oyster plinths".into(), Some(&stored))
                .await
                .unwrap(),
            Verdict::Wrong
        );
        let dearer = hasher(HashCost { passes: 2, ..CHEAP });
        assert_eq!(
            dearer.verify(&typed, Some(&stored)).await.unwrap(),
            Verdict::RightButCheap
        );
        assert!(!format!("{stored:?}").contains("argon2"));
    }

    #[tokio::test]
    async fn nobody_and_too_long_cost_a_hash_and_are_wrong() {
        let hasher = hasher(CHEAP);
        assert_eq!(
            hasher
                .verify(&"anything at all".into(), None)
                .await
                .unwrap(),
            Verdict::Wrong
        );
        assert_eq!(hasher.runs(), 1);
        let long = "x".repeat(LONGEST_BYTES + 1);
        let stored = hasher.hash_secret(long.as_str().into()).await.unwrap();
        assert_eq!(
            hasher
                .verify(&long.as_str().into(), Some(&stored))
                .await
                .unwrap(),
            Verdict::Wrong
        );
        assert_eq!(hasher.runs(), 3);
    }
}
