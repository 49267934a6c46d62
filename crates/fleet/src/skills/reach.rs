//! Where a pack's server is, if connections may go there.

use std::net::SocketAddr;

use ipnet::IpNet;
use url::Url;

use super::PackError;
use crate::reach::{self, Unreachable};

/// The addresses of the server of `url` that may be reached, for git to use these and no others. None for a folder of this
/// machine, and for a name that only a proxy knows.
pub(super) async fn addresses(
    url: &Url,
    private: &[IpNet],
    behind_proxy: bool,
) -> Result<Vec<SocketAddr>, PackError> {
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return Ok(Vec::new());
    };
    match reach::addresses(host, port, private).await {
        Ok(found) => Ok(found),
        Err(Unreachable::Unknown(_)) if behind_proxy => Ok(Vec::new()),
        Err(Unreachable::Unknown(reason)) => Err(PackError::Unknown { host: host.to_owned(), reason }),
        Err(Unreachable::Forbidden) => Err(PackError::Unreachable(host.to_owned())),
    }
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
