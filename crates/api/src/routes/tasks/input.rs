//! What callers send about tasks. The routes of agents take the same.

use mission_control_core::id::{AgentId, BoardId, TagId, TaskId, UserId};
use mission_control_core::limits::{IDS, PAYLOAD_JSON, PROSE, TITLE, WORD};
use mission_control_core::models::TaskStatus;
use mission_control_core::rules::assignee::Assignment;
use mission_control_core::rules::{priority, task_key};
use mission_control_core::time::Timestamp;
use mission_control_fleet::tasks::{NewTask, TaskPatch};
use mission_control_store::tasks::TaskFilter;
use serde_json::Map;

use crate::error::{ApiError, ApiResult};
use crate::http::PageQuery;
use crate::input::{AnyText, Change, Fault, JsonObject, ListOf, Patch, Text};

crate::input! {
    /// A task to create.
    pub struct TaskCreate {
        /// What is to be done, in a line.
        pub title: AnyText<TITLE>,
        /// What is to be done, at length.
        pub description: Option<AnyText<PROSE>>,
        /// The column; a task that waits for others can only begin in `inbox`.
        pub status: TaskStatus = TaskStatus::Inbox,
        /// A word, kept in lower case; `low`, `medium`, `high` and `urgent` are usual.
        pub priority: AnyText<WORD> = "medium".to_owned(),
        /// When it should be done.
        pub due_at: Option<Timestamp>,
        /// The agent that is to do it.
        pub assigned_agent_id: Option<AgentId>,
        /// The person who is to do it, instead of an agent: one who may write to the board.
        pub assigned_user_id: Option<UserId>,
        /// The tasks that it waits for.
        pub depends_on_task_ids: ListOf<TaskId, IDS> = Vec::new(),
        /// Its tags.
        pub tag_ids: ListOf<TagId, IDS> = Vec::new(),
        /// The creator; may only be the caller, who is meant anyway.
        pub created_by_user_id: Option<UserId>,
        /// Values of the board's custom fields, by key.
        pub custom_field_values: JsonObject<PAYLOAD_JSON> = Map::new(),
    }
}

crate::input! {
    /// Changes to a task. What is absent stays; `null` empties where that makes sense.
    pub struct TaskUpdate {
        /// What is to be done, in a line.
        pub title: Change<AnyText<TITLE>>,
        /// What is to be done, at length.
        pub description: Patch<AnyText<PROSE>>,
        /// The column.
        pub status: Patch<TaskStatus>,
        /// A word, kept in lower case; `low`, `medium`, `high` and `urgent` are usual.
        pub priority: Change<AnyText<WORD>>,
        /// When it should be done.
        pub due_at: Patch<Timestamp>,
        /// The agent that is to do it, in place of whoever has it. `null` takes it from an agent, not from a person.
        pub assigned_agent_id: Patch<AgentId>,
        /// The person who is to do it, in place of whoever has it: one who may write to the board. `null` takes it from a person,
        /// not from an agent.
        pub assigned_user_id: Patch<UserId>,
        /// The tasks that it waits for; replaces those that it has.
        pub depends_on_task_ids: Option<ListOf<TaskId, IDS>>,
        /// Its tags; replaces those that it has.
        pub tag_ids: Option<ListOf<TagId, IDS>>,
        /// Values of the board's custom fields, by key; others stay.
        pub custom_field_values: Patch<JsonObject<PAYLOAD_JSON>>,
        /// The task behind which it is put in the order of the board; `null` puts it before all.
        pub after_task_id: Patch<TaskId>,
        /// A comment to add; a blank one is none.
        pub comment: Option<AnyText<PROSE>>,
    }
}

crate::input! {
    /// A comment to add to a task.
    pub struct TaskCommentCreate {
        /// The text. `@name` tells an agent of the board, `@lead` its lead.
        pub message: Text<PROSE>,
    }
}

crate::input! {
    /// Which tasks are wanted.
    pub struct TaskListQuery with page: PageQuery {
        /// In these columns, separated by commas.
        pub status: Option<AnyText<WORD>>,
        /// Of this agent.
        pub assigned_agent_id: Option<AgentId>,
        /// Of this person: an id, or `me` for the caller.
        pub assigned_user_id: Option<AnyText<WORD>>,
        /// That nobody has, neither an agent nor a person.
        pub unassigned: Option<bool>,
        /// The one of this key, such as `REL-12`, in any case.
        pub key: Option<AnyText<WORD>>,
    }
}

impl TaskListQuery {
    /// What `caller`, if it is a person, asks for of a board.
    ///
    /// # Errors
    /// 422 for a status that is none, for a key that cannot be one, and for a person who cannot be meant.
    pub fn filter(&self, board_id: BoardId, caller: Option<UserId>) -> ApiResult<TaskFilter> {
        let words = self
            .status
            .as_deref()
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty());
        let statuses: ApiResult<Vec<TaskStatus>> = words
            .map(|word| word.parse().map_err(|_| ApiError::unprocessable("Unsupported task status filter.")))
            .collect();
        let key = match self.key.as_deref() {
            None => None,
            Some(text) => Some(task_key::parse(text).ok_or_else(|| {
                let wrong = "Expected the key of a task, such as REL-12.";
                ApiError::invalid(vec![Fault::of_parameter("key", "value_error", wrong)])
            })?),
        };
        let person = match self.assigned_user_id.as_deref().map(str::trim) {
            None => None,
            Some(word) => {
                let meant = if word == "me" { caller } else { word.parse().ok() };
                Some(meant.ok_or_else(|| {
                    let wrong = "Expected the id of a person; `me` is for people who call.";
                    ApiError::invalid(vec![Fault::of_parameter("assigned_user_id", "value_error", wrong)])
                })?)
            }
        };
        Ok(TaskFilter {
            board_id,
            statuses: statuses?,
            assigned_agent_id: self.assigned_agent_id,
            assigned_user_id: person,
            unassigned: self.unassigned.unwrap_or_default(),
            key,
        })
    }
}

/// Who is to have a task.
///
/// # Errors
/// 422 for two at once.
fn assignment(agent: Option<Option<AgentId>>, person: Option<Option<UserId>>) -> ApiResult<Assignment> {
    Assignment::new(agent, person).map_err(|two| {
        ApiError::invalid(vec![Fault::of_field("assigned_user_id", "value_error", two.to_string())])
    })
}

impl TaskCreate {
    /// The task for the use-case.
    ///
    /// # Errors
    /// 422 for an agent and a person at once.
    pub fn task(self) -> ApiResult<NewTask> {
        let input = self;
        let wanted = assignment(input.assigned_agent_id.map(Some), input.assigned_user_id.map(Some))?;
        Ok(NewTask {
            title: input.title,
            description: input.description,
            status: input.status,
            priority: priority::normal(&input.priority),
            due_at: input.due_at,
            assignee: wanted.given(),
            created_by_user_id: input.created_by_user_id,
            depends_on_task_ids: input.depends_on_task_ids,
            tag_ids: input.tag_ids,
            custom_field_values: input.custom_field_values,
        })
    }
}

impl TaskUpdate {
    /// The changes for the use-case.
    ///
    /// # Errors
    /// 422 for a status of `null`, and for an agent and a person at once.
    pub fn patch(self) -> ApiResult<TaskPatch> {
        let status = match self.status {
            Patch::Absent => None,
            Patch::Value(status) => Some(status),
            Patch::Null => {
                return Err(ApiError::invalid(vec![Fault::of_body("value_error", "status is required")]));
            }
        };
        Ok(TaskPatch {
            title: self.title.0,
            description: self.description.into_change(),
            status,
            priority: self.priority.0.as_deref().map(priority::normal),
            due_at: self.due_at.into_change(),
            assignment: assignment(
                self.assigned_agent_id.into_change(),
                self.assigned_user_id.into_change(),
            )?,
            depends_on_task_ids: self.depends_on_task_ids,
            tag_ids: self.tag_ids,
            // No map at all is an empty one, which still asks for the required fields.
            custom_field_values: self.custom_field_values.into_change().map(Option::unwrap_or_default),
            after: self.after_task_id.into_change(),
            comment: self.comment.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
        })
    }
}
