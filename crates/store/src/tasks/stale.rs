//! Stale tasks, and what becomes of those of a board.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{ApprovalId, BoardId, OrganizationId, TaskId};
use mission_control_core::models::{ApprovalStatus, BoardStaleRule, StaleRule, StaleTask, Task, TaskStatus};
use mission_control_core::rules::doctor::tasks::Stale;
use mission_control_core::rules::task_key;
use mission_control_core::schema::{agents, approvals, board_stale_rules, boards, stale_tasks, tasks};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::tx::Tx;

/// Tasks in progress that agents have, by id, those after `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub fn held_by_agents(conn: &mut Conn, after: Option<TaskId>, limit: i64) -> StoreResult<Vec<Task>> {
    let mut query = tasks::table
        .filter(tasks::status.eq(TaskStatus::InProgress))
        .filter(tasks::board_id.is_not_null())
        .filter(tasks::assigned_agent_id.is_not_null())
        .into_boxed::<MultiBackend>();
    if let Some(after) = after {
        query = query.filter(tasks::id.gt(after));
    }
    Ok(query.order(tasks::id.asc()).limit(limit).select(tasks::all_columns).load(conn)?)
}

/// Tasks that are marked, and are not in progress any more or are somebody else's by now, with their boards; at most `limit`.
///
/// # Errors
/// The database's.
pub fn outdated(conn: &mut Conn, limit: i64) -> StoreResult<Vec<(TaskId, BoardId)>> {
    let somebody_elses = tasks::assigned_agent_id
        .is_null()
        .or(tasks::assigned_agent_id.assume_not_null().ne(stale_tasks::agent_id));
    Ok(stale_tasks::table
        .inner_join(tasks::table)
        .filter(tasks::board_id.is_not_null())
        .filter(tasks::status.ne(TaskStatus::InProgress).or(somebody_elses))
        .limit(limit)
        .select((stale_tasks::task_id, tasks::board_id.assume_not_null()))
        .load(conn)?)
}

/// The marks of those of these tasks that have one.
///
/// # Errors
/// The database's.
pub fn of_tasks(conn: &mut Conn, ids: &[TaskId]) -> StoreResult<HashMap<TaskId, StaleTask>> {
    let rows: Vec<StaleTask> = stale_tasks::table
        .filter(among(stale_tasks::task_id, ids))
        .select(stale_tasks::all_columns)
        .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.task_id, row)).collect())
}

/// The mark of a task.
///
/// # Errors
/// The database's.
pub fn of_task(conn: &mut Conn, task: TaskId) -> StoreResult<Option<StaleTask>> {
    Ok(stale_tasks::table.find(task).select(stale_tasks::all_columns).first(conn).optional()?)
}

/// The mark about which an approval asks.
///
/// # Errors
/// The database's.
pub fn of_approval(conn: &mut Conn, approval: ApprovalId) -> StoreResult<Option<StaleTask>> {
    Ok(stale_tasks::table
        .filter(stale_tasks::approval_id.eq(approval))
        .select(stale_tasks::all_columns)
        .first(conn)
        .optional()?)
}

/// Tasks that are marked, and still in progress and the agent's; those that were marked first, at most `limit`.
///
/// # Errors
/// The database's.
pub fn marked(conn: &mut Conn, limit: i64) -> StoreResult<Vec<Stale>> {
    type Row = (
        StaleTask,
        (BoardId, OrganizationId, String),
        i32,
        String,
        Option<(StaleRule, i32)>,
        Option<(ApprovalStatus, Timestamp)>,
    );
    let rows: Vec<Row> = stale_tasks::table
        .inner_join(tasks::table)
        .inner_join(boards::table.on(boards::id.nullable().eq(tasks::board_id)))
        .inner_join(agents::table.on(agents::id.eq(stale_tasks::agent_id)))
        .left_join(board_stale_rules::table.on(board_stale_rules::board_id.eq(boards::id)))
        .left_join(approvals::table.on(approvals::id.nullable().eq(stale_tasks::approval_id)))
        .filter(tasks::status.eq(TaskStatus::InProgress))
        .filter(tasks::assigned_agent_id.eq(stale_tasks::agent_id.nullable()))
        .order((stale_tasks::marked_at.asc(), stale_tasks::task_id.asc()))
        .limit(limit)
        .select((
            stale_tasks::all_columns,
            (boards::id, boards::organization_id, boards::task_prefix),
            tasks::number,
            agents::name,
            (board_stale_rules::rule, board_stale_rules::after_minutes).nullable(),
            (approvals::status, approvals::created_at).nullable(),
        ))
        .load(conn)?;
    let stale = |(mark, (board, organization, prefix), number, agent_name, rule, asked): Row| {
        let usual = BoardStaleRule::usual(board, mark.marked_at);
        let (rule, after_minutes) = rule.unwrap_or((usual.rule, usual.after_minutes));
        Stale {
            organization,
            agent: mark.agent_id,
            agent_name,
            task: task_key::key(&prefix, number),
            cause: mark.cause,
            marked_at: mark.marked_at,
            rule,
            after_minutes,
            asked,
        }
    };
    Ok(rows.into_iter().map(stale).collect())
}

/// Marks a task, or changes its mark. Call after [`super::lock_board`].
///
/// # Errors
/// [`crate::StoreError::ForeignKey`] for a task that is not there; the database's.
pub fn mark(tx: &mut Tx<'_>, mark: &StaleTask) -> StoreResult<()> {
    let updated = diesel::update(stale_tasks::table.find(mark.task_id)).set(mark).execute(&mut **tx)?;
    if updated == 0 {
        diesel::insert_into(stale_tasks::table).values(mark).execute(&mut **tx)?;
    }
    Ok(())
}

/// Takes the mark off a task.
///
/// # Errors
/// The database's.
pub fn unmark(tx: &mut Tx<'_>, task: TaskId) -> StoreResult<()> {
    diesel::delete(stale_tasks::table.find(task)).execute(&mut **tx)?;
    Ok(())
}

/// What becomes of the stale tasks of a board, if somebody changed it.
///
/// # Errors
/// The database's.
pub fn rule(conn: &mut Conn, board: BoardId) -> StoreResult<Option<BoardStaleRule>> {
    Ok(board_stale_rules::table.find(board).select(board_stale_rules::all_columns).first(conn).optional()?)
}

/// Writes what becomes of the stale tasks of a board.
///
/// # Errors
/// The database's.
pub fn save_rule(tx: &mut Tx<'_>, rule: &BoardStaleRule) -> StoreResult<()> {
    let updated =
        diesel::update(board_stale_rules::table.find(rule.board_id)).set(rule).execute(&mut **tx)?;
    if updated == 0 {
        diesel::insert_into(board_stale_rules::table).values(rule).execute(&mut **tx)?;
    }
    Ok(())
}
