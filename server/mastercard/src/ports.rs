//! What the client takes from its surroundings: time, randomness, the partner
//! secret, and a memory of rejected credentials that outlives the process.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::{ErrorCode, Operation};

/// A source of the present instant: dates tokens and the circuit breaker.
/// Give it the machine's real clock, also where other code follows a movable one.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// A source of random bytes: request references and jitter.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The partner secret, read for each sign-in: a rotation replaces it under a client
/// that lives for months.
#[async_trait::async_trait]
pub trait PartnerSecret: fmt::Debug + Send + Sync {
    /// As it is now.
    async fn present(&self) -> SecretString;
}

/// One that stays.
#[async_trait::async_trait]
impl PartnerSecret for SecretString {
    async fn present(&self) -> SecretString {
        self.clone()
    }
}

/// Sees each call once it is over: for metrics.
pub trait Observer: Send + Sync {
    /// A call of `operation` ended so, retries included, after so long.
    fn called(&self, operation: Operation, outcome: &'static str, took: Duration);
}

/// Sees nothing.
#[derive(Debug, Clone, Copy)]
pub struct Unobserved;

impl Observer for Unobserved {
    fn called(&self, _: Operation, _: &'static str, _: Duration) {}
}

/// A keyed fingerprint (HMAC-SHA256, lower-case hex) of one credential. Useless
/// to anybody without the key, so it may be stored and shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Takes back a fingerprint that was stored.
    pub fn from_stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The fingerprint of `parts` under a key of any length. Each part's length
    /// goes with it, so that no two lists of parts look alike.
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    pub(crate) fn of(key: &SecretSlice<u8>, parts: &[&str]) -> Self {
        let mut mac = Hmac::<Sha256>::new_from_slice(key.expose_secret()).expect("any key fits");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        Self(
            mac.finalize()
                .into_bytes()
                .iter()
                .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}")),
        )
    }

    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// That Mastercard refused a credential, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// Which credential.
    pub fingerprint: Fingerprint,
    /// When it was refused.
    pub at: DateTime<Utc>,
    /// The code of the refusing reply, if it had one.
    pub code: Option<ErrorCode>,
}

/// The memory could not be asked or written. Without it nothing is tried: an
/// unknown refusal costs one of five attempts, a wait costs nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the memory of rejected credentials does not answer")]
pub struct MemoryUnavailable;

/// Whether a credential may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It may, by the caller alone.
    Granted {
        /// So many trials before this one, in a row, ended unseen.
        unseen: u16,
    },
    /// Somebody else tries it.
    Busy,
}

/// Where rejections are kept, shared by every node: a set, not one value, so
/// that going back to an older wrong secret is not tried either.
#[async_trait::async_trait]
pub trait CredentialMemory: Send + Sync {
    /// The rejection of this credential, if there was one.
    async fn load(&self, fingerprint: &Fingerprint)
    -> Result<Option<Rejection>, MemoryUnavailable>;

    /// Keeps a rejection, replacing an older one of the same fingerprint.
    async fn store(&self, rejection: &Rejection) -> Result<(), MemoryUnavailable>;

    /// Forgets a rejection and a claim, so that the credential may be tried again.
    async fn forget(&self, fingerprint: &Fingerprint) -> Result<(), MemoryUnavailable>;

    /// Takes the right to try a credential, for all nodes: nodes that start with
    /// the same wrong secret would lock the partner together. A claim that was
    /// not released by `until` ended unseen, and another may take it.
    async fn claim(
        &self,
        fingerprint: &Fingerprint,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Claim, MemoryUnavailable>;

    /// Gives the right back: the trial's end was seen, and a rejection stored.
    async fn release(&self, fingerprint: &Fingerprint) -> Result<(), MemoryUnavailable>;
}

/// A memory that ends with the process: for tests and one-off tools.
#[derive(Debug, Default)]
pub struct InMemory(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    rejections: BTreeMap<Fingerprint, Rejection>,
    /// Until when, and how many ended unseen before.
    claims: BTreeMap<Fingerprint, (DateTime<Utc>, u16)>,
}

impl InMemory {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait::async_trait]
impl CredentialMemory for InMemory {
    async fn load(
        &self,
        fingerprint: &Fingerprint,
    ) -> Result<Option<Rejection>, MemoryUnavailable> {
        Ok(self.known().rejections.get(fingerprint).cloned())
    }

    async fn store(&self, rejection: &Rejection) -> Result<(), MemoryUnavailable> {
        let kept = rejection.clone();
        self.known()
            .rejections
            .insert(rejection.fingerprint.clone(), kept);
        Ok(())
    }

    async fn forget(&self, fingerprint: &Fingerprint) -> Result<(), MemoryUnavailable> {
        let mut known = self.known();
        known.rejections.remove(fingerprint);
        known.claims.remove(fingerprint);
        Ok(())
    }

    async fn claim(
        &self,
        fingerprint: &Fingerprint,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Claim, MemoryUnavailable> {
        let mut known = self.known();
        let unseen = match known.claims.get(fingerprint) {
            Some((held, _)) if *held > now => return Ok(Claim::Busy),
            Some((_, before)) => before.saturating_add(1),
            None => 0,
        };
        known.claims.insert(fingerprint.clone(), (until, unseen));
        Ok(Claim::Granted { unseen })
    }

    async fn release(&self, fingerprint: &Fingerprint) -> Result<(), MemoryUnavailable> {
        self.known().claims.remove(fingerprint);
        Ok(())
    }
}
