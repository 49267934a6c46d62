//! What a stream shows first: the rows that changed since a point in time, the oldest first. Of more than [`STREAM_ROWS`] rows
//! the newest are kept: whoever was away for that long reads the lists instead.

use diesel::prelude::*;
use mission_control_core::id::{BoardGroupId, BoardId};
use mission_control_core::limits::{PAGE_BYTES, STREAM_ROWS};
use mission_control_core::models::{ActivityEvent, Agent, Approval, BoardGroupMemory, BoardMemory, Task};
use mission_control_core::schema::{
    activity_events, agents, approvals, board_group_memory, board_memory, tasks,
};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::conn::Conn;
use crate::error::StoreResult;
use crate::memory;
use crate::page::fitting;
use crate::sql::bytes;

/// Loads the newest rows of a query, as many as fit into what a stream begins with, the oldest first. The columns that may
/// be long are measured before anything is read.
macro_rules! newest {
    ($conn:expr, $query:expr, ($newest:expr, $id:expr), $columns:expr, texts [$($text:literal),+] $(nested [$($nested:literal),+])?) => {{
        let sizes: Vec<i64> =
            $query.order(($newest, $id)).limit(STREAM_ROWS).select(bytes!($($text),+ $(; $($nested),+)?)).load($conn)?;
        let count = fitting(&sizes, PAGE_BYTES).min(STREAM_ROWS);
        let mut rows = $query.order(($newest, $id)).limit(count).select($columns).load($conn)?;
        rows.reverse();
        Ok(rows)
    }};
}

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
    let query = || {
        activity_events::table
            .inner_join(tasks::table.on(activity_events::task_id.eq(tasks::id.nullable())))
            .filter(tasks::board_id.eq(board_id))
            .filter(among(activity_events::event_type, types))
            .filter(activity_events::created_at.ge(since))
    };
    newest!(conn, query(), (activity_events::created_at.desc(), activity_events::id.desc()), (activity_events::all_columns, tasks::all_columns), texts ["activity_events.message", "tasks.title", "tasks.description"])
}

/// Agents of these boards that changed or were seen.
///
/// # Errors
/// The database's.
pub fn agents(conn: &mut Conn, boards: &[BoardId], since: Timestamp) -> StoreResult<Vec<Agent>> {
    let query = || {
        agents::table
            .filter(among(agents::board_id, boards))
            .filter(agents::updated_at.nullable().ge(since).or(agents::last_seen_at.ge(since)))
    };
    newest!(conn, query(), (agents::updated_at.desc(), agents::id.desc()), agents::all_columns, texts ["agents.identity_template", "agents.soul_template", "agents.identity_profile"])
}

/// Approvals of a board that were asked for or decided.
///
/// # Errors
/// The database's.
pub fn approvals(conn: &mut Conn, board_id: BoardId, since: Timestamp) -> StoreResult<Vec<Approval>> {
    let query = || {
        approvals::table
            .filter(approvals::board_id.eq(board_id))
            .filter(approvals::created_at.nullable().ge(since).or(approvals::resolved_at.ge(since)))
    };
    newest!(conn, query(), (approvals::created_at.desc(), approvals::id.desc()), approvals::all_columns, texts ["approvals.payload", "approvals.decision_reason"] nested ["(SELECT SUM(OCTET_LENGTH(reason)) FROM approval_decisions WHERE approval_id = approvals.id)"])
}

/// What a board was given to remember, or only its chat, or only the rest.
///
/// # Errors
/// The database's.
pub fn memory(
    conn: &mut Conn,
    board: BoardId,
    is_chat: Option<bool>,
    since: Timestamp,
) -> StoreResult<Vec<BoardMemory>> {
    let query = || memory::of_board(board, is_chat).filter(board_memory::created_at.ge(since));
    newest!(conn, query(), (board_memory::created_at.desc(), board_memory::id.desc()), board_memory::all_columns, texts ["board_memory.content", "board_memory.tags"])
}

/// What a board group was given to remember, or only its chat, or only the rest.
///
/// # Errors
/// The database's.
pub fn group_memory(
    conn: &mut Conn,
    group: BoardGroupId,
    is_chat: Option<bool>,
    since: Timestamp,
) -> StoreResult<Vec<BoardGroupMemory>> {
    let query = || memory::of_group(group, is_chat).filter(board_group_memory::created_at.ge(since));
    newest!(conn, query(), (board_group_memory::created_at.desc(), board_group_memory::id.desc()), board_group_memory::all_columns, texts ["board_group_memory.content", "board_group_memory.tags"])
}
