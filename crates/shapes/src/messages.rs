//! What is said to agents.

use mission_control_core::id::{AgentId, AgentMessageId, BoardId, TaskId};
use mission_control_core::models::{AgentMessage, MessageKind, MessageState};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Something said to an agent, and how far it got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MessageRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: AgentMessageId,
    /// To whom it is said.
    #[schema(value_type = uuid::Uuid)]
    pub agent_id: AgentId,
    /// The board that it is about.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// The task that it is about.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub task_id: Option<TaskId>,
    /// The agent that says it; `null` for people and for Mission Control itself.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub from_agent_id: Option<AgentId>,
    /// What it is about: `assignment`, `mention`, `comment`, `approval`, `nudge`, …
    #[schema(value_type = String, example = "assignment")]
    pub kind: MessageKind,
    /// What is said; only its beginning in events.
    pub text: String,
    /// `queued`, `sent` (the gateway took it), `seen` (the agent gave a sign of life after it) or `failed`.
    #[schema(value_type = String, example = "sent")]
    pub state: MessageState,
    /// How often it was taken to the gateway.
    pub attempts: i32,
    /// Why it is not there yet, or never will be.
    pub error: Option<String>,
    /// What to do about that.
    pub remedy: Option<String>,
    /// When it was said.
    pub created_at: Timestamp,
    /// When the gateway took it.
    pub sent_at: Option<Timestamp>,
    /// When the agent gave a sign of life after it.
    pub seen_at: Option<Timestamp>,
    /// When it was given up.
    pub failed_at: Option<Timestamp>,
}

impl From<AgentMessage> for MessageRead {
    fn from(message: AgentMessage) -> Self {
        Self {
            id: message.id,
            agent_id: message.agent_id,
            board_id: message.board_id,
            task_id: message.task_id,
            from_agent_id: message.from_agent_id,
            kind: message.kind,
            text: message.text,
            state: message.state,
            attempts: message.attempts,
            error: message.error,
            remedy: message.remedy,
            created_at: message.created_at,
            sent_at: message.sent_at,
            seen_at: message.seen_at,
            failed_at: message.failed_at,
        }
    }
}
