//! Deleting a task.

use mission_control_core::id::{BoardId, TaskId};
use mission_control_store::tasks::{self, dependencies};

use super::checks::lock_board;
use super::{Actor, TaskError, reads, record};
use crate::fleet::Fleet;

/// Deletes a task with its comments and all that is only about it. Agents do so only as leads.
///
/// # Errors
/// A missing task; an agent that does not lead the board; the database.
pub async fn delete(fleet: &Fleet, board: BoardId, task: TaskId, actor: Actor) -> Result<(), TaskError> {
    fleet
        .db()
        .write(move |tx| {
            let board = lock_board(tx, board)?;
            let row = tasks::lock_on(tx, board.id, task)?.ok_or(TaskError::NotFound("task"))?;
            if actor.agent().is_some() && actor.lead().is_none() {
                return Err(TaskError::OnlyLeads);
            }
            let waiting: Vec<TaskId> =
                dependencies::waiting_for(tx, board.id, task)?.into_iter().map(|task| task.id).collect();
            let last = reads(tx, board.id, vec![row])?;
            let approvals = tasks::delete(tx, task)?;
            if let Some(last) = last.first() {
                record::deleted(tx, &board, last, &approvals);
            }
            Ok(record::looks_different(tx, &board, &waiting)?)
        })
        .await
}
