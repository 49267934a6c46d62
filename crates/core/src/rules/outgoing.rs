//! Where connections may go whose destination was named by a user of the API: not to the services that hand out a cloud
//! machine's credentials, and to the machine itself and its neighbours only where the operator allows it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

const fn v4(a: u8, b: u8, c: u8, d: u8, length: u8) -> IpNet {
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length))
}

const fn v6(first: u16, second: u16, last: u16, length: u8) -> IpNet {
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(first, second, 0, 0, 0, 0, 0, last), length))
}

/// Never, whatever is allowed: unspecified, link-local (most metadata services are there), multicast, and the metadata
/// services with addresses of their own.
const NEVER: [IpNet; 13] = [
    v4(0, 0, 0, 0, 8),
    v4(169, 254, 0, 0, 16),
    v4(100, 100, 100, 200, 32),
    v4(168, 63, 129, 16, 32),
    v4(192, 0, 0, 192, 32),
    v4(224, 0, 0, 0, 4),
    v4(255, 255, 255, 255, 32),
    v6(0, 0, 0, 128),
    v6(0xfe80, 0, 0, 10),
    v6(0xfd00, 0x0ec2, 0x0254, 128),
    v6(0xfd20, 0x00ce, 0x0254, 128),
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(0xfd00, 0x00c1, 0, 0, 0, 0, 0xa9fe, 0xa9fe), 128)),
    v6(0xff00, 0, 0, 8),
];

/// Only where an operator allows it: this machine, private networks, and ranges that the internet does not route.
const PRIVATE: [IpNet; 11] = [
    v4(10, 0, 0, 0, 8),
    v4(100, 64, 0, 0, 10),
    v4(127, 0, 0, 0, 8),
    v4(172, 16, 0, 0, 12),
    v4(192, 0, 0, 0, 24),
    v4(192, 168, 0, 0, 16),
    v4(198, 18, 0, 0, 15),
    v4(240, 0, 0, 0, 4),
    v6(0, 0, 1, 128),
    v6(0xfc00, 0, 0, 7),
    v6(0xfec0, 0, 0, 10),
];

/// Whether a connection may go to `address`; `allowed` are the private networks that it may go to. An IPv6 address that
/// carries IPv4 addresses is reachable if all of them are.
pub fn may_reach(address: IpAddr, allowed: &[IpNet]) -> bool {
    let address = address.to_canonical();
    let carried = match address {
        IpAddr::V4(_) => Vec::new(),
        IpAddr::V6(address) => carried(address),
    };
    carried.into_iter().map(IpAddr::V4).chain([address]).all(|address| {
        let within = |networks: &[IpNet]| networks.iter().any(|network| network.contains(&address));
        !within(&NEVER) && (within(allowed) || !within(&PRIVATE))
    })
}

/// Whether no connection may ever go to `address`, whatever is allowed.
pub fn is_never_reached(address: IpAddr) -> bool {
    const EVERYTHING: [IpNet; 2] = [v4(0, 0, 0, 0, 0), v6(0, 0, 0, 0)];
    !may_reach(address, &EVERYTHING)
}

/// The IPv4 addresses that packets to this one may end up at, by whatever translates or tunnels them on the way.
fn carried(address: Ipv6Addr) -> Vec<Ipv4Addr> {
    let joined = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        // Unspecified and loopback are what they are; the rest of this network was for IPv4-compatible addresses.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => vec![],
        [0, 0, 0, 0, 0, 0, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] => vec![joined(high, low)],
        // NAT64 (RFC 6052): the well-known prefix, and the one for local use, where the length of the prefix may differ.
        [0x0064, 0xff9b, 0, 0, 0, 0, high, low] => vec![joined(high, low)],
        [0x0064, 0xff9b, 1, d, e, f, high, low] => {
            let around = |left: u16, right: u16| left << 8 | right >> 8;
            let by_length = [
                joined(high, low),
                joined(d, around(e, f)),
                joined(d << 8 | e & 0xff, f),
                joined(around(e, f), around(f, high)),
            ];
            by_length.into_iter().filter(|address| !address.octets().starts_with(&[0])).collect()
        }
        [0x2002, high, low, ..] => vec![joined(high, low)],
        // Teredo: its server, and the client with all bits turned.
        [0x2001, 0, a, b, _, _, high, low] => vec![joined(a, b), joined(!high, !low)],
        // ISATAP.
        [_, _, _, _, 0 | 0x0200, 0x5efe, high, low] => vec![joined(high, low)],
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("140.82.121.4", true, true)]
    #[case("2606:50c0:8000::153", true, true)]
    #[case("64:ff9b::8c52:7904", true, true)]
    #[case("127.0.0.1", false, true)]
    #[case("10.1.2.3", false, true)]
    #[case("172.31.0.1", false, true)]
    #[case("192.168.1.1", false, true)]
    #[case("100.64.0.1", false, true)]
    #[case("::1", false, true)]
    #[case("::ffff:10.1.2.3", false, true)]
    #[case("64:ff9b::a01:203", false, true)]
    #[case("fd12:3456::1", false, true)]
    #[case("169.254.169.254", false, false)]
    #[case("::ffff:169.254.169.254", false, false)]
    #[case("64:ff9b::a9fe:a9fe", false, false)]
    #[case("100.100.100.200", false, false)]
    #[case("fd00:ec2::254", false, false)]
    #[case("fe80::1", false, false)]
    #[case("0.0.0.0", false, false)]
    #[case("::", false, false)]
    #[case("224.0.0.1", false, false)]
    #[case("ff02::1", false, false)]
    #[case("255.255.255.255", false, false)]
    #[case("::169.254.169.254", false, false)]
    #[case("::ffff:0:169.254.169.254", false, false)]
    #[case("64:ff9b:1::a9fe:a9fe", false, false)]
    #[case("64:ff9b:1:a9fe:a9:fe00::", false, false)]
    #[case("64:ff9b:1::8c52:7904", true, true)]
    #[case("2002:a9fe:a9fe::1", false, false)]
    #[case("2002:a01:203::1", false, true)]
    #[case("2001:0:a9fe:a9fe::1", false, false)]
    #[case("2001:0:808:808::5601:5601", false, false)]
    #[case("2001:db8::5efe:a9fe:a9fe", false, false)]
    #[case("2001:db8::200:5efe:8c52:7904", true, true)]
    #[case("fd00:c1::a9fe:a9fe", false, false)]
    #[case("fd20:ce::254", false, false)]
    fn private_addresses_are_opened_by_the_operator_and_some_are_never(
        #[case] address: &str,
        #[case] by_itself: bool,
        #[case] when_everything_is_allowed: bool,
    ) {
        let address = address.parse().unwrap();
        let everything = ["0.0.0.0/0".parse().unwrap(), "::/0".parse().unwrap()];
        assert_eq!(may_reach(address, &[]), by_itself);
        assert_eq!(may_reach(address, &everything), when_everything_is_allowed);
    }

    #[test]
    fn only_the_allowed_network_is_opened() {
        let allowed = ["10.1.0.0/16".parse().unwrap()];
        assert!(may_reach("10.1.2.3".parse().unwrap(), &allowed));
        assert!(!may_reach("10.2.2.3".parse().unwrap(), &allowed));
    }
}
