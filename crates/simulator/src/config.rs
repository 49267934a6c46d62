//! What a simulator is started with, and how starting or waiting can fail.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::{FaultScript, GatewayProfile};

/// Settings of one simulated gateway.
#[derive(Debug, Clone)]
pub struct SimulatorConfig {
    /// Where to listen; port 0 takes a free one.
    pub bind: SocketAddr,
    /// Shared token that clients must present; `None` lets everybody in.
    pub token: Option<String>,
    /// Values of the variables that the config may refer to as `${NAME}`.
    pub variables: BTreeMap<String, String>,
    /// How the shared secret is to be presented.
    pub auth: AuthMode,
    /// Which generation of gateway to be.
    pub profile: GatewayProfile,
    /// Whether new devices need an approval.
    pub pairing: Pairing,
    /// What the agents do with their turns.
    pub agent_behaviour: AgentBehaviour,
    /// Faults to inject.
    pub faults: FaultScript,
    /// Agents that exist from the start (`agent-1`, `agent-2`, …), besides `main`.
    pub initial_agents: u32,
    /// The gateway's state directory, as told in the handshake. Nothing is written there.
    pub state_dir: String,
    /// Time between `tick` events.
    pub tick_interval: Duration,
    /// How long the handshake may take before the socket is closed.
    pub handshake_timeout: Duration,
    /// How long an agent thinks before it acts in a turn.
    pub turn_delay: Duration,
    /// Time limit of each HTTP request of an agent.
    pub http_timeout: Duration,
    /// How long `wait_for` and its kin wait before they give up.
    pub patience: Duration,
}

impl Default for SimulatorConfig {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            token: Some("simulated-gateway-token".to_owned()),
            variables: BTreeMap::new(),
            auth: AuthMode::Token,
            profile: GatewayProfile::modern(),
            pairing: Pairing::Open,
            agent_behaviour: AgentBehaviour::CheckIn,
            faults: FaultScript::default(),
            initial_agents: 0,
            state_dir: "/home/operator/.openclaw".to_owned(),
            tick_interval: Duration::from_secs(30),
            handshake_timeout: Duration::from_secs(15),
            turn_delay: Duration::from_millis(20),
            http_timeout: Duration::from_secs(10),
            patience: Duration::from_secs(10),
        }
    }
}

/// The gateway's `gateway.auth.mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthMode {
    /// As a token.
    Token,
    /// As a password. Newer gateways take it as a token too.
    Password,
}

/// Who is treated as already trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairing {
    /// As for loopback clients: the token is enough.
    Open,
    /// As for remote clients: a new device waits for an approval, and on newer gateways a client
    /// without a device gets no scopes.
    Required,
}

/// What agents do in a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentBehaviour {
    /// Answer in the chat, never over HTTP.
    Silent,
    /// Check in with the credentials found in the workspace files.
    CheckIn,
    /// Check in, then work on the board: take tasks, comment, move them on, ask for approvals.
    Works {
        /// Longest time between two working turns; shortens the configured heartbeat interval.
        pace: Duration,
    },
}

/// Why a simulator could not start or a wait did not end well.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The listening socket could not be opened.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The agents' HTTP client could not be built.
    #[error("cannot build the HTTP client of the agents")]
    HttpClient(#[source] reqwest::Error),
    /// The awaited state did not come in time; the log shows what did happen.
    #[error("gave up waiting after {after:?}; requests so far: {methods:?}")]
    WaitedInVain {
        /// How long was waited.
        after: Duration,
        /// Methods of the recorded requests, in order.
        methods: Vec<String>,
    },
}
