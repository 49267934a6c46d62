//! Making, changing and removing agents.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::{Answer, Call};
use crate::config_shape::{self, MAIN_AGENT};
use crate::frame::RpcError;
use crate::state::State;

pub(super) fn list(call: &Call<'_>) -> Answer {
    let agents: Vec<Value> = call.gateway.read(|state| state.agents().iter().map(row).collect());
    let mut payload =
        json!({"defaultId": MAIN_AGENT, "mainKey": "main", "scope": "per-sender", "agents": agents});
    if call.modern()
        && let Some(object) = payload.as_object_mut()
    {
        object.insert("ownership".to_owned(), json!(if agents.len() > 1 { "explicit" } else { "sole" }));
    }
    Ok(payload.into())
}

fn row((id, settings): &(String, Value)) -> Value {
    let mut row = Map::from_iter([("id".to_owned(), json!(id))]);
    for name in ["name", "identity", "workspace", "model"] {
        if let Some(value) = settings.get(name) {
            row.insert(name.to_owned(), value.clone());
        }
    }
    Value::Object(row)
}

pub(super) fn create(call: &Call<'_>) -> Answer {
    let name = call.text("name")?.trim();
    let workspace = call.text("workspace")?;
    let id = slug(name);
    if id.is_empty() {
        return Err(RpcError::invalid(
            "invalid agents.create params: at /name: must NOT have fewer than 1 characters",
        ));
    }
    if id == MAIN_AGENT {
        return Err(RpcError::invalid("\"main\" is reserved"));
    }
    call.gateway.update(|state| {
        if state.agent(&id).is_some() {
            return Err(RpcError::invalid(format!("agent \"{id}\" already exists")));
        }
        state.add_agent(&id, name, workspace);
        Ok(())
    })?;
    call.gateway.rescheduled.notify_one();
    Ok(json!({"ok": true, "agentId": id, "name": name, "workspace": workspace}).into())
}

/// The id that a gateway makes of a name.
fn slug(name: &str) -> String {
    let dashed: String = name
        .to_lowercase()
        .chars()
        .map(|character| if character.is_ascii_alphanumeric() || character == '_' { character } else { '-' })
        .collect();
    dashed.trim_matches('-').chars().take(64).collect()
}

pub(super) fn update(call: &Call<'_>) -> Answer {
    let id = call.text("agentId")?;
    let mut settings = Map::new();
    for name in ["name", "workspace", "model"] {
        if let Some(text) = call.optional_text(name)? {
            settings.insert(name.to_owned(), json!(text));
        }
    }
    call.gateway.update(|state| {
        let loaded = state.visible_at.get(id).is_none_or(|at| *at <= Instant::now());
        if state.agent(id).is_none() || !loaded {
            return Err(not_found(id));
        }
        config_shape::put_agent(&mut state.config, state.profile.shape, id, &Value::Object(settings));
        state.config_written();
        Ok(())
    })?;
    Ok(json!({"ok": true, "agentId": id}).into())
}

pub(super) fn delete(call: &Call<'_>) -> Answer {
    let id = call.text("agentId")?;
    if id == MAIN_AGENT {
        return Err(RpcError::invalid("\"main\" cannot be deleted"));
    }
    let delete_files = call.params.get("deleteFiles").and_then(Value::as_bool).unwrap_or(true);
    call.gateway.update(|state| remove(state, id, delete_files))?;
    call.gateway.rescheduled.notify_one();
    let mut payload = json!({"ok": true, "agentId": id, "removedBindings": 0});
    if call.modern()
        && let Some(object) = payload.as_object_mut()
    {
        object.insert("removed".to_owned(), json!([]));
        object.insert("failed".to_owned(), json!([]));
    }
    Ok(payload.into())
}

fn remove(state: &mut State, id: &str, delete_files: bool) -> Result<(), RpcError> {
    if !config_shape::remove_agent(&mut state.config, state.profile.shape, id) {
        return Err(not_found(id));
    }
    if delete_files {
        state.files.remove(id);
        state.sessions.retain(|_, session| session.agent_id != id);
    }
    state.visible_at.remove(id);
    state.config_written();
    Ok(())
}

pub(super) fn not_found(id: &str) -> RpcError {
    RpcError::invalid(format!("agent \"{id}\" not found"))
}
