//! Whether what a request names is there and may be named.

use mission_control_core::id::{AgentId, BoardId, TagId, TaskId};
use mission_control_core::models::Board;
use mission_control_core::rules::access::serves;
use mission_control_core::rules::dependencies::{check, unique};
use mission_control_store::tasks::{self, dependencies};
use mission_control_store::{Conn, Tx, agents, tags};

use super::{Actor, TaskError};

/// The board, locked against other changes of its tasks.
pub(super) fn lock_board(tx: &mut Tx<'_>, id: BoardId) -> Result<Board, TaskError> {
    tasks::lock_board(tx, id)?.ok_or(TaskError::NotFound("board"))
}

/// The tags, each once; all are the organization's.
pub(super) fn known_tags(conn: &mut Conn, board: &Board, ids: &[TagId]) -> Result<Vec<TagId>, TaskError> {
    let wanted = unique(ids.iter().copied());
    let existing = tags::existing(conn, board.organization_id, &wanted)?;
    let missing: Vec<TagId> = wanted.iter().filter(|id| !existing.contains(id)).copied().collect();
    if missing.is_empty() { Ok(wanted) } else { Err(TaskError::MissingTags(missing)) }
}

/// The dependencies that `task` may have, each once: tasks of the board that do not wait for it.
pub(super) fn possible_dependencies(
    conn: &mut Conn,
    board: &Board,
    task: TaskId,
    ids: &[TaskId],
) -> Result<Vec<TaskId>, TaskError> {
    let wanted = unique(ids.iter().copied());
    let existing: Vec<TaskId> =
        tasks::find_all(conn, board.id, &wanted)?.into_iter().map(|task| task.id).collect();
    let missing: Vec<TaskId> =
        wanted.iter().filter(|id| **id != task && !existing.contains(id)).copied().collect();
    if !missing.is_empty() {
        return Err(TaskError::MissingDependencies(missing));
    }
    check(task, &wanted, &dependencies::edges(conn, board.id)?)?;
    Ok(wanted)
}

/// The agent may be given tasks of the board by this actor.
pub(super) fn check_assignee(
    conn: &mut Conn,
    board: &Board,
    actor: &Actor,
    id: AgentId,
) -> Result<(), TaskError> {
    let agent = agents::find_in(conn, board.organization_id, id)?.ok_or(TaskError::NotFound("agent"))?;
    if actor.lead().is_some() && agent.is_board_lead {
        return Err(TaskError::LeadAssignsItself);
    }
    if serves(&agent, board) { Ok(()) } else { Err(TaskError::AgentOfAnotherBoard) }
}
