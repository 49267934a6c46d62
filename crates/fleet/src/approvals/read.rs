//! An approval as clients see it.

use mission_control_core::id::{AgentId, ApprovalId, BoardId, TaskId, UserId};
use mission_control_core::models::{Approval, ApprovalStatus};
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreResult, approvals, users};
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

/// Approvals in their public form and in their order: four queries, however many there are.
///
/// # Errors
/// The database's.
pub fn reads(conn: &mut Conn, rows: Vec<Approval>) -> StoreResult<Vec<ApprovalRead>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut task_ids = approvals::task_ids(conn, &rows)?;
    let all: Vec<TaskId> = task_ids.values().flatten().copied().collect();
    let titles = approvals::task_titles(conn, &all)?;
    let ids: Vec<ApprovalId> = rows.iter().map(|row| row.id).collect();
    let mut decisions = approvals::decisions(conn, &ids)?;
    let deciders = decisions.values().flatten().filter_map(|decision| decision.user_id);
    let people: Vec<UserId> = rows.iter().filter_map(|row| row.resolved_by_user_id).chain(deciders).collect();
    let names = users::names(conn, &people)?;
    let name = |id: Option<UserId>| id.and_then(|id| names.get(&id).cloned());
    Ok(rows
        .into_iter()
        .map(|row| {
            let task_ids = task_ids.remove(&row.id).unwrap_or_default();
            let task_titles = task_ids.iter().filter_map(|id| titles.get(id).cloned()).collect();
            let decisions = decisions.remove(&row.id).unwrap_or_default().into_iter();
            let decisions = decisions.map(|decision| ApprovalDecisionRead {
                status: decision.status,
                user_id: decision.user_id,
                user_name: name(decision.user_id),
                reason: decision.reason,
                created_at: decision.created_at,
            });
            ApprovalRead {
                resolved_by: name(row.resolved_by_user_id),
                decisions: decisions.collect(),
                ..read(row, task_ids, task_titles)
            }
        })
        .collect())
}

fn read(row: Approval, task_ids: Vec<TaskId>, task_titles: Vec<String>) -> ApprovalRead {
    ApprovalRead {
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
    }
}
