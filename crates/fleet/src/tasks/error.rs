//! Why something about a task was not done.

use mission_control_core::id::{AgentId, ApprovalId, TagId, TaskId, UserId};
use mission_control_core::models::TaskStatus;
use mission_control_core::rules::custom_field_values::FieldFault;
use mission_control_core::rules::dependencies::DependencyFault;
use mission_control_core::rules::task_status::Refusal;
use mission_control_core::rules::version::Changed;
use mission_control_store::StoreError;
use serde_json::{Value, json};

/// Why something about a task was not done.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// It does not exist, or not on this board. Holds the entity's name.
    #[error("No such {0}.")]
    NotFound(&'static str),
    /// It is not any more what the caller saw.
    #[error(transparent)]
    Changed(#[from] Changed),
    /// A rule of the board or of the caller's role.
    #[error(transparent)]
    Rule(#[from] Refusal),
    /// A rule of the board about approvals, with those of the task that nobody has decided.
    #[error("{rule}")]
    NeedsApproval {
        /// The rule.
        rule: Refusal,
        /// The pending approvals.
        pending: Vec<ApprovalId>,
    },
    /// People are asked about it: these approvals of it are pending.
    #[error("People are to decide about this task; it stays until they have.")]
    AwaitsDecision(Vec<ApprovalId>),
    /// It waits for these tasks.
    #[error("The task is blocked by dependencies that are not done.")]
    Blocked(Vec<TaskId>),
    /// The dependencies make no sense.
    #[error(transparent)]
    Dependencies(#[from] DependencyFault),
    /// What is done waits for nothing new.
    #[error("The dependencies of a done task cannot change.")]
    DependenciesOfDone,
    /// Dependencies that are no tasks of the board.
    #[error("Some of the dependencies are not on this board.")]
    MissingDependencies(Vec<TaskId>),
    /// Tags that the organization does not have.
    #[error("Some of the tags do not exist in this organization.")]
    MissingTags(Vec<TagId>),
    /// Values of custom fields.
    #[error(transparent)]
    Fields(#[from] FieldFault),
    /// The assignee works on another board.
    #[error("The agent works on another board.")]
    AgentOfAnotherBoard,
    /// The assignee may not work on the board.
    #[error("Nobody of this id may write to the board; only people who may are given its tasks.")]
    PersonWithoutBoard,
    /// Only leads may do this.
    #[error("Only the board's lead can do this.")]
    OnlyLeads,
    /// Leads plan and review; they do not work.
    #[error("Board leads cannot assign tasks to themselves.")]
    LeadAssignsItself,
    /// Fields that this role cannot change. Holds their names.
    #[error("A board lead cannot change these fields of a task: {}; only status, assignee, dependencies, tags and custom fields. Comments go to the task's comments.", .0.join(", "))]
    NotForLeads(Vec<&'static str>),
    /// Fields that workers cannot change.
    #[error("Agents can change status and custom fields of a task and add a comment, nothing else.")]
    NotForWorkers,
    /// Another agent has it. Holds its id and name.
    #[error("{1} has this task already.")]
    Taken(AgentId, String),
    /// A person has it. Holds their id and what they are called.
    #[error("{1} has this task, a person; agents do not take it or move it.")]
    HeldByPerson(UserId, String),
    /// Only what waits in the inbox can be taken.
    #[error("The task is in `{0}`; only tasks in `inbox` can be claimed.")]
    NotClaimable(TaskStatus),
    /// The column has as many tasks as it is to have, which is the number.
    #[error("The column `{0}` has its {1} tasks; on this board agents put no more into it.")]
    WipLimit(TaskStatus, i64),
    /// Leads do not disturb the work.
    #[error(
        "A board lead comments on tasks in review, on those that it created, and where it was mentioned."
    )]
    LeadComment,
    /// The creator is whoever calls.
    #[error("created_by_user_id can only be the caller.")]
    ForeignCreator,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl TaskError {
    /// How clients read it: a sentence, or an object whose fields programs rely on.
    pub fn detail(&self) -> Value {
        let message = self.to_string();
        match self {
            Self::Blocked(ids) => {
                json!({ "message": message, "code": "task_blocked_cannot_transition", "blocked_by_task_ids": ids })
            }
            Self::Rule(Refusal::ReviewRequired) => json!({ "message": message, "blocked_by_task_ids": [] }),
            Self::NeedsApproval { pending, .. } => {
                json!({ "message": message, "blocked_by_task_ids": [], "approval_ids": pending })
            }
            Self::AwaitsDecision(pending) => json!({ "message": message, "approval_ids": pending }),
            Self::Rule(Refusal::NotTheAssignee) => {
                json!({ "message": message, "code": "task_assignee_mismatch" })
            }
            Self::Taken(id, name) => json!({
                "message": message,
                "code": "task_taken",
                "assigned_agent_id": id,
                "assigned_agent_name": name,
            }),
            Self::HeldByPerson(id, name) => json!({
                "message": message,
                "code": "task_held_by_person",
                "assigned_user_id": id,
                "assigned_user_name": name,
            }),
            Self::NotClaimable(status) => {
                json!({ "message": message, "code": "task_not_claimable", "status": status })
            }
            Self::WipLimit(status, limit) => json!({
                "message": message,
                "code": "wip_limit_reached",
                "status": status,
                "limit": limit,
            }),
            Self::NotForWorkers => json!({ "message": message, "code": "task_update_field_forbidden" }),
            Self::MissingDependencies(ids) => json!({ "message": message, "missing_task_ids": ids }),
            Self::MissingTags(ids) => json!({ "message": message, "missing_tag_ids": ids }),
            Self::Fields(FieldFault::Unknown(keys)) => {
                json!({ "message": message, "unknown_field_keys": keys })
            }
            Self::Fields(FieldFault::Missing(keys)) => {
                json!({ "message": message, "missing_field_keys": keys })
            }
            Self::Fields(FieldFault::Invalid { key, field_type, reason }) => json!({
                "message": message,
                "field_key": key,
                "field_type": field_type,
                "reason": reason.to_string(),
            }),
            _ => Value::String(message),
        }
    }
}
