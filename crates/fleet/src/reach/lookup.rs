//! Where connections go whose destination was named by a user: the one way from a name to addresses.

use std::net::SocketAddr;
use std::time::Duration;

use ipnet::IpNet;
use mission_control_core::rules::outgoing::may_reach;
use tokio::net::lookup_host;
use tokio::time::timeout;

/// How long the name service may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a name leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreachable {
    /// The name service does not know it, in its own words.
    Unknown(String),
    /// It leads only where connections may not go.
    Forbidden,
}

/// The addresses of a host that may be reached, to connect to these and no others: what a name means may change between
/// two questions. `private` are the private networks that may be reached.
pub(crate) async fn addresses(
    host: &str,
    port: u16,
    private: &[IpNet],
) -> Result<Vec<SocketAddr>, Unreachable> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found: Vec<SocketAddr> = match timeout(PATIENCE, lookup_host((bare, port))).await {
        Ok(Ok(found)) => found.collect(),
        Ok(Err(error)) => return Err(Unreachable::Unknown(error.to_string())),
        Err(_) => return Err(Unreachable::Unknown("the name service does not answer".to_owned())),
    };
    let reachable: Vec<_> = found.into_iter().filter(|address| may_reach(address.ip(), private)).collect();
    if reachable.is_empty() { Err(Unreachable::Forbidden) } else { Ok(reachable) }
}
