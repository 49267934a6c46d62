//! What gateways tell of turns that are under way.

use serde::Deserialize;

use crate::events::Told;
use crate::methods::{ChatMessage, nullable};

/// The `chat` event: a turn's progress as its conversation shows it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChatEvent {
    /// The run.
    pub run_id: String,
    /// Its session.
    pub session_key: String,
    /// Its agent; new gateways only.
    pub agent_id: Option<String>,
    /// How far it is.
    pub state: ChatState,
    /// What was said.
    pub message: Option<ChatMessage>,
    /// Why it failed.
    pub error_message: Option<String>,
}

/// How far a turn is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChatState {
    /// It is being prepared; new gateways only.
    Status,
    /// More was said.
    Delta,
    /// It ended with an answer.
    Final,
    /// It was stopped.
    Aborted,
    /// It failed.
    Error,
    /// Something else.
    #[default]
    #[serde(other)]
    Other,
}

impl ChatEvent {
    /// Whether the turn is over.
    pub fn is_end(&self) -> bool {
        matches!(self.state, ChatState::Final | ChatState::Aborted | ChatState::Error)
    }
}

impl Told for ChatEvent {
    const EVENT: &'static str = "chat";
}

/// The `agent` event: a step of a turn.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AgentEvent {
    /// The run.
    pub run_id: String,
    /// Its session.
    pub session_key: String,
    /// What the step is about.
    pub stream: AgentStream,
    /// The step.
    #[serde(deserialize_with = "nullable")]
    pub data: AgentStep,
}

/// What a step of a turn is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentStream {
    /// The turn itself.
    Lifecycle,
    /// What the model says.
    Assistant,
    /// A tool that it uses.
    Tool,
    /// What a command prints that it runs; new gateways only.
    CommandOutput,
    /// Something else.
    #[default]
    #[serde(other)]
    Other,
}

/// A step of a turn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AgentStep {
    /// How far it is.
    pub phase: StepPhase,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepPhase {
    /// It begins.
    Start,
    /// It ended well.
    End,
    /// It broke down.
    Error,
    /// Something else, or the step has no phases.
    #[default]
    #[serde(other)]
    Other,
}

impl Told for AgentEvent {
    const EVENT: &'static str = "agent";
}
