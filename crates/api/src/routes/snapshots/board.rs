//! A board with everything on it.

use std::collections::HashMap;

use mission_control_core::id::{AgentId, TaskId};
use mission_control_core::models::{ApprovalStatus, Board};
use mission_control_core::time::Timestamp;
use mission_control_fleet::agents::AgentRead;
use mission_control_fleet::approvals::{self, ApprovalRead};
use mission_control_fleet::memory::BoardMemoryRead;
use mission_control_fleet::tasks::{self, TaskRead};
use mission_control_store::approvals::Counts;
use mission_control_store::tasks::TaskFilter;
use mission_control_store::{
    Conn, Page, StoreResult, agents, approvals as approval_rows, memory, tasks as task_rows,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::routes::boards::BoardRead;

/// Most tasks.
const TASKS: Page = Page::first(2_000);
/// Most approvals, and most messages.
const LATEST: Page = Page::first(200);

/// A task as its card shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TaskCardRead {
    /// The task.
    #[serde(flatten)]
    pub task: TaskRead,
    /// The name of the agent that works on it.
    pub assignee: Option<String>,
    /// Its approvals.
    pub approvals_count: i64,
    /// Those of them that wait for a decision.
    pub approvals_pending_count: i64,
}

/// A board with everything on it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BoardSnapshot {
    /// The board.
    pub board: BoardRead,
    /// Its tasks, newest first.
    pub tasks: Vec<TaskCardRead>,
    /// Its agents, newest first.
    pub agents: Vec<AgentRead>,
    /// Its approvals, newest first.
    pub approvals: Vec<ApprovalRead>,
    /// Its chat, oldest first.
    pub chat_messages: Vec<BoardMemoryRead>,
    /// How many approvals wait for a decision.
    pub pending_approvals_count: i64,
}

/// Reads a board with everything on it.
///
/// # Errors
/// The database's.
pub fn read(conn: &mut Conn, board: Board) -> StoreResult<BoardSnapshot> {
    let id = board.id;
    let rows = task_rows::list(conn, &TaskFilter::of(id), TASKS)?.items;
    let task_ids: Vec<TaskId> = rows.iter().map(|task| task.id).collect();
    let counts = approval_rows::counts(conn, id, &task_ids)?;
    let mut agents = agents::of_board(conn, id)?;
    agents.sort_by_key(|agent| std::cmp::Reverse((agent.created_at, agent.id)));
    let names: HashMap<AgentId, &str> = agents.iter().map(|agent| (agent.id, agent.name.as_str())).collect();
    let tasks = tasks::brief_reads(conn, rows)?.into_iter().map(|task| card(task, &names, &counts)).collect();
    let approvals = approval_rows::list(conn, id, None, LATEST)?.items;
    let mut chat = memory::list(conn, id, Some(true), LATEST)?.items;
    chat.reverse();
    let now = Timestamp::now();
    Ok(BoardSnapshot {
        tasks,
        agents: agents.iter().map(|agent| AgentRead::of(agent, now)).collect(),
        approvals: approvals::reads(conn, approvals)?,
        chat_messages: chat.into_iter().map(BoardMemoryRead::from).collect(),
        pending_approvals_count: approval_rows::count(conn, id, Some(ApprovalStatus::Pending))?,
        board: board.into(),
    })
}

fn card(task: TaskRead, names: &HashMap<AgentId, &str>, counts: &HashMap<TaskId, Counts>) -> TaskCardRead {
    let Counts { total, pending } = counts.get(&task.id).copied().unwrap_or_default();
    let assignee = task.assigned_agent_id.and_then(|agent| names.get(&agent));
    TaskCardRead {
        assignee: assignee.map(|name| (*name).to_owned()),
        approvals_count: total,
        approvals_pending_count: pending,
        task,
    }
}
