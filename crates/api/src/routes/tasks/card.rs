//! A task as people see it on a board.

use std::collections::HashMap;

use mission_control_core::id::{AgentId, BoardId, TaskId};
use mission_control_core::models::{Agent, Task};
use mission_control_fleet::tasks;
use mission_control_shapes::TaskRead;
use mission_control_store::approvals::{self, Counts};
use mission_control_store::{Conn, StoreResult};
use serde::Serialize;
use utoipa::ToSchema;

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

impl TaskCardRead {
    /// About how many bytes it has in an answer.
    pub fn bytes(&self) -> usize {
        const REST: usize = 750;
        const PER_ID: usize = 40;
        const PER_TAG: usize = 150;
        let task = &self.task;
        let values = task.custom_field_values.iter().flatten();
        REST + task.title.len()
            + task.description.as_ref().map_or(0, String::len)
            + values.map(|(key, value)| key.len() + value.to_string().len()).sum::<usize>()
            + task.tags.len() * PER_TAG
            + (task.depends_on_task_ids.len() + task.blocked_by_task_ids.len()) * PER_ID
    }
}

/// Tasks of one board in their order, with the names of its `agents`: a fixed number of queries, however many there are.
///
/// # Errors
/// The database's.
pub fn cards(
    conn: &mut Conn,
    board: BoardId,
    tasks: Vec<Task>,
    agents: &[Agent],
) -> StoreResult<Vec<TaskCardRead>> {
    let ids: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
    let counts = approvals::counts(conn, board, &ids)?;
    let names: HashMap<AgentId, &str> = agents.iter().map(|agent| (agent.id, agent.name.as_str())).collect();
    let card = |task: TaskRead| {
        let Counts { total, pending } = counts.get(&task.id).copied().unwrap_or_default();
        let assignee = task.assigned_agent_id.and_then(|agent| names.get(&agent));
        TaskCardRead {
            assignee: assignee.map(|name| (*name).to_owned()),
            approvals_count: total,
            approvals_pending_count: pending,
            task,
        }
    };
    Ok(tasks::reads(conn, board, tasks)?.into_iter().map(card).collect())
}
