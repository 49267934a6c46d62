//! What to change in a gateway's configuration so that its agents run as wanted: pure, from the configuration as read
//! to one merge patch.

use serde_json::{Map, Value, json};

use super::shape::{Dialect, Shape};

/// An agent as its gateway's configuration should have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Id on the gateway.
    pub key: String,
    /// Folder on the gateway's host.
    pub workspace: String,
    /// Heartbeat settings as Mission Control keeps them.
    pub heartbeat: Option<Value>,
    /// Characters of a workspace file that must reach the prompt, when more than the gateway's default.
    pub bootstrap_max_chars: Option<usize>,
    /// Write it even when the configuration does not have the agent yet.
    pub required: bool,
}

/// The merge patch that makes `config` have all `wanted` agents; nothing when it has them.
///
/// Agents that are not `required` and not in the configuration are left out: they are created first, by their own job.
pub fn plan(config: &Value, wanted: &[Wanted], dialect: &Dialect) -> Option<Value> {
    let mut patch = Map::new();
    let agents = match dialect.shape {
        Shape::List => list(config, wanted, dialect).map(|list| json!({ "list": list })),
        Shape::Entries => entries(config, wanted, dialect).map(|entries| json!({ "entries": entries })),
    };
    if let Some(agents) = agents {
        patch.insert("agents".to_owned(), agents);
    }
    if dialect.channels
        && let Some(visibility) = visibility(config, dialect.visibility_key())
    {
        let defaults = Map::from_iter([(dialect.visibility_key().to_owned(), visibility)]);
        patch.insert("channels".to_owned(), json!({ "defaults": defaults }));
    }
    if dialect.tools && config.pointer("/tools/exec/host").and_then(Value::as_str).is_none_or(str::is_empty) {
        patch.insert("tools".to_owned(), json!({ "exec": { "host": "gateway" } }));
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

/// Whether `config` has an agent of this id, in either shape.
pub fn has_agent(config: &Value, key: &str) -> bool {
    let listed = config
        .pointer("/agents/list")
        .and_then(Value::as_array)
        .is_some_and(|list| list.iter().any(|entry| entry.get("id").and_then(Value::as_str) == Some(key)));
    listed || config.pointer("/agents/entries").is_some_and(|entries| entries.get(key).is_some())
}

/// Old shape: the whole array, because some gateways replace arrays.
fn list(config: &Value, wanted: &[Wanted], dialect: &Dialect) -> Option<Vec<Value>> {
    let current: Vec<Value> =
        config.pointer("/agents/list").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut next = current.clone();
    for agent in wanted {
        let heartbeat = dialect.heartbeat(agent.heartbeat.as_ref());
        let found = next.iter_mut().find(|entry| entry.get("id").and_then(Value::as_str) == Some(&agent.key));
        match found.and_then(Value::as_object_mut) {
            Some(entry) => {
                entry.insert("workspace".to_owned(), json!(agent.workspace));
                entry.insert("heartbeat".to_owned(), heartbeat);
            }
            None if agent.required => {
                next.push(json!({ "id": agent.key, "workspace": agent.workspace, "heartbeat": heartbeat }))
            }
            None => {}
        }
    }
    (next != current).then_some(next)
}

/// New shape: only what differs, by id.
fn entries(config: &Value, wanted: &[Wanted], dialect: &Dialect) -> Option<Map<String, Value>> {
    let empty = Map::new();
    let current = config.pointer("/agents/entries").and_then(Value::as_object).unwrap_or(&empty);
    let mut next = Map::new();
    for agent in wanted {
        let entry = current.get(&agent.key);
        if entry.is_none() && !agent.required {
            continue;
        }
        let mut change = Map::new();
        let heartbeat = dialect.heartbeat(agent.heartbeat.as_ref());
        if !contains(entry.and_then(|entry| entry.get("heartbeat")), &heartbeat) {
            change.insert("heartbeat".to_owned(), heartbeat);
        }
        if entry.and_then(|entry| entry.get("workspace")).and_then(Value::as_str) != Some(&agent.workspace) {
            change.insert("workspace".to_owned(), json!(agent.workspace));
        }
        let chars = entry.and_then(|entry| entry.get("bootstrapMaxChars")).and_then(Value::as_u64);
        if let Some(wanted) = agent.bootstrap_max_chars
            && chars.is_none_or(|chars| chars < wanted as u64)
        {
            change.insert("bootstrapMaxChars".to_owned(), json!(wanted));
        }
        if !change.is_empty() {
            next.insert(agent.key.clone(), Value::Object(change));
        }
    }
    (!next.is_empty()).then_some(next)
}

/// Whether `current` has every key of `wanted` with the same value.
fn contains(current: Option<&Value>, wanted: &Value) -> bool {
    match (current, wanted) {
        (Some(Value::Object(current)), Value::Object(wanted)) => {
            wanted.iter().all(|(key, value)| current.get(key) == Some(value))
        }
        (current, wanted) => current == Some(wanted),
    }
}

/// Routine heartbeat answers are not worth a message in a channel. Only keys that the operator left open are filled.
fn visibility(config: &Value, key: &str) -> Option<Value> {
    let current = config.pointer(&format!("/channels/defaults/{key}"));
    let mut next = current.and_then(Value::as_object).cloned().unwrap_or_default();
    let before = next.len();
    for (key, value) in [("showOk", false), ("showAlerts", true), ("useIndicator", true)] {
        next.entry(key).or_insert(Value::Bool(value));
    }
    (next.len() != before).then_some(Value::Object(next))
}

#[cfg(test)]
mod tests;
