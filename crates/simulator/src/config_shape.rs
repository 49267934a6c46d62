//! The config file in its two shapes: who its agents are, how patches merge, which keys exist.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::profile::{ConfigShape, GatewayProfile};

/// The agent that every gateway has.
pub(crate) const MAIN_AGENT: &str = "main";

/// The config of a gateway that was never configured.
pub(crate) fn initial(state_dir: &str) -> Value {
    json!({
        "gateway": {"mode": "local", "auth": {"mode": "token", "token": "__OPENCLAW_REDACTED__"}},
        "agents": {"defaults": {
            "model": {"primary": "simulated/model-1"},
            "workspace": format!("{state_dir}/workspace"),
            "heartbeat": {"every": "0m"},
        }},
    })
}

/// Ids and settings of the agents that the config names.
fn roster(config: &Value, shape: ConfigShape) -> Vec<(String, Value)> {
    match shape {
        ConfigShape::List => config
            .pointer("/agents/list")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some((entry.get("id")?.as_str()?.to_owned(), entry.clone())))
            .collect(),
        ConfigShape::Entries => config
            .pointer("/agents/entries")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(id, entry)| (id.clone(), entry.clone()))
            .collect(),
    }
}

/// Ids and settings of the agents, `main` first when it is only implied.
pub(crate) fn agents(config: &Value, shape: ConfigShape) -> Vec<(String, Value)> {
    let mut agents = roster(config, shape);
    if !agents.iter().any(|(id, _)| id == MAIN_AGENT) {
        agents.insert(0, (MAIN_AGENT.to_owned(), json!({})));
    }
    agents
}

/// The agents that have heartbeats, each with the settings that result for it. Once an agent has a block of its own, an
/// empty one included, only such agents have them; else it depends on the generation whom the defaults are for.
pub(crate) fn heartbeats(config: &Value, profile: &GatewayProfile) -> Vec<(String, Value)> {
    let defaults = config.pointer("/agents/defaults/heartbeat").filter(|block| block.is_object());
    let mut all = roster(config, profile.shape);
    if all.is_empty() {
        all.push((MAIN_AGENT.to_owned(), json!({})));
    }
    let has_block = |settings: &Value| settings.get("heartbeat").is_some_and(Value::is_object);
    let chosen: Vec<String> = if all.iter().any(|(_, settings)| has_block(settings)) {
        all.iter().filter(|(_, settings)| has_block(settings)).map(|(id, _)| id.clone()).collect()
    } else {
        let named = |place: &str| config.pointer(place).and_then(Value::as_str).map(str::to_owned);
        let everyone = || all.iter().map(|(id, _)| id.clone()).collect();
        let marked = all.iter().find(|(_, settings)| settings.get("default") == Some(&Value::Bool(true)));
        let default = marked.or(all.first()).map(|(id, _)| id.clone());
        match (profile.shape, defaults) {
            (ConfigShape::List, Some(_)) if profile.protocol >= 4 => everyone(),
            (ConfigShape::List, _) => default.into_iter().collect(),
            (ConfigShape::Entries, _) if named("/agents/defaults/heartbeat/agentId").is_some() => {
                named("/agents/defaults/heartbeat/agentId").into_iter().collect()
            }
            (ConfigShape::Entries, Some(_)) => everyone(),
            (ConfigShape::Entries, None) if all.len() == 1 => everyone(),
            (ConfigShape::Entries, None) => {
                named("/agents/defaults/systemAgent/agentId").into_iter().collect()
            }
        }
    };
    let resulting = |(id, mut settings): (String, Value)| {
        let mut heartbeat = defaults.cloned().unwrap_or_else(|| json!({}));
        merge(&mut heartbeat, settings.get("heartbeat").unwrap_or(&json!({})), profile.shape);
        if heartbeat.get("every").is_none() {
            merge(&mut heartbeat, &json!({"every": "30m"}), profile.shape);
        }
        merge(&mut settings, &json!({"heartbeat": heartbeat}), profile.shape);
        (id, settings)
    };
    all.into_iter().filter(|(id, _)| chosen.contains(id)).map(resulting).collect()
}

/// Adds an agent or changes the given settings of one.
pub(crate) fn put_agent(config: &mut Value, shape: ConfigShape, id: &str, settings: &Value) {
    let patch = match shape {
        ConfigShape::List => {
            let mut entry = settings.clone();
            merge(&mut entry, &json!({"id": id}), shape);
            let main = json!({"id": MAIN_AGENT});
            match config.pointer("/agents/list") {
                Some(_) => json!({"agents": {"list": [entry]}}),
                None => json!({"agents": {"list": [main, entry]}}),
            }
        }
        ConfigShape::Entries => json!({"agents": {
            "ownership": "explicit",
            "entries": {MAIN_AGENT: {}, id: settings},
        }}),
    };
    merge(config, &patch, shape);
}

/// Removes an agent; false when there was none.
pub(crate) fn remove_agent(config: &mut Value, shape: ConfigShape, id: &str) -> bool {
    match shape {
        ConfigShape::List => {
            config.pointer_mut("/agents/list").and_then(Value::as_array_mut).is_some_and(|list| {
                let before = list.len();
                list.retain(|entry| entry.get("id").and_then(Value::as_str) != Some(id));
                list.len() < before
            })
        }
        ConfigShape::Entries => config
            .pointer_mut("/agents/entries")
            .and_then(Value::as_object_mut)
            .is_some_and(|entries| entries.remove(id).is_some()),
    }
}

/// JSON merge patch; in the list shape, arrays of objects with an `id` merge by it.
pub(crate) fn merge(target: &mut Value, patch: &Value, shape: ConfigShape) {
    match patch {
        Value::Object(changes) => {
            if !target.is_object() {
                *target = json!({});
            }
            let Some(object) = target.as_object_mut() else { return };
            for (key, change) in changes {
                if change.is_null() {
                    object.remove(key);
                } else {
                    merge(object.entry(key.as_str()).or_insert(Value::Null), change, shape);
                }
            }
        }
        Value::Array(items)
            if shape == ConfigShape::List && items.iter().all(|item| id_of(item).is_some()) =>
        {
            match target.as_array_mut() {
                Some(present) => items.iter().for_each(|item| merge_by_id(present, item, shape)),
                None => *target = patch.clone(),
            }
        }
        other => *target = other.clone(),
    }
}

fn merge_by_id(present: &mut Vec<Value>, item: &Value, shape: ConfigShape) {
    match present.iter_mut().find(|candidate| id_of(candidate) == id_of(item)) {
        Some(same) => merge(same, item, shape),
        None => present.push(item.clone()),
    }
}

fn id_of(value: &Value) -> Option<&str> {
    value.get("id").and_then(Value::as_str)
}

/// The value that fences config writes. Opaque to clients.
pub(crate) fn hash(config: &Value, shape: ConfigShape) -> String {
    let digest = Sha256::digest(config.to_string());
    match shape {
        ConfigShape::List => hex::encode(digest),
        ConfigShape::Entries => format!("hmac-sha256:v1:{}", URL_SAFE_NO_PAD.encode(digest)),
    }
}

/// A key that this generation does not know, and where.
#[derive(Debug)]
pub(crate) struct Issue {
    pub(crate) path: String,
    pub(crate) message: String,
}

/// Everything in the config that this generation would refuse to load.
pub(crate) fn issues(config: &Value, profile: &GatewayProfile) -> Vec<Issue> {
    let mut issues = Vec::new();
    check(&mut issues, "<root>", Some(config), ROOT_KEYS);
    let (agents_keys, visibility, exec_keys) = match profile.shape {
        ConfigShape::List => (&["defaults", "list"][..], "heartbeat", OLD_EXEC_KEYS),
        ConfigShape::Entries => {
            (&["defaults", "entries", "ownership"][..], "heartbeatVisibility", MODERN_EXEC_KEYS)
        }
    };
    check(&mut issues, "agents", config.get("agents"), agents_keys);
    match profile.shape {
        ConfigShape::List => {
            let list = config.pointer("/agents/list").and_then(Value::as_array);
            for (index, entry) in list.into_iter().flatten().enumerate() {
                check_agent(&mut issues, &format!("agents.list.{index}"), entry, profile.shape);
            }
        }
        ConfigShape::Entries => {
            let entries = config.pointer("/agents/entries").and_then(Value::as_object);
            for (id, entry) in entries.into_iter().flatten() {
                check_agent(&mut issues, &format!("agents.entries.{id}"), entry, profile.shape);
            }
        }
    }
    check(
        &mut issues,
        "channels.defaults",
        config.pointer("/channels/defaults"),
        &["groupPolicy", visibility],
    );
    check(&mut issues, "tools.exec", config.pointer("/tools/exec"), exec_keys);
    issues
}

fn check_agent(issues: &mut Vec<Issue>, path: &str, entry: &Value, shape: ConfigShape) {
    let (agent_keys, heartbeat_keys) = match shape {
        ConfigShape::List => (OLD_AGENT_KEYS, OLD_HEARTBEAT_KEYS),
        ConfigShape::Entries => (MODERN_AGENT_KEYS, MODERN_HEARTBEAT_KEYS),
    };
    check(issues, path, Some(entry), agent_keys);
    check(issues, &format!("{path}.heartbeat"), entry.get("heartbeat"), heartbeat_keys);
}

fn check(issues: &mut Vec<Issue>, path: &str, value: Option<&Value>, known: &[&str]) {
    for key in value.and_then(Value::as_object).into_iter().flat_map(|object| object.keys()) {
        if !known.contains(&key.as_str()) {
            issues.push(Issue { path: path.to_owned(), message: format!("Unrecognized key: \"{key}\"") });
        }
    }
}

const ROOT_KEYS: &[&str] = &[
    "meta",
    "env",
    "wizard",
    "diagnostics",
    "logging",
    "update",
    "browser",
    "ui",
    "auth",
    "models",
    "nodeHost",
    "agents",
    "tools",
    "bindings",
    "broadcast",
    "audio",
    "media",
    "messages",
    "commands",
    "approvals",
    "session",
    "cron",
    "hooks",
    "web",
    "channels",
    "discovery",
    "canvasHost",
    "talk",
    "gateway",
    "memory",
    "skills",
    "plugins",
    "secrets",
    "acp",
    "mcp",
];
const OLD_AGENT_KEYS: &[&str] = &[
    "id",
    "default",
    "name",
    "workspace",
    "agentDir",
    "model",
    "skills",
    "memorySearch",
    "humanDelay",
    "heartbeat",
    "identity",
    "groupChat",
    "subagents",
    "sandbox",
    "params",
    "tools",
    "runtime",
];
const MODERN_AGENT_KEYS: &[&str] = &[
    "name",
    "workspace",
    "agentDir",
    "model",
    "skills",
    "memorySearch",
    "humanDelay",
    "heartbeat",
    "identity",
    "groupChat",
    "subagents",
    "sandbox",
    "params",
    "tools",
    "runtime",
    "bootstrapMaxChars",
    "bootstrapTotalMaxChars",
    "thinkingDefault",
];
const OLD_HEARTBEAT_KEYS: &[&str] = &[
    "every",
    "activeHours",
    "model",
    "session",
    "includeReasoning",
    "target",
    "to",
    "accountId",
    "directPolicy",
    "prompt",
    "ackMaxChars",
    "suppressToolErrorWarnings",
    "lightContext",
];
const MODERN_HEARTBEAT_KEYS: &[&str] = &[
    "every",
    "activeHours",
    "model",
    "session",
    "target",
    "to",
    "accountId",
    "directPolicy",
    "prompt",
    "ackMaxChars",
    "lightContext",
    "isolatedSession",
    "timeoutSeconds",
];
const OLD_EXEC_KEYS: &[&str] = &[
    "host",
    "security",
    "ask",
    "node",
    "pathPrepend",
    "safeBins",
    "backgroundMs",
    "timeoutSec",
    "cleanupMs",
    "notifyOnExit",
    "notifyOnExitEmptySuccess",
    "applyPatch",
];
const MODERN_EXEC_KEYS: &[&str] = &[
    "host",
    "security",
    "ask",
    "mode",
    "node",
    "pathPrepend",
    "safeBins",
    "backgroundMs",
    "timeoutSec",
    "cleanupMs",
    "notifyOnExit",
    "notifyOnExitEmptySuccess",
    "applyPatch",
];
