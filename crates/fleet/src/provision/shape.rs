//! The two shapes of a gateway's configuration, and what a gateway's refusal teaches about it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Where a gateway keeps its agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `agents.list`, an array (up to 2026.7).
    List,
    /// `agents.entries`, an object by id (2026.8 and later).
    Entries,
}

/// How to write the configuration of one gateway. Starts from what its configuration shows and learns from refusals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// Where agents are.
    pub shape: Shape,
    /// Whether the channel defaults may be written.
    pub channels: bool,
    /// Whether `tools.exec.host` may be written.
    pub tools: bool,
    /// Keys that the gateway refused in an agent's heartbeat.
    pub refused: BTreeSet<String>,
}

/// Heartbeat keys that gateways know; agents may carry others in Mission Control.
const HEARTBEAT_KEYS: [&str; 13] = [
    "every",
    "target",
    "to",
    "accountId",
    "prompt",
    "model",
    "session",
    "activeHours",
    "ackMaxChars",
    "includeReasoning",
    "lightContext",
    "isolatedSession",
    "suppressToolErrorWarnings",
];

impl Dialect {
    /// The dialect of a gateway with this `config`; `newer` (2026.8 or later by version) decides when the
    /// configuration has no agents yet.
    pub fn of(config: &Value, newer: bool) -> Self {
        let agents = config.get("agents");
        let has = |key: &str| agents.and_then(|agents| agents.get(key)).is_some();
        let entries = has("entries") || (!has("list") && newer);
        let shape = if entries { Shape::Entries } else { Shape::List };
        Self { shape, channels: true, tools: true, refused: BTreeSet::new() }
    }

    /// What to try after the gateway refused a patch with `message`; nothing when the refusal is about something else.
    pub fn after_refusal(&self, message: &str) -> Option<Self> {
        if !message.contains("invalid config") && !message.contains("Unrecognized key") {
            return None;
        }
        let mut next = self.clone();
        for issue in message.split(';') {
            let key = issue.split('"').nth(1).unwrap_or_default();
            if issue.contains("channel") {
                next.channels = false;
            } else if issue.contains("tools") {
                next.tools = false;
            } else if key == "list" {
                next.shape = Shape::Entries;
            } else if key == "entries" || key == "ownership" {
                next.shape = Shape::List;
            } else if HEARTBEAT_KEYS.contains(&key) {
                next.refused.insert(key.to_owned());
            }
        }
        (next != *self).then_some(next)
    }

    /// The heartbeat of an agent as this gateway takes it.
    ///
    /// New gateways skip a heartbeat whose target is `last` when the agent has no channel, which is the rule here:
    /// there the turn runs with `none`.
    pub fn heartbeat(&self, wanted: Option<&Value>) -> Value {
        let mut heartbeat = Map::new();
        heartbeat.insert("every".to_owned(), json!(crate::heartbeat::every(wanted)));
        heartbeat.insert("target".to_owned(), json!("last"));
        heartbeat.insert("includeReasoning".to_owned(), json!(false));
        if let Some(Value::Object(wanted)) = wanted {
            for key in HEARTBEAT_KEYS.iter().filter(|key| **key != "every") {
                if let Some(value) = wanted.get(*key) {
                    heartbeat.insert((*key).to_owned(), value.clone());
                }
            }
        }
        if self.shape == Shape::Entries {
            heartbeat.remove("includeReasoning");
            if heartbeat.get("target").and_then(Value::as_str) == Some("last") {
                heartbeat.insert("target".to_owned(), json!("none"));
            }
        }
        heartbeat.retain(|key, _| !self.refused.contains(key));
        Value::Object(heartbeat)
    }

    /// The key of the heartbeat visibility in the channel defaults.
    pub const fn visibility_key(&self) -> &'static str {
        match self.shape {
            Shape::List => "heartbeat",
            Shape::Entries => "heartbeatVisibility",
        }
    }
}
