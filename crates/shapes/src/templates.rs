//! What a sync of templates did, or would do.

use mission_control_core::id::{AgentId, BoardId, GatewayId};
use mission_control_core::limits::{LIST_BYTES, NAMED, within};
use mission_control_core::models::Agent;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that went wrong, or deserves attention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TemplatesSyncError {
    /// The agent concerned; none when it is about the gateway.
    pub agent_id: Option<AgentId>,
    /// Its name.
    pub agent_name: Option<String>,
    /// Its board.
    pub board_id: Option<BoardId>,
    /// What, and what to do.
    pub message: String,
}

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TemplatesSyncResult {
    /// The gateway.
    pub gateway_id: GatewayId,
    /// The main agent was to be covered.
    pub include_main: bool,
    /// Conversations were to start anew.
    pub reset_sessions: bool,
    /// Agents on boards whose files were written.
    pub agents_updated: usize,
    /// Agents on boards that were left out or failed.
    pub agents_skipped: usize,
    /// The main agent's files were written.
    pub main_updated: bool,
    /// What went wrong, a thousand at most.
    pub errors: Vec<TemplatesSyncError>,
    /// Files that agents changed and that were therefore left alone, as `agent: file`, a thousand at most; absent when there
    /// are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<String>,
    /// With `dry_run`: what would be done, by agent, as many as one answer holds. Nothing was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Vec<AgentPlan>>,
}

/// What would be done to an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgentPlan {
    /// The agent.
    pub agent_id: AgentId,
    /// Its name.
    pub agent_name: String,
    /// Its board; none for the main agent.
    pub board_id: Option<BoardId>,
    /// Anything of it would be written.
    pub changes: bool,
    /// What would become of its token.
    pub token: TokenPlan,
    /// Why it would be left out, or what deserves attention.
    pub note: Option<String>,
    /// Its workspace files.
    pub files: Vec<FilePlan>,
}

/// What would become of an agent's token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenPlan {
    /// It stays.
    Kept,
    /// The agent gets a new one.
    New,
    /// The one on the gateway is not the agent's, and stays.
    Foreign,
    /// It cannot be read, so the agent would be left out.
    Unreadable,
}

/// What would become of a workspace file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FilePlan {
    /// Its name.
    pub name: String,
    /// How it stands.
    pub action: FileAction,
    /// It would be written.
    pub written: bool,
    /// The difference as a unified diff, without tokens.
    pub diff: Option<String>,
    /// Where its content would go, when not into this file.
    pub note: Option<String>,
}

/// How a workspace file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileAction {
    /// It is as it would be written.
    Unchanged,
    /// It is not there.
    Create,
    /// It is as we wrote it, and that has changed.
    Update,
    /// The agent changed it, or keeps it itself; it is written over with `overwrite` only.
    Edited,
    /// The gateway does not take it as a file.
    Unsupported,
}

impl TemplatesSyncResult {
    /// Nothing was done yet.
    pub const fn new(gateway_id: GatewayId, include_main: bool, reset_sessions: bool) -> Self {
        Self {
            gateway_id,
            include_main,
            reset_sessions,
            agents_updated: 0,
            agents_skipped: 0,
            main_updated: false,
            errors: Vec::new(),
            kept: Vec::new(),
            plan: None,
        }
    }

    /// Notes what went wrong with an agent, or with the gateway.
    pub fn note(&mut self, agent: Option<&Agent>, message: String) {
        if self.errors.len() < NAMED {
            self.errors.push(TemplatesSyncError {
                agent_id: agent.map(|agent| agent.id),
                agent_name: agent.map(|agent| agent.name.clone()),
                board_id: agent.and_then(|agent| agent.board_id),
                message,
            });
        }
    }

    /// Notes files that an agent changed and keeps.
    pub fn keep(&mut self, files: impl Iterator<Item = String>) {
        self.kept.extend(files.take(NAMED.saturating_sub(self.kept.len())));
    }

    /// Notes what would be done to an agent, while there is room.
    pub fn plan(&mut self, plan: AgentPlan) {
        let plans = self.plan.get_or_insert_default();
        plans.push(plan);
        *plans = within(std::mem::take(plans), NAMED, LIST_BYTES);
    }
}
