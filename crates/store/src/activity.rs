//! The activity feed.

use std::collections::{HashMap, HashSet};

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use mission_control_core::id::{ActivityId, AgentId, BoardId, OrganizationId, TaskId, UserId};
use mission_control_core::models::{ActivityEvent, Agent};
use mission_control_core::schema::{activity_events, agents, boards, comment_mentions, tasks};
use mission_control_core::time::Timestamp;
use mission_control_shapes::CommentItem;

use crate::among::among;
use crate::batch::insert_all;
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};
use crate::sql::like_literally;
use crate::tasks::comments::{KIND as COMMENT, mentioned};
use crate::tx::Tx;
use crate::users;

/// What a check-in is recorded as.
const HEARTBEAT: &str = "agent.heartbeat";

/// Which events a feed shows; without any restriction, all.
#[derive(Debug, Clone, Default)]
pub struct ActivityFilter {
    /// Only events on these boards.
    pub boards: Option<Vec<BoardId>>,
    /// Only events of this agent.
    pub agent_id: Option<AgentId>,
    /// Only events of this kind.
    pub event_type: Option<String>,
}

fn filtered(filter: &ActivityFilter) -> activity_events::BoxedQuery<'_, MultiBackend> {
    let mut query = activity_events::table.into_boxed::<MultiBackend>();
    if let Some(boards) = &filter.boards {
        query = query.filter(among(activity_events::board_id, boards));
    }
    if let Some(agent_id) = filter.agent_id {
        query = query.filter(activity_events::agent_id.eq(agent_id));
    }
    if let Some(event_type) = &filter.event_type {
        query = query.filter(activity_events::event_type.eq(event_type));
    }
    query
}

/// The events that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, filter: &ActivityFilter, page: Page) -> StoreResult<Listing<ActivityEvent>> {
    listing!(
        conn,
        &page,
        filtered(filter),
        (Timestamp, ActivityId)[desc(activity_events::created_at), desc(activity_events::id)],
        activity_events::all_columns,
        texts ["activity_events.message"]
    )
}

/// Whose feed is shown.
#[derive(Debug, Clone)]
pub enum Feed {
    /// What happened on these boards, and in this organization outside of its boards.
    Boards(Vec<BoardId>, Option<OrganizationId>),
    /// What this agent did, or was concerned by.
    Agent(AgentId),
}

/// What of a feed is wanted; without any restriction, all.
#[derive(Debug, Clone, Default)]
pub struct FeedFilter {
    /// Only events about this task.
    pub task_id: Option<TaskId>,
    /// Only events of this agent.
    pub agent_id: Option<AgentId>,
    /// Only events of this kind: a name, or the first words of names.
    pub kind: Option<String>,
    /// Without check-ins, which would drown everything else.
    pub without_heartbeats: bool,
}

/// An event of a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedItem {
    /// What happened.
    pub event: ActivityEvent,
    /// Its board, or that of its task.
    pub board: Option<BoardId>,
    /// The title of the task that it is about.
    pub task_title: Option<String>,
    /// What the person who acted is called.
    pub user_name: Option<String>,
}

/// The events of a feed, newest first.
///
/// # Errors
/// The database's.
pub fn feed(conn: &mut Conn, feed: &Feed, filter: &FeedFilter, page: Page) -> StoreResult<Listing<FeedItem>> {
    let shown = || {
        let mut query = activity_events::table.left_join(tasks::table).into_boxed::<MultiBackend>();
        if let Some(task) = filter.task_id {
            query = query.filter(activity_events::task_id.eq(task));
        }
        if let Some(agent) = filter.agent_id {
            query = query.filter(activity_events::agent_id.eq(agent));
        }
        if filter.without_heartbeats {
            query = query.filter(activity_events::event_type.ne(HEARTBEAT));
        }
        if let Some(kind) = &filter.kind {
            let more = activity_events::event_type.like(format!("{}.%", like_literally(kind))).escape('\\');
            query = query.filter(activity_events::event_type.eq(kind).or(more));
        }
        match feed {
            Feed::Agent(id) => query.filter(activity_events::agent_id.eq(*id)),
            Feed::Boards(boards, organization) => query.filter(
                among(activity_events::board_id, boards)
                    .or(activity_events::board_id.is_null().and(among(tasks::board_id, boards)))
                    .or(activity_events::organization_id.eq(*organization)),
            ),
        }
    };
    let rows: Listing<(ActivityEvent, Option<BoardId>, Option<String>)> = listing!(
        conn,
        &page,
        shown(),
        (Timestamp, ActivityId)[desc(activity_events::created_at), desc(activity_events::id)],
        (activity_events::all_columns, tasks::board_id.nullable(), tasks::title.nullable()),
        texts ["activity_events.message", "tasks.title"]
    )?;
    rows.try_map_all(|rows| {
        let names = names(conn, rows.iter().map(|(event, ..)| event))?;
        let item = |(event, of_task, task_title): (ActivityEvent, Option<BoardId>, Option<String>)| {
            let user_name = event.user_id.and_then(|id| names.get(&id).cloned());
            FeedItem { board: event.board_id.or(of_task), task_title, user_name, event }
        };
        Ok(rows.into_iter().map(item).collect())
    })
}

/// Which comments a feed of them shows.
#[derive(Debug, Clone, Default)]
pub struct CommentFilter {
    /// On tasks of these boards.
    pub boards: Vec<BoardId>,
    /// Made then or later.
    pub since: Option<Timestamp>,
    /// That mention this person.
    pub mentioning: Option<UserId>,
}

/// The comments that a filter shows, newest first.
///
/// # Errors
/// The database's.
pub fn comments(conn: &mut Conn, filter: &CommentFilter, page: Page) -> StoreResult<Listing<CommentItem>> {
    let shown = || {
        let shown = activity_events::table
            .inner_join(tasks::table.on(activity_events::task_id.eq(tasks::id.nullable())))
            .inner_join(boards::table.on(tasks::board_id.eq(boards::id.nullable())))
            .left_join(agents::table.on(activity_events::agent_id.eq(agents::id.nullable())))
            .filter(among(boards::id, &filter.boards))
            .filter(activity_events::event_type.eq(COMMENT))
            .filter(sql::<Bool>("TRIM(activity_events.message) <> ''"))
            .filter(activity_events::created_at.ge(filter.since.unwrap_or(Timestamp::from_micros(0))))
            .into_boxed::<MultiBackend>();
        match filter.mentioning {
            None => shown,
            Some(person) => {
                let of_person = comment_mentions::table
                    .filter(comment_mentions::user_id.eq(person))
                    .select(comment_mentions::event_id);
                shown.filter(activity_events::id.eq_any(of_person))
            }
        }
    };
    let rows: Listing<(ActivityEvent, TaskId, String, BoardId, String, Option<Agent>)> = listing!(
        conn,
        &page,
        shown(),
        (Timestamp, ActivityId)[desc(activity_events::created_at), desc(activity_events::id)],
        (
            activity_events::all_columns,
            tasks::id,
            tasks::title,
            boards::id,
            boards::name,
            agents::all_columns.nullable(),
        ),
        texts ["activity_events.message", "tasks.title"]
    )?;
    rows.try_map_all(|rows| {
        let names = names(conn, rows.iter().map(|(event, ..)| event))?;
        let ids: Vec<ActivityId> = rows.iter().map(|(event, ..)| event.id).collect();
        let mut mentioned = mentioned(conn, &ids)?;
        let item = |(event, task, title, board, name, agent): (
            ActivityEvent,
            _,
            String,
            _,
            String,
            Option<Agent>,
        )| {
            let user_name = event.user_id.and_then(|id| names.get(&id).cloned());
            let people = mentioned.remove(&event.id).unwrap_or_default();
            CommentItem::new(&event, agent.as_ref(), user_name, (task, &title), (board, &name))
                .mentioning(people)
        };
        Ok(rows.into_iter().map(item).collect())
    })
}

/// What the people who did this are called.
///
/// # Errors
/// The database's.
pub fn names<'a>(
    conn: &mut Conn,
    events: impl Iterator<Item = &'a ActivityEvent>,
) -> StoreResult<HashMap<UserId, String>> {
    let ids: HashSet<UserId> = events.filter_map(|event| event.user_id).collect();
    users::names(conn, &Vec::from_iter(ids))
}

/// What was last done to a task; comments do nothing to it.
///
/// # Errors
/// The database's.
pub fn last_change(conn: &mut Conn, task: TaskId) -> StoreResult<Option<ActivityEvent>> {
    Ok(activity_events::table
        .filter(activity_events::task_id.eq(task))
        .filter(activity_events::event_type.ne(COMMENT))
        .order((activity_events::created_at.desc(), activity_events::id.desc()))
        .select(activity_events::all_columns)
        .first(conn)
        .optional()?)
}

/// Writes an event down.
///
/// # Errors
/// [`crate::StoreError::ForeignKey`] when what it is about is not there; the database's.
pub fn record(tx: &mut Tx<'_>, event: &ActivityEvent) -> StoreResult<()> {
    diesel::insert_into(activity_events::table).values(event).execute(&mut **tx)?;
    Ok(())
}

/// Writes several events down.
///
/// # Errors
/// As [`record`].
pub fn record_all(tx: &mut Tx<'_>, events: &[ActivityEvent]) -> StoreResult<()> {
    Ok(insert_all!(&mut **tx, activity_events::table, events)?)
}

/// Deletes what happened before `before`, at most `limit`, and returns how many. Comments are no mere activity, and stay.
///
/// # Errors
/// The database's.
pub fn trim(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> StoreResult<usize> {
    let old: Vec<ActivityId> = activity_events::table
        .filter(activity_events::created_at.lt(before))
        .filter(activity_events::event_type.ne(COMMENT))
        .limit(limit)
        .select(activity_events::id)
        .load(&mut **tx)?;
    Ok(diesel::delete(activity_events::table.filter(among(activity_events::id, &old))).execute(&mut **tx)?)
}
