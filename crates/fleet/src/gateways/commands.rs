//! The protocol surface that clients of the API may ask about: what every supported gateway offers.

use mission_control_gateway_rpc::{EVENTS, METHODS, OLDEST_PROTOCOL};
use mission_control_shapes::Commands;

/// What every supported gateway offers; newer ones offer more.
pub fn commands() -> Commands {
    Commands { protocol_version: OLDEST_PROTOCOL, methods: METHODS.to_vec(), events: EVENTS.to_vec() }
}
