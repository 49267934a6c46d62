//! Where a pack's server is, if connections may go there.

use std::net::SocketAddr;
use std::time::Duration;

use ipnet::IpNet;
use mission_control_core::rules::outgoing::may_reach;
use tokio::net::lookup_host;
use tokio::time::timeout;
use url::Url;

use super::PackError;

/// How long the name service may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The addresses of the server of `url` that may be reached, for git to use these and no others: what a name means may
/// change between two questions. None for a folder of this machine, and for a name that only a proxy knows.
pub(super) async fn addresses(
    url: &Url,
    private: &[IpNet],
    behind_proxy: bool,
) -> Result<Vec<SocketAddr>, PackError> {
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return Ok(Vec::new());
    };
    let unknown = |reason: String| PackError::Unknown { host: host.to_owned(), reason };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found: Vec<SocketAddr> = match timeout(PATIENCE, lookup_host((bare, port))).await {
        Ok(Ok(found)) => found.collect(),
        Ok(Err(_)) | Err(_) if behind_proxy => return Ok(Vec::new()),
        Ok(Err(error)) => return Err(unknown(error.to_string())),
        Err(_) => return Err(unknown("the name service does not answer".to_owned())),
    };
    let reachable: Vec<_> = found.into_iter().filter(|address| may_reach(address.ip(), private)).collect();
    if reachable.is_empty() { Err(PackError::Unreachable(host.to_owned())) } else { Ok(reachable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn of(url: &str, private: &[&str]) -> Result<Vec<SocketAddr>, PackError> {
        let private: Vec<IpNet> = private.iter().map(|network| network.parse().unwrap()).collect();
        addresses(&Url::parse(url).unwrap(), &private, false).await
    }

    #[tokio::test]
    async fn a_private_server_is_reached_where_its_network_is_allowed() {
        let refused = of("https://127.0.0.1:8443/a/b", &[]).await.unwrap_err();
        assert!(matches!(refused, PackError::Unreachable(_)), "{refused}");
        let reached = of("https://127.0.0.1:8443/a/b", &["127.0.0.0/8"]).await.unwrap();
        assert_eq!(reached, ["127.0.0.1:8443".parse().unwrap()]);
        let refused = of("https://[::1]/a/b", &["127.0.0.0/8"]).await.unwrap_err();
        assert!(matches!(refused, PackError::Unreachable(_)), "{refused}");
    }

    #[tokio::test]
    async fn a_metadata_service_is_never_reached() {
        let refused = of("https://169.254.169.254/a/b", &["0.0.0.0/0"]).await.unwrap_err();
        assert!(matches!(refused, PackError::Unreachable(_)), "{refused}");
    }

    #[tokio::test]
    async fn a_folder_has_no_address() {
        assert_eq!(of("file:///srv/skills/a", &[]).await.unwrap(), []);
    }
}
