//! Findings about gateways.

use std::net::IpAddr;

use super::{Finding, FindingCode, Fix, Subject};
use crate::id::{GatewayId, OrganizationId};
use crate::reason::Reason;

/// The first release that gives scopes to paired devices and local clients alone.
const SCOPES_BY_PAIRING: (u32, u32) = (2026, 4);
/// The first release without the switch that lets the control UI in without a device.
const WITHOUT_SWITCH: (u32, u32) = (2026, 8);

/// Why a gateway cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// It is not reached.
    Unreachable,
    /// It does not let us in: a wrong token, a wrong origin, another protocol.
    Refused,
    /// It waits for an approval of this device.
    Pairing,
    /// The connection has no scopes.
    Scope,
    /// It is too old.
    TooOld,
    /// It takes a signature for one of another time.
    Clock,
    /// What is stored for it cannot be opened.
    Sealed,
}

/// What is seen of a gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Whose it is.
    pub organization: OrganizationId,
    /// Which.
    pub id: GatewayId,
    /// Its name.
    pub name: String,
    /// The host of its address.
    pub host: String,
    /// Its version, as far as it is known.
    pub version: Option<(u32, u32)>,
    /// What is in the way of using it.
    pub obstacle: Option<(Obstacle, Reason)>,
    /// Agents of ours that it does not have and that no job is bringing there.
    pub missing: Vec<String>,
    /// A file that agents need and that it does not keep.
    pub unsupported: Option<String>,
}

impl Seen {
    fn subject(&self) -> Subject {
        Subject::Gateway(self.organization, self.id, self.name.clone())
    }
}

/// What is wrong. `base_host` is the host of `BASE_URL`.
pub fn findings(seen: &Seen, base_host: &str) -> Vec<Finding> {
    let about = |code, evidence: String, cause: &str, remedy: String| {
        Finding::new(code, seen.subject(), evidence, cause, remedy)
    };
    if let Some((obstacle, why)) = &seen.obstacle {
        return vec![blocked(seen, *obstacle, why)];
    }
    let mut found = Vec::new();
    if let Some(first) = seen.missing.first() {
        let evidence =
            format!("the gateway does not have {} of our agents, first {first}", seen.missing.len());
        let cause = "They were removed from its openclaw.json, or it was set up anew";
        let remedy = format!(
            "They come back within five minutes where the gateway's drift_policy is `repair`; at once by \
             POST /api/v1/gateways/{}/templates/sync?rotate_tokens=true&overwrite=true",
            seen.id
        );
        found.push(
            about(FindingCode::GatewayAgentsMissing, evidence, cause, remedy)
                .fixed_by(Fix::Reconcile(seen.id)),
        );
    }
    if let Some(file) = &seen.unsupported {
        let evidence = format!("the gateway keeps no {file}");
        let cause = "Its release does not take the files that agents work by";
        let remedy = "Update the gateway (`openclaw update`), then sync its templates.".to_owned();
        found.push(about(FindingCode::GatewayFilesUnsupported, evidence, cause, remedy));
    }
    if is_loopback(base_host) && !is_loopback(&seen.host) {
        let evidence = format!("BASE_URL is {base_host}, and the gateway is on {}", seen.host);
        let cause = "Agents run on the gateway's machine: there this address leads to that machine itself";
        let remedy =
            "Set BASE_URL to an address of this server that the gateway's machine reaches, and listen on it \
                      (HOST=0.0.0.0); check from there with `curl -s <BASE_URL>/healthz`."
                .to_owned();
        found.push(about(FindingCode::BaseUrlNotForGateway, evidence, cause, remedy));
    }
    found
}

fn blocked(seen: &Seen, obstacle: Obstacle, why: &Reason) -> Finding {
    let (code, cause, usual) = match obstacle {
        Obstacle::Unreachable => (
            FindingCode::GatewayUnreachable,
            "Its agents cannot be reached, and what is asked of them waits",
            "Check that the gateway runs (`openclaw gateway status`), and host, port and firewall.",
        ),
        Obstacle::Refused => (
            FindingCode::GatewayRefused,
            "The gateway answers and does not let this installation in",
            "Set the gateway's token again (`gateway.auth.token` in its openclaw.json).",
        ),
        Obstacle::Pairing => (
            FindingCode::GatewayPairingRequired,
            "The gateway does not know this installation yet",
            "Approve it: `mission-control-gateway pair` says how.",
        ),
        Obstacle::Scope => {
            return Finding::new(
                FindingCode::GatewayScopeMissing,
                seen.subject(),
                why.cause.clone(),
                "The token is right, but the connection may do nothing",
                scope_remedy(seen),
            );
        }
        Obstacle::TooOld => (
            FindingCode::GatewayTooOld,
            "Releases before GATEWAY_MIN_VERSION lack what agents are provisioned with",
            "Update the gateway (`openclaw update`).",
        ),
        Obstacle::Clock => (
            FindingCode::GatewayClockSkew,
            "The gateway takes this installation's signature for an old one",
            "Synchronise the clocks of both machines, by NTP.",
        ),
        Obstacle::Sealed => (
            FindingCode::SecretsKeyWrong,
            "What is stored for this gateway was sealed with another key",
            "Restore the key (SECRETS_KEY, or the file secrets-key in the data directory), or set the gateway's token again.",
        ),
    };
    let remedy = why.remedy.clone().unwrap_or_else(|| usual.to_owned());
    Finding::new(code, seen.subject(), why.cause.clone(), cause, remedy)
}

/// What helps depends on the release.
fn scope_remedy(seen: &Seen) -> String {
    let pair = format!(
        "run `mission-control-gateway pair --gateway {}`, and the command that it prints there",
        seen.id
    );
    let switch = "set `gateway.controlUi.dangerouslyDisableDeviceAuth` to true in its openclaw.json and \
                  `disable_device_pairing` of the gateway here";
    match seen.version {
        Some(version) if version >= WITHOUT_SWITCH => format!("Pair this installation: {pair}."),
        Some(version) if version >= SCOPES_BY_PAIRING => {
            format!("Pair this installation: {pair}. On this release it also helps to {switch}.")
        }
        _ => format!("On this release {switch}; or pair this installation: {pair}."),
    }
}

/// Whether a name or address leads to the machine that asks.
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match host.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback() || address.is_unspecified(),
        Err(_) => host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn up() -> Seen {
        Seen {
            organization: OrganizationId::random(),
            id: GatewayId::random(),
            name: "Home".to_owned(),
            host: "10.0.0.9".to_owned(),
            version: Some((2026, 9)),
            obstacle: None,
            missing: Vec::new(),
            unsupported: None,
        }
    }

    fn codes(seen: &Seen, base: &str) -> Vec<FindingCode> {
        findings(seen, base).iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_gateway_in_order_has_no_finding() {
        assert_eq!(codes(&up(), "mc.example.com"), []);
        assert_eq!(codes(&Seen { host: "127.0.0.1".to_owned(), ..up() }, "localhost"), []);
    }

    #[test]
    fn a_base_url_of_this_machine_is_none_for_a_gateway_elsewhere() {
        for base in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "mc.localhost"] {
            assert_eq!(codes(&up(), base), [FindingCode::BaseUrlNotForGateway], "{base}");
        }
    }

    #[rstest]
    #[case(Obstacle::Unreachable, FindingCode::GatewayUnreachable)]
    #[case(Obstacle::Refused, FindingCode::GatewayRefused)]
    #[case(Obstacle::Pairing, FindingCode::GatewayPairingRequired)]
    #[case(Obstacle::Scope, FindingCode::GatewayScopeMissing)]
    #[case(Obstacle::TooOld, FindingCode::GatewayTooOld)]
    #[case(Obstacle::Clock, FindingCode::GatewayClockSkew)]
    #[case(Obstacle::Sealed, FindingCode::SecretsKeyWrong)]
    fn what_is_in_the_way_is_the_only_finding(#[case] obstacle: Obstacle, #[case] code: FindingCode) {
        let seen =
            Seen { obstacle: Some((obstacle, "why".into())), missing: vec!["mc-1".to_owned()], ..up() };
        let found = findings(&seen, "localhost");
        assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [code]);
        assert!(!found[0].remedy.is_empty());
    }

    #[test]
    fn what_helps_against_a_missing_scope_depends_on_the_release() {
        let remedy = |version| {
            let obstacle = Some((Obstacle::Scope, "missing scope: operator.read".into()));
            findings(&Seen { version, obstacle, ..up() }, "mc.example.com").remove(0).remedy
        };
        let says = |version, word: &str| remedy(version).contains(word);
        assert!(says(Some((2026, 9)), "pair") && !says(Some((2026, 9)), "dangerouslyDisableDeviceAuth"));
        assert!(says(Some((2026, 5)), "pair") && says(Some((2026, 5)), "dangerouslyDisableDeviceAuth"));
        assert!(remedy(Some((2026, 2))).starts_with("On this release set"));
        assert!(remedy(None).starts_with("On this release set"));
    }

    #[test]
    fn agents_that_are_gone_can_be_brought_back() {
        let seen = Seen { missing: vec!["mc-1".to_owned()], ..up() };
        let found = findings(&seen, "mc.example.com");
        assert_eq!(
            (found[0].code, found[0].fix),
            (FindingCode::GatewayAgentsMissing, Some(Fix::Reconcile(seen.id)))
        );
    }
}
