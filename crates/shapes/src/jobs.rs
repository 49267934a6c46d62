//! Jobs.

use mission_control_core::id::{AgentId, BoardId, GatewayId, JobId};
use mission_control_core::models::Job;
use mission_control_core::rules::jobs::without_secrets;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A job without its payload and result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JobSummary {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: JobId,
    /// What it does.
    #[schema(example = "agent.provision")]
    pub kind: String,
    /// `queued`, `running`, `succeeded`, `dead` or `cancelled`.
    pub state: String,
    /// `interactive` (somebody waits) or `bulk`.
    pub lane: String,
    /// What it works on.
    #[schema(example = "agent:5f0c…")]
    pub group_key: Option<String>,
    /// The agent it is about.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// The board it is about.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// The gateway it talks to.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub gateway_id: Option<GatewayId>,
    /// How often it was begun.
    pub attempts: i32,
    /// Attempts after which a failure is final.
    pub max_attempts: i32,
    /// Percent done.
    pub progress: i32,
    /// What it is doing, or waits for.
    pub progress_message: Option<String>,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// What to do about that.
    pub remedy: Option<String>,
    /// The request that caused it, directly or through another job: `X-Request-Id` of its answer.
    pub request_id: Option<String>,
    /// The worker that runs it.
    pub leased_by: Option<String>,
    /// Not before this time.
    pub run_at: Timestamp,
    /// When it was enqueued.
    pub created_at: Timestamp,
    /// When its latest attempt began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// When somebody wanted it stopped while it ran.
    pub cancel_requested_at: Option<Timestamp>,
}

impl From<&Job> for JobSummary {
    fn from(job: &Job) -> Self {
        Self {
            id: job.id,
            kind: job.kind.clone(),
            state: job.state.to_string(),
            lane: job.lane.to_string(),
            group_key: job.group_key.clone(),
            agent_id: job.agent_id,
            board_id: job.board_id,
            gateway_id: job.gateway_id,
            attempts: job.attempts,
            max_attempts: job.max_attempts,
            progress: job.progress,
            progress_message: job.progress_message.clone(),
            last_error: job.last_error.clone(),
            remedy: job.remedy.clone(),
            request_id: job.request_id.clone(),
            leased_by: job.leased_by.clone(),
            run_at: job.run_at,
            created_at: job.created_at,
            started_at: job.started_at,
            finished_at: job.finished_at,
            cancel_requested_at: job.cancel_requested_at,
        }
    }
}

/// A job with what it was given and what came of it. Values whose names speak of secrets are masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct JobRead {
    #[serde(flatten)]
    summary: JobSummary,
    /// Which form of its kind's payload this is.
    pub version: i32,
    /// The arguments.
    #[schema(value_type = Object)]
    pub payload: Value,
    /// What came of it, once it has succeeded.
    #[schema(value_type = Option<Object>)]
    pub result: Option<Value>,
}

impl From<Job> for JobRead {
    fn from(job: Job) -> Self {
        Self {
            summary: JobSummary::from(&job),
            version: job.version,
            payload: without_secrets(job.payload),
            result: job.result.map(without_secrets),
        }
    }
}
