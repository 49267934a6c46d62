//! Approvals.

use mission_control_core::id::{AgentId, ApprovalId, BoardId, TaskId, UserId};
use mission_control_core::models::{Approval, ApprovalStatus};
use mission_control_core::rules::version::Version;
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A step that waits for a decision, or waited.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ApprovalRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: ApprovalId,
    /// Its board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// What kind of step it is.
    #[schema(example = "deploy")]
    pub action_type: String,
    /// The first of its tasks.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub task_id: Option<TaskId>,
    /// The tasks that it is about.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub task_ids: Vec<TaskId>,
    /// Their titles, in the same order.
    pub task_titles: Vec<String>,
    /// The agent that wants to take the step.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// Particulars; `reason` says why.
    #[schema(value_type = Option<Object>)]
    pub payload: Option<Value>,
    /// How sure the agent is, from 0 to 100.
    pub confidence: f64,
    /// Scores by criterion.
    #[schema(value_type = Option<Object>)]
    pub rubric_scores: Option<Value>,
    /// `pending`, `approved` or `rejected`.
    #[schema(value_type = String, example = "pending")]
    pub status: ApprovalStatus,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was last decided.
    pub resolved_at: Option<Timestamp>,
    /// The person who decided it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub resolved_by_user_id: Option<UserId>,
    /// What they are called.
    pub resolved_by: Option<String>,
    /// Why they decided so.
    pub decision_reason: Option<String>,
    /// Everything that was decided, oldest first.
    pub decisions: Vec<ApprovalDecisionRead>,
    /// Names what is asked and how it stands, for `If-Match`.
    pub version: String,
}

impl ApprovalRead {
    /// What is asked and how it stands: who decides on it has seen this.
    pub fn as_seen(&self) -> Version {
        Version::default()
            .with("action_type", &self.action_type)
            .with("task_ids", &self.task_ids)
            .with("agent_id", &self.agent_id)
            .with("payload", &self.payload)
            .with("confidence", &self.confidence)
            .with("rubric_scores", &self.rubric_scores)
            .with("status", &self.status)
            .with("decisions", &self.decisions.len())
    }

    /// The approval, which is about these tasks; without the names of people and without its decisions.
    pub fn new(row: Approval, task_ids: Vec<TaskId>, task_titles: Vec<String>) -> Self {
        Self {
            id: row.id,
            board_id: row.board_id,
            action_type: row.action_type,
            task_id: task_ids.first().copied(),
            task_ids,
            task_titles,
            agent_id: row.agent_id,
            payload: row.payload,
            confidence: row.confidence,
            rubric_scores: row.rubric_scores,
            status: row.status,
            created_at: row.created_at,
            resolved_at: row.resolved_at,
            resolved_by_user_id: row.resolved_by_user_id,
            resolved_by: None,
            decision_reason: row.decision_reason,
            decisions: Vec::new(),
            version: String::new(),
        }
    }
}

/// What a person decided about an approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ApprovalDecisionRead {
    /// `approved`, `rejected`, or `pending` where a decision was taken back.
    #[schema(value_type = String, example = "approved")]
    pub status: ApprovalStatus,
    /// Who decided.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub user_id: Option<UserId>,
    /// What they are called.
    pub user_name: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub created_at: Timestamp,
}
