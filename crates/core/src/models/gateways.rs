//! Gateways and the device identity with which Mission Control connects to them.

use diesel::prelude::*;
use serde_json::Value;

use super::guarded::guarded_debug;
use super::text_enum::text_enum;
use crate::id::{GatewayId, OrganizationId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// What the gateway link last saw.
    stored ConnectionState {
        /// Not tried yet.
        Unknown = "unknown",
        /// Connected.
        Up = "up",
        /// Unreachable; retried.
        Down = "down",
        /// Reachable, but it refused us (credentials, pairing, version); a person has to act.
        Refused = "refused",
    }
}

text_enum! {
    /// What is done about agents that a gateway lost or that were changed there by hand.
    stored DriftPolicy {
        /// They are brought back.
        Repair = "repair",
        /// They fail, with the cause; people decide.
        Report = "report",
    }
}

/// A registered OpenClaw gateway.
#[derive(Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::gateways, treat_none_as_default_value = false)]
pub struct Gateway {
    /// Key.
    pub id: GatewayId,
    /// Owner.
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// WebSocket URL.
    pub url: String,
    /// Access token, sealed (`gateways.token`); plain text in a database of the reference until the next write.
    pub token: Option<String>,
    /// Directory on the gateway's host under which agent workspaces are.
    pub workspace_root: String,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last changed by a person.
    pub updated_at: Timestamp,
    /// Connect without a device identity (control-UI mode).
    pub disable_device_pairing: bool,
    /// Accept any certificate.
    pub allow_insecure_tls: bool,
    /// Version it reported last.
    pub version: Option<String>,
    /// Protocol version agreed last.
    pub protocol: Option<i32>,
    /// What the link last saw.
    pub connection_state: ConnectionState,
    /// Why it is not up, with the remedy.
    pub connection_error: Option<String>,
    /// When `connection_state` was last confirmed.
    pub connection_checked_at: Option<Timestamp>,
    /// When a connection last succeeded.
    pub last_connected_at: Option<Timestamp>,
    /// Device token from pairing, sealed (`gateways.device_token`).
    pub device_token: Option<String>,
    /// What is done about agents that it lost.
    pub drift_policy: DriftPolicy,
    /// Ids of agents of its owner that we gave a heartbeat block of their own, as a list.
    pub heartbeat_copies: Option<Value>,
}

guarded_debug!(Gateway shows id, organization_id, name, connection_state);

impl Gateway {
    /// Names the column of the access token when it is sealed.
    pub const TOKEN_COLUMN: &str = "gateways.token";
    /// The same of the device token.
    pub const DEVICE_TOKEN_COLUMN: &str = "gateways.device_token";

    /// A gateway without a token, never connected.
    pub fn new(
        organization_id: OrganizationId,
        name: impl Into<String>,
        url: impl Into<String>,
        workspace_root: impl Into<String>,
    ) -> Self {
        let now = Timestamp::now();
        Self {
            id: GatewayId::random(),
            organization_id,
            name: name.into(),
            url: url.into(),
            token: None,
            workspace_root: workspace_root.into(),
            created_at: now,
            updated_at: now,
            disable_device_pairing: false,
            allow_insecure_tls: false,
            version: None,
            protocol: None,
            connection_state: ConnectionState::Unknown,
            connection_error: None,
            connection_checked_at: None,
            last_connected_at: None,
            device_token: None,
            drift_policy: DriftPolicy::Repair,
            heartbeat_copies: None,
        }
    }
}

/// Changes to a [`Gateway`].
#[derive(Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::gateways)]
pub struct GatewayChanges {
    pub name: Option<String>,
    pub url: Option<String>,
    pub token: Option<Option<String>>,
    pub workspace_root: Option<String>,
    pub disable_device_pairing: Option<bool>,
    pub allow_insecure_tls: Option<bool>,
    pub drift_policy: Option<DriftPolicy>,
}

guarded_debug!(GatewayChanges shows name, workspace_root, drift_policy);

/// What the gateway link saw; does not count as a change by a person.
#[derive(Clone, Default, PartialEq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::gateways)]
pub struct GatewayObservation {
    pub version: Option<Option<String>>,
    pub protocol: Option<Option<i32>>,
    pub connection_state: Option<ConnectionState>,
    pub connection_error: Option<Option<String>>,
    pub connection_checked_at: Option<Option<Timestamp>>,
    pub last_connected_at: Option<Option<Timestamp>>,
    pub device_token: Option<Option<String>>,
}

guarded_debug!(GatewayObservation shows version, protocol, connection_state);

/// An Ed25519 key pair by which gateways know this installation.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::device_identities, primary_key(name), treat_none_as_default_value = false)]
pub struct DeviceIdentity {
    /// Which identity; an installation has one, `default`.
    pub name: String,
    /// SHA-256 of the public key in hex: the id a gateway shows when it asks for pairing.
    pub device_id: String,
    /// Public key.
    pub public_key: String,
    /// Private key, sealed (`device_identities.private_key`).
    pub private_key: String,
    /// When it was made.
    pub created_at: Timestamp,
}

impl DeviceIdentity {
    /// Where [`DeviceIdentity::private_key`] is sealed.
    pub const KEY_COLUMN: &'static str = "device_identities.private_key";
}

guarded_debug!(DeviceIdentity shows name, device_id);
