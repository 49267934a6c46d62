//! A task as people see it on a board.

use std::collections::HashMap;

use mission_control_core::id::{AgentId, BoardId, TaskId, UserId};
use mission_control_core::models::{Agent, Task};
use mission_control_fleet::tasks;
use mission_control_shapes::{TaskCardRead, TaskRead};
use mission_control_store::approvals::{self, Counts};
use mission_control_store::{Conn, StoreResult, users};

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
    let with: Vec<UserId> = tasks.iter().filter_map(|task| task.assigned_user_id).collect();
    let people = users::names(conn, &with)?;
    let card = |task: TaskRead| {
        let Counts { total, pending } = counts.get(&task.id).copied().unwrap_or_default();
        let agent = task.assigned_agent_id.and_then(|agent| names.get(&agent).map(|name| (*name).to_owned()));
        let person = task.assigned_user_id.and_then(|person| people.get(&person).cloned());
        TaskCardRead {
            assignee: agent.or(person),
            approvals_count: total,
            approvals_pending_count: pending,
            task,
        }
    };
    Ok(tasks::reads(conn, board, tasks)?.into_iter().map(card).collect())
}
