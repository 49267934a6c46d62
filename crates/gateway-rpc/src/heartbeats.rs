//! Which agents a gateway runs heartbeats for.
//!
//! Every release asks the agents' own `heartbeat` blocks first: once one agent has a block, even an empty one, only agents
//! with a block have heartbeats. Releases differ in what happens while nobody has one.

use serde_json::Value;

/// The agent of a gateway that names none.
const IMPLICIT_AGENT: &str = "main";

/// Who has heartbeats while no agent has a block of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeartbeatsByDefault {
    /// The default agent. Up to 2026.4.27.
    DefaultAgent,
    /// All agents where `agents.defaults.heartbeat` is set, else the default agent. From 2026.4.29.
    EveryAgent,
    /// The agent that `agents.defaults.heartbeat` names, else all agents where it is set; without it the agent that owns the
    /// gateway's own work, or the only one. From 2026.8.1.
    Owner,
}

impl HeartbeatsByDefault {
    /// The agents that have heartbeats in `config`, by id in lower case as gateways compare them. Their settings are those
    /// of `agents.defaults.heartbeat`, with the fields of their own block over them.
    pub fn agents(self, config: &Value) -> Vec<String> {
        let entries = agent_entries(config);
        let explicit: Vec<String> = entries
            .iter()
            .filter(|(_, entry)| entry.get("heartbeat").is_some_and(|block| !block.is_null()))
            .map(|(id, _)| normal(id))
            .collect();
        if !explicit.is_empty() {
            return explicit;
        }
        let defaults = config.pointer("/agents/defaults/heartbeat").filter(|block| !block.is_null());
        let everyone = || match entries.is_empty() {
            true => vec![IMPLICIT_AGENT.to_owned()],
            false => entries.iter().map(|(id, _)| normal(id)).collect(),
        };
        match (self, defaults) {
            (Self::DefaultAgent, _) | (Self::EveryAgent, None) => vec![default_agent(&entries)],
            (Self::EveryAgent, Some(_)) => everyone(),
            (Self::Owner, defaults) => match (defaults.and_then(|block| text(block, "/agentId")), defaults) {
                (Some(named), _) => vec![named],
                (None, Some(_)) => everyone(),
                (None, None) => owner(config, &entries).into_iter().collect(),
            },
        }
    }
}

/// Ids and settings of the configured agents, in either shape.
pub fn agent_entries(config: &Value) -> Vec<(&str, &Value)> {
    if let Some(entries) = config.pointer("/agents/entries").and_then(Value::as_object) {
        return entries.iter().map(|(id, entry)| (id.as_str(), entry)).collect();
    }
    let list = config.pointer("/agents/list").and_then(Value::as_array);
    list.into_iter().flatten().filter_map(|entry| Some((entry.get("id")?.as_str()?, entry))).collect()
}

fn default_agent(entries: &[(&str, &Value)]) -> String {
    let marked = entries.iter().find(|(_, entry)| is_marked(entry));
    marked.or(entries.first()).map_or_else(|| IMPLICIT_AGENT.to_owned(), |(id, _)| normal(id))
}

fn owner(config: &Value, entries: &[(&str, &Value)]) -> Option<String> {
    if let Some(named) = text(config, "/agents/defaults/systemAgent/agentId") {
        return Some(named);
    }
    let marked: Vec<_> = entries.iter().filter(|(_, entry)| is_marked(entry)).collect();
    match (marked.as_slice(), entries) {
        ([(id, _)], _) | (_, [(id, _)]) => Some(normal(id)),
        (_, []) => Some(IMPLICIT_AGENT.to_owned()),
        _ => None,
    }
}

fn is_marked(entry: &Value) -> bool {
    entry.get("default").and_then(Value::as_bool) == Some(true)
}

fn text(value: &Value, pointer: &str) -> Option<String> {
    let text = value.pointer(pointer)?.as_str()?.trim();
    (!text.is_empty()).then(|| normal(text))
}

/// An id as gateways compare it.
pub(crate) fn normal(id: &str) -> String {
    id.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use HeartbeatsByDefault::{DefaultAgent, EveryAgent, Owner};

    #[test]
    fn one_block_makes_all_others_silent_on_every_release() {
        let config = json!({"agents": {
            "defaults": {"heartbeat": {"every": "30m"}},
            "list": [{"id": "main"}, {"id": "Scout", "heartbeat": {}}],
        }});
        for rule in [DefaultAgent, EveryAgent, Owner] {
            assert_eq!(rule.agents(&config), ["scout"]);
        }
    }

    #[test]
    fn releases_differ_in_who_beats_without_any_block() {
        let two = |defaults: Value| json!({"agents": {"defaults": defaults, "list": [{"id": "main"}, {"id": "work", "default": true}]}});
        let with = two(json!({"heartbeat": {"every": "30m"}}));
        assert_eq!(DefaultAgent.agents(&with), ["work"]);
        assert_eq!(EveryAgent.agents(&with), ["main", "work"]);
        assert_eq!(EveryAgent.agents(&two(json!({}))), ["work"]);
        assert_eq!(Owner.agents(&with), ["main", "work"]);
        assert_eq!(Owner.agents(&two(json!({"heartbeat": {"agentId": "Main"}}))), ["main"]);
        for rule in [DefaultAgent, EveryAgent, Owner] {
            assert_eq!(rule.agents(&json!({})), ["main"], "the agent of a gateway that names none");
        }
    }

    #[test]
    fn without_defaults_a_new_release_beats_for_the_owner_of_its_own_work() {
        let entries = |more: Value| {
            let mut config = json!({"agents": {"entries": {"a": {}, "b": {}}}});
            config["agents"]["defaults"] = more;
            config
        };
        assert_eq!(Owner.agents(&entries(json!({"systemAgent": {"agentId": "b"}}))), ["b"]);
        assert_eq!(Owner.agents(&entries(json!({}))), [] as [&str; 0]);
        assert_eq!(Owner.agents(&json!({"agents": {"entries": {"a": {}}}})), ["a"]);
    }
}
