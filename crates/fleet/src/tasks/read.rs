//! Tasks and comments as clients see them.

use std::collections::HashSet;

use mission_control_core::id::{ActivityId, AgentId, BoardId, TagId, TaskId, UserId};
use mission_control_core::models::{ActivityEvent, Tag, Task, TaskStatus};
use mission_control_core::rules::{custom_field_values, dependencies as rules, task_key};
use mission_control_core::time::Timestamp;
use mission_control_store::tasks::{dependencies, field_values};
use mission_control_store::{Conn, StoreResult, boards, custom_fields, tags};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A task.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TaskRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: TaskId,
    /// Its board.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// Its number on the board.
    pub number: i32,
    /// Its name in conversation.
    #[schema(example = "REL-12")]
    pub key: Option<String>,
    /// What is to be done, in a line.
    pub title: String,
    /// What is to be done, at length.
    pub description: Option<String>,
    /// `inbox`, `in_progress`, `review` or `done`.
    #[schema(value_type = String, example = "inbox")]
    pub status: TaskStatus,
    /// A word in lower case; `low`, `medium`, `high` and `urgent` are usual.
    pub priority: String,
    /// When it should be done.
    pub due_at: Option<Timestamp>,
    /// The agent that works on it, or reviews it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub assigned_agent_id: Option<AgentId>,
    /// The tasks that it waits for.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub depends_on_task_ids: Vec<TaskId>,
    /// Its tags, in the order in which they were given.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub tag_ids: Vec<TagId>,
    /// The same tags with their names.
    pub tags: Vec<TagRef>,
    /// The person who created it; none when an agent did.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub created_by_user_id: Option<UserId>,
    /// Since when it is worked on.
    pub in_progress_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Those of its dependencies that are not done.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub blocked_by_task_ids: Vec<TaskId>,
    /// Whether there are any.
    pub is_blocked: bool,
    /// The value of each custom field of the board; `null` where tasks of several boards are together.
    #[schema(value_type = Option<Object>)]
    pub custom_field_values: Option<Map<String, Value>>,
}

/// A tag as tasks show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TagRef {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: TagId,
    /// Name.
    pub name: String,
    /// Name for addresses.
    pub slug: String,
    /// Six hexadecimal digits.
    #[schema(example = "ff8800")]
    pub color: String,
}

impl From<Tag> for TagRef {
    fn from(tag: Tag) -> Self {
        Self { id: tag.id, name: tag.name, slug: tag.slug, color: tag.color }
    }
}

/// A comment on a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TaskCommentRead)]
pub struct CommentRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: ActivityId,
    /// What was said.
    pub message: Option<String>,
    /// The agent that said it; none for a person.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// The person who said it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub user_id: Option<UserId>,
    /// What they are called.
    pub user_name: Option<String>,
    /// The task.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub task_id: Option<TaskId>,
    /// When it was said.
    pub created_at: Timestamp,
}

impl CommentRead {
    /// The comment that an event is, with the name of the person who made it.
    pub(super) fn new(event: ActivityEvent, user_name: Option<String>) -> Self {
        Self {
            id: event.id,
            message: event.message,
            agent_id: event.agent_id,
            user_id: event.user_id,
            user_name,
            task_id: event.task_id,
            created_at: event.created_at,
        }
    }
}

/// Tasks of one board in their public form and in their order: five queries, however many there are.
///
/// # Errors
/// The database's.
pub fn reads(conn: &mut Conn, board: BoardId, tasks: Vec<Task>) -> StoreResult<Vec<TaskRead>> {
    if tasks.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
    let mut tags = tags::of_tasks(conn, &ids)?;
    let mut dependencies = dependencies::of_tasks(conn, &ids)?;
    let fields = custom_fields::of_board(conn, board)?;
    let values = field_values::of_tasks(conn, &ids)?;
    let prefix = boards::task_prefixes(conn, &[board])?.remove(&board);
    Ok(tasks
        .into_iter()
        .map(|task| {
            let waits_for = dependencies.remove(&task.id).unwrap_or_default();
            let tags: Vec<TagRef> =
                tags.remove(&task.id).unwrap_or_default().into_iter().map(TagRef::from).collect();
            let shown = custom_field_values::shown(&fields, values.get(&task.id));
            TaskRead { custom_field_values: Some(shown), ..read(task, prefix.as_deref(), &waits_for, tags) }
        })
        .collect())
}

/// The same of any boards, without the custom fields: three queries.
///
/// # Errors
/// The database's.
pub fn brief_reads(conn: &mut Conn, tasks: Vec<Task>) -> StoreResult<Vec<TaskRead>> {
    let ids: Vec<TaskId> = tasks.iter().map(|task| task.id).collect();
    let mut tags = tags::of_tasks(conn, &ids)?;
    let mut dependencies = dependencies::of_tasks(conn, &ids)?;
    let on: HashSet<BoardId> = tasks.iter().filter_map(|task| task.board_id).collect();
    let prefixes = boards::task_prefixes(conn, &Vec::from_iter(on))?;
    Ok(tasks
        .into_iter()
        .map(|task| {
            let prefix = task.board_id.and_then(|board| prefixes.get(&board)).map(String::as_str);
            let waits_for = dependencies.remove(&task.id).unwrap_or_default();
            let tags = tags.remove(&task.id).unwrap_or_default().into_iter().map(TagRef::from).collect();
            read(task, prefix, &waits_for, tags)
        })
        .collect())
}

fn read(task: Task, prefix: Option<&str>, waits_for: &[(TaskId, TaskStatus)], tags: Vec<TagRef>) -> TaskRead {
    let blocked_by = if task.status == TaskStatus::Done { Vec::new() } else { rules::unfinished(waits_for) };
    TaskRead {
        id: task.id,
        board_id: task.board_id,
        number: task.number,
        key: prefix.map(|prefix| task_key::key(prefix, task.number)),
        title: task.title,
        description: task.description,
        status: task.status,
        priority: task.priority,
        due_at: task.due_at,
        assigned_agent_id: task.assigned_agent_id,
        depends_on_task_ids: waits_for.iter().map(|(id, _)| *id).collect(),
        tag_ids: tags.iter().map(|tag| tag.id).collect(),
        tags,
        created_by_user_id: task.created_by_user_id,
        in_progress_at: task.in_progress_at,
        created_at: task.created_at,
        updated_at: task.updated_at,
        is_blocked: !blocked_by.is_empty(),
        blocked_by_task_ids: blocked_by,
        custom_field_values: None,
    }
}
