//! What to change in a gateway's configuration so that its agents run as wanted: pure, from the configuration as read
//! to one merge patch.
//!
//! Of the agents of a gateway some are ours, which the caller tells by their ids, and the others are somebody else's. A patch
//! changes our agents' entries, and nothing else takes effect differently because of it. One thing would: once an
//! agent has a heartbeat block, a gateway runs heartbeats only for agents that have one. So each agent of somebody else
//! that has heartbeats without a block of its own gets an empty one with ours, which makes it go on with what it
//! inherits, and loses it again when ours are gone.

mod dialect;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

pub use dialect::Dialect;

use crate::ConfigShape;
pub use crate::agent_model::AgentModel;
use crate::agent_model::THINKING;
use crate::heartbeats::{agent_entries, normal};

/// An agent as its gateway's configuration should have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Id on the gateway.
    pub key: String,
    /// Folder on the gateway's host.
    pub workspace: String,
    /// Interval of its heartbeats: `10m`.
    pub every: String,
    /// Further heartbeat settings; those that gateways do not know are left out.
    pub heartbeat: Option<Value>,
    /// Heartbeat settings that are not to be there, by their keys.
    pub heartbeat_without: Vec<&'static str>,
    /// The model. `None`: whatever is there; `Some(None)`: that of the gateway.
    pub model: Option<Option<AgentModel>>,
    /// How much it thinks, in the gateway's word. `None`: whatever is there; `Some(None)`: as the gateway has it. Releases that
    /// know no such setting of an agent are not told.
    pub thinking: Option<Option<String>>,
    /// Characters of a workspace file that must reach the prompt, when more than the gateway's default.
    pub bootstrap_max_chars: Option<usize>,
    /// Write it even when the configuration does not have the agent yet.
    pub required: bool,
}

/// A change to a configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The merge patch.
    pub patch: Value,
    /// Agents of others that have an empty heartbeat block from us once it is written, by id.
    pub copies: BTreeSet<String>,
}

/// The change that makes `config` have all `wanted` agents; nothing when it has them. `copies` are the agents of others
/// that we gave an empty heartbeat block before.
///
/// Agents that are not `required` and not in the configuration are left out: they are created first, by their own job.
pub fn plan(
    config: &Value,
    wanted: &[Wanted],
    dialect: &Dialect,
    is_ours: fn(&str) -> bool,
    copies: &BTreeSet<String>,
) -> Option<Plan> {
    let entries = agent_entries(config);
    let mut changes = Map::new();
    for agent in wanted {
        let entry = entries.iter().find(|(id, _)| *id == agent.key).map(|(_, entry)| *entry);
        if entry.is_none() && !agent.required {
            continue;
        }
        let change = change(config, entry, agent, dialect);
        if !change.is_empty() {
            changes.insert(agent.key.clone(), Value::Object(change));
        }
    }
    let needed = match is_claimed(&entries, &changes, is_ours) {
        true => inheriting(config, copies, dialect, is_ours),
        false => BTreeSet::new(),
    };
    for id in &needed {
        let has_block = entries.iter().any(|(known, entry)| normal(known) == *id && block(entry).is_some());
        if !has_block {
            changes.insert(spelled(&entries, id), json!({ "heartbeat": {} }));
        }
    }
    for id in copies.difference(&needed) {
        if has_copy(config, id) {
            changes.insert(spelled(&entries, id), json!({ "heartbeat": null }));
        }
    }
    if changes.is_empty() {
        return None;
    }
    let agents = match dialect.shape() {
        ConfigShape::List => json!({ "list": list(config, &changes, dialect, is_ours) }),
        ConfigShape::Entries => json!({ "entries": changes }),
    };
    Some(Plan { patch: json!({ "agents": agents }), copies: needed })
}

/// The settings of a whole gateway that look as earlier releases of this software set them, by path: that commands run on the
/// gateway's host, and that answers to routine heartbeats are not shown in channels. Its owner may have set them as well.
pub fn of_earlier_releases(config: &Value) -> Vec<String> {
    let quiet = json!({ "showOk": false, "showAlerts": true, "useIndicator": true });
    let quiet: Vec<String> = ["heartbeat", "heartbeatVisibility"]
        .into_iter()
        .filter(|key| config.pointer(&format!("/channels/defaults/{key}")) == Some(&quiet))
        .map(|key| format!("channels.defaults.{key}"))
        .collect();
    let exec = config.pointer("/tools/exec").and_then(Value::as_object);
    let host = exec.and_then(|exec| exec.get("host")).and_then(Value::as_str);
    // Both were written together; by itself it is more likely the owner's where there is more beside it.
    let looks_like_ours = !quiet.is_empty() || exec.is_some_and(|exec| exec.len() == 1);
    let exec = (host == Some("gateway") && looks_like_ours).then(|| "tools.exec.host".to_owned());
    exec.into_iter().chain(quiet).collect()
}

/// Whether the agent `id` of somebody else has an empty heartbeat block, as we give it to others.
pub fn has_copy(config: &Value, id: &str) -> bool {
    agent_entries(config).iter().any(|(known, entry)| normal(known) == id && is_copy(entry))
}

/// What differs in the entry of one of our agents.
fn change(config: &Value, entry: Option<&Value>, agent: &Wanted, dialect: &Dialect) -> Map<String, Value> {
    let mut change = Map::new();
    let mut heartbeat = dialect.heartbeat(&agent.every, agent.heartbeat.as_ref());
    let current = entry.and_then(|entry| entry.get("heartbeat"));
    let is_there =
        |key: &&&str| current.is_some_and(|block| block.get(**key).is_some_and(|value| !value.is_null()));
    // What is wanted after all is not taken out, or it would be written again the next time, for ever.
    let superfluous: Vec<_> = agent
        .heartbeat_without
        .iter()
        .filter(is_there)
        .filter(|key| heartbeat.get(**key).is_none())
        .collect();
    if !superfluous.is_empty() || !contains(current, &heartbeat) {
        if let Some(fields) = heartbeat.as_object_mut() {
            fields.extend(superfluous.into_iter().map(|key| ((*key).to_owned(), Value::Null)));
        }
        change.insert("heartbeat".to_owned(), heartbeat);
    }
    let model = entry.and_then(|entry| entry.get("model")).filter(|model| !model.is_null());
    match &agent.model {
        Some(Some(wanted)) if model.and_then(AgentModel::read).as_ref() != Some(wanted) => {
            change.insert("model".to_owned(), wanted.write());
        }
        Some(None) if model.is_some() => {
            change.insert("model".to_owned(), Value::Null);
        }
        _ => {}
    }
    let thinking = entry.and_then(|entry| entry.get(THINKING)).filter(|level| !level.is_null());
    if let Some(wanted) = agent.thinking.as_ref().filter(|_| dialect.takes_thinking()) {
        let wanted = wanted.as_ref().map_or(Value::Null, |level| json!(level));
        if *thinking.unwrap_or(&Value::Null) != wanted {
            change.insert(THINKING.to_owned(), wanted);
        }
    }
    let text = |pointer: &str| entry.and_then(|entry| entry.pointer(pointer)).and_then(Value::as_str);
    if text("/workspace") != Some(&agent.workspace) {
        change.insert("workspace".to_owned(), json!(agent.workspace));
    }
    // Commands run on the gateway's host unless its owner, or somebody for this agent, decided where.
    let decided = config.pointer("/tools/exec/host").and_then(Value::as_str).or(text("/tools/exec/host"));
    if dialect.takes_tools() && decided.is_none_or(str::is_empty) {
        change.insert("tools".to_owned(), json!({ "exec": { "host": "gateway" } }));
    }
    let chars = entry.and_then(|entry| entry.get("bootstrapMaxChars")).and_then(Value::as_u64);
    if let Some(wanted) = agent.bootstrap_max_chars
        && dialect.shape() == ConfigShape::Entries
        && chars.is_none_or(|chars| chars < wanted as u64)
    {
        change.insert("bootstrapMaxChars".to_owned(), json!(wanted));
    }
    change
}

/// Whether one of our agents has a heartbeat block, or gets one by `changes`.
fn is_claimed(entries: &[(&str, &Value)], changes: &Map<String, Value>, is_ours: fn(&str) -> bool) -> bool {
    let has = entries.iter().any(|(id, entry)| is_ours(id) && block(entry).is_some());
    has || changes.values().any(|change| block(change).is_some())
}

/// The agents of others that would have heartbeats if none of ours were here, and without a block of their own.
fn inheriting(
    config: &Value,
    copies: &BTreeSet<String>,
    dialect: &Dialect,
    is_ours: fn(&str) -> bool,
) -> BTreeSet<String> {
    let theirs: Vec<(&str, Value)> = agent_entries(config)
        .into_iter()
        .filter(|(id, _)| !is_ours(id))
        .map(|(id, entry)| {
            let mut entry = entry.clone();
            if copies.contains(&normal(id))
                && is_copy(&entry)
                && let Some(fields) = entry.as_object_mut()
            {
                fields.remove("heartbeat");
            }
            (id, entry)
        })
        .collect();
    let defaults = config.pointer("/agents/defaults").cloned().unwrap_or_default();
    let entries: Vec<&Value> = theirs.iter().map(|(_, entry)| entry).collect();
    let without_us = match dialect.shape() {
        ConfigShape::List => json!({ "agents": { "defaults": defaults, "list": entries } }),
        ConfigShape::Entries => {
            let entries: Map<String, Value> =
                theirs.iter().map(|(id, entry)| ((*id).to_owned(), entry.clone())).collect();
            json!({ "agents": { "defaults": defaults, "entries": entries } })
        }
    };
    let is_there = |id: &String| match theirs.as_slice() {
        [] => id == "main",
        theirs => theirs.iter().any(|(known, _)| normal(known) == *id),
    };
    let has_block =
        |id: &String| theirs.iter().any(|(known, entry)| normal(known) == *id && block(entry).is_some());
    let running = dialect.heartbeats_by_default().agents(&without_us);
    running.into_iter().filter(|id| is_there(id) && !has_block(id)).collect()
}

/// Old shape: the whole array, because some gateways replace arrays. `main`, which is implied while there is no list,
/// stays the first.
fn list(
    config: &Value,
    changes: &Map<String, Value>,
    dialect: &Dialect,
    is_ours: fn(&str) -> bool,
) -> Vec<Value> {
    let mut list = config.pointer("/agents/list").and_then(Value::as_array).cloned().unwrap_or_default();
    for (id, change) in changes {
        let known = list.iter().position(|entry| entry.get("id").and_then(Value::as_str) == Some(id));
        let at = known.unwrap_or_else(|| {
            let at = if is_ours(id) { list.len() } else { 0 };
            list.insert(at, json!({ "id": id }));
            at
        });
        if let Some(entry) = list.get_mut(at) {
            merge(entry, change, dialect.merges_by_id());
        }
    }
    list
}

/// Writes `change` over `entry`. What is to go is left out, or marked by `null` where leaving out would keep it.
fn merge(entry: &mut Value, change: &Value, keep_nulls: bool) {
    let (Value::Object(fields), Value::Object(changes)) = (&mut *entry, change) else {
        *entry = change.clone();
        return;
    };
    for (key, change) in changes {
        match (fields.get_mut(key), change) {
            (_, Value::Null) if !keep_nulls => {
                fields.remove(key);
            }
            // An agent's heartbeat is replaced as a whole: a field that is not wanted any more goes.
            (Some(field), Value::Object(_)) if key != "heartbeat" => merge(field, change, keep_nulls),
            (_, Value::Object(block)) if !keep_nulls => {
                let block = block.iter().filter(|(_, value)| !value.is_null());
                fields.insert(key.clone(), block.map(|(key, value)| (key.clone(), value.clone())).collect());
            }
            _ => {
                fields.insert(key.clone(), change.clone());
            }
        }
    }
}

/// An agent's heartbeat block; an empty one counts.
fn block(entry: &Value) -> Option<&Value> {
    entry.get("heartbeat").filter(|block| !block.is_null())
}

/// Whether an agent's heartbeat block is as we give it to others.
fn is_copy(entry: &Value) -> bool {
    block(entry).and_then(Value::as_object).is_some_and(Map::is_empty)
}

/// An id as the configuration has it.
fn spelled(entries: &[(&str, &Value)], id: &str) -> String {
    let known = entries.iter().find(|(known, _)| normal(known) == id);
    known.map_or(id, |(known, _)| known).to_owned()
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

#[cfg(test)]
mod tests;
