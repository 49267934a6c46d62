//! What a gateway says of itself when it accepts a connection.

use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

use crate::{GatewayVersion, limits, peer};

/// The state directory of a gateway that does not say where it is.
pub const STATE_DIR: &str = "~/.openclaw";
/// The scope that implies all others.
const ADMIN: &str = "operator.admin";

/// As whom the gateway accepted this client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Persona {
    /// As its control UI, without a device.
    ControlUi,
    /// As a backend client, without a device.
    Deviceless,
    /// As a backend client with a signed device.
    Device,
}

/// The facts of an accepted connection, from the gateway's `hello-ok`. Gateways differ in
/// what they say; absent facts are empty or `None`.
#[derive(Debug, Clone)]
pub struct Connected {
    /// As whom the client was accepted.
    pub persona: Persona,
    /// The protocol version in use.
    pub protocol: Option<u64>,
    /// The version text the gateway reports; `dev` on 2026.2 and 2026.3.
    pub server_version: Option<String>,
    /// The gateway's name for this connection.
    pub conn_id: Option<String>,
    /// The granted scopes: as reported, else as asked for (old gateways do not report them).
    pub scopes: Vec<String>,
    /// The methods the gateway lists. A help to discover, not complete: never refuse by it.
    pub methods: Vec<String>,
    /// The events the gateway lists.
    pub events: Vec<String>,
    /// The gateway's state directory, below which agent workspaces usually lie.
    pub state_dir: Option<String>,
    /// The gateway's configuration file.
    pub config_path: Option<String>,
    /// The agent used when none is named.
    pub default_agent_id: Option<String>,
    /// How long the gateway had been running.
    pub uptime: Option<Duration>,
    /// The device token issued for this device and role: worth keeping, see
    /// [`crate::ConnectOptions::device_token`].
    pub device_token: Option<SecretString>,
    /// The biggest frame the gateway accepts, in bytes.
    pub max_payload: Option<usize>,
    /// How often the gateway ticks.
    pub tick_interval: Option<Duration>,
    /// From opening the connection to `hello-ok`.
    pub latency: Duration,
}

impl Connected {
    /// The gateway's version, unless it reports none or `dev`.
    pub fn version(&self) -> Option<GatewayVersion> {
        self.server_version.as_deref().and_then(GatewayVersion::parse)
    }

    /// Whether the connection may do what `scope` allows. Admin implies all, write implies read.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| {
            granted == scope || granted == ADMIN || (granted == "operator.write" && scope == "operator.read")
        })
    }

    /// The folder, on the gateway's host, in which the gateway keeps what it knows of an agent besides its workspace.
    pub fn folder_of(&self, agent: &str) -> String {
        Self::folder_below(self.state_dir.as_deref().unwrap_or(STATE_DIR), agent)
    }

    /// The same for a gateway that keeps its state in `state_dir`.
    pub fn folder_below(state_dir: &str, agent: &str) -> String {
        format!("{}/agents/{agent}", state_dir.trim_end_matches('/'))
    }

    /// Whether the connection may do everything.
    pub fn may_administer(&self) -> bool {
        self.has_scope(ADMIN)
    }

    pub(crate) fn from_hello(payload: Value, persona: Persona, asked: &[String], latency: Duration) -> Self {
        let whole = |path: &str| payload.pointer(path).and_then(Value::as_str);
        // Part of an id, a path or a token would be none.
        let text = |path: &str, most: usize| whole(path).filter(|text| text.len() <= most).map(str::to_owned);
        let number = |path: &str| payload.pointer(path).and_then(Value::as_u64);
        let list = |path: &str| {
            let mut items = Vec::<String>::deserialize(payload.pointer(path)?).ok()?;
            items.truncate(limits::PEER_NAMES);
            // A name that is longer is none that anybody asks for.
            items.retain(|name| name.len() <= limits::PEER_NAME);
            Some(items)
        };
        Self {
            persona,
            protocol: number("/protocol"),
            server_version: whole("/server/version")
                .map(|text| peer::cut(text, limits::PEER_WORD).to_owned())
                .filter(|v| !v.trim().is_empty()),
            conn_id: text("/server/connId", limits::PEER_NAME),
            scopes: list("/auth/scopes").unwrap_or_else(|| asked.to_vec()),
            methods: list("/features/methods").unwrap_or_default(),
            events: list("/features/events").unwrap_or_default(),
            state_dir: text("/snapshot/stateDir", limits::PEER_PATH),
            config_path: text("/snapshot/configPath", limits::PEER_PATH),
            default_agent_id: text("/snapshot/sessionDefaults/defaultAgentId", limits::PEER_NAME),
            uptime: number("/snapshot/uptimeMs").map(Duration::from_millis),
            device_token: text("/auth/deviceToken", limits::PEER_PATH)
                .filter(|token| !token.is_empty())
                .map(SecretString::from),
            max_payload: number("/policy/maxPayload")
                .and_then(|n| usize::try_from(n).ok())
                .filter(|n| *n > 0),
            tick_interval: number("/policy/tickIntervalMs").filter(|n| *n > 0).map(peer::wish),
            latency,
        }
    }
}
