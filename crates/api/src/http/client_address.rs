//! Whose request this is, when proxies stand between.

use std::net::IpAddr;

use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, web};
use ipnet::IpNet;
use mission_control_core::config::ClientAddressHeader;

use crate::state::State;

/// The caller's address: the peer, or, when the peer is a trusted proxy, the rightmost address in the header of
/// `CLIENT_ADDRESS_HEADER` that is not itself a trusted proxy. Entries further left are the client's own claim, and so are
/// all other headers: proxies pass on what they do not know.
pub fn client_address(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip().to_canonical();
    let state = request.app_data::<web::Data<State>>()?;
    let http = &state.settings.http;
    Some(behind_proxies(peer, request.headers(), http.client_address_header, &http.trusted_proxies))
}

/// What failures of the caller's address are counted by: the address, or its network of 64 bits where that is what one
/// customer gets.
pub(crate) fn address_key(request: &HttpRequest) -> String {
    client_address(request).map_or_else(|| "unknown".to_owned(), network_of)
}

/// The address, or its network of 64 bits where that is what one customer gets.
pub(super) fn network_of(address: IpAddr) -> String {
    match address {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        IpAddr::V4(address) => address.to_string(),
    }
}

fn behind_proxies(
    peer: IpAddr,
    headers: &HeaderMap,
    header: ClientAddressHeader,
    trusted: &[IpNet],
) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let Some(hops) = joined(headers, header.as_str()) else { return peer };
    let read: fn(&str) -> Option<IpAddr> =
        if header == ClientAddressHeader::Forwarded { forwarded_for } else { address };
    let mut client = peer;
    for hop in hops.split(',').rev() {
        match read(hop) {
            Some(hop) if is_trusted(&hop) => client = hop,
            Some(hop) => return hop,
            // A proxy we trust wrote something that is no address: what stands left of it proves nothing.
            None => return client,
        }
    }
    client
}

/// A header that may be repeated, as one list.
fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
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
    use actix_web::http::header::{HeaderName, HeaderValue};
    use rstest::rstest;

    use super::*;

    const PROXY: &str = "10.0.0.1";

    fn client(peer: &str, header: ClientAddressHeader, headers: &[(&str, &str)]) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::try_from(*name).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        let trusted = ["10.0.0.0/24".parse().unwrap()];
        behind_proxies(peer.parse().unwrap(), &map, header, &trusted).to_string()
    }

    /// The header as a client or proxy writes it to name `address`.
    fn naming(header: ClientAddressHeader, address: &str) -> (&'static str, String) {
        let forwarded = header == ClientAddressHeader::Forwarded;
        (header.as_str(), if forwarded { format!("for={address};proto=https") } else { address.to_owned() })
    }

    #[test]
    fn the_chosen_header_of_a_trusted_proxy_counts_and_no_other_whatever_the_client_sends() {
        for chosen in ClientAddressHeader::ALL {
            let genuine = naming(chosen, "1.1.1.1");
            let forged = ClientAddressHeader::ALL.iter().filter(|it| **it != chosen);
            let mut headers: Vec<_> = forged.map(|it| naming(*it, "6.6.6.6")).collect();
            let only_forged = headers.clone();
            headers.push(genuine);
            let all: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let forged: Vec<_> = only_forged.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(client(PROXY, chosen, &all), "1.1.1.1", "{chosen:?}");
            assert_eq!(client(PROXY, chosen, &forged), PROXY, "{chosen:?}: there is no such header");
            assert_eq!(client("9.9.9.9", chosen, &all), "9.9.9.9", "{chosen:?}: no proxy of ours");
            // What the client sent itself stands left of what the proxy adds, in one header or in two.
            let (name, value) = naming(chosen, "6.6.6.6");
            let (_, genuine) = naming(chosen, "1.1.1.1");
            let joint = format!("{value}, {genuine}");
            assert_eq!(client(PROXY, chosen, &[(name, &joint)]), "1.1.1.1", "{chosen:?}");
            assert_eq!(client(PROXY, chosen, &[(name, &value), (name, &genuine)]), "1.1.1.1", "{chosen:?}");
        }
    }

    #[rstest]
    #[case("1.1.1.1", "1.1.1.1")]
    #[case("6.6.6.6, 1.1.1.1, 10.0.0.7", "1.1.1.1")]
    #[case("10.0.0.7, 10.0.0.8", "10.0.0.7")]
    #[case("1.1.1.1:4711", "1.1.1.1")]
    #[case("::ffff:1.1.1.1", "1.1.1.1")]
    #[case("6.6.6.6, unknown", PROXY)]
    #[case("", PROXY)]
    fn the_rightmost_address_that_is_no_proxy_is_the_client(#[case] hops: &str, #[case] expected: &str) {
        let header = ClientAddressHeader::XForwardedFor;
        assert_eq!(client(PROXY, header, &[("x-forwarded-for", hops)]), expected);
    }

    #[rstest]
    #[case("for=1.1.1.1;proto=https", "1.1.1.1")]
    #[case("for=6.6.6.6, For=\"[2001:db8::1]:80\"", "2001:db8::1")]
    #[case("for=6.6.6.6, for=\"6.6.6.7, for=1.1.1.1", "1.1.1.1")]
    #[case("proto=https", PROXY)]
    fn the_standard_header_is_read_by_its_rules(#[case] forwarded: &str, #[case] expected: &str) {
        assert_eq!(client(PROXY, ClientAddressHeader::Forwarded, &[("forwarded", forwarded)]), expected);
    }
}
