//! What is derived from the installation's key for second factors.

use std::sync::Arc;

use aws_lc_rs::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretSlice};
use sha2::Sha256;
use uuid::Uuid;

use crate::{
    ids::UserId,
    random::Random,
    store::{Store, StoreError},
};

/// Encrypts what must be read again, and hides recovery codes: whoever has the
/// database alone can do nothing with either.
#[derive(Clone)]
pub struct FactorKey(Arc<Keys>);

struct Keys {
    seal: LessSafeKey,
    codes: SecretSlice<u8>,
}

/// A stored secret was encrypted under another key of the installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a second factor was stored under another secret_key")]
pub struct OtherKey;

impl FactorKey {
    /// From the installation's key; each use has a key of its own.
    ///
    /// # Panics
    ///
    /// Never: the derived key has the length asked for.
    #[expect(
        clippy::expect_used,
        reason = "the derived key has the length asked for"
    )]
    pub fn new(key: &SecretSlice<u8>) -> Self {
        let seal = derived(key.expose_secret(), b"relink.second-factor.seal");
        let seal = UnboundKey::new(&CHACHA20_POLY1305, &seal).expect("32 bytes");
        let codes = derived(key.expose_secret(), b"relink.second-factor.codes");
        Self(Arc::new(Keys {
            seal: LessSafeKey::new(seal),
            codes: codes.to_vec().into(),
        }))
    }

    /// Encrypts `plain` for the row `id` and no other: the nonce, then the rest.
    #[expect(clippy::expect_used, reason = "only gigabytes cannot be encrypted")]
    pub(super) fn seal(&self, id: Uuid, plain: &[u8], random: &dyn Random) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        random.fill(&mut nonce);
        let mut sealed = plain.to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        self.0
            .seal
            .seal_in_place_append_tag(unique, Aad::from(id.as_bytes()), &mut sealed)
            .expect("a short text");
        [nonce.as_slice(), &sealed].concat()
    }

    pub(super) fn open(&self, id: Uuid, sealed: &[u8]) -> Result<Vec<u8>, OtherKey> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(OtherKey)?;
        let mut plain = rest.to_vec();
        let unique = Nonce::assume_unique_for_key(*nonce);
        let opened = self
            .0
            .seal
            .open_in_place(unique, Aad::from(id.as_bytes()), &mut plain);
        let length = opened.map_err(|_| OtherKey)?.len();
        plain.truncate(length);
        Ok(plain)
    }

    /// Whether second factors were stored under this key, by one of them; `None`:
    /// nobody has one of an app.
    pub async fn fits(&self, store: &Store) -> Result<Option<bool>, StoreError> {
        let one = store.read().await?.any_factor().await?;
        Ok(one.map(|one| self.open(one.id, &one.sealed).is_ok()))
    }

    /// What is stored of a recovery code of `user`.
    pub(super) fn hash(&self, user: UserId, code: &str) -> [u8; 32] {
        mac(
            self.0.codes.expose_secret(),
            &[user.0.as_bytes(), code.as_bytes()],
        )
    }
}

fn derived(key: &[u8], purpose: &[u8]) -> [u8; 32] {
    mac(key, &[purpose])
}

/// The first of two parts has a fixed length.
#[expect(clippy::expect_used, reason = "a key of any length is one")]
fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn key(byte: u8) -> FactorKey {
        FactorKey::new(&vec![byte; 32].into())
    }

    #[test]
    fn only_the_same_key_opens_and_only_the_same_row() {
        let (random, id) = (SeededRandom::new(1), Uuid::from_u128(5));
        let sealed = key(1).seal(id, b"secret", &random);
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(key(1).open(id, &sealed).unwrap(), b"secret");
        assert_eq!(key(2).open(id, &sealed), Err(OtherKey));
        assert_eq!(key(1).open(Uuid::from_u128(6), &sealed), Err(OtherKey));
        assert_eq!(key(1).open(id, &sealed[..11]), Err(OtherKey));
        let mut changed = sealed.clone();
        changed[14] ^= 1;
        assert_eq!(key(1).open(id, &changed), Err(OtherKey));
        assert_ne!(sealed, key(1).seal(id, b"secret", &random), "a nonce each");
    }

    #[test]
    fn a_code_is_its_users() {
        let (ada, bo) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        assert_eq!(key(1).hash(ada, "code"), key(1).hash(ada, "code"));
        assert_ne!(key(1).hash(ada, "code"), key(1).hash(bo, "code"));
        assert_ne!(key(1).hash(ada, "code"), key(2).hash(ada, "code"));
    }
}
