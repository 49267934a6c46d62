//! Deleting a task.

use mission_control_core::id::{BoardId, TaskId};
use mission_control_core::models::ApprovalStatus;
use mission_control_store::erase;
use mission_control_store::tasks::{self, approvals, dependencies};

use super::checks::{held_by_person, lock_board};
use super::{Actor, TaskError, reads, record, stale};
use crate::fleet::Fleet;

/// Deletes a task with its comments and all that is only about it. Agents do so only as leads, and take no question from
/// the people who are asked it, and no task from a person who has it.
///
/// # Errors
/// A missing task; an agent that does not lead the board, or a task that people are to decide about; the database.
pub async fn delete(fleet: &Fleet, board: BoardId, task: TaskId, actor: Actor) -> Result<(), TaskError> {
    fleet
        .db()
        .write(move |tx| {
            let board = lock_board(tx, board)?;
            let row = tasks::lock_on(tx, board.id, task)?.ok_or(TaskError::NotFound("task"))?;
            if actor.agent().is_some() && actor.lead().is_none() {
                return Err(TaskError::OnlyLeads);
            }
            if let (Some(_), Some(person)) = (actor.agent(), row.assigned_user_id) {
                return Err(held_by_person(tx, person)?);
            }
            let pending = approvals::of_task(tx, board.id, task, ApprovalStatus::Pending)?;
            if actor.agent().is_some() && !pending.is_empty() {
                return Err(TaskError::AwaitsDecision(pending));
            }
            let waiting: Vec<TaskId> =
                dependencies::waiting_for(tx, board.id, task)?.into_iter().map(|task| task.id).collect();
            let last = reads(tx, board.id, vec![row])?;
            stale::forget(tx, &board, task)?;
            let gone = erase::task(tx, task)?;
            if let Some(last) = last.first() {
                record::deleted(tx, &board, last, &gone);
            }
            Ok(record::looks_different(tx, &board, &waiting)?)
        })
        .await
}
