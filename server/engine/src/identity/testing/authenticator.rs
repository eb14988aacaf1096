//! An authenticator in memory: what a browser and a device do together.

use std::sync::Arc;

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The person is there, and was verified.
const VERIFIED: u8 = 0x05;
/// The passkey may be copied to other devices, and is.
const COPIED: u8 = 0x18;
/// A public key follows.
const WITH_KEY: u8 = 0x40;

/// One passkey, which counts its signatures.
#[derive(Clone)]
pub struct Authenticator {
    /// What it calls the passkey.
    pub id: Vec<u8>,
    /// The page that it believes to be on.
    pub origin: String,
    /// How often it has signed.
    pub counter: u32,
    /// What it says of the person and of itself.
    pub flags: u8,
    key: Arc<EcdsaKeyPair>,
}

#[expect(clippy::expect_used, reason = "a test without its passkey must fail")]
impl Authenticator {
    /// A passkey for pages of `origin`.
    ///
    /// # Panics
    ///
    /// When no key can be made: the test must fail.
    pub fn new(origin: &str) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key");
        Self {
            id: Sha256::digest(key.public_key()).to_vec(),
            origin: origin.to_owned(),
            counter: 0,
            flags: VERIFIED,
            key: Arc::new(key),
        }
    }

    /// The same as a password manager keeps it: on several devices, uncounted.
    #[must_use]
    pub fn copied(self) -> Self {
        Self {
            flags: VERIFIED | COPIED,
            ..self
        }
    }

    /// The same, which asks nobody for a finger or PIN.
    #[must_use]
    pub fn unverified(self) -> Self {
        Self { flags: 1, ..self }
    }

    /// Answers the options of a page that makes a passkey.
    pub fn make(&mut self, options: &Value) -> String {
        let page = self.page("webauthn.create", options);
        let length = u16::try_from(self.id.len()).unwrap_or(u16::MAX);
        let mut data = self.data(options["rp"]["id"].as_str(), self.flags | WITH_KEY);
        data.extend([0; 16]);
        data.extend(length.to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public());
        // {"fmt": "none", "attStmt": {}, "authData": h'…'}
        let mut made = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData".to_vec();
        made.push(0x59);
        made.extend(u16::try_from(data.len()).unwrap_or(u16::MAX).to_be_bytes());
        made.extend(data);
        let response =
            json!({ "attestationObject": encoded(&made), "clientDataJSON": encoded(&page) });
        self.answer(&response)
    }

    /// Answers the options of a page that asks for a passkey.
    ///
    /// # Panics
    ///
    /// When it cannot sign: the test must fail.
    pub fn show(&mut self, options: &Value) -> String {
        self.counter += u32::from(self.flags & COPIED == 0);
        let page = self.page("webauthn.get", options);
        let data = self.data(options["rpId"].as_str(), self.flags);
        let signed = [&*data, &Sha256::digest(&page)].concat();
        let signature = self
            .key
            .sign(&SystemRandom::new(), &signed)
            .expect("a signature");
        let response = json!({
            "authenticatorData": encoded(&data),
            "clientDataJSON": encoded(&page),
            "signature": encoded(signature.as_ref()),
            "userHandle": null,
        });
        self.answer(&response)
    }

    fn answer(&self, response: &Value) -> String {
        let id = encoded(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
    }

    fn page(&self, kind: &str, options: &Value) -> Vec<u8> {
        let said = json!({
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        });
        said.to_string().into_bytes()
    }

    fn data(&self, party: Option<&str>, flags: u8) -> Vec<u8> {
        let party = Sha256::digest(party.unwrap_or_default());
        [&*party, &[flags], &self.counter.to_be_bytes()].concat()
    }

    /// The public key as COSE writes it: ES256 on P-256, x and y.
    fn public(&self) -> Vec<u8> {
        let point = &self.key.public_key().as_ref()[1..];
        let (x, y) = point.split_at(32);
        [
            b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(),
            x,
            b"\x22\x58\x20",
            y,
        ]
        .concat()
    }
}

fn encoded(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}
