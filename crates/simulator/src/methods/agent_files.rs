//! The workspace files of agents: a fixed set of names per generation.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::agents::not_found;
use super::{Answer, Call};
use crate::frame::RpcError;
use crate::state::{State, WorkspaceFile};

pub(super) fn list(call: &Call<'_>) -> Answer {
    let agent = known_agent(call)?;
    Ok(call
        .gateway
        .read(|state| {
            let files: Vec<Value> = state
                .profile
                .workspace_files()
                .iter()
                .filter(|name| state.profile.lists_file(name))
                .map(|name| describe(state, agent, name, file(state, agent, name), false))
                .collect();
            json!({"agentId": agent, "workspace": state.workspace(agent), "files": files})
        })
        .into())
}

pub(super) fn get(call: &Call<'_>) -> Answer {
    let agent = known_agent(call)?;
    let name = supported_name(call)?;
    Ok(call
        .gateway
        .read(|state| {
            let file = describe(state, agent, name, file(state, agent, name), true);
            json!({"agentId": agent, "workspace": state.workspace(agent), "file": file})
        })
        .into())
}

pub(super) fn set(call: &Call<'_>) -> Answer {
    let agent = known_agent(call)?;
    let name = supported_name(call)?;
    let content = call.text("content")?;
    let expected = call.optional_text("expectedHash")?;
    let payload = call.gateway.update(|state| {
        let present = file(state, agent, name).map(|file| content_hash(&file.content));
        if expected.is_some_and(|expected| present.as_deref() != Some(expected)) {
            return Err(RpcError::invalid(format!("file \"{name}\" changed since last read")));
        }
        let files = state.files.entry(agent.to_owned()).or_default();
        files.insert(name.to_owned(), WorkspaceFile::new(content));
        let file = describe(state, agent, name, file(state, agent, name), true);
        Ok(json!({"ok": true, "agentId": agent, "workspace": state.workspace(agent), "file": file}))
    })?;
    Ok(payload.into())
}

fn known_agent<'a>(call: &'a Call<'_>) -> Result<&'a str, RpcError> {
    let agent = call.text("agentId")?;
    if call.gateway.read(|state| state.knows(agent)) {
        Ok(agent)
    } else if call.modern() {
        Err(not_found(agent))
    } else {
        Err(RpcError::invalid("unknown agent id"))
    }
}

fn supported_name<'a>(call: &'a Call<'_>) -> Result<&'a str, RpcError> {
    let name = call.text("name")?;
    if call.gateway.config.profile.workspace_files().contains(&name) {
        Ok(name)
    } else {
        Err(RpcError::invalid(format!("unsupported file \"{name}\"")))
    }
}

fn file<'a>(state: &'a State, agent: &str, name: &str) -> Option<&'a WorkspaceFile> {
    state.files.get(agent)?.get(name)
}

fn describe(state: &State, agent: &str, name: &str, file: Option<&WorkspaceFile>, content: bool) -> Value {
    let path = format!("{}/{name}", state.workspace(agent));
    let Some(file) = file else {
        return json!({"name": name, "path": path, "missing": true});
    };
    let mut entry = json!({
        "name": name, "path": path, "missing": false,
        "size": file.content.len(), "updatedAtMs": file.updated_at_ms,
    });
    if content && let Some(object) = entry.as_object_mut() {
        object.insert("content".to_owned(), json!(file.content));
        if state.profile.is_modern() {
            object.insert("hash".to_owned(), json!(content_hash(&file.content)));
        }
    }
    entry
}

fn content_hash(content: &str) -> String {
    hex::encode(Sha256::digest(content))
}
