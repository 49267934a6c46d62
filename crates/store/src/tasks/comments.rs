//! What was said and done about a task: comments are events of its activity.

use std::collections::HashMap;

use diesel::prelude::*;
use mission_control_core::id::{ActivityId, TaskId, UserId};
use mission_control_core::limits::COMMENTS_SEARCHED;
use mission_control_core::models::{ActivityEvent, TaskStatus};
use mission_control_core::rules::assignee::Assignee;
use mission_control_core::schema::{activity_events, comment_mentions, tasks};
use mission_control_core::time::Timestamp;

use crate::among::among;
use crate::batch::insert_all;
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};
use crate::tx::Tx;

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

/// What an agent or a person said last about a task, and when.
///
/// # Errors
/// The database's.
pub fn latest_of(conn: &mut Conn, task: TaskId, by: Assignee) -> StoreResult<Option<(String, Timestamp)>> {
    let said = activity_events::table
        .filter(activity_events::task_id.eq(task))
        .filter(activity_events::event_type.eq(KIND))
        .into_boxed::<MultiBackend>();
    let said = match by {
        Assignee::Agent(agent) => said.filter(activity_events::agent_id.eq(agent)),
        Assignee::Person(person) => said.filter(activity_events::user_id.eq(person)),
    };
    let latest: Option<(Option<String>, Timestamp)> = said
        .order((activity_events::created_at.desc(), activity_events::id.desc()))
        .select((activity_events::message, activity_events::created_at))
        .first(conn)
        .optional()?;
    Ok(latest.map(|(text, at)| (text.unwrap_or_default(), at)))
}

/// Deletes comments of tasks that have been done, and were not changed, since before `before`, at most `limit`, and returns
/// how many.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    let old: Vec<ActivityId> = activity_events::table
        .inner_join(tasks::table)
        .filter(activity_events::event_type.eq(KIND))
        .filter(activity_events::created_at.lt(before))
        .filter(tasks::status.eq(TaskStatus::Done))
        .filter(tasks::updated_at.lt(before))
        .limit(limit)
        .select(activity_events::id)
        .load(&mut **tx)?;
    Ok(diesel::delete(activity_events::table.filter(among(activity_events::id, &old))).execute(&mut **tx)?)
}

/// Notes the people whom a comment mentions.
///
/// # Errors
/// [`crate::StoreError::ForeignKey`] for a comment or a person that is not there; the database's.
pub fn mention(
    tx: &mut Tx<'_>,
    comment: ActivityId,
    people: impl IntoIterator<Item = UserId>,
) -> StoreResult<()> {
    let mentions: Vec<_> = people
        .into_iter()
        .map(|person| (comment_mentions::event_id.eq(comment), comment_mentions::user_id.eq(person)))
        .collect();
    Ok(insert_all!(&mut **tx, comment_mentions::table, &mentions)?)
}

/// The people whom each of these comments mentions.
///
/// # Errors
/// The database's.
pub fn mentioned(conn: &mut Conn, comments: &[ActivityId]) -> StoreResult<HashMap<ActivityId, Vec<UserId>>> {
    let rows: Vec<(ActivityId, UserId)> = comment_mentions::table
        .filter(among(comment_mentions::event_id, comments))
        .order((comment_mentions::event_id.asc(), comment_mentions::user_id.asc()))
        .select((comment_mentions::event_id, comment_mentions::user_id))
        .load(conn)?;
    let mut people: HashMap<ActivityId, Vec<UserId>> = HashMap::new();
    for (comment, person) in rows {
        people.entry(comment).or_default().push(person);
    }
    Ok(people)
}
