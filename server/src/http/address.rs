//! The address a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

/// The client's address behind `proxies` proxies of the operator's. Each of
/// them appends the address it was called from to `X-Forwarded-For`, so the
/// client's is the one that the outermost of ours wrote: `proxies` from the
/// right. What stands further left was sent by the client and may be a lie.
pub(super) fn client_address(peer: SocketAddr, headers: &HeaderMap, proxies: usize) -> IpAddr {
    let Some(from_right) = proxies.checked_sub(1) else {
        return peer.ip();
    };
    let hops = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|hop| hop.trim().parse::<IpAddr>());
    let hops: Vec<_> = hops.collect();
    let said = hops.iter().rev().nth(from_right);
    said.and_then(|hop| hop.as_ref().ok())
        .copied()
        .unwrap_or(peer.ip())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_proxy(0, Some("6.6.6.6"), "10.0.0.1")]
    #[case::one(1, Some("203.0.113.9"), "203.0.113.9")]
    #[case::one_and_a_lie(1, Some("6.6.6.6, 203.0.113.9"), "203.0.113.9")]
    #[case::two(2, Some("6.6.6.6, 203.0.113.9, 10.0.0.2"), "203.0.113.9")]
    #[case::fewer_than_said(2, Some("203.0.113.9"), "10.0.0.1")]
    #[case::nonsense(1, Some("unknown"), "10.0.0.1")]
    #[case::missing(1, None, "10.0.0.1")]
    fn behind_proxies(
        #[case] proxies: usize,
        #[case] forwarded: Option<&str>,
        #[case] expected: IpAddr,
    ) {
        let mut headers = HeaderMap::new();
        if let Some(forwarded) = forwarded {
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        assert_eq!(
            client_address("10.0.0.1:4711".parse().unwrap(), &headers, proxies),
            expected
        );
    }
}
