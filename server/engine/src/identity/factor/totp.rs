//! Codes by the clock (RFC 6238): HMAC-SHA-1, 30 seconds, six digits, which is
//! what every authenticator app takes.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretSlice};
use sha1::Sha1;

use crate::{identity::Email, random::Random};

const SECONDS: i64 = 30;
const DIGITS: usize = 6;
/// RFC 4226 recommends 160 bits.
const BYTES: usize = 20;
/// Clocks that differ by so many steps are taken.
const DRIFT: i64 = 1;

/// What the app and we share.
#[derive(Clone)]
pub struct TotpSecret(SecretSlice<u8>);

impl TotpSecret {
    pub(super) fn new(random: &dyn Random) -> Self {
        let mut bytes = vec![0; BYTES];
        random.fill(&mut bytes);
        Self(bytes.into())
    }

    pub(super) fn opened(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }

    pub(super) fn expose(&self) -> &[u8] {
        self.0.expose_secret()
    }

    /// As it is typed into an app: groups of four.
    pub fn grouped(&self) -> String {
        let text = BASE32_NOPAD.encode(self.expose());
        let mut grouped = String::new();
        for (at, letter) in text.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(letter);
        }
        grouped
    }

    /// What the QR code says: whose sign-in it is, and where.
    pub fn uri(&self, issuer: &str, email: &Email) -> String {
        let (issuer, secret) = (encoded(issuer), BASE32_NOPAD.encode(self.expose()));
        let email = encoded(email.as_str());
        format!("otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}")
    }

    /// The step that `typed` is the code of, if it is a late or early one at
    /// most, and later than the last that was taken.
    pub(super) fn step_of(&self, typed: &str, now: DateTime<Utc>, last: i64) -> Option<i64> {
        let typed: String = typed
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        let digits = typed.len() == DIGITS && typed.bytes().all(|byte| byte.is_ascii_digit());
        let present = step(now);
        (present - DRIFT..=present + DRIFT)
            .filter(|step| digits && *step > last)
            .find(|step| self.code(*step) == typed)
    }

    #[expect(clippy::expect_used, reason = "a key of any length is one")]
    fn code(&self, step: i64) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(self.expose()).expect("a key");
        mac.update(&step.to_be_bytes());
        let mac = mac.finalize().into_bytes();
        let at = usize::from(mac[19] & 0xf);
        let number = u32::from_be_bytes([mac[at] & 0x7f, mac[at + 1], mac[at + 2], mac[at + 3]]);
        format!("{:0DIGITS$}", number % 1_000_000)
    }

    /// The code that an app shows at `now`.
    #[cfg(any(test, feature = "testing"))]
    pub fn shown_at(&self, now: DateTime<Utc>) -> String {
        self.code(step(now))
    }

    /// Reads what a page shows; for tests that play the app.
    #[cfg(any(test, feature = "testing"))]
    pub fn typed(grouped: &str) -> Option<Self> {
        let text: String = grouped.split_whitespace().collect();
        BASE32_NOPAD.decode(text.as_bytes()).ok().map(Self::opened)
    }
}

fn step(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(SECONDS)
}

/// Percent-encoded: apps show a `+` as it is.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            write!(encoded, "%{byte:02X}").unwrap_or_default();
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn secret() -> TotpSecret {
        TotpSecret::opened(b"12345678901234567890".to_vec())
    }

    /// RFC 6238, appendix B, the last six digits.
    #[rstest]
    #[case(59, "287082")]
    #[case(1_111_111_109, "081804")]
    #[case(1_111_111_111, "050471")]
    #[case(1_234_567_890, "005924")]
    #[case(2_000_000_000, "279037")]
    #[case(20_000_000_000, "353130")]
    fn codes_of_the_standard(#[case] second: i64, #[case] code: &str) {
        assert_eq!(secret().shown_at(at(second)), code);
        assert_eq!(secret().step_of(code, at(second), 0), Some(second / 30));
    }

    #[test]
    fn a_code_is_good_for_a_step_around_its_own_and_once() {
        let (secret, now) = (secret(), 1_111_111_109);
        let (code, own) = (secret.shown_at(at(now)), now / 30);
        for (late, good) in [
            (-60, false),
            (-30, true),
            (0, true),
            (30, true),
            (60, false),
        ] {
            let step = secret.step_of(&code, at(now + late), 0);
            assert_eq!(step, good.then_some(own), "{late}");
        }
        assert_eq!(secret.step_of(&code, at(now), own), None, "used");
        assert_eq!(secret.step_of(&code, at(now), own - 1), Some(own));
        assert_eq!(secret.step_of(" 081 804 ", at(now), 0), Some(own));
        for wrong in ["", "81804", "081805", "0818040", "08180４", "-81804"] {
            assert_eq!(secret.step_of(wrong, at(now), 0), None, "{wrong}");
        }
    }

    #[test]
    fn an_app_can_read_it() {
        let email = Email::parse("ada+x@example.com").unwrap();
        let secret = secret();
        assert_eq!(
            secret.uri("Mine & Co", &email),
            "otpauth://totp/Mine%20%26%20Co:ada%2Bx%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Mine%20%26%20Co"
        );
        assert_eq!(secret.grouped(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let typed = TotpSecret::typed(&secret.grouped()).unwrap();
        assert_eq!(typed.expose(), secret.expose());
    }
}
