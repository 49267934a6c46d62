//! The protocol surface that clients of the API may ask about: what every supported gateway offers.

use mission_control_gateway_rpc::{EVENTS, METHODS, OLDEST_PROTOCOL};
use serde::Serialize;
use utoipa::ToSchema;

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

/// What every supported gateway offers; newer ones offer more.
pub fn commands() -> Commands {
    Commands { protocol_version: OLDEST_PROTOCOL, methods: METHODS.to_vec(), events: EVENTS.to_vec() }
}
