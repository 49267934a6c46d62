//! Where in the order of its board a task is put.

use mission_control_core::id::TaskId;
use mission_control_core::limits::RANK;
use mission_control_core::models::{Board, Task};
use mission_control_core::rules::rank;
use mission_control_shapes::events::Event;
use mission_control_store::{StoreError, Tx, tasks};

use super::TaskError;
use crate::record::board_changed;

/// Puts a task right behind another of its board, or before all. Call with the board locked: of two who put something behind
/// the same task at once, one comes after the other.
pub(super) fn put(
    tx: &mut Tx<'_>,
    board: &Board,
    task: &Task,
    after: Option<TaskId>,
) -> Result<(), TaskError> {
    if after == Some(task.id) {
        return Ok(());
    }
    let rank = match new_rank(tx, board, task.id, after)? {
        Some(rank) if rank.len() <= RANK => rank,
        _ => {
            tasks::rank_anew(tx, board)?;
            // All tasks of the board have other ranks now: whoever shows it reads it again.
            board_changed(tx, Event::BoardUpdated, board);
            let rank = new_rank(tx, board, task.id, after)?;
            rank.ok_or(StoreError::NotFound("rank"))?
        }
    };
    Ok(tasks::set_rank(tx, task.id, &rank)?)
}

/// The rank of a task behind another; none where there is no room.
fn new_rank(
    tx: &mut Tx<'_>,
    board: &Board,
    task: TaskId,
    after: Option<TaskId>,
) -> Result<Option<String>, TaskError> {
    let low = match after {
        Some(after) => tasks::find_on(tx, board.id, after)?.ok_or(TaskError::NotFound("task"))?.rank,
        // What is first now comes behind the tasks that are yet to be made.
        None => rank::of_number(board.last_task_number.saturating_add(1)),
    };
    let high = tasks::next_rank(tx, board.id, after.is_some().then_some(low.as_str()), task)?;
    Ok(rank::between(&low, high.as_deref()))
}
