//! Stale tasks as clients see them.

use mission_control_core::id::ApprovalId;
use mission_control_core::models::{BoardStaleRule, StaleCause, StaleRule, StaleTask};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Why nothing is to be expected of the agent that has a task in progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskStaleRead {
    /// `silent`, `gateway_away`, `paused`, `budget`, `breaker`, `given_up` or `deleting`.
    #[schema(value_type = String, example = "silent")]
    pub cause: StaleCause,
    /// Since when the agent does nothing.
    pub since: Timestamp,
    /// When the task was marked for it; the time of the board begins then.
    pub marked_at: Timestamp,
    /// The approval that asks what becomes of it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub approval_id: Option<ApprovalId>,
}

impl From<&StaleTask> for TaskStaleRead {
    fn from(row: &StaleTask) -> Self {
        Self { cause: row.cause, since: row.since, marked_at: row.marked_at, approval_id: row.approval_id }
    }
}

/// What becomes of the stale tasks of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoardStaleRuleRead {
    /// `keep` (they are only marked), `release` (they go back to the inbox) or `escalate` (people are asked).
    #[schema(value_type = String, example = "keep")]
    pub rule: StaleRule,
    /// So many minutes after they were marked.
    pub after_minutes: i32,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl From<BoardStaleRule> for BoardStaleRuleRead {
    fn from(row: BoardStaleRule) -> Self {
        Self { rule: row.rule, after_minutes: row.after_minutes, updated_at: row.updated_at }
    }
}
