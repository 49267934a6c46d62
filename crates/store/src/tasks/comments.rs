//! What was said and done about a task: comments are events of its activity.

use diesel::prelude::*;
use mission_control_core::id::{ActivityId, AgentId, BoardId, TaskId};
use mission_control_core::models::ActivityEvent;
use mission_control_core::schema::{activity_events, agents};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};

/// The kind of activity that a comment is.
pub const KIND: &str = "task.comment";
/// The kind of activity that a move to another column is; its message begins with [`MOVED_TO`] and the column.
pub const MOVED: &str = "task.status_changed";
/// How the message of a move begins.
pub const MOVED_TO: &str = "Task moved to";
/// The comments that are searched for a mention, newest first.
const SEARCHED: i64 = 500;

/// The comments on a task, oldest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, task: TaskId, page: Page) -> StoreResult<Listing<ActivityEvent>> {
    let of_task = || {
        activity_events::table
            .filter(activity_events::task_id.eq(task))
            .filter(activity_events::event_type.eq(KIND))
    };
    listing!(
        conn,
        &page,
        of_task(),
        (Timestamp, ActivityId)[asc(activity_events::created_at), asc(activity_events::id)],
        activity_events::all_columns
    )
}

/// The latest texts said about a task, newest first.
///
/// # Errors
/// The database's.
pub fn texts(conn: &mut Conn, task: TaskId) -> StoreResult<Vec<String>> {
    let texts: Vec<Option<String>> = activity_events::table
        .filter(activity_events::task_id.eq(task))
        .filter(activity_events::event_type.eq(KIND))
        .order((activity_events::created_at.desc(), activity_events::id.desc()))
        .limit(SEARCHED)
        .select(activity_events::message)
        .load(conn)?;
    Ok(texts.into_iter().flatten().collect())
}

/// What an agent said last about a task, and when.
///
/// # Errors
/// The database's.
pub fn latest_of(conn: &mut Conn, task: TaskId, agent: AgentId) -> StoreResult<Option<(String, Timestamp)>> {
    let latest: Option<(Option<String>, Timestamp)> = activity_events::table
        .filter(activity_events::task_id.eq(task))
        .filter(activity_events::event_type.eq(KIND))
        .filter(activity_events::agent_id.eq(agent))
        .order((activity_events::created_at.desc(), activity_events::id.desc()))
        .select((activity_events::message, activity_events::created_at))
        .first(conn)
        .optional()?;
    Ok(latest.map(|(text, at)| (text.unwrap_or_default(), at)))
}

/// The worker of the board that last moved a task to review.
///
/// # Errors
/// The database's.
pub fn last_worker(conn: &mut Conn, board: BoardId, task: TaskId) -> StoreResult<Option<AgentId>> {
    Ok(activity_events::table
        .inner_join(agents::table)
        .filter(activity_events::task_id.eq(task))
        .filter(activity_events::event_type.eq(MOVED))
        .filter(activity_events::message.like(format!("{MOVED_TO} review:%")))
        .filter(agents::board_id.eq(board))
        .filter(agents::is_board_lead.eq(false))
        .order((activity_events::created_at.desc(), activity_events::id.desc()))
        .select(agents::id)
        .first(conn)
        .optional()?)
}
