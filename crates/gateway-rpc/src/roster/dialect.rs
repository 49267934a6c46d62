//! How to write the configuration of one gateway, and what a gateway's refusal teaches about it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::{ConfigShape, Features, HeartbeatsByDefault};

/// How to write the configuration of one gateway. Starts from what the gateway shows and learns from refusals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    features: Features,
    /// An agent's `tools.exec.host` was refused.
    without_tools: bool,
    /// Keys that were refused in an agent's heartbeat.
    refused: BTreeSet<String>,
    /// Lists of which the gateway wants to be told that they may lose entries.
    replaced: Vec<String>,
}

/// Heartbeat keys that gateways know, without the interval; agents may be kept with others.
const HEARTBEAT_KEYS: [&str; 12] = [
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

impl From<Features> for Dialect {
    /// The dialect of a gateway with these features.
    fn from(features: Features) -> Self {
        Self { features, without_tools: false, refused: BTreeSet::new(), replaced: Vec::new() }
    }
}

impl Dialect {
    /// Lists that a change may shorten: gateways from 2026.7 on refuse that of those which it does not name.
    pub fn replaced(&self) -> &[String] {
        &self.replaced
    }

    /// Where agents are.
    pub fn shape(&self) -> ConfigShape {
        self.features.shape
    }

    /// Whether an agent's `tools.exec.host` may be written.
    pub(super) fn takes_tools(&self) -> bool {
        !self.without_tools
    }

    /// Whether an agent's entry may say how much it thinks.
    pub(super) fn takes_thinking(&self) -> bool {
        self.features.agent_takes_thinking()
    }

    /// Whether lists merge by id, so that a field goes only by `null`.
    pub(super) fn merges_by_id(&self) -> bool {
        self.features.patch_merges_by_id()
    }

    /// Who has heartbeats while no agent has a block of its own.
    pub(super) fn heartbeats_by_default(&self) -> HeartbeatsByDefault {
        self.features.heartbeats_by_default()
    }

    /// What to try after the gateway refused a patch with `message`; nothing when the refusal is about something else.
    pub fn after_refusal(&self, message: &str) -> Option<Self> {
        let mut next = self.clone();
        if message.contains("replacePaths") {
            let paths = removed_from(message).filter(|path| !self.replaced.iter().any(|known| known == path));
            next.replaced.extend(paths.map(str::to_owned));
            return (next != *self).then_some(next);
        }
        if !message.contains("invalid config") && !message.contains("Unrecognized key") {
            return None;
        }
        for issue in message.split(';') {
            let key = issue.split('"').nth(1).unwrap_or_default();
            if issue.contains("tools") {
                next.without_tools = true;
            } else if key == "list" {
                next.features.shape = ConfigShape::Entries;
            } else if key == "entries" || key == "ownership" {
                next.features.shape = ConfigShape::List;
            } else if key == "every" || HEARTBEAT_KEYS.contains(&key) {
                next.refused.insert(key.to_owned());
            }
        }
        (next != *self).then_some(next)
    }

    /// The heartbeat of an agent as this gateway takes it: the interval and the settings that are `wanted` besides.
    pub(super) fn heartbeat(&self, every: &str, wanted: Option<&Value>) -> Value {
        let mut heartbeat = Map::new();
        heartbeat.insert("every".to_owned(), json!(every));
        heartbeat.insert("target".to_owned(), json!("last"));
        heartbeat.insert("includeReasoning".to_owned(), json!(false));
        if let Some(Value::Object(wanted)) = wanted {
            for key in HEARTBEAT_KEYS {
                if let Some(value) = wanted.get(key) {
                    heartbeat.insert(key.to_owned(), value.clone());
                }
            }
        }
        if !self.features.heartbeat_takes_reasoning() {
            heartbeat.remove("includeReasoning");
        }
        // New gateways skip a heartbeat whose target is `last` when the agent has no channel, which is the rule here.
        if heartbeat.get("target").and_then(Value::as_str) == Some("last") {
            heartbeat.insert("target".to_owned(), json!(self.features.heartbeat_target()));
        }
        heartbeat.retain(|key, _| !self.refused.contains(key));
        Value::Object(heartbeat)
    }
}

/// The lists that a refusal names: `… would remove entries from array path(s): a.b, c.d. Pass replacePaths …`.
fn removed_from(message: &str) -> impl Iterator<Item = &str> {
    let named = message.split_once("path(s): ").and_then(|(_, rest)| rest.split_once(". Pass"));
    named.map_or("", |(paths, _)| paths).split(", ").map(str::trim).filter(|path| !path.is_empty())
}
