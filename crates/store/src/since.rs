//! What a stream shows first: the rows that changed since a point in time, the oldest first. Of more than [`MOST`] rows
//! the newest are kept: whoever was away for that long reads the lists instead.

use diesel::prelude::*;
use mission_control_core::id::{BoardGroupId, BoardId};
use mission_control_core::models::{ActivityEvent, Agent, Approval, BoardGroupMemory, BoardMemory, Task};
use mission_control_core::schema::{
    activity_events, agents, approvals, board_group_memory, board_memory, tasks,
};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::sql::trim;

/// Most rows that a stream starts with.
pub const MOST: i64 = 1000;

/// Activity events of these types on the tasks of a board, each with its task.
///
/// # Errors
/// The database's.
pub fn task_events(
    conn: &mut Conn,
    board_id: BoardId,
    types: &[&str],
    since: Timestamp,
) -> StoreResult<Vec<(ActivityEvent, Task)>> {
    let mut rows = activity_events::table
        .inner_join(tasks::table.on(activity_events::task_id.eq(tasks::id.nullable())))
        .filter(tasks::board_id.eq(board_id))
        .filter(activity_events::event_type.eq_any(types))
        .filter(activity_events::created_at.ge(since))
        .order((activity_events::created_at.desc(), activity_events::id.desc()))
        .limit(MOST)
        .select((activity_events::all_columns, tasks::all_columns))
        .load(conn)?;
    rows.reverse();
    Ok(rows)
}

/// Agents of these boards that changed or were seen.
///
/// # Errors
/// The database's.
pub fn agents(conn: &mut Conn, boards: &[BoardId], since: Timestamp) -> StoreResult<Vec<Agent>> {
    let mut rows = agents::table
        .filter(agents::board_id.eq_any(boards))
        .filter(agents::updated_at.nullable().ge(since).or(agents::last_seen_at.ge(since)))
        .order((agents::updated_at.desc(), agents::id.desc()))
        .limit(MOST)
        .select(agents::all_columns)
        .load(conn)?;
    rows.reverse();
    Ok(rows)
}

/// Approvals of a board that were asked for or decided.
///
/// # Errors
/// The database's.
pub fn approvals(conn: &mut Conn, board_id: BoardId, since: Timestamp) -> StoreResult<Vec<Approval>> {
    let mut rows = approvals::table
        .filter(approvals::board_id.eq(board_id))
        .filter(approvals::created_at.nullable().ge(since).or(approvals::resolved_at.ge(since)))
        .order((approvals::created_at.desc(), approvals::id.desc()))
        .limit(MOST)
        .select(approvals::all_columns)
        .load(conn)?;
    rows.reverse();
    Ok(rows)
}

/// What a board was given to remember.
///
/// # Errors
/// The database's.
pub fn memory(conn: &mut Conn, board_id: BoardId, since: Timestamp) -> StoreResult<Vec<BoardMemory>> {
    let mut rows = board_memory::table
        .filter(board_memory::board_id.eq(board_id))
        .filter(trim(board_memory::content).ne(""))
        .filter(board_memory::created_at.ge(since))
        .order((board_memory::created_at.desc(), board_memory::id.desc()))
        .limit(MOST)
        .select(board_memory::all_columns)
        .load(conn)?;
    rows.reverse();
    Ok(rows)
}

/// What a board group was given to remember.
///
/// # Errors
/// The database's.
pub fn group_memory(
    conn: &mut Conn,
    group: BoardGroupId,
    since: Timestamp,
) -> StoreResult<Vec<BoardGroupMemory>> {
    let mut rows = board_group_memory::table
        .filter(board_group_memory::board_group_id.eq(group))
        .filter(trim(board_group_memory::content).ne(""))
        .filter(board_group_memory::created_at.ge(since))
        .order((board_group_memory::created_at.desc(), board_group_memory::id.desc()))
        .limit(MOST)
        .select(board_group_memory::all_columns)
        .load(conn)?;
    rows.reverse();
    Ok(rows)
}
