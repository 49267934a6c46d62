//! A door for fuzz tests.

use std::time::Duration;

use crate::connected::{Connected, Persona};
use crate::error::GatewayError;
use crate::events::Event;
use crate::limits::PEER_NAME;
use crate::methods::ExecApproval;
use crate::peer::cut;
use crate::progress::ChatEvent;
use crate::refusal::Refusal;
use crate::rpc_error::RpcError;
use crate::wire::Frame;

/// What is told of one frame, whatever it is: as an answer, as an error, as a refusal, as what a gateway says of itself.
/// The fuzz targets hold it against its maximum.
#[doc(hidden)]
pub fn hear(text: &str) -> String {
    let Some(frame) = Frame::parse(text) else { return String::new() };
    if frame.is_event() {
        let event = Event {
            name: cut(frame.event.as_deref().unwrap_or_default(), PEER_NAME).to_owned(),
            payload: frame.payload.unwrap_or_default(),
            seq: frame.seq,
        };
        let errors = [event.decode::<ChatEvent>().err(), event.decode::<ExecApproval>().err()];
        return format!("{} {errors:?}", event.name);
    }
    match frame.into_answer() {
        Ok(payload) => {
            let connected = Connected::from_hello(payload, Persona::Device, &[], Duration::ZERO);
            let (version, lasts) = (connected.version(), connected.tick_interval);
            format!("{:?} {version:?} {lasts:?}", connected.server_version)
        }
        Err(error) => {
            let refused = GatewayError::Refused(Box::new(Refusal::from_wire(&error)));
            let failed = GatewayError::Rpc(RpcError::from_wire(error));
            format!("{refused:?} {} {failed:?} {:?}", failed.code(), failed.remedy().or(refused.remedy()))
        }
    }
}
