//! Pairing of devices.

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::clock::now_ms;
use crate::frame::{Event, RpcError};
use crate::gateway::Gateway;

pub(super) fn list(call: &Call<'_>) -> Answer {
    Ok(call.gateway.read(|state| state.devices.to_json()).into())
}

pub(super) fn approve(call: &Call<'_>) -> Answer {
    let request_id = call.text("requestId")?;
    let device = approve_request(call.gateway, request_id).ok_or_else(unknown_request)?;
    Ok(json!({"requestId": request_id, "device": device}).into())
}

/// Pairs a waiting device and tells the operators; `None` when no such request waits.
pub(crate) fn approve_request(gateway: &Gateway, request_id: &str) -> Option<Value> {
    let device = gateway.update(|state| state.devices.approve(request_id))?;
    let device_id = device.get("deviceId").and_then(Value::as_str).unwrap_or_default();
    resolved(gateway, request_id, device_id, "approved");
    Some(device)
}

pub(super) fn reject(call: &Call<'_>) -> Answer {
    let request_id = call.text("requestId")?;
    let device_id =
        call.gateway.update(|state| state.devices.reject(request_id)).ok_or_else(unknown_request)?;
    resolved(call.gateway, request_id, &device_id, "rejected");
    Ok(json!({"requestId": request_id, "deviceId": device_id}).into())
}

pub(super) fn remove(call: &Call<'_>) -> Answer {
    let device_id = call.text("deviceId")?;
    if call.gateway.update(|state| state.devices.remove(device_id)) {
        Ok(json!({"deviceId": device_id}).into())
    } else {
        Err(RpcError::invalid("unknown deviceId"))
    }
}

fn resolved(gateway: &Gateway, request_id: &str, device_id: &str, decision: &str) {
    let payload =
        json!({"requestId": request_id, "deviceId": device_id, "decision": decision, "ts": now_ms()});
    gateway.emit(Event::scoped("device.pair.resolved", payload, "operator.pairing"));
}

fn unknown_request() -> RpcError {
    RpcError::invalid("unknown requestId")
}
