//! Small text helpers: hex and the keyed hash of links and webhooks.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            if write!(text, "{byte:02x}").is_err() {
                unreachable!("a String takes every write");
            }
            text
        })
}

/// HMAC-SHA256 of `body` under `key`, lower-case hex: the signature of webhooks
/// (key: the partner secret as text) and of Connect links (key: the sandbox's own).
pub fn hmac_hex(key: &[u8], body: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        unreachable!("HMAC takes keys of every length")
    };
    mac.update(body);
    hex(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_of_rfc_4231() {
        // Test case 2 of RFC 4231.
        assert_eq!(
            hmac_hex(b"Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
