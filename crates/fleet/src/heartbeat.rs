//! The heartbeat settings of agents.

use mission_control_core::models::Agent;
use serde_json::{Value, json};

/// Interval of an agent without one of its own.
pub const DEFAULT_EVERY: &str = "10m";

/// The settings of an agent that was created without any.
pub fn default_config() -> Value {
    json!({ "every": DEFAULT_EVERY, "target": "last", "includeReasoning": false })
}

/// The interval in `config` as gateways write it (`10m`); `interval_seconds` is understood too.
pub fn every(config: Option<&Value>) -> String {
    let text = config.and_then(|config| config.get("every")).and_then(Value::as_str).map(str::trim);
    if let Some(text) = text
        && !text.is_empty()
    {
        return text.to_owned();
    }
    config
        .and_then(|config| config.get("interval_seconds"))
        .and_then(Value::as_u64)
        .map_or_else(|| DEFAULT_EVERY.to_owned(), |seconds| format!("{seconds}s"))
}

/// The settings of `agent` as its gateway shall have them now: none while it is paused, slower while its board is idle.
pub fn in_effect(agent: &Agent) -> Option<Value> {
    let every = match (agent.paused_at, &agent.paced_every) {
        (Some(_), _) => "0m",
        (None, Some(paced)) => paced,
        (None, None) => return agent.heartbeat_config.clone(),
    };
    let mut config = agent.heartbeat_config.clone().unwrap_or_else(default_config);
    if let Some(fields) = config.as_object_mut() {
        fields.insert("every".to_owned(), json!(every));
    }
    Some(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_stops_heartbeats_and_an_idle_board_slows_them_down() {
        let mut agent = Agent::new(mission_control_core::id::GatewayId::random(), "Ada");
        agent.heartbeat_config = Some(json!({"every": "10m", "model": "small"}));
        assert_eq!(in_effect(&agent), agent.heartbeat_config);
        agent.paced_every = Some("1h".to_owned());
        assert_eq!(in_effect(&agent), Some(json!({"every": "1h", "model": "small"})));
        agent.paused_at = Some(agent.created_at);
        assert_eq!(in_effect(&agent), Some(json!({"every": "0m", "model": "small"})));
    }

    #[test]
    fn an_interval_in_seconds_is_understood() {
        assert_eq!(every(Some(&json!({"interval_seconds": 90}))), "90s");
        assert_eq!(every(Some(&json!({"every": " 5m ", "interval_seconds": 90}))), "5m");
        assert_eq!(every(Some(&json!({"every": ""}))), DEFAULT_EVERY);
        assert_eq!(every(None), DEFAULT_EVERY);
    }
}
