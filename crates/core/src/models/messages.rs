//! What is said to agents.

use diesel::prelude::*;

use super::text_enum::text_enum;
use crate::id::{AgentId, AgentMessageId, BoardId, OrganizationId, TaskId};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// What a message is about.
    stored MessageKind {
        /// The agent has a task now.
        Assignment = "assignment",
        /// A task wants the lead's attention: it is new, or nobody has it any more.
        Task = "task",
        /// The review of a task wants changes.
        Rework = "rework",
        /// A comment mentions the agent.
        Mention = "mention",
        /// A comment on the agent's task.
        Comment = "comment",
        /// An approval was decided.
        Approval = "approval",
        /// The lead urges.
        Nudge = "nudge",
        /// A gateway's main agent speaks to a lead.
        LeadMessage = "lead_message",
        /// A gateway's main agent speaks to many leads.
        Broadcast = "broadcast",
        /// A lead wants something asked of a person.
        AskUser = "ask_user",
        /// The chat of the board, or of its group.
        Chat = "chat",
        /// The board changed, or an agent left the gateway.
        Notice = "notice",
        /// Something was posted to a webhook.
        Webhook = "webhook",
        /// A board is being set up: what a person wants, or answers.
        Onboarding = "onboarding",
        /// A skill is to be installed or removed.
        Skill = "skill",
        /// A person speaks to the agent in its session.
        Direct = "direct",
    }
}

impl MessageKind {
    /// Whether somebody's work stands still until the agent has it.
    pub const fn is_urgent(self) -> bool {
        !matches!(self, Self::Notice | Self::Webhook)
    }
}

text_enum! {
    /// How far a message got.
    stored MessageState {
        /// Not with the gateway yet.
        Queued = "queued",
        /// The gateway took it and started a turn.
        Sent = "sent",
        /// The agent gave a sign of life after it.
        Seen = "seen",
        /// It will not arrive.
        Failed = "failed",
    }
}

/// Something said to an agent, with its receipt.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::agent_messages, treat_none_as_default_value = false)]
pub struct AgentMessage {
    /// Key.
    pub id: AgentMessageId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// To whom it is said.
    pub agent_id: AgentId,
    /// The board that it is about.
    pub board_id: Option<BoardId>,
    /// The task that it is about.
    pub task_id: Option<TaskId>,
    /// The agent that says it; none for people and for Mission Control itself.
    pub from_agent_id: Option<AgentId>,
    /// What it is about.
    pub kind: MessageKind,
    /// What is said.
    pub text: String,
    /// How far it got.
    pub state: MessageState,
    /// How often it was taken to the gateway.
    pub attempts: i32,
    /// Which turn it starts, from 1: the next one after a turn was lost.
    pub turn: i32,
    /// Why it is not there yet, or never will be.
    pub error: Option<String>,
    /// When it was said.
    pub created_at: Timestamp,
    /// When the gateway took it.
    pub sent_at: Option<Timestamp>,
    /// When the agent gave a sign of life after it.
    pub seen_at: Option<Timestamp>,
    /// When it was given up.
    pub failed_at: Option<Timestamp>,
    /// What to do about `error`.
    pub remedy: Option<String>,
}

impl AgentMessage {
    /// A message about nothing in particular, said by nobody in particular.
    pub fn new(
        organization_id: OrganizationId,
        agent_id: AgentId,
        kind: MessageKind,
        text: impl Into<String>,
    ) -> Self {
        Self {
            id: AgentMessageId::random(),
            organization_id,
            agent_id,
            board_id: None,
            task_id: None,
            from_agent_id: None,
            kind,
            text: text.into(),
            state: MessageState::Queued,
            attempts: 0,
            turn: 1,
            error: None,
            created_at: Timestamp::now(),
            sent_at: None,
            seen_at: None,
            failed_at: None,
            remedy: None,
        }
    }

    /// By this the gateway knows the message, and the turn that it starts. The same one however often it is sent, so
    /// that it is heard once; another one after a turn was lost, or the gateway would think that it had it.
    pub fn idempotency_key(&self) -> String {
        match self.turn {
            1 => self.id.to_string(),
            turn => format!("{}:{turn}", self.id),
        }
    }
}

/// Changes to an [`AgentMessage`].
#[derive(Debug, Clone, Default, PartialEq, Eq, AsChangeset)]
#[expect(missing_docs, reason = "the fields are those of the row")]
#[diesel(table_name = schema::agent_messages)]
pub struct MessageChanges {
    pub agent_id: Option<AgentId>,
    pub state: Option<MessageState>,
    pub attempts: Option<i32>,
    pub turn: Option<i32>,
    pub error: Option<Option<String>>,
    pub sent_at: Option<Option<Timestamp>>,
    pub seen_at: Option<Option<Timestamp>>,
    pub failed_at: Option<Option<Timestamp>>,
    pub remedy: Option<Option<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_keeps_its_key_until_its_turn_was_lost() {
        let mut message =
            AgentMessage::new(OrganizationId::random(), AgentId::random(), MessageKind::Nudge, "Hello");
        assert_eq!(message.idempotency_key(), message.id.to_string());
        message.attempts = 7;
        assert_eq!(message.idempotency_key(), message.id.to_string());
        message.turn = 2;
        assert_eq!(message.idempotency_key(), format!("{}:2", message.id));
    }
}
