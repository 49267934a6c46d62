//! Whose request this is, when proxies stand between.

use std::net::IpAddr;

use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::{HttpRequest, web};
use ipnet::IpNet;

use crate::state::State;

/// The caller's address: the peer, or, when the peer is a trusted proxy, the rightmost address in `Forwarded` (else
/// `X-Forwarded-For`) that is not itself a trusted proxy. Entries further left are the client's own claim.
pub fn client_address(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip().to_canonical();
    let trusted =
        request.app_data::<web::Data<State>>().map(|app| app.settings.http.trusted_proxies.as_slice());
    Some(behind_proxies(peer, request.headers(), trusted.unwrap_or_default()))
}

fn behind_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let hops = match joined(headers, header::FORWARDED) {
        Some(forwarded) => forwarded.split(',').map(forwarded_for).collect::<Vec<_>>(),
        None => joined(headers, header::X_FORWARDED_FOR)
            .map(|hops| hops.split(',').map(address).collect())
            .unwrap_or_default(),
    };
    let mut client = peer;
    for hop in hops.into_iter().rev() {
        match hop {
            Some(hop) if is_trusted(&hop) => client = hop,
            Some(hop) => return hop,
            // A proxy we trust wrote something that is no address: what stands left of it proves nothing.
            None => return client,
        }
    }
    client
}

/// A header that may be repeated, as one list.
fn joined(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let values: Vec<&str> = headers.get_all(name).filter_map(|value| value.to_str().ok()).collect();
    (!values.is_empty()).then(|| values.join(","))
}

/// The address in one element of `Forwarded`, e.g. `for="[2001:db8::1]:4711";proto=https`.
fn forwarded_for(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| address(value.trim().trim_matches('"')))?
    })
}

/// An address with or without port and brackets.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = match text.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next()?,
        None if text.matches(':').count() == 1 => text.split(':').next()?,
        None => text,
    };
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;
    use rstest::rstest;

    use super::*;

    const PROXY: &str = "10.0.0.1";

    fn client(peer: &str, headers: &[(&'static str, &'static str)]) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        let trusted = ["10.0.0.0/24".parse().unwrap()];
        behind_proxies(peer.parse().unwrap(), &map, &trusted).to_string()
    }

    #[test]
    fn headers_of_an_untrusted_peer_count_for_nothing() {
        assert_eq!(
            client("9.9.9.9", &[("x-forwarded-for", "1.1.1.1"), ("forwarded", "for=2.2.2.2")]),
            "9.9.9.9"
        );
    }

    #[rstest]
    #[case("1.1.1.1", "1.1.1.1")]
    #[case("6.6.6.6, 1.1.1.1", "1.1.1.1")]
    #[case("6.6.6.6, 1.1.1.1, 10.0.0.7", "1.1.1.1")]
    #[case("10.0.0.7, 10.0.0.8", "10.0.0.7")]
    #[case("1.1.1.1:4711", "1.1.1.1")]
    #[case("6.6.6.6, unknown", PROXY)]
    #[case("", PROXY)]
    fn the_rightmost_address_that_is_no_proxy_is_the_client(
        #[case] hops: &'static str,
        #[case] expected: &str,
    ) {
        assert_eq!(client(PROXY, &[("x-forwarded-for", hops)]), expected);
    }

    #[rstest]
    #[case("for=1.1.1.1;proto=https", "1.1.1.1")]
    #[case("for=6.6.6.6, For=\"[2001:db8::1]:80\"", "2001:db8::1")]
    #[case("proto=https", PROXY)]
    fn the_standard_header_wins_over_the_older_one(#[case] forwarded: &'static str, #[case] expected: &str) {
        assert_eq!(client(PROXY, &[("forwarded", forwarded), ("x-forwarded-for", "3.3.3.3")]), expected);
    }

    #[test]
    fn repeated_headers_are_one_list() {
        assert_eq!(
            client(PROXY, &[("x-forwarded-for", "6.6.6.6"), ("x-forwarded-for", "1.1.1.1")]),
            "1.1.1.1"
        );
    }
}
