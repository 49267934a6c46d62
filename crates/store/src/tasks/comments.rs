//! What was said and done about a task: comments are events of its activity.

use diesel::prelude::*;
use mission_control_core::id::{ActivityId, AgentId, TaskId};
use mission_control_core::limits::COMMENTS_SEARCHED;
use mission_control_core::models::ActivityEvent;
use mission_control_core::schema::activity_events;
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};

/// The kind of activity that a comment is.
pub const KIND: &str = "task.comment";
/// The kind of activity that a move to another column is.
pub const MOVED: &str = "task.status_changed";

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
        activity_events::all_columns,
        texts ["activity_events.message"]
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
        .limit(COMMENTS_SEARCHED)
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
