//! Tasks in progress whose agents do nothing.

use diesel::prelude::*;

use super::text_enum::text_enum;
use crate::id::{AgentId, ApprovalId, BoardId, TaskId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// Why nothing is to be expected of an agent.
    stored StaleCause {
        /// It has been silent for too long.
        Silent = "silent",
        /// The same, and its gateway is away: it may be at work.
        GatewayAway = "gateway_away",
        /// A person paused it.
        Paused = "paused",
        /// A budget is used up.
        Budget = "budget",
        /// The progress breaker paused it.
        Breaker = "breaker",
        /// It could not be brought to life.
        GivenUp = "given_up",
        /// It is being deleted.
        Deleting = "deleting",
    }
}

text_enum! {
    /// What becomes of a stale task.
    stored StaleRule {
        /// It stays with its agent, marked.
        Keep = "keep",
        /// It goes back to the inbox, for whoever takes it next.
        Release = "release",
        /// It stays, and the lead and the people of the board are asked.
        Escalate = "escalate",
    }
}

/// What becomes of the stale tasks of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = schema::board_stale_rules, primary_key(board_id))]
pub struct BoardStaleRule {
    /// The board.
    pub board_id: BoardId,
    /// What becomes of them.
    pub rule: StaleRule,
    /// So long after they were marked.
    pub after_minutes: i32,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl BoardStaleRule {
    /// The rule of a board that nobody changed: no task moves by itself.
    pub fn usual(board_id: BoardId, at: Timestamp) -> Self {
        Self { board_id, rule: StaleRule::Keep, after_minutes: 30, updated_at: at }
    }
}

/// A task in progress of which nothing is to be expected. It counts while the task is in progress and the agent's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = schema::stale_tasks, primary_key(task_id), treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct StaleTask {
    /// The task.
    pub task_id: TaskId,
    /// The agent that has it.
    pub agent_id: AgentId,
    /// Why nothing is to be expected of the agent.
    pub cause: StaleCause,
    /// Since when.
    pub since: Timestamp,
    /// When it was marked for that.
    pub marked_at: Timestamp,
    /// What asks people what becomes of it.
    pub approval_id: Option<ApprovalId>,
}
