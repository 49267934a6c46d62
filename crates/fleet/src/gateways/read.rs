//! A gateway as clients see it.

use mission_control_core::id::{GatewayId, OrganizationId};
use mission_control_core::models::{DriftPolicy, Gateway};
use mission_control_core::rules::gateway_address::GatewayAddress;
use mission_control_core::time::Timestamp;
use serde::Serialize;
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
