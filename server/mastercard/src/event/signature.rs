//! The signature of Data Connect events: HMAC-SHA256 over the body, keyed by
//! the partner secret, as 64 hex digits.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// The names the header is known under; which one is sent is unconfirmed.
pub const HEADERS: [&str; 2] = ["x-finicity-signature", "x-signature"];

/// Which of `keys` signed exactly these bytes, if one did. Several keys, for
/// after a rotation: events are repeated for three days, signed with the old
/// secret or the new one. The bytes must be the received ones: JSON written
/// anew may differ in number forms and key order.
pub fn verify(body: &[u8], signature: &str, keys: &[SecretString]) -> Option<usize> {
    let signature = unhex(signature.trim())?;
    keys.iter().position(|key| signed_by(key, body, &signature))
}

/// `verify_slice` compares in constant time.
fn signed_by(key: &SecretString, body: &[u8], signature: &[u8; 32]) -> bool {
    Hmac::<Sha256>::new_from_slice(key.expose_secret().as_bytes())
        .is_ok_and(|mac| mac.chain_update(body).verify_slice(signature).is_ok())
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test case 2 of RFC 4231.
    const BODY: &[u8] = b"what do ya want for nothing?";
    const SIGNATURE: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    fn keys(keys: &[&str]) -> Vec<SecretString> {
        keys.iter().map(|key| SecretString::from(*key)).collect()
    }

    #[rstest::rstest]
    #[case(SIGNATURE, &["Jefe"], Some(0))]
    #[case(SIGNATURE, &["new", "Jefe"], Some(1))]
    #[case(SIGNATURE, &["new"], None)]
    #[case(SIGNATURE, &[], None)]
    #[case("", &["Jefe"], None)]
    #[case(&SIGNATURE[..62], &["Jefe"], None)]
    #[case("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3844", &["Jefe"], None)]
    #[case("+5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384", &["Jefe"], None)]
    fn signatures(#[case] signature: &str, #[case] known: &[&str], #[case] by: Option<usize>) {
        assert_eq!(verify(BODY, signature, &keys(known)), by);
    }

    #[test]
    fn one_changed_byte_breaks_it() {
        assert_eq!(
            verify(b"what do ya want for nothing!", SIGNATURE, &keys(&["Jefe"])),
            None
        );
    }
}
