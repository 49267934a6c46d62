//! Health, status, models, wakes and the log.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Answer, Call};
use crate::agents::{self, TurnRequest};
use crate::clock::now_ms;
use crate::config_shape::{self, MAIN_AGENT};
use crate::frame::RpcError;
use crate::state::{Session, State, interval};

pub(super) fn health(call: &Call<'_>) -> Answer {
    Ok(call.gateway.read(health_snapshot).into())
}

/// The payload of `health`, also part of the handshake.
pub(crate) fn health_snapshot(state: &State) -> Value {
    let beating: BTreeMap<String, Value> =
        config_shape::heartbeats(&state.effective(), &state.profile).into_iter().collect();
    let agents: Vec<Value> = state
        .agents()
        .iter()
        .map(|(id, settings)| {
            let settings = beating.get(id).unwrap_or(settings);
            let every = interval(settings).filter(|_| beating.contains_key(id));
            let sessions: Vec<&Session> =
                state.sessions.values().filter(|session| session.agent_id == *id).collect();
            let recent: Vec<Value> = sessions
                .iter()
                .take(5)
                .map(|session| json!({"key": session.key, "updatedAt": session.updated_at_ms}))
                .collect();
            json!({
                "agentId": id,
                "name": settings.get("name"),
                "isDefault": id == MAIN_AGENT,
                "heartbeat": {
                    "enabled": every.is_some(),
                    "every": settings.pointer("/heartbeat/every").cloned().unwrap_or(json!("disabled")),
                    "everyMs": every.map(|every| every.as_millis() as u64),
                    "target": settings.pointer("/heartbeat/target"),
                },
                "sessions": {"count": sessions.len(), "recent": recent},
            })
        })
        .collect();
    json!({
        "ok": true, "ts": now_ms(), "durationMs": 0, "channels": {}, "channelOrder": [], "channelLabels": {},
        "heartbeatSeconds": 0, "defaultAgentId": MAIN_AGENT, "agents": agents,
        "sessions": {"count": state.sessions.len(), "recent": []},
    })
}

pub(super) fn status(call: &Call<'_>) -> Answer {
    let mut status = call.gateway.read(|state| {
        let agents: Vec<Value> = state
            .agents()
            .iter()
            .map(|(id, _)| {
                let job = state.heartbeats.of_agent(id);
                let every = job.map(|job| job.every.as_millis() as u64);
                json!({"agentId": id, "enabled": job.is_some(), "everyMs": every})
            })
            .collect();
        json!({
            "heartbeat": {"defaultAgentId": MAIN_AGENT, "agents": agents},
            "sessions": {"count": state.sessions.len(), "recent": [], "byAgent": []},
            "channelSummary": [],
            "queuedSystemEvents": [],
        })
    });
    if call.modern()
        && let Some(object) = status.as_object_mut()
    {
        object.insert("runtimeVersion".to_owned(), json!(call.gateway.config.profile.version));
    }
    Ok(status.into())
}

pub(super) fn models(_: &Call<'_>) -> Answer {
    let model = |id: &str, name: &str| json!({"id": id, "name": name, "provider": "simulated", "contextWindow": 128_000, "reasoning": false});
    let models = [model("model-1", "Simulated Model"), model("model-1-mini", "Simulated Model Mini")];
    Ok(json!({"models": models}).into())
}

pub(super) fn last_heartbeat(call: &Call<'_>) -> Answer {
    Ok(call.gateway.read(|state| state.last_heartbeat.clone()).into())
}

pub(super) fn presence(call: &Call<'_>) -> Answer {
    Ok(call.gateway.read(presence_list).into())
}

/// The gateway and its clients.
pub(crate) fn presence_list(state: &State) -> Value {
    let gateway = json!({
        "host": "simulated", "version": state.profile.announced_version, "mode": "gateway", "reason": "self",
        "text": format!("Gateway: simulated · app {}", state.profile.announced_version), "ts": now_ms(),
    });
    std::iter::once(&gateway).chain(state.presence.values()).cloned().collect()
}

/// Starts a heartbeat turn: of the named agent on newer gateways, of the default agent on old ones.
pub(super) fn wake(call: &Call<'_>) -> Answer {
    let mode = call.text("mode")?;
    if !matches!(mode, "now" | "next-heartbeat") {
        return Err(RpcError::invalid(
            "invalid wake params: at /mode: must be equal to one of the allowed values",
        ));
    }
    let session = call.optional_text("sessionKey")?.map(Session::agent_of);
    let agent = call.optional_text("agentId")?.or(session).unwrap_or(MAIN_AGENT);
    if mode == "now" {
        agents::start(call.gateway, TurnRequest::heartbeat(agent), call.fate.clone());
    }
    Ok(json!({"ok": true}).into())
}

pub(super) fn logs(call: &Call<'_>) -> Answer {
    let limit = call.optional_count("limit").unwrap_or(500);
    let cursor = call.optional_count("cursor");
    Ok(call
        .gateway
        .read(|state| {
            let size = state.log_lines.len();
            let start = cursor.unwrap_or(0).max(size.saturating_sub(limit)).min(size);
            let lines = state.log_lines.get(start..).unwrap_or_default();
            json!({
                "file": "/var/log/openclaw/openclaw.log", "cursor": size, "size": size, "lines": lines,
                "truncated": start > cursor.unwrap_or(0), "reset": cursor.is_some_and(|cursor| cursor > size),
            })
        })
        .into())
}
