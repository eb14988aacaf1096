//! The signature of a gateway's callbacks, as Twilio makes it: HMAC-SHA1 over
//! our URL and the form's fields in the order of their names, keyed by the
//! account's token, in base64. (SHA-1 is theirs; keyed, it still holds.)

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;

/// The header it comes in.
pub const HEADER: &str = "x-twilio-signature";

/// Whether `signature` is that of `fields` sent to `url`. Compares in constant
/// time.
pub fn is_good(
    token: &SecretString,
    url: &str,
    fields: &[(String, String)],
    signature: &str,
) -> bool {
    let Ok(signature) = STANDARD.decode(signature.trim()) else {
        return false;
    };
    let mut fields: Vec<&(String, String)> = fields.iter().collect();
    fields.sort();
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(token.expose_secret().as_bytes()) else {
        return false;
    };
    mac.update(url.as_bytes());
    for (name, value) in fields {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac.verify_slice(&signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example that Twilio's own libraries are tested with.
    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const TOKEN: &str = "12345";
    const FIELDS: [(&str, &str); 5] = [
        ("To", "+18005551212"),
        ("From", "+14158675309"),
        ("Digits", "1234"),
        ("Caller", "+14158675309"),
        ("CallSid", "CA1234567890ABCDE"),
    ];
    const SIGNATURE: &str = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    fn fields() -> Vec<(String, String)> {
        FIELDS
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn the_documented_example_is_good_and_nothing_else() {
        let token = SecretString::from(TOKEN);
        assert!(is_good(&token, URL, &fields(), SIGNATURE));
        assert!(!is_good(
            &SecretString::from("12346"),
            URL,
            &fields(),
            SIGNATURE
        ));
        assert!(!is_good(
            &token,
            "https://mycompany.com/",
            &fields(),
            SIGNATURE
        ));
        assert!(!is_good(&token, URL, &fields()[1..], SIGNATURE));
        for wrong in ["", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "???"] {
            assert!(!is_good(&token, URL, &fields(), wrong), "{wrong}");
        }
    }
}
