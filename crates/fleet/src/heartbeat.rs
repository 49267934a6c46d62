//! The heartbeat settings of agents.

use mission_control_core::models::Agent;
use mission_control_core::rules::model_choice::InEffect;
use mission_control_core::rules::presence;
use serde_json::{Value, json};

/// The settings of an agent that was created without any.
pub fn default_config() -> Value {
    json!({ "every": presence::own_every(None), "target": "last", "includeReasoning": false })
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

/// The settings with what was chosen for the agent, where something was.
pub(crate) fn with_choice(settings: Option<Value>, holds: &InEffect) -> Option<Value> {
    let chosen = [
        ("model", holds.heartbeat_model.clone().flatten().map(Value::from)),
        ("lightContext", holds.light_context.flatten().map(Value::from)),
        ("activeHours", holds.active_hours.clone().flatten().map(|hours| json!(hours))),
    ];
    let mut settings = match settings {
        None if chosen.iter().all(|(_, value)| value.is_none()) => return None,
        settings => settings.unwrap_or_else(default_config),
    };
    if let Some(fields) = settings.as_object_mut() {
        fields.extend(chosen.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
    }
    Some(settings)
}

/// The settings that are to go, since they were chosen once and are no more.
pub(crate) fn withdrawn(holds: &InEffect) -> Vec<&'static str> {
    let gone = [
        ("model", holds.heartbeat_model == Some(None)),
        ("lightContext", holds.light_context == Some(None)),
        ("activeHours", holds.active_hours == Some(None)),
    ];
    gone.into_iter().filter_map(|(key, is_gone)| is_gone.then_some(key)).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

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

    #[rstest]
    #[case(include_str!("../../gateway-rpc/tests/fixtures/2026.3.2.json"))]
    #[case(include_str!("../../gateway-rpc/tests/fixtures/2026.9.6.json"))]
    fn intervals_mean_what_a_real_gateway_takes_them_for(#[case] recorded: &str) {
        let recorded: Value = serde_json::from_str(recorded).unwrap();
        let agents = recorded["answers"]["health"]["agents"].as_array().unwrap();
        let beating = agents.iter().map(|agent| &agent["heartbeat"]).filter(|beat| beat["enabled"] == true);
        let told: Vec<_> = beating.map(|beat| (beat["every"].clone(), beat["everyMs"].as_u64())).collect();
        assert!(!told.is_empty());
        for (every, milliseconds) in told {
            let ours = presence::own_interval(Some(&json!({ "every": every }))).unwrap();
            assert_eq!(u64::try_from(ours.as_millis()).ok(), milliseconds, "{every}");
        }
    }
}
