//! A change to an agent that takes effect once its gateway has it.

use mission_control_core::id::{BoardId, GatewayId};
use mission_control_core::models::{Agent, AgentChanges};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Columns to set; `None` leaves one alone. Travels in a job's payload.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Edit {
    pub(crate) name: Option<String>,
    pub(crate) place: Option<Place>,
    #[serde(with = "nested")]
    pub(crate) heartbeat_config: Option<Option<Value>>,
    #[serde(with = "nested")]
    pub(crate) identity_profile: Option<Option<Value>>,
    #[serde(with = "nested")]
    pub(crate) identity_template: Option<Option<String>>,
    #[serde(with = "nested")]
    pub(crate) soul_template: Option<Option<String>>,
}

/// Where an agent belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) board: Option<BoardId>,
    pub(crate) gateway: GatewayId,
    pub(crate) lead: bool,
}

impl Edit {
    /// `agent` as it will be.
    pub(crate) fn applied(&self, agent: &Agent) -> Agent {
        let mut agent = agent.clone();
        self.clone().on_top_of(AgentChanges::default()).apply(&mut agent);
        agent.openclaw_session_id = Some(crate::naming::session_key(&agent));
        agent
    }

    /// The same as a change of the row, on top of `others`.
    pub(crate) fn on_top_of(self, others: AgentChanges) -> AgentChanges {
        AgentChanges {
            name: self.name,
            board_id: self.place.map(|place| place.board),
            gateway_id: self.place.map(|place| place.gateway),
            is_board_lead: self.place.map(|place| place.lead),
            heartbeat_config: self.heartbeat_config,
            identity_profile: self.identity_profile,
            identity_template: self.identity_template,
            soul_template: self.soul_template,
            ..others
        }
    }
}

/// Keeps "set to nothing" apart from "not mentioned" in JSON: `[value]` and absent.
mod nested {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &Option<Option<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().map(|inner| [inner]).serialize(serializer)
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        let value: Option<[Option<T>; 1]> = Option::deserialize(deserializer)?;
        Ok(value.map(|[inner]| inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_to_nothing_survives_a_job_payload() {
        let edit = Edit {
            soul_template: Some(None),
            identity_template: Some(Some("x".to_owned())),
            ..Edit::default()
        };
        let text = serde_json::to_string(&edit).unwrap();
        assert_eq!(serde_json::from_str::<Edit>(&text).unwrap(), edit);
        assert_eq!(serde_json::from_str::<Edit>("{}").unwrap(), Edit::default());
    }
}
