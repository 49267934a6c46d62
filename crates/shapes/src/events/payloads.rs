//! What events carry. A payload is an object with the entity as clients see it under the entity's name.

use mission_control_core::id::{
    ActivityId, AgentId, ApprovalId, BoardId, BoardViewId, CustomFieldId, Entity, GatewayId, Id, MemberId,
    OrganizationId, TaskId, UserId,
};
use mission_control_core::models::{ActivityEvent, Gateway};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::agents::AgentRead;
use crate::api_tokens::ApiTokenRead;
use crate::approvals::ApprovalRead;
use crate::board_groups::BoardGroupRead;
use crate::budgets::BudgetRead;
use crate::custom_fields::TaskCustomFieldDefinitionRead;
use crate::exec_approvals::ExecApprovalRead;
use crate::exec_policies::ExecPolicyRead;
use crate::invites::OrganizationInviteRead;
use crate::jobs::JobSummary;
use crate::members::OrganizationMemberRead;
use crate::memory::{BoardGroupMemoryRead, BoardMemoryRead};
use crate::messages::MessageRead;
use crate::organizations::OrganizationRead;
use crate::runs::RunRead;
use crate::skills::{MarketplaceSkillRead, SkillPackRead};
use crate::tags::TagRead;
use crate::tasks::{CommentItem, TaskRead};
use crate::webhooks::BoardWebhookRead;

/// What events carry that is an entity under its name, and nothing else.
macro_rules! carry {
    ($( #[doc = $doc:literal] $payload:ident { #[doc = $what:literal] $entity:ident: $shape:ty } )+) => {
        $(
            #[doc = $doc]
            #[derive(Clone, Serialize, ToSchema)]
            pub struct $payload {
                #[doc = $what]
                pub $entity: $shape,
            }

            impl From<$shape> for $payload {
                fn from($entity: $shape) -> Self {
                    Self { $entity }
                }
            }
        )+
    };
}

carry! {
    #[doc = " A task as it was last."]
    TaskGone { #[doc = " The task."] task: TaskRead }
    #[doc = " A note on a board, or a message of its chat."]
    MemoryAdded { #[doc = " The note."] memory: BoardMemoryRead }
    #[doc = " A note that the boards of a group share, or a message of their chat."]
    GroupMemoryAdded { #[doc = " The note."] memory: BoardGroupMemoryRead }
    #[doc = " An agent as it is now, or was last."]
    AgentChanged { #[doc = " The agent."] agent: AgentRead }
    #[doc = " Something that is said to an agent, and how far it got."]
    MessageChanged { #[doc = " The message, with the beginning of its text."] message: MessageRead }
    #[doc = " A turn of an agent, without what was said in it."]
    RunChanged { #[doc = " The turn."] run: RunRead }
    #[doc = " A budget as it is now, or was last."]
    BudgetChanged { #[doc = " The budget."] budget: BudgetRead }
    #[doc = " A rule for commands as it is now."]
    ExecPolicyChanged { #[doc = " The rule."] exec_policy: ExecPolicyRead }
    #[doc = " A gateway; the rest of it is read with the list."]
    GatewayChanged { #[doc = " The gateway."] gateway: Named }
    #[doc = " How the connection to a gateway is."]
    GatewayConnected { #[doc = " The gateway."] gateway: GatewayConnectionRead }
    #[doc = " A board; the rest of it is read with its snapshot."]
    BoardChanged { #[doc = " The board."] board: Named }
    #[doc = " A board group as it is now, or was last."]
    BoardGroupChanged { #[doc = " The group."] board_group: BoardGroupRead }
    #[doc = " A membership as it is now, or was last, without its grants."]
    MemberChanged { #[doc = " The membership."] member: OrganizationMemberRead }
    #[doc = " Who was signed out."]
    SignedOut { #[doc = " The session."] web_session: WebSessionRead }
    #[doc = " Whose inbox changed; the marks are read with the list."]
    InboxMarked { #[doc = " The inbox."] inbox_mark: InboxMarkRead }
    #[doc = " Which view of a board changed; what it shows is read with the list."]
    BoardViewChanged { #[doc = " The view."] board_view: BoardViewTold }
    #[doc = " A webhook as it is now, or was last."]
    WebhookChanged { #[doc = " The webhook."] webhook: BoardWebhookRead }
    #[doc = " An invitation as it is now, or was last, without what it is accepted with."]
    InviteChanged { #[doc = " The invitation."] invite: OrganizationInviteRead }
    #[doc = " An API token as it is now, or was last, without the token itself."]
    ApiTokenChanged { #[doc = " The token."] api_token: ApiTokenRead }
    #[doc = " A tag as it is now, or was last; its tasks are not counted."]
    TagChanged { #[doc = " The tag."] tag: TagRead }
    #[doc = " A custom field as it is now, or was last."]
    CustomFieldChanged { #[doc = " The field."] custom_field: CustomFieldTold }
    #[doc = " A skill pack as it is now, or was last."]
    SkillPackChanged { #[doc = " The pack."] skill_pack: SkillPackRead }
    #[doc = " A skill of the catalogue as it is now, or was last."]
    SkillChanged { #[doc = " The skill."] skill: MarketplaceSkillRead }
    #[doc = " An organization."]
    OrganizationCreated { #[doc = " The organization."] organization: OrganizationRead }
    #[doc = " An organization as it was last."]
    OrganizationGone { #[doc = " The organization."] organization: Named }
    #[doc = " A job as it is now."]
    JobChanged { #[doc = " The job."] job: JobSummary }
}

/// A rule with the command that it decided about.
#[derive(Clone, Serialize, ToSchema)]
pub struct ExecPolicyDecided {
    /// The rule.
    pub exec_policy: ExecPolicyRead,
    /// The command; its gateway is still to be told.
    pub exec_approval: ExecApprovalRead,
}

/// An entity that has nothing but its id and its name in events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Named {
    /// Its id.
    pub id: uuid::Uuid,
    /// Its name.
    pub name: String,
}

impl Named {
    /// The entity of this id.
    pub fn new<E: Entity>(id: Id<E>, name: &str) -> Self {
        Self { id: id.uuid(), name: name.to_owned() }
    }
}

/// A task as it is now, with the entry of the activity feed for what happened to it.
#[derive(Clone, Serialize, ToSchema)]
pub struct TaskChanged {
    /// The kind of that entry; absent where nothing was done to the task and it only looks different.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub event_type: Option<String>,
    /// That entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<TaskActivity>,
    /// The task.
    pub task: TaskRead,
}

impl TaskChanged {
    /// What happened to a task, and how it is now.
    pub fn by(event: &ActivityEvent, task: TaskRead) -> Self {
        Self { event_type: Some(event.event_type.clone()), activity: Some(event.into()), task }
    }
}

/// The task looks different, though nothing was done to it that the activity feed has a kind for.
impl From<TaskRead> for TaskChanged {
    fn from(task: TaskRead) -> Self {
        Self { event_type: None, activity: None, task }
    }
}

/// An entry of the activity feed about a task, as streams tell of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskActivity {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    pub id: ActivityId,
    /// What kind of entry it is.
    #[schema(example = "task.updated")]
    pub event_type: String,
    /// In words.
    pub message: Option<String>,
    /// The agent that did it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// The person who did it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub user_id: Option<UserId>,
    /// The task.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub task_id: Option<TaskId>,
    /// When it was done.
    pub created_at: Timestamp,
}

impl From<&ActivityEvent> for TaskActivity {
    fn from(event: &ActivityEvent) -> Self {
        Self {
            id: event.id,
            event_type: event.event_type.clone(),
            message: event.message.clone(),
            agent_id: event.agent_id,
            user_id: event.user_id,
            task_id: event.task_id,
            created_at: event.created_at,
        }
    }
}

/// A comment as the stream of a board's tasks shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StreamedComment {
    /// The entry of the activity feed that the comment is.
    #[schema(value_type = uuid::Uuid)]
    pub id: ActivityId,
    /// What was said.
    pub message: Option<String>,
    /// The agent that said it; none for a person.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// The task.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub task_id: Option<TaskId>,
    /// When it was said.
    pub created_at: Timestamp,
}

impl From<&ActivityEvent> for StreamedComment {
    fn from(event: &ActivityEvent) -> Self {
        Self {
            id: event.id,
            message: event.message.clone(),
            agent_id: event.agent_id,
            task_id: event.task_id,
            created_at: event.created_at,
        }
    }
}

/// A comment: for the stream of its board's tasks, and as the `item` of the feed of all comments.
#[derive(Clone, Serialize, ToSchema)]
pub struct TaskCommented {
    /// The kind of its entry in the activity feed.
    #[serde(rename = "type")]
    #[schema(example = "task.comment")]
    pub event_type: String,
    /// That entry.
    pub activity: TaskActivity,
    /// The comment.
    pub comment: StreamedComment,
    /// The comment with the names of who said it, of the task and of the board.
    pub item: CommentItem,
}

impl TaskCommented {
    /// The comment that an entry of the activity feed is.
    pub fn new(event: &ActivityEvent, item: CommentItem) -> Self {
        let CommentInTasks { event_type, activity, comment } = event.into();
        Self { event_type, activity, comment, item }
    }
}

/// A comment in the stream of its board's tasks.
#[derive(Clone, Serialize)]
pub struct CommentInTasks {
    /// The kind of its entry in the activity feed.
    #[serde(rename = "type")]
    pub event_type: String,
    /// That entry.
    pub activity: TaskActivity,
    /// The comment.
    pub comment: StreamedComment,
}

impl From<&ActivityEvent> for CommentInTasks {
    fn from(event: &ActivityEvent) -> Self {
        Self { event_type: event.event_type.clone(), activity: event.into(), comment: event.into() }
    }
}

/// An approval as it is now, with the numbers that it changes.
#[derive(Clone, Serialize, ToSchema)]
pub struct ApprovalChanged {
    /// The approval.
    pub approval: ApprovalRead,
    /// How many approvals of the board nobody has decided yet.
    pub pending_approvals_count: i64,
    /// How many approvals its tasks have: an object for one task, a list for several, absent without any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_counts: Option<TaskCounts>,
}

impl ApprovalChanged {
    /// An approval on a board with so many undecided ones, about tasks with so many approvals.
    pub fn new(approval: ApprovalRead, pending_approvals_count: i64, mut tasks: Vec<TaskApprovals>) -> Self {
        let task_counts = match tasks.len() {
            0 => None,
            1 => tasks.pop().map(TaskCounts::One),
            _ => Some(TaskCounts::Several(tasks)),
        };
        Self { approval, pending_approvals_count, task_counts }
    }
}

/// How many approvals one task has, or several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum TaskCounts {
    /// Of one task.
    One(TaskApprovals),
    /// Of several.
    Several(Vec<TaskApprovals>),
}

/// How many approvals a task has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct TaskApprovals {
    /// The task.
    #[schema(value_type = uuid::Uuid)]
    pub task_id: TaskId,
    /// All of its approvals.
    pub approvals_count: i64,
    /// Those that nobody decided yet.
    pub approvals_pending_count: i64,
}

/// An approval that is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ApprovalGone {
    /// The approval.
    pub approval: ApprovalRef,
}

/// An approval by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ApprovalRef {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    pub id: ApprovalId,
    /// Its board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
}

/// A gateway's connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GatewayConnectionRead {
    /// The gateway.
    #[schema(value_type = uuid::Uuid)]
    pub id: GatewayId,
    /// Its name.
    pub name: String,
    /// `unknown`, `up`, `down` or `refused`.
    #[schema(example = "up")]
    pub connection_state: String,
    /// Why it is not up, with the remedy.
    pub connection_error: Option<String>,
    /// Version it reported last.
    pub version: Option<String>,
    /// Protocol version agreed last.
    pub protocol: Option<i32>,
}

impl From<&Gateway> for GatewayConnectionRead {
    fn from(gateway: &Gateway) -> Self {
        Self {
            id: gateway.id,
            name: gateway.name.clone(),
            connection_state: gateway.connection_state.as_str().to_owned(),
            connection_error: gateway.connection_error.clone(),
            version: gateway.version.clone(),
            protocol: gateway.protocol,
        }
    }
}

/// A browser in which somebody was signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebSessionRead {
    /// Who.
    #[schema(value_type = uuid::Uuid)]
    pub user_id: UserId,
}

/// An inbox in which something was marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InboxMarkRead {
    /// Whose.
    #[schema(value_type = uuid::Uuid)]
    pub member_id: MemberId,
}

/// A view of a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoardViewTold {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    pub id: BoardViewId,
    /// The board.
    #[schema(value_type = uuid::Uuid)]
    pub board_id: BoardId,
    /// Whose own it is; none when it is shared.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub member_id: Option<MemberId>,
}

/// A custom field without its boards. Events of it are open to members who do not see all of those: they are read with the
/// list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CustomFieldTold {
    /// Key.
    #[schema(value_type = uuid::Uuid)]
    pub id: CustomFieldId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// The name of the field in a task's values.
    pub field_key: String,
    /// The name that people see.
    pub label: String,
    /// What values it takes.
    #[schema(example = "text")]
    pub field_type: String,
    /// When the web UI shows it on a task.
    #[schema(example = "always")]
    pub ui_visibility: String,
    /// What the whole of a text value must match.
    pub validation_regex: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether a task must have a value.
    pub required: bool,
    /// The value of a task that has none of its own.
    pub default_value: Option<Value>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl From<TaskCustomFieldDefinitionRead> for CustomFieldTold {
    fn from(read: TaskCustomFieldDefinitionRead) -> Self {
        Self {
            id: read.id,
            organization_id: read.organization_id,
            field_key: read.field_key,
            label: read.label,
            field_type: read.field_type,
            ui_visibility: read.ui_visibility,
            validation_regex: read.validation_regex,
            description: read.description,
            required: read.required,
            default_value: read.default_value,
            created_at: read.created_at,
            updated_at: read.updated_at,
        }
    }
}

/// What the catalogue got from a skill pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SkillPackSynced {
    /// The pack.
    pub skill_pack: Named,
    /// Skills that the repository has.
    pub synced: usize,
    /// Those of them that are new in the catalogue.
    pub created: usize,
    /// Those of them that changed.
    pub updated: usize,
}

/// A skill that a gateway was asked to install or to remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SkillAsked {
    /// The skill.
    pub skill: Named,
    /// The gateway.
    #[schema(value_type = uuid::Uuid)]
    pub gateway_id: GatewayId,
}
