//! Web addresses, compared without a list of public suffixes: what is behind
//! the last two labels (three under `co.uk` and its like) is one owner's.

use url::Url;

/// Labels under which registries of countries sell names.
const SECOND_LEVEL: &[&str] = &["ac", "co", "com", "edu", "gob", "gov", "mil", "net", "org"];

/// A host name, its labels turned round ("com.chase.secure"), without `www`:
/// in this order an owner's names lie side by side when sorted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Host(String);

impl Host {
    /// The host of a web address, with or without scheme and path. `None` for
    /// what does not look like one: blanks, no dot, a last label with digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.contains('.') || text.contains(char::is_whitespace) {
            return None;
        }
        let url = if text.contains("://") {
            Url::parse(text)
        } else {
            Url::parse(&format!("https://{text}"))
        };
        let url = url.ok()?;
        let host = url.domain()?.trim_end_matches('.');
        let host = host.strip_prefix("www.").unwrap_or(host);
        let tail = host.rsplit('.').next()?;
        let a_name = host.contains('.')
            && !host.split('.').any(str::is_empty)
            && (tail.starts_with("xn--")
                || tail.len() >= 2 && tail.bytes().all(|b| b.is_ascii_lowercase()));
        a_name.then(|| Self(host.rsplit('.').collect::<Vec<_>>().join(".")))
    }

    /// The turned labels.
    pub(crate) fn turned(&self) -> &str {
        &self.0
    }

    /// As people write it: "secure.chase.com".
    pub(crate) fn shown(&self) -> String {
        self.0.rsplit('.').collect::<Vec<_>>().join(".")
    }

    /// The turned labels of what its owner registered: "com.chase".
    pub(crate) fn registered(&self) -> &str {
        let labels: Vec<&str> = self.0.splitn(4, '.').collect();
        let country = labels[0].len() == 2 && labels.len() > 2 && SECOND_LEVEL.contains(&labels[1]);
        let keep = if country { 3 } else { 2 };
        let end: usize = labels.iter().take(keep).map(|label| label.len() + 1).sum();
        &self.0[..(end - 1).min(self.0.len())]
    }

    /// The label its owner chose: "chase".
    pub(crate) fn label(&self) -> &str {
        self.registered().rsplit('.').next().unwrap_or_default()
    }

    /// The last label as people write it: "com".
    pub(crate) fn tail(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }
}

/// Whether turned `host` lies at or below turned `base`.
pub(crate) fn is_within(host: &str, base: &str) -> bool {
    host.strip_prefix(base)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("chase.com", "com.chase", "com.chase", "chase")]
    #[case(
        "https://secure.chase.com/web/auth?x=1#y",
        "com.chase.secure",
        "com.chase",
        "chase"
    )]
    #[case("HTTP://WWW.Chase.COM:443/", "com.chase", "com.chase", "chase")]
    #[case("online.lloyds.co.uk", "uk.co.lloyds.online", "uk.co.lloyds", "lloyds")]
    #[case("53.com", "com.53", "com.53", "53")]
    #[case("user@usaa.com", "com.usaa", "com.usaa", "usaa")]
    #[case(
        "a.b.c.d.example.org.",
        "org.example.d.c.b.a",
        "org.example",
        "example"
    )]
    fn reads(
        #[case] text: &str,
        #[case] turned: &str,
        #[case] registered: &str,
        #[case] label: &str,
    ) {
        let host = Host::parse(text).unwrap();
        assert_eq!(
            (host.turned(), host.registered(), host.label()),
            (turned, registered, label)
        );
    }

    #[rstest]
    #[case("u.s. bank")]
    #[case("chase")]
    #[case("127.0.0.1")]
    #[case("www.chase")]
    #[case("a..b")]
    #[case("N.A.")]
    #[case(".")]
    fn refuses(#[case] text: &str) {
        assert_eq!(Host::parse(text), None);
    }

    #[test]
    fn labels_are_whole() {
        assert!(is_within("com.chase.secure", "com.chase"));
        assert!(!is_within("com.chaser", "com.chase"));
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            if let Some(host) = Host::parse(&text) {
                prop_assert!(is_within(host.turned(), host.registered()));
                prop_assert_eq!(Host::parse(&host.shown()), Some(host));
            }
        }
    }
}
