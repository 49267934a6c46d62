//! Tasks, and what is said on them.

use mission_control_core::id::{ActivityId, AgentId, BoardId, TagId, TaskId, UserId};
use mission_control_core::limits::IDS;
use mission_control_core::models::{ActivityEvent, Agent, StaleTask, Task, TaskStatus};
use mission_control_core::rules::version::Version;
use mission_control_core::rules::{dependencies as rules, task_key};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::stale::TaskStaleRead;
use crate::tags::TagRef;

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
    /// The person who works on it; never beside an agent.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub assigned_user_id: Option<UserId>,
    /// Since when whoever has it has it.
    pub assigned_at: Option<Timestamp>,
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
    /// Its place in the order that people give the board: ranks sort by their bytes.
    #[schema(example = "7ffffffei")]
    pub rank: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Those of its dependencies that are not done.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub blocked_by_task_ids: Vec<TaskId>,
    /// Whether there are any.
    pub is_blocked: bool,
    /// Why nothing is to be expected of the agent that has it, while it is in progress; `null` when something is.
    pub stale: Option<TaskStaleRead>,
    /// The value of each custom field of the board; `null` where tasks of several boards are together.
    #[schema(value_type = Option<Object>)]
    pub custom_field_values: Option<Map<String, Value>>,
    /// Names what people and agents change of it, for `If-Match`; `null` where tasks of several boards are together.
    pub version: Option<String>,
}

impl TaskRead {
    /// What people and agents change of it.
    pub fn as_seen(&self) -> Version {
        Version::default()
            .with("title", &self.title)
            .with("description", &self.description)
            .with("status", &self.status)
            .with("priority", &self.priority)
            .with("due_at", &self.due_at)
            .with("assigned_agent_id", &self.assigned_agent_id)
            .with("assigned_user_id", &self.assigned_user_id)
            .with("depends_on_task_ids", &self.depends_on_task_ids)
            .with("tag_ids", &self.tag_ids)
            .with("custom_field_values", &self.custom_field_values)
    }

    /// The task on a board of this prefix, without its custom fields. Its mark as a stale one may be of a time that is over.
    pub fn new(
        task: Task,
        prefix: Option<&str>,
        waits_for: &[(TaskId, TaskStatus)],
        tags: Vec<TagRef>,
        mark: Option<&StaleTask>,
    ) -> Self {
        let counts = |mark: &&StaleTask| {
            task.status == TaskStatus::InProgress && task.assigned_agent_id == Some(mark.agent_id)
        };
        let blocked_by =
            if task.status == TaskStatus::Done { Vec::new() } else { rules::unfinished(waits_for) };
        Self {
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
            assigned_user_id: task.assigned_user_id,
            assigned_at: task.assigned_at,
            depends_on_task_ids: waits_for.iter().map(|(id, _)| *id).collect(),
            tag_ids: tags.iter().map(|tag| tag.id).collect(),
            tags,
            created_by_user_id: task.created_by_user_id,
            in_progress_at: task.in_progress_at,
            rank: task.rank,
            created_at: task.created_at,
            updated_at: task.updated_at,
            stale: mark.filter(counts).map(TaskStaleRead::from),
            is_blocked: !blocked_by.is_empty(),
            blocked_by_task_ids: blocked_by,
            custom_field_values: None,
            version: None,
        }
    }
}

/// A task as its card shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TaskCardRead {
    /// The task.
    #[serde(flatten)]
    pub task: TaskRead,
    /// What the agent or the person is called who works on it.
    pub assignee: Option<String>,
    /// Its approvals.
    pub approvals_count: i64,
    /// Those of them that wait for a decision.
    pub approvals_pending_count: i64,
}

impl TaskCardRead {
    /// About how many bytes it has in an answer.
    pub fn bytes(&self) -> usize {
        const REST: usize = 750;
        const PER_ID: usize = 40;
        const PER_TAG: usize = 150;
        let task = &self.task;
        let values = task.custom_field_values.iter().flatten();
        REST + task.title.len()
            + task.description.as_ref().map_or(0, String::len)
            + values.map(|(key, value)| key.len() + value.to_string().len()).sum::<usize>()
            + task.tags.len() * PER_TAG
            + (task.depends_on_task_ids.len() + task.blocked_by_task_ids.len()) * PER_ID
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
    pub fn new(event: ActivityEvent, user_name: Option<String>) -> Self {
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

/// A comment in the feed of all boards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ActivityTaskCommentFeedItemRead)]
pub struct CommentItem {
    /// The activity event that the comment is.
    #[schema(value_type = uuid::Uuid)]
    pub id: ActivityId,
    /// When it was said.
    pub created_at: Timestamp,
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
    /// The agent's name.
    pub agent_name: Option<String>,
    /// The agent's role, from its identity profile.
    pub agent_role: Option<String>,
    /// The task.
    #[schema(value_type = uuid::Uuid)]
    pub task_id: TaskId,
    /// The task's title.
    pub task_title: String,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// The board's name.
    pub board_name: String,
    /// The people whom it mentions.
    #[schema(value_type = Vec<uuid::Uuid>)]
    pub mentioned_user_ids: Vec<UserId>,
}

impl CommentItem {
    /// `event` said by `agent`, or the person of this name when there is none, on a task of a board.
    pub fn new(
        event: &ActivityEvent,
        agent: Option<&Agent>,
        user_name: Option<String>,
        task: (TaskId, &str),
        board: (BoardId, &str),
    ) -> Self {
        Self {
            id: event.id,
            created_at: event.created_at,
            message: event.message.clone(),
            agent_id: event.agent_id,
            user_id: event.user_id,
            user_name,
            agent_name: agent.map(|agent| agent.name.clone()),
            agent_role: agent.and_then(|agent| role(agent.identity_profile.as_ref()?)).map(str::to_owned),
            task_id: task.0,
            task_title: task.1.to_owned(),
            board_id: board.0,
            board_name: board.1.to_owned(),
            mentioned_user_ids: Vec::new(),
        }
    }

    /// The same with the people whom it mentions.
    #[must_use]
    pub fn mentioning(self, people: impl IntoIterator<Item = UserId>) -> Self {
        Self { mentioned_user_ids: people.into_iter().take(IDS).collect(), ..self }
    }
}

/// `role` of an agent's identity profile, if there is a word in it.
fn role(identity_profile: &Value) -> Option<&str> {
    identity_profile.get("role")?.as_str().map(str::trim).filter(|role| !role.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_role_is_a_word_of_the_profile() {
        assert_eq!(role(&json!({ "role": " Frontend " })), Some("Frontend"));
        for profile in [json!({ "role": " " }), json!({ "role": 3 }), json!({}), json!("text")] {
            assert_eq!(role(&profile), None, "{profile}");
        }
    }
}
