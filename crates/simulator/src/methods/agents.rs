//! Making, changing and removing agents.

use serde_json::{Map, Value, json};

use super::{Answer, Call};
use crate::config_shape::{self, MAIN_AGENT};
use crate::frame::RpcError;
use crate::state::State;

pub(super) fn list(call: &Call<'_>) -> Answer {
    let agents: Vec<Value> =
        call.gateway.read(|state| state.agents().iter().filter(|(id, _)| state.knows(id)).map(row).collect());
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
        if !state.knows(id) {
            return Err(not_found(id));
        }
        if settings.contains_key("workspace") {
            state.seed_workspace(id, false);
        }
        let name = settings.get("name").and_then(Value::as_str).map(str::to_owned);
        let present = || state.agent(id)?.get("name")?.as_str().map(str::to_owned);
        if let Some(name) = name.or_else(present) {
            state.write_identity(id, &name, false);
        }
        config_shape::put_agent(&mut state.config, state.profile.shape, id, &Value::Object(settings));
        state.config_written();
        Ok(())
    })?;
    Ok(json!({"ok": true, "agentId": id}).into())
}

/// Newer gateways keep a journal of a deletion: it goes on when nobody waits for it any more, and a second one for the
/// same agent is refused meanwhile.
pub(super) async fn delete(call: &Call<'_>) -> Answer {
    let id = call.text("agentId")?;
    if id == MAIN_AGENT {
        return Err(RpcError::invalid("\"main\" cannot be deleted"));
    }
    let delete_files = call.params.get("deleteFiles").and_then(Value::as_bool).unwrap_or(true);
    let takes = call.gateway.config.profile.deletion_takes;
    if call.modern() && !takes.is_zero() {
        call.gateway.update(|state| match state.deleting.insert(id.to_owned()) {
            true => Ok(()),
            false => Err(held(id)),
        })?;
        tokio::time::sleep(takes).await;
        call.gateway.update(|state| state.deleting.remove(id));
    }
    let payload = call.gateway.update(|state| remove(state, id, delete_files))?;
    call.gateway.rescheduled.notify_one();
    Ok(payload.into())
}

fn held(id: &str) -> RpcError {
    RpcError::new(
        "UNAVAILABLE",
        format!(
            "OpenClawStateLeaseError: agent deletion \"{id}\" is held by another operation \
             code=OPENCLAW_STATE_LEASE_HELD"
        ),
    )
}

/// What becomes of the files differs: old gateways move them to the trash, those between leave them and do not say so, new
/// ones say of each what became of it.
fn remove(state: &mut State, id: &str, delete_files: bool) -> Result<Value, RpcError> {
    let folders = state.folders(id);
    let configured = config_shape::remove_agent(&mut state.config, state.profile.shape, id);
    if !configured && !state.half_deleted.remove(id) {
        return Err(not_found(id));
    }
    let mut payload = json!({"ok": true, "agentId": id, "removedBindings": 0});
    let modern = state.profile.is_modern();
    let stops = std::mem::take(&mut state.purge_fails) && modern;
    let leaves = state.profile.protocol >= 4 && !modern;
    if stops {
        state.half_deleted.insert(id.to_owned());
    } else if delete_files {
        state.sessions.retain(|_, session| session.agent_id != id);
        if !leaves {
            state.files.remove(id);
        }
    }
    if modern && let Some(object) = payload.as_object_mut() {
        let removed = if stops { Vec::new() } else { folders.to_vec() };
        let removed: Vec<Value> =
            removed.into_iter().map(|path| json!({"path": path, "method": "trash"})).collect();
        object.insert("removed".to_owned(), json!(removed));
        object.insert("failed".to_owned(), json!([]));
        if stops {
            object.insert("purgeFailed".to_owned(), json!(true));
        }
    }
    state.visible_at.remove(id);
    state.config_written();
    Ok(payload)
}

pub(super) fn not_found(id: &str) -> RpcError {
    RpcError::invalid(format!("agent \"{id}\" not found"))
}
