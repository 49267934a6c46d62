//! Whether what a request names is there and may be named.

use mission_control_core::id::{BoardId, TagId, TaskId, UserId};
use mission_control_core::models::{Agent, Board, Tag, TaskStatus};
use mission_control_core::rules::access::serves;
use mission_control_core::rules::assignee::Assignee;
use mission_control_core::rules::dependencies::{check, unique};
use mission_control_core::rules::wip;
use mission_control_store::tasks::{self, dependencies};
use mission_control_store::{Conn, StoreResult, Tx, agents, members, tags, users};

use super::{Actor, TaskError};

/// The board, locked against other changes of its tasks.
pub(super) fn lock_board(tx: &mut Tx<'_>, id: BoardId) -> Result<Board, TaskError> {
    tasks::lock_board(tx, id)?.ok_or(TaskError::NotFound("board"))
}

/// The tags, each once; all are the organization's.
pub(super) fn known_tags(conn: &mut Conn, board: &Board, ids: &[TagId]) -> Result<Vec<Tag>, TaskError> {
    let wanted = unique(ids.iter().copied());
    let mut existing: Vec<Tag> = tags::existing(conn, board.organization_id, &wanted)?;
    let place = |id: TagId| wanted.iter().position(|wanted| *wanted == id);
    existing.sort_by_key(|tag| place(tag.id));
    let missing: Vec<TagId> =
        wanted.iter().filter(|id| !existing.iter().any(|tag| tag.id == **id)).copied().collect();
    if missing.is_empty() { Ok(existing) } else { Err(TaskError::MissingTags(missing)) }
}

/// What a new task may wait for, each once: tasks of the board. Nothing waits for the new one, so there can be no circle.
pub(super) fn first_dependencies(
    conn: &mut Conn,
    board: &Board,
    ids: &[TaskId],
) -> Result<Vec<(TaskId, TaskStatus)>, TaskError> {
    let wanted = unique(ids.iter().copied());
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let existing = tasks::find_all(conn, board.id, &wanted)?;
    let status = |id: TaskId| existing.iter().find(|task| task.id == id).map(|task| task.status);
    let missing: Vec<TaskId> = wanted.iter().filter(|id| status(**id).is_none()).copied().collect();
    if !missing.is_empty() {
        return Err(TaskError::MissingDependencies(missing));
    }
    Ok(wanted.into_iter().filter_map(|id| Some((id, status(id)?))).collect())
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

/// An agent may put another task into the column.
pub(super) fn check_room(
    conn: &mut Conn,
    board: &Board,
    actor: &Actor,
    status: TaskStatus,
) -> Result<(), TaskError> {
    if actor.agent().is_none() || wip::limit(board, status).is_none() {
        return Ok(());
    }
    match wip::refuses(board, status, tasks::count_in(conn, board.id, status)?) {
        Some(most) => Err(TaskError::WipLimit(status, most)),
        None => Ok(()),
    }
}

/// What agents are told who want what a person has.
pub(super) fn held_by_person(conn: &mut Conn, person: UserId) -> StoreResult<TaskError> {
    let name = users::names(conn, &[person])?.remove(&person).unwrap_or_else(|| "Somebody".to_owned());
    Ok(TaskError::HeldByPerson(person, name))
}

/// The agent or the person may be given tasks of the board by this actor. Returns the agent.
pub(super) fn check_assignee(
    tx: &mut Tx<'_>,
    board: &Board,
    actor: &Actor,
    assignee: Assignee,
) -> Result<Option<Agent>, TaskError> {
    let id = match assignee {
        Assignee::Agent(id) => id,
        Assignee::Person(id) if members::is_one_of_the_people(tx, board, id)? => return Ok(None),
        Assignee::Person(_) => return Err(TaskError::PersonWithoutBoard),
    };
    let agent = agents::find_in(tx, board.organization_id, id)?.ok_or(TaskError::NotFound("agent"))?;
    if actor.lead().is_some() && agent.is_board_lead {
        return Err(TaskError::LeadAssignsItself);
    }
    if serves(&agent, board) { Ok(Some(agent)) } else { Err(TaskError::AgentOfAnotherBoard) }
}
