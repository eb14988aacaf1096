//! Where a picture may come from.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Origin, Url};

/// Which addresses a host may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressRule {
    /// Public ones only.
    Public,
    /// Any: the sandbox's own origin.
    Any,
}

impl AddressRule {
    /// Whether a request may go to `address`. To be asked of every resolved
    /// address, and the connection made to just those.
    pub fn admits(self, address: IpAddr) -> bool {
        match self {
            Self::Public => is_public(address),
            Self::Any => true,
        }
    }
}

/// An address of a picture that may be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IconUrl {
    url: Url,
    rule: AddressRule,
}

impl IconUrl {
    /// Refuses what may not be fetched: other schemes than https, credentials,
    /// other ports, literal addresses that are not public. `sandbox` is the
    /// sandbox's origin, in its environment only; there all is allowed.
    pub fn parse(text: &str, sandbox: Option<&Origin>) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        if sandbox.is_some_and(|sandbox| url.origin() == *sandbox) {
            return Some(Self {
                url,
                rule: AddressRule::Any,
            });
        }
        let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
        let host = match url.host()? {
            Host::Domain(name) => name.contains('.') && !name.ends_with(".localhost"),
            Host::Ipv4(address) => is_public(address.into()),
            Host::Ipv6(address) => is_public(address.into()),
        };
        (url.scheme() == "https" && plain && host).then_some(Self {
            url,
            rule: AddressRule::Public,
        })
    }

    /// The address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Which addresses its host may have.
    pub fn rule(&self) -> AddressRule {
        self.rule
    }

    /// Host and port: what is dead or alive.
    pub(super) fn host(&self) -> String {
        self.url.origin().ascii_serialization()
    }
}

/// Whether `address` is one that anybody on the internet may have (IANA
/// special-purpose registries): neither this machine nor this network.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special
}

/// Only global unicast, without what leads back to IPv4 (6to4, Teredo) or to
/// documentation: an address that hides another is refused whole.
fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    let [a, b, ..] = address.segments();
    let global = a & 0xe000 == 0x2000;
    let special =
        (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || a & 0xfff0 == 0x3ff0;
    global && !special
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("8.8.8.8", true)]
    #[case("172.15.0.1", true)]
    #[case("172.32.0.1", true)]
    #[case("100.128.0.1", true)]
    #[case("0.0.0.0", false)]
    #[case("10.1.2.3", false)]
    #[case("100.64.0.1", false)]
    #[case("127.0.0.1", false)]
    #[case("169.254.169.254", false)]
    #[case("172.16.0.1", false)]
    #[case("172.31.255.255", false)]
    #[case("192.0.0.1", false)]
    #[case("192.0.2.1", false)]
    #[case("192.168.1.1", false)]
    #[case("198.18.0.1", false)]
    #[case("198.51.100.1", false)]
    #[case("203.0.113.1", false)]
    #[case("224.0.0.1", false)]
    #[case("255.255.255.255", false)]
    #[case("2606:4700::1111", true)]
    #[case("::", false)]
    #[case("::1", false)]
    #[case("::ffff:127.0.0.1", false)]
    #[case("::ffff:8.8.8.8", true)]
    #[case("::7f00:1", false)]
    #[case("64:ff9b::7f00:1", false)]
    #[case("2001::1", false)]
    #[case("2001:db8::1", false)]
    #[case("2002:7f00:1::", false)]
    #[case("3fff::1", false)]
    #[case("fc00::1", false)]
    #[case("fe80::1", false)]
    #[case("ff02::1", false)]
    fn addresses(#[case] address: &str, #[case] public: bool) {
        assert_eq!(is_public(address.parse().unwrap()), public);
        assert!(AddressRule::Any.admits(address.parse().unwrap()));
    }

    #[rstest]
    #[case("https://logos.example.com/a.png", Some(AddressRule::Public))]
    #[case("http://logos.example.com/a.png", None)]
    #[case("https://logos.example.com:8443/a.png", None)]
    #[case("https://user:pass@logos.example.com/a.png", None)]
    #[case("https://127.0.0.1/a.png", None)]
    #[case("https://[::1]/a.png", None)]
    #[case("https://2130706433/a.png", None)]
    #[case("https://localhost/a.png", None)]
    #[case("https://a.localhost/a.png", None)]
    #[case("file:///etc/passwd", None)]
    #[case("not a url", None)]
    #[case("http://127.0.0.1:3001/logos/5.svg", Some(AddressRule::Any))]
    #[case("http://127.0.0.1:3002/logos/5.svg", None)]
    fn urls(#[case] text: &str, #[case] rule: Option<AddressRule>) {
        let sandbox = Url::parse("http://127.0.0.1:3001").unwrap().origin();
        assert_eq!(
            IconUrl::parse(text, Some(&sandbox)).map(|url| url.rule()),
            rule
        );
        let outside = rule.filter(|rule| *rule == AddressRule::Public);
        assert_eq!(IconUrl::parse(text, None).map(|url| url.rule()), outside);
    }
}
