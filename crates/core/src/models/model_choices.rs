//! Which models agents think with.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::text_enum::text_enum;
use crate::id::{AgentId, BoardId, ModelChoiceId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// How much a model thinks before it answers. Which levels there are depends on the model.
    stored ThinkingLevel {
        /// Not at all.
        Off = "off",
        /// As little as it can.
        Minimal = "minimal",
        /// Little.
        Low = "low",
        /// Some.
        Medium = "medium",
        /// Much.
        High = "high",
        /// More than that.
        XHigh = "xhigh",
        /// As the model sees fit.
        Adaptive = "adaptive",
        /// As much as it can.
        Max = "max",
    }
}

/// Between which hours of a day an agent has heartbeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActiveHours {
    /// The first minute, `08:00`.
    pub start: String,
    /// The first minute that is none any more, `22:00`; `24:00` for midnight.
    pub end: String,
    /// Of these clocks, an IANA time zone; those of the gateway where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}

/// What was chosen for an agent, or for all agents of a board.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::model_choices, treat_none_as_default_value = false)]
pub struct ModelChoice {
    /// Key.
    pub id: ModelChoiceId,
    /// The agent; either this or the board.
    pub agent_id: Option<AgentId>,
    /// The board.
    pub board_id: Option<BoardId>,
    /// The model, `provider/name`.
    pub model: Option<String>,
    /// A list of models that are tried in their order when it fails.
    pub fallbacks: Value,
    /// How much it thinks.
    pub thinking: Option<ThinkingLevel>,
    /// The model of heartbeats.
    pub heartbeat_model: Option<String>,
    /// Whether heartbeats go without most of the workspace.
    pub light_context: Option<bool>,
    /// [`ActiveHours`], when there are heartbeats.
    pub active_hours: Option<Value>,
    /// A list of names of what was chosen once.
    pub withdrawn: Value,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl ModelChoice {
    /// A choice of nothing, for an agent.
    pub fn of_agent(agent: AgentId) -> Self {
        Self::nothing(Some(agent), None)
    }

    /// A choice of nothing, for the agents of a board.
    pub fn of_board(board: BoardId) -> Self {
        Self::nothing(None, Some(board))
    }

    fn nothing(agent_id: Option<AgentId>, board_id: Option<BoardId>) -> Self {
        Self {
            id: ModelChoiceId::random(),
            agent_id,
            board_id,
            model: None,
            fallbacks: Value::Array(Vec::new()),
            thinking: None,
            heartbeat_model: None,
            light_context: None,
            active_hours: None,
            withdrawn: Value::Array(Vec::new()),
            updated_at: Timestamp::now(),
        }
    }
}
