//! Gateways, their sessions, and what a look at their agents found.

use mission_control_core::id::{GatewayId, OrganizationId};
use mission_control_core::models::{DriftPolicy, Gateway};
use mission_control_core::rules::gateway_address::GatewayAddress;
use mission_control_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A registered gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GatewayRead {
    /// Id.
    pub id: GatewayId,
    /// Owner.
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// WebSocket URL.
    pub url: String,
    /// Always null: tokens are write-only.
    pub token: Option<String>,
    /// Whether a token is kept.
    pub has_token: bool,
    /// Directory below which workspaces are.
    pub workspace_root: String,
    /// Accept any certificate.
    pub allow_insecure_tls: bool,
    /// Connect without a device identity where the gateway allows it.
    pub disable_device_pairing: bool,
    /// Version it reported last.
    pub version: Option<String>,
    /// Protocol version agreed last.
    pub protocol: Option<i32>,
    /// `unknown`, `up`, `down` or `refused`.
    pub connection_state: String,
    /// Why it is not up, with the remedy.
    pub connection_error: Option<String>,
    /// When a connection last succeeded.
    pub last_connected_at: Option<Timestamp>,
    /// What is done about agents that it lost: `repair` brings them back, `report` lets them fail with the cause.
    pub drift_policy: DriftPolicy,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last changed by a person.
    pub updated_at: Timestamp,
}

impl GatewayRead {
    /// `gateway` without its secrets.
    pub fn of(gateway: &Gateway) -> Self {
        let gateway = gateway.clone();
        let address = GatewayAddress::read(&gateway.url);
        Self {
            id: gateway.id,
            organization_id: gateway.organization_id,
            name: gateway.name,
            has_token: gateway.token.is_some() || address.secret.is_some(),
            url: address.url,
            token: None,
            workspace_root: gateway.workspace_root,
            allow_insecure_tls: gateway.allow_insecure_tls,
            disable_device_pairing: gateway.disable_device_pairing,
            version: gateway.version,
            protocol: gateway.protocol,
            connection_state: gateway.connection_state.as_str().to_owned(),
            connection_error: gateway.connection_error,
            last_connected_at: gateway.last_connected_at,
            drift_policy: gateway.drift_policy,
            created_at: gateway.created_at,
            updated_at: gateway.updated_at,
        }
    }
}

/// Methods and events of the gateway protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Commands {
    /// Oldest protocol version in use.
    pub protocol_version: u32,
    /// Methods.
    pub methods: Vec<&'static str>,
    /// Events.
    pub events: Vec<&'static str>,
}

/// What is known of a gateway now.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct GatewayStatus {
    /// It answers, lets us in and is supported.
    pub connected: bool,
    /// Its address.
    pub gateway_url: String,
    /// How many sessions it has.
    pub sessions_count: Option<usize>,
    /// Its sessions.
    pub sessions: Option<Vec<Value>>,
    /// The session of its main agent.
    pub main_session: Option<Value>,
    /// Why that session could not be made sure of.
    pub main_session_error: Option<String>,
    /// Why it is not connected.
    pub error: Option<String>,
    /// What to do about it.
    pub next_step: Option<String>,
    /// Version.
    pub version: Option<String>,
    /// Protocol version.
    pub protocol: Option<u64>,
}

/// The sessions of a gateway.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SessionList {
    /// The first thousand, as the gateway describes them.
    pub sessions: Vec<Value>,
    /// The main agent's.
    pub main_session: Option<Value>,
}

/// What a look at a gateway's agents found and set off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReconcileReport {
    /// Agents of the gateway.
    pub agents: usize,
    /// Why the gateway did not answer; none when it did.
    pub unreachable: Option<String>,
    /// What was set off, a line per agent, a thousand at most.
    pub actions: Vec<String>,
    /// Files that agents changed, as `agent: file`, a thousand at most.
    pub edited: Vec<String>,
    /// Agents whose heartbeats got another pace.
    pub paced: usize,
    /// The gateway's configuration was brought up to date.
    pub config_written: bool,
    /// Settings of the whole gateway that an earlier release of Mission Control may have left in it, with what to do.
    #[serde(default)]
    pub remarks: Vec<String>,
}
