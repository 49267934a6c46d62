//! Commands of agents that wait for a decision on their gateway.

use diesel::prelude::*;
use serde_json::Value;

use super::text_enum::text_enum;
use crate::id::{
    AgentId, ApprovalId, BoardId, ExecApprovalId, ExecPolicyId, GatewayId, OrganizationId, RunId, TaskId,
    UserId,
};
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// How far the decision about a command is.
    stored ExecApprovalState {
        /// It waits for somebody.
        Pending = "pending",
        /// Somebody decided, and the gateway is being told.
        Sending = "sending",
        /// The gateway runs it.
        Allowed = "allowed",
        /// The gateway does not run it.
        Denied = "denied",
        /// Nobody decided in time.
        Expired = "expired",
        /// The gateway does not know of it any more.
        Lost = "lost",
    }
}

text_enum! {
    /// A decision about a command.
    stored ExecDecision {
        /// Run it this time.
        Once = "once",
        /// Run it this time and whenever it is asked for again.
        Always = "always",
        /// Do not run it.
        Deny = "deny",
    }
}

impl ExecApprovalState {
    /// Whether it is still to be decided, or the decision to be told.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Sending)
    }
}

/// A command that waits for a decision, or waited.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, Identifiable)]
#[diesel(table_name = schema::exec_approvals, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ExecApproval {
    /// Key.
    pub id: ExecApprovalId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// The gateway that asks.
    pub gateway_id: GatewayId,
    /// What the gateway calls it.
    pub gateway_approval_id: String,
    /// The approval in the inbox of the agent's board; none without a board.
    pub approval_id: Option<ApprovalId>,
    /// The agent that wants to run it.
    pub agent_id: AgentId,
    /// The agent's board.
    pub board_id: Option<BoardId>,
    /// The task that the run is about.
    pub task_id: Option<TaskId>,
    /// The run that waits for it.
    pub run_id: Option<RunId>,
    /// The conversation on the gateway.
    pub session_key: String,
    /// The command, without secrets.
    pub command: String,
    /// The folder.
    pub cwd: Option<String>,
    /// Where it would run.
    pub host: Option<String>,
    /// The program that it would start.
    pub resolved_path: Option<String>,
    /// What the gateway warns of.
    pub warning: Option<String>,
    /// The decisions that the gateway takes.
    pub allowed_decisions: Value,
    /// How far it is.
    pub state: ExecApprovalState,
    /// What was decided.
    pub decision: Option<ExecDecision>,
    /// What the gateway is being told.
    pub wanted_decision: Option<ExecDecision>,
    /// Who decided, when it was not one of our people.
    pub decided_by: Option<String>,
    /// The person who decided.
    pub decided_by_user_id: Option<UserId>,
    /// Why they decided so.
    pub reason: Option<String>,
    /// Why the decision did not reach the gateway.
    pub error: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When the gateway denies it by itself.
    pub expires_at: Timestamp,
    /// When it was over.
    pub resolved_at: Option<Timestamp>,
    /// The rule that decided, when it was one of ours.
    pub policy_id: Option<ExecPolicyId>,
    /// Whether it is one command, by the analysis of its gateway; `None` where the gateway says nothing of it.
    pub is_single_command: Option<bool>,
}

impl ExecApproval {
    /// The decisions that the gateway takes.
    pub fn decisions(&self) -> Vec<ExecDecision> {
        let words = self.allowed_decisions.as_array().into_iter().flatten().filter_map(Value::as_str);
        words.filter_map(|word| word.parse().ok()).collect()
    }
}
