//! What the client is told at its start.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{SecretSlice, SecretString};
use url::{Host, Url};

use crate::PartnerId;
use crate::ports::{Clock, CredentialMemory, Observer, PartnerSecret, Random};

/// Where to call, and as whom. `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// Scheme, host and port; a path is kept as a prefix. Plain `http` is for
    /// loopback only.
    pub base_url: Url,
    /// The partner.
    pub partner_id: PartnerId,
    /// The partner secret: signs us in, and keys the signature of events.
    pub partner_secret: Arc<dyn PartnerSecret>,
    /// The application key.
    pub app_key: SecretString,
    /// Keys the fingerprints of rejected credentials; the same on every node.
    pub fingerprint_key: SecretSlice<u8>,
    /// Refuse every base URL that is not loopback: set in the sandbox
    /// environment, so that a mixed-up configuration cannot reach Mastercard.
    pub loopback_only: bool,
    /// Time limits and bounds.
    pub limits: Limits,
}

/// Time limits and bounds of the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A whole call, its retries and waits included.
    pub call: Duration,
    /// A refresh: the description recommends 180 seconds.
    pub refresh: Duration,
    /// How long a call may wait for others in flight before it gives up.
    pub queue: Duration,
    /// Calls in flight at once, refreshes apart.
    pub in_flight: usize,
    /// Refreshes in flight at once: apart, because 180-second calls would take
    /// every place from the others.
    pub refreshes_in_flight: usize,
    /// How often an idempotent call is tried in all.
    pub attempts: u32,
    /// Bound of the first random wait between tries; doubles each time.
    pub backoff: Duration,
    /// Failures in a row that open a group's circuit.
    pub failures: u32,
    /// How long a circuit stays open before one call may try.
    pub open_for: Duration,
    /// Longest answer, in bytes. A full page of institutions has about 2 MB.
    pub answer: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            call: Duration::from_secs(15),
            refresh: Duration::from_mins(3),
            queue: Duration::from_secs(3),
            in_flight: 32,
            refreshes_in_flight: 8,
            attempts: 3,
            backoff: Duration::from_millis(200),
            failures: 5,
            open_for: Duration::from_secs(30),
            answer: 16 * 1024 * 1024,
        }
    }
}

/// What the client takes from its surroundings.
#[derive(Clone)]
pub struct Ports {
    /// Dates tokens and the circuit breaker.
    pub clock: Arc<dyn Clock>,
    /// Makes references and jitter.
    pub random: Arc<dyn Random>,
    /// Keeps the fingerprints of rejected credentials.
    pub memory: Arc<dyn CredentialMemory>,
    /// Sees each call.
    pub observer: Arc<dyn Observer>,
}

/// Why a client cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SetupError {
    /// The base URL leads elsewhere, although only loopback is allowed.
    #[error("the base URL is not loopback, and this environment allows no other")]
    NotLoopback,
    /// The base URL is plain `http` to another machine, or no web address.
    #[error("the base URL must be https")]
    NotHttps,
    /// The application key cannot stand in a header.
    #[error("the application key has characters that a header cannot carry")]
    AppKey,
    /// TLS could not be set up, for instance without any root certificate.
    #[error("TLS could not be set up")]
    Tls,
}

impl ClientConfig {
    /// Refuses a base URL that the environment does not allow.
    pub(super) fn check(&self) -> Result<(), SetupError> {
        let web = matches!(self.base_url.scheme(), "http" | "https") && self.base_url.has_host();
        if !web {
            Err(SetupError::NotHttps)
        } else if is_loopback(&self.base_url) {
            Ok(())
        } else if self.loopback_only {
            Err(SetupError::NotLoopback)
        } else if self.base_url.scheme() == "http" {
            Err(SetupError::NotHttps)
        } else {
            Ok(())
        }
    }
}

/// Whether a URL can only lead to this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(base_url: &str, loopback_only: bool) -> ClientConfig {
        ClientConfig {
            base_url: Url::parse(base_url).unwrap(),
            partner_id: PartnerId::parse("1").unwrap(),
            partner_secret: Arc::new(SecretString::from("a-partner-secret")),
            app_key: "an-app-key".into(),
            fingerprint_key: vec![7; 32].into(),
            loopback_only,
            limits: Limits::default(),
        }
    }

    #[rstest::rstest]
    #[case("http://127.0.0.1:4000", true, Ok(()))]
    #[case("http://localhost:4000", true, Ok(()))]
    #[case("http://[::1]:4000", true, Ok(()))]
    #[case("https://api.finicity.com", true, Err(SetupError::NotLoopback))]
    #[case("http://127.0.0.1.example.com", true, Err(SetupError::NotLoopback))]
    #[case("http://localhost.example.com", true, Err(SetupError::NotLoopback))]
    #[case("http://0.0.0.0:4000", true, Err(SetupError::NotLoopback))]
    #[case("https://api.finicity.com", false, Ok(()))]
    #[case("http://api.finicity.com", false, Err(SetupError::NotHttps))]
    #[case("http://127.0.0.1:4000", false, Ok(()))]
    #[case("file:///etc", true, Err(SetupError::NotHttps))]
    fn base_urls(
        #[case] url: &str,
        #[case] loopback_only: bool,
        #[case] expected: Result<(), SetupError>,
    ) {
        assert_eq!(config(url, loopback_only).check(), expected);
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?}", config("https://api.finicity.com", false));
        assert!(
            !shown.contains("a-partner-secret") && !shown.contains("an-app-key"),
            "{shown}"
        );
        assert!(!shown.contains("7, 7"), "{shown}");
    }
}
