//! Which models agents think with, as clients see it.

use mission_control_core::models::{ActiveHours, ModelChoice, ThinkingLevel};
use mission_control_core::rules::model_choice::{self as rules, InEffect};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// When an agent has heartbeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ActiveHoursRead {
    /// The first minute, `08:00`.
    #[schema(example = "08:00")]
    pub start: String,
    /// The first minute that is none any more; `24:00` for midnight.
    #[schema(example = "22:00")]
    pub end: String,
    /// Of these clocks, an IANA time zone; null for those of the gateway.
    pub timezone: Option<String>,
}

impl From<ActiveHours> for ActiveHoursRead {
    fn from(hours: ActiveHours) -> Self {
        Self { start: hours.start, end: hours.end, timezone: hours.timezone }
    }
}

/// What was chosen for an agent, or for the agents of a board. Null is what nobody chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ModelChoiceRead {
    /// The model, `provider/name`.
    #[schema(example = "anthropic/claude-sonnet-4-5")]
    pub model: Option<String>,
    /// Models that are tried in their order when it fails.
    pub fallbacks: Vec<String>,
    /// How much it thinks: `off`, `minimal`, `low`, `medium`, `high`, `xhigh`, `adaptive` or `max`.
    #[schema(value_type = Option<String>, example = "low")]
    pub thinking: Option<ThinkingLevel>,
    /// The model of heartbeats.
    pub heartbeat_model: Option<String>,
    /// Whether heartbeats go without most of the workspace.
    pub light_context: Option<bool>,
    /// When there are heartbeats.
    pub active_hours: Option<ActiveHoursRead>,
    /// When it last changed; null where nothing was ever chosen, and of what holds.
    pub updated_at: Option<Timestamp>,
}

impl From<ModelChoice> for ModelChoiceRead {
    fn from(choice: ModelChoice) -> Self {
        let hours = rules::active_hours(&choice).map(ActiveHoursRead::from);
        let (fallbacks, withdrawn) = (rules::names(&choice.fallbacks), rules::names(&choice.withdrawn));
        let mut read = Self {
            model: choice.model,
            fallbacks,
            thinking: choice.thinking,
            heartbeat_model: choice.heartbeat_model,
            light_context: choice.light_context,
            active_hours: hours,
            updated_at: None,
        };
        if !read.is_empty() || !withdrawn.is_empty() {
            read.updated_at = Some(choice.updated_at);
        }
        read
    }
}

impl From<InEffect> for ModelChoiceRead {
    fn from(holds: InEffect) -> Self {
        let (model, fallbacks) =
            holds.model.flatten().map_or((None, Vec::new()), |model| (Some(model.primary), model.fallbacks));
        Self {
            model,
            fallbacks,
            thinking: holds.thinking.flatten(),
            heartbeat_model: holds.heartbeat_model.flatten(),
            light_context: holds.light_context.flatten(),
            active_hours: holds.active_hours.flatten().map(ActiveHoursRead::from),
            updated_at: None,
        }
    }
}

impl ModelChoiceRead {
    fn is_empty(&self) -> bool {
        self.model.is_none()
            && self.thinking.is_none()
            && self.heartbeat_model.is_none()
            && self.light_context.is_none()
            && self.active_hours.is_none()
    }
}

/// Which models an agent thinks with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgentModelsRead {
    /// What was chosen for the agent itself.
    #[serde(flatten)]
    pub own: ModelChoiceRead,
    /// What was chosen for the agents of its board; null where it is on none, or nothing was.
    pub of_board: Option<ModelChoiceRead>,
    /// What of it holds: the agent's own, what its heartbeat settings say, the board's. Null is as its gateway has it.
    pub in_effect: ModelChoiceRead,
}

/// What the configuration of a gateway has of an agent. Null is what the gateway has for all.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ObservedModels {
    /// The model.
    pub model: Option<String>,
    /// Models that are tried when it fails.
    pub fallbacks: Vec<String>,
    /// How much it thinks, in the gateway's word.
    pub thinking: Option<String>,
    /// The model of heartbeats.
    pub heartbeat_model: Option<String>,
    /// Whether heartbeats go without most of the workspace.
    pub light_context: Option<bool>,
    /// When there are heartbeats.
    #[schema(value_type = Option<Object>)]
    pub active_hours: Option<Value>,
    /// Whether this release lets an agent say how much it thinks.
    pub takes_thinking: bool,
    /// Whether what was chosen is there.
    pub is_as_wanted: bool,
}

impl ObservedModels {
    /// Whether everything that holds for the agent is there, as far as its gateway takes it.
    pub fn fits(&self, wanted: &ModelChoiceRead) -> bool {
        let hours = wanted.active_hours.as_ref().map(|hours| {
            let mut told = json!({ "start": hours.start, "end": hours.end });
            if let (Some(zone), Some(fields)) = (&hours.timezone, told.as_object_mut()) {
                fields.insert("timezone".to_owned(), json!(zone));
            }
            told
        });
        let model =
            wanted.model.is_none() || (self.model == wanted.model && self.fallbacks == wanted.fallbacks);
        let thinking = wanted.thinking.map(|level| level.as_str().to_owned());
        model
            && (thinking.is_none() || !self.takes_thinking || self.thinking == thinking)
            && (wanted.heartbeat_model.is_none() || self.heartbeat_model == wanted.heartbeat_model)
            && (wanted.light_context.is_none() || self.light_context == wanted.light_context)
            && (hours.is_none() || self.active_hours == hours)
    }
}

/// The models that a gateway offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GatewayModelsRead {
    /// The models, in the order of the gateway.
    pub models: Vec<GatewayModelRead>,
    /// Whether there are more.
    pub truncated: bool,
}

/// A model that a gateway offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GatewayModelRead {
    /// `provider/name`, as it is chosen.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// How many tokens it takes.
    pub context_window: Option<i64>,
    /// Whether it thinks before it answers.
    pub reasons: Option<bool>,
}
