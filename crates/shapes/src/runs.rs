//! Runs as clients see them.

use mission_control_core::id::{AgentId, AgentMessageId, BoardId, GatewayId, JobId, RunId, TaskId};
use mission_control_core::models::{
    Run, RunReason, RunState, RunStep, RunTrigger, RunVerdict, StepKind, StepState,
};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// One turn of an agent, from what starts it to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RunRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: RunId,
    /// Where it runs.
    #[schema(value_type = uuid::Uuid)]
    pub gateway_id: GatewayId,
    /// The agent.
    #[schema(value_type = uuid::Uuid)]
    pub agent_id: AgentId,
    /// The agent's board when it began.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// The task that the message was about which started it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub task_id: Option<TaskId>,
    /// The message that started it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub message_id: Option<AgentMessageId>,
    /// The conversation on the gateway.
    pub session_key: String,
    /// What the gateway calls it.
    pub gateway_run_id: Option<String>,
    /// Why it began: `heartbeat`, `message`, `wake`, `webhook`, `cron`, `person` or `unknown`.
    #[schema(value_type = String, example = "heartbeat")]
    pub trigger: RunTrigger,
    /// `queued`, `running`, `waiting_approval`, `waiting_input`, `done`, `error`, `aborted`, or `stale` while nothing is
    /// known of it.
    #[schema(value_type = String, example = "running")]
    pub state: RunState,
    /// Why it has this state when the gateway did not tell so: `link_lost`, `silent` or `lost`.
    #[schema(value_type = Option<String>)]
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
    /// Calls of models.
    pub calls: i32,
    /// Calls of tools.
    pub tool_calls: i32,
    /// Tokens read, and not from a cache. The four numbers have no token in common.
    pub input_tokens: i64,
    /// Tokens written.
    pub output_tokens: i64,
    /// Tokens read from the provider's cache.
    pub cache_read_tokens: i64,
    /// Tokens written to the provider's cache.
    pub cache_write_tokens: i64,
    /// What it cost in millionths of a US dollar; `null` where the gateway has no price.
    pub cost_micros: Option<i64>,
    /// When it was first heard of.
    pub created_at: Timestamp,
    /// What came of it: `progress`, `weak`, `empty`, or `neutral` where it says nothing of the agent; `null` until it is judged.
    #[schema(value_type = Option<String>)]
    pub verdict: Option<RunVerdict>,
}

impl From<&Run> for RunRead {
    fn from(run: &Run) -> Self {
        let run = run.clone();
        Self {
            id: run.id,
            gateway_id: run.gateway_id,
            agent_id: run.agent_id,
            board_id: run.board_id,
            task_id: run.task_id,
            message_id: run.message_id,
            session_key: run.session_key,
            gateway_run_id: run.gateway_run_id,
            trigger: run.trigger_kind,
            state: run.state,
            reason: run.reason,
            queued_at: run.queued_at,
            started_at: run.started_at,
            ended_at: run.ended_at,
            last_event_at: run.last_event_at,
            provider: run.provider,
            model: run.model,
            stop_reason: run.stop_reason,
            error: run.error,
            events_complete: run.events_complete,
            calls: run.calls,
            tool_calls: run.tool_calls,
            input_tokens: run.input_tokens,
            output_tokens: run.output_tokens,
            cache_read_tokens: run.cache_read_tokens,
            cache_write_tokens: run.cache_write_tokens,
            cost_micros: run.cost_micros,
            created_at: run.created_at,
            verdict: run.verdict,
        }
    }
}

/// A run with what happened in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RunDetail {
    /// The run.
    #[serde(flatten)]
    pub run: RunRead,
    /// What happened in it, in order.
    pub steps: Vec<RunStepRead>,
}

/// Something that happened in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RunStepRead {
    /// What tells it from the other steps of the run.
    #[schema(example = "tool:call_1")]
    pub key: String,
    /// Its place among them, from 1.
    pub position: i32,
    /// `tool` or `approval`.
    #[schema(value_type = String, example = "tool")]
    pub kind: StepKind,
    /// The tool.
    #[schema(example = "exec")]
    pub name: String,
    /// What it was called with, as JSON: the beginning, without secrets.
    pub arguments: Option<String>,
    /// The end of what came of it, without secrets.
    pub output_tail: Option<String>,
    /// `running`, `done` or `failed`.
    #[schema(value_type = String, example = "done")]
    pub state: StepState,
    /// What the command exited with.
    pub exit_code: Option<i64>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How long it took, in milliseconds.
    pub duration_ms: Option<i64>,
}

impl From<RunStep> for RunStepRead {
    fn from(step: RunStep) -> Self {
        Self {
            key: step.step_key,
            position: step.position,
            kind: step.kind,
            name: step.name,
            arguments: step.arguments,
            output_tail: step.output_tail,
            state: step.state,
            exit_code: step.exit_code,
            started_at: step.started_at,
            ended_at: step.ended_at,
            duration_ms: step.duration_ms,
        }
    }
}

/// What an order to stop stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StopRead {
    /// How many agents it is about.
    pub agents: usize,
    /// Whether they are paused, so that nothing new begins.
    pub paused: bool,
    /// What they are known to do now, newest first. What is not known is stopped as well.
    pub runs: Vec<RunRead>,
    /// The jobs that stop it, one for each gateway.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub job_ids: Vec<JobId>,
}
