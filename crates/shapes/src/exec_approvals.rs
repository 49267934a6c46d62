//! A command as clients see it.

use mission_control_core::id::{
    AgentId, ApprovalId, BoardId, ExecApprovalId, ExecPolicyId, GatewayId, RunId, TaskId, UserId,
};
use mission_control_core::models::{ExecApproval, ExecApprovalState, ExecDecision};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A command that waits for a decision, or waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExecApprovalRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: ExecApprovalId,
    /// The gateway that asks.
    #[schema(value_type = uuid::Uuid)]
    pub gateway_id: GatewayId,
    /// The approval in the inbox of the agent's board; none for an agent without a board.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub approval_id: Option<ApprovalId>,
    /// The agent that wants to run it.
    #[schema(value_type = uuid::Uuid)]
    pub agent_id: AgentId,
    /// The agent's board.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// The task that the run is about.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub task_id: Option<TaskId>,
    /// The run that waits for it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub run_id: Option<RunId>,
    /// The command, without secrets.
    pub command: String,
    /// The folder.
    pub cwd: Option<String>,
    /// Where it would run.
    pub host: Option<String>,
    /// The program that it would start.
    pub resolved_path: Option<String>,
    /// What the gateway warns of.
    pub warning: Option<String>,
    /// The decisions that the gateway takes: `once`, `always` and `deny`, or fewer.
    #[schema(value_type = Vec<String>)]
    pub allowed_decisions: Vec<ExecDecision>,
    /// `pending`, `sending` while the gateway is told, `allowed`, `denied`, `expired`, or `lost` when the gateway does not
    /// know of it any more.
    #[schema(value_type = String, example = "pending")]
    pub state: ExecApprovalState,
    /// What was decided.
    #[schema(value_type = Option<String>)]
    pub decision: Option<ExecDecision>,
    /// Who decided at the gateway.
    pub decided_by: Option<String>,
    /// The person who decided here.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub decided_by_user_id: Option<UserId>,
    /// Why.
    pub reason: Option<String>,
    /// Why the decision did not reach the gateway.
    pub error: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When the gateway denies it by itself.
    pub expires_at: Timestamp,
    /// When it was over.
    pub resolved_at: Option<Timestamp>,
    /// The rule that decided, when no person did.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub policy_id: Option<ExecPolicyId>,
}

impl From<&ExecApproval> for ExecApprovalRead {
    fn from(exec: &ExecApproval) -> Self {
        let allowed_decisions = exec.decisions();
        let exec = exec.clone();
        Self {
            allowed_decisions,
            id: exec.id,
            gateway_id: exec.gateway_id,
            approval_id: exec.approval_id,
            agent_id: exec.agent_id,
            board_id: exec.board_id,
            task_id: exec.task_id,
            run_id: exec.run_id,
            command: exec.command,
            cwd: exec.cwd,
            host: exec.host,
            resolved_path: exec.resolved_path,
            warning: exec.warning,
            state: exec.state,
            decision: exec.decision,
            decided_by: exec.decided_by,
            decided_by_user_id: exec.decided_by_user_id,
            reason: exec.reason,
            error: exec.error,
            created_at: exec.created_at,
            expires_at: exec.expires_at,
            resolved_at: exec.resolved_at,
            policy_id: exec.policy_id,
        }
    }
}
