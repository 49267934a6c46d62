//! The arguments of jobs, as they are stored.

use mission_control_core::id::{
    AgentId, AgentMessageId, BoardId, GatewayId, MarketplaceSkillId, OrganizationId, SkillPackId, UserId,
    WebhookId, WebhookPayloadId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::edit::Edit;

/// Arguments of `agent.provision`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Provision {
    pub(crate) agent: AgentId,
    /// The agent's lifecycle generation; a newer one makes this job void.
    pub(crate) generation: i32,
    /// The agent is new on its gateway.
    pub(crate) fresh: bool,
    /// The person in USER.md.
    pub(crate) user: Option<UserId>,
    /// Takes effect when the gateway has it.
    #[serde(default)]
    pub(crate) edit: Edit,
    #[serde(default)]
    pub(crate) force_bootstrap: bool,
    #[serde(default)]
    pub(crate) reset_session: bool,
    pub(crate) wake: bool,
    /// Leave files alone that the agent changed since they were written.
    #[serde(default)]
    pub(crate) keep_edited: bool,
    /// Somebody waits and is told at once when it fails: then everything stays as it was, and nothing is tried again.
    #[serde(default)]
    pub(crate) attended: Option<Attended>,
}

/// How the agent was before an attended change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attended {
    pub(crate) status: String,
}

/// Arguments of `agent.wake`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wake {
    pub(crate) agent: AgentId,
    /// The agent's lifecycle generation; a newer one makes this job void.
    pub(crate) generation: i32,
    /// Somebody waits and is told at once when it fails: then nothing is tried again.
    pub(crate) attended: bool,
}

/// Arguments of `agent.check_in`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CheckIn {
    pub(crate) agent: AgentId,
    pub(crate) generation: i32,
}

/// Arguments of `agent.message`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Message {
    /// What is said, and its receipt.
    pub(crate) message: AgentMessageId,
    pub(crate) agent: AgentId,
    /// Activity when it arrived; none to leave no trace.
    pub(crate) sent: Option<Trace>,
    /// Activity when it could not be delivered.
    pub(crate) failed: Option<Trace>,
    /// Somebody's work stands still until the agent has it.
    pub(crate) urgent: bool,
    /// The agent that says it, and waits for it to arrive.
    pub(crate) from: Option<Sender>,
    /// A person waits for it to arrive.
    #[serde(default)]
    pub(crate) attended: bool,
}

impl Message {
    /// Somebody waits and is told at once when it does not arrive: then nothing is tried again.
    pub(crate) const fn has_waiter(&self) -> bool {
        self.attended || self.from.is_some()
    }
}

/// Arguments of `agent.message` in the first form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FirstMessage {
    pub(crate) agent: AgentId,
    pub(crate) text: String,
    pub(crate) sent: Option<Trace>,
    pub(crate) failed: Option<Trace>,
    #[serde(default)]
    pub(crate) from: Option<Sender>,
}

/// Arguments of `agent.receipt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Receipt {
    pub(crate) message: AgentMessageId,
    pub(crate) agent: AgentId,
    /// The turn that is looked after; a newer one makes this job void.
    pub(crate) turn: i32,
}

/// An agent that asks for something, and the board that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sender {
    pub(crate) agent: AgentId,
    pub(crate) board: BoardId,
}

/// Arguments of `agent.write_soul`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WriteSoul {
    pub(crate) agent: AgentId,
    /// The lead that wants it.
    pub(crate) from: Sender,
    /// What the activity feed says when it is done.
    pub(crate) note: String,
}

/// An activity event to record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trace {
    pub(crate) kind: String,
    pub(crate) message: String,
}

/// Arguments of `webhook.deliver`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeliverWebhook {
    pub(crate) board: BoardId,
    pub(crate) webhook: WebhookId,
    pub(crate) payload: WebhookPayloadId,
}

/// Arguments of `agent.delete`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteAgent {
    pub(crate) agent: AgentId,
    /// Status to go back to when the gateway refuses.
    pub(crate) status: String,
}

/// Arguments of `board.delete`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteBoard {
    pub(crate) board: BoardId,
}

/// Arguments of `gateway.delete`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteGateway {
    pub(crate) gateway: GatewayId,
}

/// Arguments of `organization.delete`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteOrganization {
    pub(crate) organization: OrganizationId,
}

/// Arguments of `user.delete`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteUser {
    pub(crate) user: UserId,
}

/// Arguments of `gateway.sync_templates`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SyncTemplates {
    pub(crate) gateway: GatewayId,
    pub(crate) user: Option<UserId>,
    pub(crate) options: SyncOptions,
}

/// What a sync covers and how far it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SyncOptions {
    /// The gateway's main agent too.
    pub include_main: bool,
    /// Of the agents on boards only the leads.
    pub lead_only: bool,
    /// Start conversations anew.
    pub reset_sessions: bool,
    /// Give every agent a new token, and create again those that the gateway lost.
    pub rotate_tokens: bool,
    /// Write BOOTSTRAP.md even where the first run is over.
    pub force_bootstrap: bool,
    /// Overwrite what agents may have edited (USER.md, MEMORY.md).
    pub overwrite: bool,
    /// Only this board.
    pub board_id: Option<BoardId>,
    /// Only say what would be done.
    #[serde(default)]
    pub dry_run: bool,
}

impl Default for SyncOptions {
    fn default() -> Self {
        Self {
            include_main: true,
            lead_only: false,
            reset_sessions: false,
            rotate_tokens: false,
            force_bootstrap: false,
            overwrite: false,
            board_id: None,
            dry_run: false,
        }
    }
}

/// Arguments of `gateway.write_config`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WriteConfig {
    pub(crate) gateway: GatewayId,
}

/// Arguments of `maintenance.prune`: none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Prune {}

/// Arguments of `gateway.reconcile`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reconcile {
    pub(crate) gateway: GatewayId,
}

/// Arguments of `fleet.reconcile`: none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReconcileAll {}

/// Arguments of `skill_pack.sync`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SyncSkillPack {
    pub(crate) pack: SkillPackId,
    pub(crate) organization: OrganizationId,
}

/// Arguments of `gateway.set_skill`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SetSkill {
    pub(crate) gateway: GatewayId,
    pub(crate) skill: MarketplaceSkillId,
    /// Whether the gateway is to have it.
    pub(crate) installed: bool,
}
