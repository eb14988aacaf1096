//! Seeded chance: the same seed gives the same ids, tokens and signatures in
//! the same order of calls, so that a failing run can be played again.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

use crate::text::hex;

/// The sandbox's only source of chance.
pub struct SandboxRandom(StdRng);

impl SandboxRandom {
    /// Chance that follows from `seed`.
    pub fn seeded(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// `N` bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// `2 × N` lower-case hex digits.
    pub fn hex<const N: usize>(&mut self) -> String {
        hex(&self.bytes::<N>())
    }

    /// Twenty letters and digits, as the description's example of a token.
    pub fn token(&mut self) -> String {
        const SIGNS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
        self.bytes::<20>()
            .iter()
            .map(|byte| char::from(SIGNS[usize::from(*byte) % SIGNS.len()]))
            .collect()
    }
}

/// A number in `base .. base + span` that follows from `name` alone.
///
/// Ids of customers, logins and accounts come from what they are called, not
/// from a counter: after a restart an app that kept its rows meets its own ids
/// or none, never those of another person.
pub(super) fn number_of(name: &str, base: u64, span: u64) -> u64 {
    let digest = Sha256::digest(name.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    base + u64::from_be_bytes(first) % span
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_chance() {
        let (mut a, mut b) = (SandboxRandom::seeded(7), SandboxRandom::seeded(7));
        assert_eq!(a.token(), b.token());
        assert_eq!(a.hex::<12>(), b.hex::<12>());
        assert_ne!(a.hex::<12>(), SandboxRandom::seeded(8).hex::<12>());
        assert_eq!(a.token().len(), 20);
    }
}
