//! An agent takes a task that nobody has.

use mission_control_core::id::{BoardId, TaskId};
use mission_control_core::models::{Agent, Task, TaskStatus};
use mission_control_core::rules::assignee::Assignee;
use mission_control_core::rules::version::Seen;
use mission_control_shapes::TaskRead;
use mission_control_store::{Tx, agents, tasks};

use super::checks::{held_by_person, lock_board};
use super::patch::TaskPatch;
use super::read::reads;
use super::update::write;
use super::{Actor, TaskError};
use crate::fleet::Fleet;

/// Gives a task of the inbox to `agent` and begins it, as far as the board's rules let the agent do so. Of two agents
/// that want it at once one gets it. A task that the agent has and works on stays as it is.
///
/// # Errors
/// [`TaskError`]; [`TaskError::Taken`] and [`TaskError::HeldByPerson`] say who has it.
pub async fn claim(fleet: &Fleet, board: BoardId, task: TaskId, agent: Agent) -> Result<TaskRead, TaskError> {
    fleet
        .db()
        .write(move |tx| {
            if agent.board_id != Some(board) {
                return Err(TaskError::AgentOfAnotherBoard);
            }
            if agent.is_board_lead {
                return Err(TaskError::LeadAssignsItself);
            }
            // Until the end of the transaction the board's tasks are nobody else's to move.
            let board = lock_board(tx, board)?;
            let row = tasks::lock_on(tx, board.id, task)?.ok_or(TaskError::NotFound("task"))?;
            if is_begun_by(&row, &agent) {
                let own = reads(tx, board.id, vec![row])?;
                return own.into_iter().next().ok_or(TaskError::NotFound("task"));
            }
            require_free(tx, &row, &agent)?;
            let begin = TaskPatch { status: Some(TaskStatus::InProgress), ..TaskPatch::default() };
            write(tx, board.id, task, &Actor::Agent(Box::new(agent)), &Seen::WHATEVER, begin)
        })
        .await
}

fn is_begun_by(task: &Task, agent: &Agent) -> bool {
    task.assigned_agent_id == Some(agent.id) && task.status == TaskStatus::InProgress
}

fn require_free(tx: &mut Tx<'_>, task: &Task, agent: &Agent) -> Result<(), TaskError> {
    match task.assignee() {
        Some(Assignee::Person(person)) => return Err(held_by_person(tx, person)?),
        Some(Assignee::Agent(other)) if other != agent.id => {
            let name =
                agents::find(tx, other)?.map_or_else(|| "Another agent".to_owned(), |other| other.name);
            return Err(TaskError::Taken(other, name));
        }
        _ => {}
    }
    match task.status {
        TaskStatus::Inbox => Ok(()),
        status => Err(TaskError::NotClaimable(status)),
    }
}
