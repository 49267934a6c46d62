//! Where connections may go whose destination was named by a user of the API: not to the machine itself, its neighbours
//! or the services that hand out a cloud machine's credentials.

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
const NEVER: [IpNet; 11] = [
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

/// Prefix under which networks with IPv6 alone reach IPv4 addresses.
const NAT64: IpNet = v6(0x0064, 0xff9b, 0, 96);

/// Whether a connection may go to `address`; `allowed` are the private networks that it may go to.
pub fn may_reach(address: IpAddr, allowed: &[IpNet]) -> bool {
    let address = meant(address);
    let within = |networks: &[IpNet]| networks.iter().any(|network| network.contains(&address));
    !within(&NEVER) && (within(allowed) || !within(&PRIVATE))
}

/// The address that is reached in the end: IPv6 can carry an IPv4 address.
fn meant(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(carrier) if NAT64.contains(&IpAddr::V6(carrier)) => {
            let [.., a, b, c, d] = carrier.octets();
            Ipv4Addr::new(a, b, c, d).into()
        }
        address => address,
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
