//! A look at a gateway, and away again.

use std::time::Duration;

use secrecy::SecretString;

use crate::{Client, ConnectOptions, Connected, GatewayError, GatewayVersion, GetConfig};

/// What a gateway says at a short visit.
#[derive(Debug, Clone)]
pub struct Probe {
    /// The version: as reported, else (2026.2, 2026.3) as last written into the configuration.
    pub version: Option<GatewayVersion>,
    /// The version text the connection reports.
    pub server_version: Option<String>,
    /// The protocol version in use.
    pub protocol: Option<u64>,
    /// The scopes granted.
    pub scopes: Vec<String>,
    /// The methods the gateway lists.
    pub methods: Vec<String>,
    /// The gateway's state directory.
    pub state_dir: Option<String>,
    /// The device token issued, worth keeping.
    pub device_token: Option<SecretString>,
    /// From opening the connection to being accepted.
    pub latency: Duration,
    /// Everything the gateway said when it accepted the connection.
    pub connected: std::sync::Arc<Connected>,
}

/// Connects once, looks, and disconnects.
///
/// # Errors
/// Whatever kept the connection from coming up.
pub async fn probe(options: ConnectOptions) -> Result<Probe, GatewayError> {
    let client = Client::connect(options).await?;
    let connected = client.connected(client.options().timing.link_wait).await?;
    let mut version = connected.version();
    if version.is_none() {
        // The connection stands; whether the configuration can be read is another matter.
        version = client.ask(&GetConfig {}).await.ok().and_then(|config| config.last_touched_version());
    }
    client.close();
    Ok(Probe {
        version,
        server_version: connected.server_version.clone(),
        protocol: connected.protocol,
        scopes: connected.scopes.clone(),
        methods: connected.methods.clone(),
        state_dir: connected.state_dir.clone(),
        device_token: connected.device_token.clone(),
        latency: connected.latency,
        connected,
    })
}
