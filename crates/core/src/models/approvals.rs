//! Approvals: risky steps that wait for somebody's decision.

use diesel::prelude::*;
use serde_json::Value;

use super::ApprovalStatus;
use crate::id::{AgentId, ApprovalDecisionId, ApprovalId, ApprovalTaskLinkId, BoardId, TaskId, UserId};
use crate::schema;
use crate::time::Timestamp;

/// A step that waits for a decision, or waited.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::approvals, treat_none_as_default_value = false)]
pub struct Approval {
    /// Key.
    pub id: ApprovalId,
    /// Its board.
    pub board_id: BoardId,
    /// The first of the tasks that it is about; old rows have no links, only this.
    pub task_id: Option<TaskId>,
    /// The agent that wants to take the step.
    pub agent_id: Option<AgentId>,
    /// What kind of step it is.
    pub action_type: String,
    /// Particulars, the reason among them.
    pub payload: Option<Value>,
    /// How sure the agent is, percent.
    pub confidence: f64,
    /// Scores by criterion.
    pub rubric_scores: Option<Value>,
    /// The decision.
    pub status: ApprovalStatus,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was last decided.
    pub resolved_at: Option<Timestamp>,
    /// The person who last decided it.
    pub resolved_by_user_id: Option<UserId>,
    /// Why they decided so.
    pub decision_reason: Option<String>,
}

impl Approval {
    /// A pending approval about nothing in particular yet.
    pub fn new(board_id: BoardId, action_type: impl Into<String>, confidence: f64) -> Self {
        Self {
            id: ApprovalId::random(),
            board_id,
            task_id: None,
            agent_id: None,
            action_type: action_type.into(),
            payload: None,
            confidence,
            rubric_scores: None,
            status: ApprovalStatus::Pending,
            created_at: Timestamp::now(),
            resolved_at: None,
            resolved_by_user_id: None,
            decision_reason: None,
        }
    }
}

/// An approval is about a task.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::approval_task_links, treat_none_as_default_value = false)]
pub struct ApprovalTaskLink {
    /// Key.
    pub id: ApprovalTaskLinkId,
    /// The approval.
    pub approval_id: ApprovalId,
    /// The task. Unique per approval.
    pub task_id: TaskId,
    /// When it was linked; gives the order of an approval's tasks.
    pub created_at: Timestamp,
}

/// What a person decided about an approval.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::approval_decisions, treat_none_as_default_value = false)]
pub struct ApprovalDecision {
    /// Key.
    pub id: ApprovalDecisionId,
    /// The approval.
    pub approval_id: ApprovalId,
    /// The decision; `pending` takes back the one before.
    pub status: ApprovalStatus,
    /// Who decided.
    pub user_id: Option<UserId>,
    /// Why.
    pub reason: Option<String>,
    /// When.
    pub created_at: Timestamp,
}
