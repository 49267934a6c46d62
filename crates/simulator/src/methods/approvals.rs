//! Commands of agents that wait for a person's decision.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Answer, Call};
use crate::clock::now_ms;
use crate::frame::{Event, RpcError};

pub(super) fn list(call: &Call<'_>) -> Answer {
    Ok(call.gateway.read(|state| Value::Array(state.exec_approvals.clone())).into())
}

/// The policy file; it sets nothing.
pub(super) fn policy(call: &Call<'_>) -> Answer {
    let file = json!({"version": 1, "defaults": {}, "agents": {}});
    let path = format!("{}/exec-approvals.json", call.gateway.config.state_dir);
    let hash = hex::encode(Sha256::digest(file.to_string()));
    Ok(json!({"path": path, "exists": true, "hash": hash, "file": file}).into())
}

pub(super) fn resolve(call: &Call<'_>) -> Answer {
    let id = call.text("id")?;
    let decision = call.text("decision")?;
    if !matches!(decision, "allow-once" | "allow-always" | "deny") {
        return Err(RpcError::invalid("invalid decision"));
    }
    let refused = call.gateway.read(|state| {
        let entry =
            state.exec_approvals.iter().find(|entry| entry.get("id").and_then(Value::as_str) == Some(id));
        let unavailable = entry.and_then(|entry| entry.pointer("/request/unavailableDecisions")).cloned();
        unavailable
            .is_some_and(|decisions| decisions.as_array().is_some_and(|all| all.contains(&json!(decision))))
    });
    if refused {
        return Err(RpcError::invalid("allow-always is unavailable for this command")
            .with_details(json!({"reason": "APPROVAL_ALLOW_ALWAYS_UNAVAILABLE"})));
    }
    let known = call.gateway.update(|state| {
        let before = state.exec_approvals.len();
        state.exec_approvals.retain(|entry| entry.get("id").and_then(Value::as_str) != Some(id));
        state.exec_approvals.len() < before
    });
    if !known {
        return Err(if call.modern() {
            RpcError::invalid("unknown or expired approval id")
                .with_details(json!({"reason": "APPROVAL_NOT_FOUND"}))
        } else {
            RpcError::invalid("unknown approval id")
        });
    }
    let payload = json!({"id": id, "decision": decision, "resolvedBy": "gateway-client", "ts": now_ms()});
    call.gateway.emit(Event::scoped("exec.approval.resolved", payload, "operator.approvals"));
    Ok(json!({"ok": true}).into())
}
