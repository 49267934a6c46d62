//! Whether approvals let a task go on.

use diesel::prelude::*;
use mission_control_core::id::{ApprovalId, BoardId, TaskId};
use mission_control_core::limits::TASK_APPROVALS;
use mission_control_core::models::ApprovalStatus;
use mission_control_core::schema::{approval_decisions, approval_task_links, approvals};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;

/// The board's approvals in this status that are about the task, by a link or (approvals without links) as its only task;
/// the oldest ones, should there be many.
///
/// # Errors
/// The database's.
pub fn of_task(
    conn: &mut Conn,
    board: BoardId,
    task: TaskId,
    status: ApprovalStatus,
) -> StoreResult<Vec<ApprovalId>> {
    Ok(approvals::table
        .left_join(approval_task_links::table)
        .filter(approvals::board_id.eq(board))
        .filter(approvals::status.eq(status))
        .filter(
            approval_task_links::task_id
                .eq(task)
                .or(approvals::task_id.eq(task).and(approval_task_links::id.is_null())),
        )
        .order((approvals::created_at.asc(), approvals::id.asc()))
        .limit(TASK_APPROVALS)
        .select(approvals::id)
        .load(conn)?)
}

/// What was last decided about any of the board's approvals of the task, and when; `Pending` when that was to take a decision
/// back.
///
/// # Errors
/// The database's.
pub fn last_word(
    conn: &mut Conn,
    board: BoardId,
    task: TaskId,
) -> StoreResult<Option<(ApprovalStatus, Timestamp)>> {
    Ok(approval_decisions::table
        .inner_join(approvals::table.left_join(approval_task_links::table))
        .filter(approvals::board_id.eq(board))
        .filter(
            approval_task_links::task_id
                .eq(task)
                .or(approvals::task_id.eq(task).and(approval_task_links::id.is_null())),
        )
        .order((approval_decisions::created_at.desc(), approval_decisions::id.desc()))
        .select((approval_decisions::status, approval_decisions::created_at))
        .first(conn)
        .optional()?)
}
