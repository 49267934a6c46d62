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

mod bounded;
mod job;

pub use bounded::bounded;
pub use job::{JOB_CREATED, JOB_UPDATED, JobSummary, job_payload};

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::id::{ActivityId, AgentId, BoardId, TaskId, UserId};
use crate::models::{ActivityEvent, Agent};
use crate::time::Timestamp;

/// A task was made.
pub const TASK_CREATED: &str = "task.created";
/// Something of a task changed other than its status.
pub const TASK_UPDATED: &str = "task.updated";
/// The status of a task changed.
pub const TASK_STATUS_CHANGED: &str = "task.status_changed";
/// A task is gone.
pub const TASK_DELETED: &str = "task.deleted";
/// Somebody commented on a task.
pub const TASK_COMMENTED: &str = "task.commented";
/// An approval was asked for.
pub const APPROVAL_CREATED: &str = "approval.created";
/// An approval changed, was decided above all.
pub const APPROVAL_UPDATED: &str = "approval.updated";
/// An approval is gone, with the task that it was about.
pub const APPROVAL_DELETED: &str = "approval.deleted";
/// A board remembers something new, a chat message included.
pub const MEMORY_CREATED: &str = "memory.created";
/// A board group remembers something new, a chat message included.
pub const GROUP_MEMORY_CREATED: &str = "group_memory.created";
/// An agent was made.
pub const AGENT_CREATED: &str = "agent.created";
/// An agent changed, checked in above all.
pub const AGENT_UPDATED: &str = "agent.updated";
/// An agent is gone.
pub const AGENT_DELETED: &str = "agent.deleted";
/// Something is to be said to an agent.
pub const MESSAGE_CREATED: &str = "message.created";
/// A message got further, or is held up.
pub const MESSAGE_UPDATED: &str = "message.updated";
/// A gateway was registered.
pub const GATEWAY_CREATED: &str = "gateway.created";
/// A gateway's settings changed.
pub const GATEWAY_UPDATED: &str = "gateway.updated";
/// A gateway is gone.
pub const GATEWAY_DELETED: &str = "gateway.deleted";
/// The connection to a gateway is up, down or refused now.
pub const GATEWAY_CONNECTION: &str = "gateway.connection";
/// A board was made.
pub const BOARD_CREATED: &str = "board.created";
/// A board's settings changed.
pub const BOARD_UPDATED: &str = "board.updated";
/// A board is gone.
pub const BOARD_DELETED: &str = "board.deleted";
/// A board group was made.
pub const BOARD_GROUP_CREATED: &str = "board_group.created";
/// A board group changed.
pub const BOARD_GROUP_UPDATED: &str = "board_group.updated";
/// A board group is gone.
pub const BOARD_GROUP_DELETED: &str = "board_group.deleted";
/// Somebody joined the organization.
pub const MEMBER_CREATED: &str = "member.created";
/// A member's role or access to boards changed.
pub const MEMBER_UPDATED: &str = "member.updated";
/// Somebody left the organization or was removed.
pub const MEMBER_DELETED: &str = "member.deleted";
/// Somebody signed out, in one browser or everywhere.
pub const WEB_SESSION_ENDED: &str = "web_session.ended";
/// A webhook was made.
pub const WEBHOOK_CREATED: &str = "webhook.created";
/// A webhook changed.
pub const WEBHOOK_UPDATED: &str = "webhook.updated";
/// A webhook is gone.
pub const WEBHOOK_DELETED: &str = "webhook.deleted";
/// Somebody was invited.
pub const INVITE_CREATED: &str = "invite.created";
/// An invitation was accepted.
pub const INVITE_UPDATED: &str = "invite.updated";
/// An invitation was revoked.
pub const INVITE_DELETED: &str = "invite.deleted";
/// A tag was made.
pub const TAG_CREATED: &str = "tag.created";
/// A tag changed.
pub const TAG_UPDATED: &str = "tag.updated";
/// A tag is gone, from tasks too.
pub const TAG_DELETED: &str = "tag.deleted";
/// A custom field was made.
pub const CUSTOM_FIELD_CREATED: &str = "custom_field.created";
/// A custom field changed, or the boards that have it.
pub const CUSTOM_FIELD_UPDATED: &str = "custom_field.updated";
/// A custom field is gone.
pub const CUSTOM_FIELD_DELETED: &str = "custom_field.deleted";
/// A skill pack was made.
pub const SKILL_PACK_CREATED: &str = "skill_pack.created";
/// A skill pack changed.
pub const SKILL_PACK_UPDATED: &str = "skill_pack.updated";
/// The catalogue has what the skill pack has now.
pub const SKILL_PACK_SYNCED: &str = "skill_pack.synced";
/// A skill pack is gone; its skills stay in the catalogue.
pub const SKILL_PACK_DELETED: &str = "skill_pack.deleted";
/// A skill was put into the catalogue by hand.
pub const SKILL_CREATED: &str = "skill.created";
/// A skill of the catalogue was changed by hand.
pub const SKILL_UPDATED: &str = "skill.updated";
/// A skill is gone from the catalogue.
pub const SKILL_DELETED: &str = "skill.deleted";
/// A gateway was asked to install a skill.
pub const SKILL_INSTALLED: &str = "skill.installed";
/// A gateway was asked to remove a skill.
pub const SKILL_UNINSTALLED: &str = "skill.uninstalled";
/// An organization was made.
pub const ORGANIZATION_CREATED: &str = "organization.created";
/// The organization is gone, with everything in it.
pub const ORGANIZATION_DELETED: &str = "organization.deleted";
/// The organization's own data changed.
pub const ORGANIZATION_UPDATED: &str = "organization.updated";

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
        }
    }
}

/// `role` of an agent's identity profile, if there is a word in it.
fn role(identity_profile: &Value) -> Option<&str> {
    identity_profile.get("role")?.as_str().map(str::trim).filter(|role| !role.is_empty())
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
pub fn task_kind(event_type: &str) -> Option<&'static str> {
    match event_type {
        "task.created" => Some(TASK_CREATED),
        "task.updated" => Some(TASK_UPDATED),
        "task.status_changed" => Some(TASK_STATUS_CHANGED),
        "task.comment" => Some(TASK_COMMENTED),
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

    #[test]
    fn a_role_is_a_word_of_the_profile() {
        assert_eq!(role(&json!({ "role": " Frontend " })), Some("Frontend"));
        for profile in [json!({ "role": " " }), json!({ "role": 3 }), json!({}), json!("text")] {
            assert_eq!(role(&profile), None, "{profile}");
        }
    }
}
