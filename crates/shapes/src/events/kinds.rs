//! Everything that is appended to the log: kinds, and what each carries.

use mission_control_core::id::OrganizationId;
use mission_control_core::models::NewLogEntry;
use mission_control_core::time::Timestamp;
use serde_json::{Value, json};

use super::described::Described;
use super::payloads::*;

/// The kind of activity event that a comment on a task is.
pub const TASK_COMMENT: &str = "task.comment";

macro_rules! events {
    ($( $(#[doc = $about:literal])+ $subject:ident { $(
        $(#[doc = $doc:literal])+
        $kind:ident($payload:ident) = $text:literal,
    )+ } )+) => {
        /// Something that happened, with what is told of it. One variant per kind of the log.
        #[derive(Clone)]
        pub enum Event {
            $($( $(#[doc = $doc])+ $kind($payload), )+)+
        }

        /// What the event log tells of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum EventKind {
            $($( $(#[doc = $doc])+ $kind, )+)+
        }

        /// What an event is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum EventSubject {
            $( $(#[doc = $about])+ $subject, )+
        }

        impl Event {
            /// Which of the kinds it is.
            pub const fn kind(&self) -> EventKind {
                match self {
                    $($( Self::$kind(_) => EventKind::$kind, )+)+
                }
            }

            fn payload(&self) -> Value {
                match self {
                    $($( Self::$kind(payload) => json!(payload), )+)+
                }
            }
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$($(Self::$kind),+),+];

            /// Its name in the log and in streams.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($( Self::$kind => $text, )+)+
                }
            }

            /// The kind of this name; none of one that another release has.
            pub fn named(text: &str) -> Option<Self> {
                match text {
                    $($( $text => Some(Self::$kind), )+)+
                    _ => None,
                }
            }

            /// The name of the entity in the payload, with which the name of the kind begins.
            pub fn entity(self) -> &'static str {
                match self.subject() {
                    // A note is a note, whoever remembers it.
                    EventSubject::GroupMemory => "memory",
                    _ => self.as_str().split('.').next().unwrap_or_default(),
                }
            }

            /// What it is about.
            pub const fn subject(self) -> EventSubject {
                match self {
                    $($( Self::$kind )|+ => EventSubject::$subject, )+
                }
            }

            /// How the OpenAPI document describes it.
            pub(super) fn described(self) -> Described {
                match self {
                    $($( Self::$kind => Described::of::<$payload>(stringify!($kind), concat!($($doc),+)), )+)+
                }
            }
        }
    };
}

events! {
    /// A task of a board.
    Task {
        /// A task was made.
        TaskCreated(TaskChanged) = "task.created",
        /// Something of a task changed other than its status.
        TaskUpdated(TaskChanged) = "task.updated",
        /// The status of a task changed.
        TaskStatusChanged(TaskChanged) = "task.status_changed",
        /// A task is gone.
        TaskDeleted(TaskGone) = "task.deleted",
        /// Somebody commented on a task.
        TaskCommented(TaskCommented) = "task.commented",
    }
    /// A step that waits for a decision.
    Approval {
        /// An approval was asked for.
        ApprovalCreated(ApprovalChanged) = "approval.created",
        /// An approval changed, was decided above all.
        ApprovalUpdated(ApprovalChanged) = "approval.updated",
        /// An approval is gone, with the task that it was about.
        ApprovalDeleted(ApprovalGone) = "approval.deleted",
    }
    /// What a board remembers.
    Memory {
        /// A board remembers something new, a chat message included.
        MemoryCreated(MemoryAdded) = "memory.created",
    }
    /// What a group of boards remembers.
    GroupMemory {
        /// A board group remembers something new, a chat message included.
        GroupMemoryCreated(GroupMemoryAdded) = "group_memory.created",
    }
    /// An agent.
    Agent {
        /// An agent was made.
        AgentCreated(AgentChanged) = "agent.created",
        /// An agent changed, checked in above all.
        AgentUpdated(AgentChanged) = "agent.updated",
        /// An agent is gone.
        AgentDeleted(AgentChanged) = "agent.deleted",
    }
    /// Something that is said to an agent.
    Message {
        /// Something is to be said to an agent.
        MessageCreated(MessageChanged) = "message.created",
        /// A message got further, or is held up.
        MessageUpdated(MessageChanged) = "message.updated",
    }
    /// A turn of an agent.
    Run {
        /// An agent has a new turn.
        RunCreated(RunChanged) = "run.created",
        /// A turn is further on, or over.
        RunUpdated(RunChanged) = "run.updated",
    }
    /// A limit to what agents use.
    Budget {
        /// A budget was made.
        BudgetCreated(BudgetChanged) = "budget.created",
        /// A budget changed, or came to another stage.
        BudgetUpdated(BudgetChanged) = "budget.updated",
        /// A budget is gone.
        BudgetDeleted(BudgetChanged) = "budget.deleted",
    }
    /// A rule for commands.
    ExecPolicy {
        /// A rule for commands was made.
        ExecPolicyCreated(ExecPolicyChanged) = "exec_policy.created",
        /// A rule for commands was withdrawn.
        ExecPolicyWithdrawn(ExecPolicyChanged) = "exec_policy.withdrawn",
        /// A rule decided about a command, and nobody was asked.
        ExecPolicyDecided(ExecPolicyDecided) = "exec_policy.decided",
    }
    /// A gateway.
    Gateway {
        /// A gateway was registered.
        GatewayCreated(GatewayChanged) = "gateway.created",
        /// A gateway's settings changed.
        GatewayUpdated(GatewayChanged) = "gateway.updated",
        /// A gateway is gone.
        GatewayDeleted(GatewayChanged) = "gateway.deleted",
        /// The connection to a gateway is up, down or refused now.
        GatewayConnection(GatewayConnected) = "gateway.connection",
    }
    /// A board.
    Board {
        /// A board was made.
        BoardCreated(BoardChanged) = "board.created",
        /// A board's settings changed.
        BoardUpdated(BoardChanged) = "board.updated",
        /// A board is gone.
        BoardDeleted(BoardChanged) = "board.deleted",
    }
    /// A group of boards.
    BoardGroup {
        /// A board group was made.
        BoardGroupCreated(BoardGroupChanged) = "board_group.created",
        /// A board group changed.
        BoardGroupUpdated(BoardGroupChanged) = "board_group.updated",
        /// A board group is gone.
        BoardGroupDeleted(BoardGroupChanged) = "board_group.deleted",
    }
    /// A membership.
    Member {
        /// Somebody joined the organization.
        MemberCreated(MemberChanged) = "member.created",
        /// A member's role or access to boards changed.
        MemberUpdated(MemberChanged) = "member.updated",
        /// Somebody left the organization or was removed.
        MemberDeleted(MemberChanged) = "member.deleted",
    }
    /// A browser in which somebody is signed in.
    WebSession {
        /// Somebody signed out, in one browser or everywhere.
        WebSessionEnded(SignedOut) = "web_session.ended",
    }
    /// What somebody has done with in their inbox.
    InboxMark {
        /// Somebody marked items of their inbox as done with, or put some back.
        InboxMarkUpdated(InboxMarked) = "inbox_mark.updated",
    }
    /// A named way to look at a board.
    BoardView {
        /// Somebody kept, changed or deleted a view that the listener sees.
        BoardViewUpdated(BoardViewChanged) = "board_view.updated",
    }
    /// A webhook of a board.
    Webhook {
        /// A webhook was made.
        WebhookCreated(WebhookChanged) = "webhook.created",
        /// A webhook changed.
        WebhookUpdated(WebhookChanged) = "webhook.updated",
        /// A webhook is gone.
        WebhookDeleted(WebhookChanged) = "webhook.deleted",
    }
    /// An invitation.
    Invite {
        /// Somebody was invited.
        InviteCreated(InviteChanged) = "invite.created",
        /// An invitation was accepted.
        InviteUpdated(InviteChanged) = "invite.updated",
        /// An invitation was revoked.
        InviteDeleted(InviteChanged) = "invite.deleted",
    }
    /// A token of a program.
    ApiToken {
        /// An API token was made.
        ApiTokenCreated(ApiTokenChanged) = "api_token.created",
        /// An API token was revoked.
        ApiTokenDeleted(ApiTokenChanged) = "api_token.deleted",
    }
    /// A tag.
    Tag {
        /// A tag was made.
        TagCreated(TagChanged) = "tag.created",
        /// A tag changed.
        TagUpdated(TagChanged) = "tag.updated",
        /// A tag is gone, from tasks too.
        TagDeleted(TagChanged) = "tag.deleted",
    }
    /// A custom field of tasks.
    CustomField {
        /// A custom field was made.
        CustomFieldCreated(CustomFieldChanged) = "custom_field.created",
        /// A custom field changed, or the boards that have it.
        CustomFieldUpdated(CustomFieldChanged) = "custom_field.updated",
        /// A custom field is gone.
        CustomFieldDeleted(CustomFieldChanged) = "custom_field.deleted",
    }
    /// A repository that skills come from.
    SkillPack {
        /// A skill pack was made.
        SkillPackCreated(SkillPackChanged) = "skill_pack.created",
        /// A skill pack changed.
        SkillPackUpdated(SkillPackChanged) = "skill_pack.updated",
        /// The catalogue has what the skill pack has now.
        SkillPackSynced(SkillPackSynced) = "skill_pack.synced",
        /// A skill pack is gone; its skills stay in the catalogue.
        SkillPackDeleted(SkillPackChanged) = "skill_pack.deleted",
    }
    /// A skill of the catalogue.
    Skill {
        /// A skill was put into the catalogue by hand.
        SkillCreated(SkillChanged) = "skill.created",
        /// A skill of the catalogue was changed by hand.
        SkillUpdated(SkillChanged) = "skill.updated",
        /// A skill is gone from the catalogue.
        SkillDeleted(SkillChanged) = "skill.deleted",
        /// A gateway was asked to install a skill.
        SkillInstalled(SkillAsked) = "skill.installed",
        /// A gateway was asked to remove a skill.
        SkillUninstalled(SkillAsked) = "skill.uninstalled",
    }
    /// An organization.
    Organization {
        /// An organization was made.
        OrganizationCreated(OrganizationCreated) = "organization.created",
        /// The organization is gone, with everything in it.
        OrganizationDeleted(OrganizationGone) = "organization.deleted",
    }
    /// Work that goes on behind the API.
    Job {
        /// A job that somebody waits for was enqueued.
        JobCreated(JobChanged) = "job.created",
        /// A job is in another state, or further on.
        JobUpdated(JobChanged) = "job.updated",
    }
}

impl Event {
    /// Its entry in the log, now, for the members of an organization.
    pub fn organization(&self, id: OrganizationId) -> NewLogEntry {
        NewLogEntry {
            organization_id: Some(id),
            board_id: None,
            kind: self.kind().as_str().to_owned(),
            payload: self.payload(),
            created_at: Timestamp::now(),
        }
    }

    /// The kind of event that tells of an activity event of a task, made with what it carries; none where streams tell
    /// only of the task itself.
    pub fn of_task_activity(event_type: &str) -> Option<fn(TaskChanged) -> Self> {
        match event_type {
            "task.created" => Some(Self::TaskCreated),
            "task.updated" => Some(Self::TaskUpdated),
            "task.status_changed" => Some(Self::TaskStatusChanged),
            _ => None,
        }
    }
}
