//! What may be changed of a task.

use mission_control_core::id::{TagId, TaskId};
use mission_control_core::models::TaskStatus;
use mission_control_core::rules::assignee::Assignment;
use mission_control_core::time::Timestamp;
use serde_json::{Map, Value};

/// Changes to a task. `None` leaves a field alone, `Some(None)` empties it.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of the task")]
pub struct TaskPatch {
    pub title: Option<String>,
    pub description: Option<Option<String>>,
    pub status: Option<TaskStatus>,
    pub priority: Option<String>,
    pub due_at: Option<Option<Timestamp>>,
    pub assignment: Assignment,
    pub depends_on_task_ids: Option<Vec<TaskId>>,
    pub tag_ids: Option<Vec<TagId>>,
    pub custom_field_values: Option<Map<String, Value>>,
    pub comment: Option<String>,
    /// Behind which task it is put in the order of the board; `Some(None)` is before all.
    pub after: Option<Option<TaskId>>,
}
