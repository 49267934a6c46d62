//! The kinds of the event log, and what their entries carry.
//!
//! A payload is an object with the entity's public form under the entity's name. `GET /api/v1/events` delivers every
//! kind; the streams of a board, of agents and of comments deliver the payload of their kinds as it is, so that nothing
//! has to be looked up when it is delivered.
//!
//! | kinds | payload | stream and its event name |
//! |---|---|---|
//! | `task.created`, `task.updated`, `task.status_changed` | [`task_payload`] | tasks: `task` |
//! | `task.commented` | [`comment_payload`] | tasks: `task`; comments: `comment` |
//! | `task.deleted` | `{"task": …}` | – |
//! | `approval.created`, `approval.updated` | [`approval_payload`] | approvals: `approval` |
//! | `approval.deleted` | `{"approval": {"id", "board_id"}}` | – |
//! | `memory.created` | `{"memory": …}` | board memory: `memory` |
//! | `group_memory.created` | `{"memory": …}` with its `board_group_id` | group memory: `memory` |
//! | `agent.created`, `agent.updated`, `agent.deleted` | `{"agent": …}` | agents: `agent` |
//! | `message.created`, `message.updated` | `{"message": …}`, what is said to an agent and how far it got | – |
//! | `member.created`, `member.updated`, `member.deleted` | `{"member": …}` | – (streams look at rights again) |
//! | `job.created`, `job.updated` | [`job_payload`]; of bulk jobs only what goes wrong | – (for organization admins) |
//! | `web_session.ended` | `{"web_session": {"user_id"}}` | – (streams look at rights again) |
//! | `skill_pack.…`, `skill.created`, `skill.updated`, `skill.deleted` | `{"skill_pack": …}`, `{"skill": …}` | – |
//! | `skill_pack.synced` | `{"skill_pack": {"id", "name"}, "synced", "created", "updated"}` | – |
//! | `skill.installed`, `skill.uninstalled` | `{"skill": {"id", "name"}, "gateway_id"}` | – |
//! | `invite.…`, `tag.…`, `custom_field.…`, `organization.…` | `{"invite": …}`, `{"tag": …}`, … | – |

use mission_control_core::events::EventKind;
use mission_control_core::id::TaskId;
use mission_control_core::models::{ActivityEvent, Job};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{CommentItem, JobSummary};

/// A job as it is now.
pub fn job_payload(job: &Job) -> Value {
    json!({ "job": JobSummary::from(job) })
}

/// What the tasks stream shows of an activity event.
fn activity(event: &ActivityEvent) -> Value {
    json!({
        "id": event.id,
        "event_type": event.event_type,
        "message": event.message,
        "agent_id": event.agent_id,
        "user_id": event.user_id,
        "task_id": event.task_id,
        "created_at": event.created_at,
    })
}

/// A change of a task: the activity event that was recorded for it, and the task in its public form as it is now.
pub fn task_payload(event: &ActivityEvent, task: &impl Serialize) -> Value {
    json!({ "type": event.event_type, "activity": activity(event), "task": task })
}

/// A comment as the tasks stream shows it.
pub fn comment_data(event: &ActivityEvent) -> Value {
    let comment = json!({
        "id": event.id,
        "message": event.message,
        "agent_id": event.agent_id,
        "task_id": event.task_id,
        "created_at": event.created_at,
    });
    json!({ "type": event.event_type, "activity": activity(event), "comment": comment })
}

/// A comment, which is an activity event of the type `task.comment`: for the tasks stream, and as the `item` of the
/// feed of comments.
pub fn comment_payload(event: &ActivityEvent, item: &CommentItem) -> Value {
    let mut payload = comment_data(event);
    if let Some(fields) = payload.as_object_mut() {
        fields.insert("item".to_owned(), json!(item));
    }
    payload
}

/// How many approvals a task has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TaskApprovals {
    /// The task.
    pub task_id: TaskId,
    /// All of its approvals.
    pub approvals_count: i64,
    /// Those that nobody decided yet.
    pub approvals_pending_count: i64,
}

/// An approval in its public form, with the numbers that it changes: undecided ones on its board, and the counts of its
/// tasks (an object for one task, a list for several, absent without any).
pub fn approval_payload(approval: &impl Serialize, pending_on_board: i64, tasks: &[TaskApprovals]) -> Value {
    let mut payload = json!({ "approval": approval, "pending_approvals_count": pending_on_board });
    if let Some(fields) = payload.as_object_mut() {
        match tasks {
            [] => {}
            [one] => drop(fields.insert("task_counts".to_owned(), json!(one))),
            many => drop(fields.insert("task_counts".to_owned(), json!(many))),
        }
    }
    payload
}

/// The kind of the log entry for an activity event of a task, if streams deliver it.
pub fn task_kind(event_type: &str) -> Option<EventKind> {
    match event_type {
        "task.created" => Some(EventKind::TaskCreated),
        "task.updated" => Some(EventKind::TaskUpdated),
        "task.status_changed" => Some(EventKind::TaskStatusChanged),
        "task.comment" => Some(EventKind::TaskCommented),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(approvals_count: i64) -> TaskApprovals {
        TaskApprovals { task_id: TaskId::random(), approvals_count, approvals_pending_count: 0 }
    }

    #[test]
    fn an_approval_says_what_it_means_for_none_one_or_several_tasks() {
        let payload = |tasks: &[TaskApprovals]| approval_payload(&json!({}), 3, tasks);
        assert_eq!(payload(&[]), json!({ "approval": {}, "pending_approvals_count": 3 }));
        assert_eq!(payload(&[counts(2)])["task_counts"]["approvals_count"], 2);
        assert_eq!(payload(&[counts(2), counts(5)])["task_counts"][1]["approvals_count"], 5);
    }
}
