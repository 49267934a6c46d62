//! Turns of agents, and what happened in them.

use diesel::prelude::*;

use super::RunVerdict;
use super::text_enum::text_enum;
use crate::id::{AgentId, AgentMessageId, BoardId, GatewayId, OrganizationId, RunId, TaskId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// How far a run is.
    stored RunState {
        /// The gateway has the message that starts it.
        Queued = "queued",
        /// The agent is at work.
        Running = "running",
        /// It waits for a decision about a command.
        WaitingApproval = "waiting_approval",
        /// It waits for somebody's answer.
        WaitingInput = "waiting_input",
        /// It ended with an answer.
        Done = "done",
        /// It ended with an error.
        Error = "error",
        /// Somebody stopped it.
        Aborted = "aborted",
        /// Nothing is known of it at the moment.
        Stale = "stale",
    }
}

text_enum! {
    /// Why a run began.
    stored RunTrigger {
        /// The agent's heartbeat.
        Heartbeat = "heartbeat",
        /// A message of Mission Control.
        Message = "message",
        /// Mission Control wakes the agent.
        Wake = "wake",
        /// Something was posted to a webhook.
        Webhook = "webhook",
        /// A schedule of the gateway.
        Cron = "cron",
        /// Somebody at the gateway.
        Person = "person",
        /// It is not told.
        Unknown = "unknown",
    }
}

text_enum! {
    /// Why a run has a state that no gateway told.
    stored RunReason {
        /// The connection to its gateway is away.
        LinkLost = "link_lost",
        /// Nothing was heard of it for a long time.
        Silent = "silent",
        /// It left no trace.
        Lost = "lost",
    }
}

/// One turn of one agent, from what starts it to its end.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = schema::runs, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Run {
    /// Key.
    pub id: RunId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// Where it runs.
    pub gateway_id: GatewayId,
    /// The agent.
    pub agent_id: AgentId,
    /// The agent's board when it began.
    pub board_id: Option<BoardId>,
    /// The task that the message was about which started it.
    pub task_id: Option<TaskId>,
    /// The message that started it.
    pub message_id: Option<AgentMessageId>,
    /// The conversation on the gateway.
    pub session_key: String,
    /// The transcript of the conversation.
    pub session_id: Option<String>,
    /// What the gateway calls it.
    pub gateway_run_id: Option<String>,
    /// Why it began.
    pub trigger_kind: RunTrigger,
    /// How far it is.
    pub state: RunState,
    /// Why it has this state, when no gateway told so.
    pub reason: Option<RunReason>,
    /// When the gateway took what starts it.
    pub queued_at: Option<Timestamp>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// When something was last heard of it.
    pub last_event_at: Timestamp,
    /// Who runs the model.
    pub provider: Option<String>,
    /// The model.
    pub model: Option<String>,
    /// Why the model stopped, in the gateway's word.
    pub stop_reason: Option<String>,
    /// What went wrong.
    pub error: Option<String>,
    /// Whether everything of it was seen as it happened.
    pub events_complete: bool,
    /// Calls of models: of those that are told one by one.
    pub calls: i32,
    /// Calls of tools.
    pub tool_calls: i32,
    /// Tokens read, and not from a cache.
    pub input_tokens: i64,
    /// Tokens written.
    pub output_tokens: i64,
    /// Tokens read from the provider's cache.
    pub cache_read_tokens: i64,
    /// Tokens written to the provider's cache.
    pub cache_write_tokens: i64,
    /// What it cost in millionths of a US dollar, as far as the gateway has prices.
    pub cost_micros: Option<i64>,
    /// When it was first heard of.
    pub created_at: Timestamp,
    /// What came of it, a short while after its end.
    pub verdict: Option<RunVerdict>,
}

impl Run {
    /// A run of which nothing is known but that it is there.
    pub fn new(
        organization_id: OrganizationId,
        gateway_id: GatewayId,
        agent_id: AgentId,
        session_key: impl Into<String>,
        at: Timestamp,
    ) -> Self {
        Self {
            id: RunId::random(),
            organization_id,
            gateway_id,
            agent_id,
            board_id: None,
            task_id: None,
            message_id: None,
            session_key: session_key.into(),
            session_id: None,
            gateway_run_id: None,
            trigger_kind: RunTrigger::Unknown,
            state: RunState::Queued,
            reason: None,
            queued_at: None,
            started_at: None,
            ended_at: None,
            last_event_at: at,
            provider: None,
            model: None,
            stop_reason: None,
            error: None,
            events_complete: true,
            calls: 0,
            tool_calls: 0,
            input_tokens: 0,
            output_tokens: 0,
            cache_read_tokens: 0,
            cache_write_tokens: 0,
            cost_micros: None,
            created_at: at,
            verdict: None,
        }
    }
}

impl RunState {
    /// Whether the run is over.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Error | Self::Aborted)
    }
}

text_enum! {
    /// What a step of a run is.
    stored StepKind {
        /// A tool was called.
        Tool = "tool",
        /// A command waited for a decision.
        Approval = "approval",
    }
}

text_enum! {
    /// How far a step is.
    stored StepState {
        /// It goes on.
        Running = "running",
        /// It ended well.
        Done = "done",
        /// It failed, or was denied.
        Failed = "failed",
    }
}

/// Something that happened in a run.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = schema::run_steps, primary_key(run_id, step_key), treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct RunStep {
    /// The run.
    pub run_id: RunId,
    /// What tells it from the other steps of the run.
    pub step_key: String,
    /// Its place among them, from 1.
    pub position: i32,
    /// What it is.
    pub kind: StepKind,
    /// The tool.
    pub name: String,
    /// What it was called with: the beginning, without secrets.
    pub arguments: Option<String>,
    /// The end of what came of it, without secrets.
    pub output_tail: Option<String>,
    /// How far it is.
    pub state: StepState,
    /// What the command exited with.
    pub exit_code: Option<i64>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How long it took.
    pub duration_ms: Option<i64>,
}

impl RunStep {
    /// A step that has just begun.
    pub fn new(run_id: RunId, kind: StepKind, step_key: String, position: i32) -> Self {
        Self {
            run_id,
            step_key,
            position,
            kind,
            name: String::new(),
            arguments: None,
            output_tail: None,
            state: StepState::Running,
            exit_code: None,
            started_at: None,
            ended_at: None,
            duration_ms: None,
        }
    }
}
