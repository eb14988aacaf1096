//! What the installation's key proves.

use std::{fmt::Write as _, sync::Arc};

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretSlice};
use sha2::Sha256;

use super::Phone;
use crate::ids::UserId;

/// Signs tokens and hides codes; each use has a purpose of its own, so that
/// what was made for one is nothing to another.
#[derive(Clone)]
pub struct Seal(Arc<SecretSlice<u8>>);

/// The most that a token is looked at.
const LONGEST_TOKEN: usize = 128;

impl Seal {
    /// With the installation's key.
    pub fn new(key: SecretSlice<u8>) -> Self {
        Self(Arc::new(key))
    }

    /// The token that stops a user's letters, and does nothing else. It is in
    /// every letter, and good for as long as letters are kept.
    pub fn unsubscribe(&self, user: UserId) -> String {
        let mac = self.mac(Purpose::Unsubscribe, &[user.0.as_bytes()]);
        let mut token = user.0.simple().to_string();
        for byte in mac.finalize().into_bytes() {
            // Writing to a String cannot fail.
            write!(token, "{byte:02x}").unwrap_or_default();
        }
        token
    }

    /// Whose letters `token` stops.
    pub fn unsubscribes(&self, token: &str) -> Option<UserId> {
        if token.len() > LONGEST_TOKEN || !token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let (user, signature) = token.split_at_checked(32)?;
        let user = UserId(user.parse().ok()?);
        let signature = (0..signature.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(signature.get(at..at + 2)?, 16).ok())
            .collect::<Option<Vec<u8>>>()?;
        let mac = self.mac(Purpose::Unsubscribe, &[user.0.as_bytes()]);
        // Compares in constant time.
        mac.verify_slice(&signature).ok().map(|()| user)
    }

    /// The hash of a code for a phone. Keyed: a code has six digits, and whoever
    /// reads the database must not try them all.
    pub(super) fn code(&self, user: UserId, phone: &Phone, code: &str) -> Vec<u8> {
        self.code_mac(user, phone, code)
            .finalize()
            .into_bytes()
            .to_vec()
    }

    /// Whether `hash` is that of this code.
    pub(super) fn is_code(&self, user: UserId, phone: &Phone, code: &str, hash: &[u8]) -> bool {
        self.code_mac(user, phone, code).verify_slice(hash).is_ok()
    }

    fn code_mac(&self, user: UserId, phone: &Phone, code: &str) -> Hmac<Sha256> {
        self.mac(
            Purpose::Code,
            &[
                user.0.as_bytes(),
                phone.as_str().as_bytes(),
                code.as_bytes(),
            ],
        )
    }

    #[expect(clippy::expect_used, reason = "a key of any length is one")]
    fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret()).expect("a key");
        mac.update(purpose.name());
        for part in parts {
            // Ends each part: no two lists of parts are the same bytes, since
            // none of ours has a zero byte but the first, of fixed length.
            mac.update(b"\0");
            mac.update(part);
        }
        mac
    }
}

#[derive(Clone, Copy)]
enum Purpose {
    Unsubscribe,
    Code,
}

impl Purpose {
    fn name(self) -> &'static [u8] {
        match self {
            Self::Unsubscribe => b"relink.unsubscribe",
            Self::Code => b"relink.phone-code",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(key: u8) -> Seal {
        Seal::new(vec![key; 32].into())
    }

    #[test]
    fn a_token_names_its_user_and_nobody_else_can_make_one() {
        let (ada, bo) = (
            UserId(uuid::Uuid::from_u128(1)),
            UserId(uuid::Uuid::from_u128(2)),
        );
        let token = seal(1).unsubscribe(ada);
        assert_eq!(token.len(), 96);
        assert_eq!(seal(1).unsubscribes(&token), Some(ada));
        assert_eq!(seal(2).unsubscribes(&token), None);
        let others = format!("{}{}", bo.0.simple(), &token[32..]);
        assert_eq!(seal(1).unsubscribes(&others), None);
        for cut in [0, 1, 31, 32, 33, 95] {
            assert_eq!(seal(1).unsubscribes(&token[..cut]), None, "{cut}");
        }
        for wrong in [
            format!("{token}0"),
            format!("{token}00"),
            "é".repeat(48),
            "0".repeat(9_000),
        ] {
            assert_eq!(seal(1).unsubscribes(&wrong), None);
        }
    }

    #[test]
    fn a_code_is_good_for_its_user_and_number_only() {
        let (ada, bo) = (
            UserId(uuid::Uuid::from_u128(1)),
            UserId(uuid::Uuid::from_u128(2)),
        );
        let phone = |text| Phone::parse(text).unwrap();
        let (home, work) = (phone("202 555 0123"), phone("202 555 0124"));
        let hash = seal(1).code(ada, &home, "123456");
        assert!(seal(1).is_code(ada, &home, "123456", &hash));
        assert!(!seal(1).is_code(ada, &home, "123457", &hash));
        assert!(!seal(1).is_code(ada, &work, "123456", &hash));
        assert!(!seal(1).is_code(bo, &home, "123456", &hash));
        assert!(!seal(2).is_code(ada, &home, "123456", &hash));
    }
}
