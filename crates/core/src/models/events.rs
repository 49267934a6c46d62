//! The event log.

use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::text_enum::text_enum;
use crate::id::{BoardId, OrganizationId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// What the event log tells of.
    stored EventKind {
        /// A task was made.
        TaskCreated = "task.created",
        /// Something of a task changed other than its status.
        TaskUpdated = "task.updated",
        /// The status of a task changed.
        TaskStatusChanged = "task.status_changed",
        /// A task is gone.
        TaskDeleted = "task.deleted",
        /// Somebody commented on a task.
        TaskCommented = "task.commented",
        /// An approval was asked for.
        ApprovalCreated = "approval.created",
        /// An approval changed, was decided above all.
        ApprovalUpdated = "approval.updated",
        /// An approval is gone, with the task that it was about.
        ApprovalDeleted = "approval.deleted",
        /// A board remembers something new, a chat message included.
        MemoryCreated = "memory.created",
        /// A board group remembers something new, a chat message included.
        GroupMemoryCreated = "group_memory.created",
        /// An agent was made.
        AgentCreated = "agent.created",
        /// An agent changed, checked in above all.
        AgentUpdated = "agent.updated",
        /// An agent is gone.
        AgentDeleted = "agent.deleted",
        /// Something is to be said to an agent.
        MessageCreated = "message.created",
        /// A message got further, or is held up.
        MessageUpdated = "message.updated",
        /// An agent has a new turn.
        RunCreated = "run.created",
        /// A turn is further on, or over.
        RunUpdated = "run.updated",
        /// A gateway was registered.
        GatewayCreated = "gateway.created",
        /// A gateway's settings changed.
        GatewayUpdated = "gateway.updated",
        /// A gateway is gone.
        GatewayDeleted = "gateway.deleted",
        /// The connection to a gateway is up, down or refused now.
        GatewayConnection = "gateway.connection",
        /// A board was made.
        BoardCreated = "board.created",
        /// A board's settings changed.
        BoardUpdated = "board.updated",
        /// A board is gone.
        BoardDeleted = "board.deleted",
        /// A board group was made.
        BoardGroupCreated = "board_group.created",
        /// A board group changed.
        BoardGroupUpdated = "board_group.updated",
        /// A board group is gone.
        BoardGroupDeleted = "board_group.deleted",
        /// Somebody joined the organization.
        MemberCreated = "member.created",
        /// A member's role or access to boards changed.
        MemberUpdated = "member.updated",
        /// Somebody left the organization or was removed.
        MemberDeleted = "member.deleted",
        /// Somebody signed out, in one browser or everywhere.
        WebSessionEnded = "web_session.ended",
        /// A webhook was made.
        WebhookCreated = "webhook.created",
        /// A webhook changed.
        WebhookUpdated = "webhook.updated",
        /// A webhook is gone.
        WebhookDeleted = "webhook.deleted",
        /// Somebody was invited.
        InviteCreated = "invite.created",
        /// An invitation was accepted.
        InviteUpdated = "invite.updated",
        /// An invitation was revoked.
        InviteDeleted = "invite.deleted",
        /// A tag was made.
        TagCreated = "tag.created",
        /// A tag changed.
        TagUpdated = "tag.updated",
        /// A tag is gone, from tasks too.
        TagDeleted = "tag.deleted",
        /// A custom field was made.
        CustomFieldCreated = "custom_field.created",
        /// A custom field changed, or the boards that have it.
        CustomFieldUpdated = "custom_field.updated",
        /// A custom field is gone.
        CustomFieldDeleted = "custom_field.deleted",
        /// A skill pack was made.
        SkillPackCreated = "skill_pack.created",
        /// A skill pack changed.
        SkillPackUpdated = "skill_pack.updated",
        /// The catalogue has what the skill pack has now.
        SkillPackSynced = "skill_pack.synced",
        /// A skill pack is gone; its skills stay in the catalogue.
        SkillPackDeleted = "skill_pack.deleted",
        /// A skill was put into the catalogue by hand.
        SkillCreated = "skill.created",
        /// A skill of the catalogue was changed by hand.
        SkillUpdated = "skill.updated",
        /// A skill is gone from the catalogue.
        SkillDeleted = "skill.deleted",
        /// A gateway was asked to install a skill.
        SkillInstalled = "skill.installed",
        /// A gateway was asked to remove a skill.
        SkillUninstalled = "skill.uninstalled",
        /// An organization was made.
        OrganizationCreated = "organization.created",
        /// The organization is gone, with everything in it.
        OrganizationDeleted = "organization.deleted",
        /// The organization's own data changed.
        OrganizationUpdated = "organization.updated",
        /// A job that somebody waits for was enqueued.
        JobCreated = "job.created",
        /// A job is in another state, or further on.
        JobUpdated = "job.updated",
    }
}

/// What an event is about, and what its entity is called in the payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they are the entities")]
pub enum EventSubject {
    Task,
    Approval,
    Memory,
    GroupMemory,
    Agent,
    Message,
    Run,
    Gateway,
    Board,
    BoardGroup,
    Member,
    WebSession,
    Webhook,
    Invite,
    Tag,
    CustomField,
    SkillPack,
    Skill,
    Organization,
    Job,
    /// Something that this version does not know.
    Foreign,
}

impl EventKind {
    /// What it is about.
    pub const fn subject(self) -> EventSubject {
        match self {
            Self::TaskCreated
            | Self::TaskUpdated
            | Self::TaskStatusChanged
            | Self::TaskDeleted
            | Self::TaskCommented => EventSubject::Task,
            Self::ApprovalCreated | Self::ApprovalUpdated | Self::ApprovalDeleted => EventSubject::Approval,
            Self::MemoryCreated => EventSubject::Memory,
            Self::GroupMemoryCreated => EventSubject::GroupMemory,
            Self::AgentCreated | Self::AgentUpdated | Self::AgentDeleted => EventSubject::Agent,
            Self::MessageCreated | Self::MessageUpdated => EventSubject::Message,
            Self::RunCreated | Self::RunUpdated => EventSubject::Run,
            Self::GatewayCreated | Self::GatewayUpdated | Self::GatewayDeleted | Self::GatewayConnection => {
                EventSubject::Gateway
            }
            Self::BoardCreated | Self::BoardUpdated | Self::BoardDeleted => EventSubject::Board,
            Self::BoardGroupCreated | Self::BoardGroupUpdated | Self::BoardGroupDeleted => {
                EventSubject::BoardGroup
            }
            Self::MemberCreated | Self::MemberUpdated | Self::MemberDeleted => EventSubject::Member,
            Self::WebSessionEnded => EventSubject::WebSession,
            Self::WebhookCreated | Self::WebhookUpdated | Self::WebhookDeleted => EventSubject::Webhook,
            Self::InviteCreated | Self::InviteUpdated | Self::InviteDeleted => EventSubject::Invite,
            Self::TagCreated | Self::TagUpdated | Self::TagDeleted => EventSubject::Tag,
            Self::CustomFieldCreated | Self::CustomFieldUpdated | Self::CustomFieldDeleted => {
                EventSubject::CustomField
            }
            Self::SkillPackCreated
            | Self::SkillPackUpdated
            | Self::SkillPackSynced
            | Self::SkillPackDeleted => EventSubject::SkillPack,
            Self::SkillCreated
            | Self::SkillUpdated
            | Self::SkillDeleted
            | Self::SkillInstalled
            | Self::SkillUninstalled => EventSubject::Skill,
            Self::OrganizationCreated | Self::OrganizationDeleted | Self::OrganizationUpdated => {
                EventSubject::Organization
            }
            Self::JobCreated | Self::JobUpdated => EventSubject::Job,
            Self::Foreign(_) => EventSubject::Foreign,
        }
    }

    /// The name of the entity in the payload, with which the kind begins.
    pub fn entity(self) -> &'static str {
        self.as_str().split('.').next().unwrap_or_default()
    }
}

/// An entry of the event log: something that streams deliver.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable)]
#[diesel(table_name = schema::event_log, primary_key(seq))]
pub struct Event {
    /// Position: readers that continue after a `seq` miss nothing and see nothing twice.
    pub seq: i64,
    /// Who may see it; `None` concerns the whole installation.
    pub organization_id: Option<OrganizationId>,
    /// The board concerned.
    pub board_id: Option<BoardId>,
    /// Dotted kind, e.g. `agent.updated`.
    pub kind: EventKind,
    /// What streams send.
    pub payload: Value,
    /// When it was written.
    pub created_at: Timestamp,
}

/// An [`Event`] to append.
#[derive(Debug, Clone, PartialEq, Insertable)]
#[diesel(table_name = schema::event_log, treat_none_as_default_value = false)]
pub struct NewEvent {
    /// Who may see it; `None` concerns the whole installation.
    pub organization_id: Option<OrganizationId>,
    /// The board concerned.
    pub board_id: Option<BoardId>,
    /// Dotted kind, e.g. `agent.updated`.
    pub kind: EventKind,
    /// What streams send.
    pub payload: Value,
    /// When it is written.
    pub created_at: Timestamp,
}

impl NewEvent {
    /// An event of the whole installation, now.
    pub fn new(kind: EventKind, payload: Value) -> Self {
        let created_at = Timestamp::now();
        Self { organization_id: None, board_id: None, kind, payload, created_at }
    }

    /// An event whose payload is an entity under its name, as it is now.
    pub fn of(kind: EventKind, entity: &impl Serialize) -> Self {
        Self::new(kind, json!({ kind.entity(): entity }))
    }

    /// The same event for members of this organization only.
    pub fn organization(mut self, id: OrganizationId) -> Self {
        self.organization_id = Some(id);
        self
    }

    /// The same event on this board.
    pub fn board(mut self, id: impl Into<Option<BoardId>>) -> Self {
        self.board_id = id.into();
        self
    }
}
