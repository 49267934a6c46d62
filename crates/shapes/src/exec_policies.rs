//! Rules for commands as clients see them.

use mission_control_core::id::{AgentId, BoardId, ExecApprovalId, ExecPolicyId, OrganizationId, UserId};
use mission_control_core::models::{ExecApproval, ExecApprovalState, ExecEffect, ExecMatch, ExecPolicy};
use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A rule that decides about commands before a person is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExecPolicyRead {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    pub id: ExecPolicyId,
    /// The organization.
    #[schema(value_type = uuid::Uuid)]
    pub organization_id: OrganizationId,
    /// Only commands of agents of this board.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub board_id: Option<BoardId>,
    /// Only commands of this agent.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<AgentId>,
    /// Only commands that would run there, in the gateway's word.
    #[schema(example = "gateway")]
    pub host: Option<String>,
    /// What commands are held against.
    #[schema(example = "cargo test")]
    pub pattern: String,
    /// How they are: `exact`, `prefix`, or `glob`, in which `*` stands for any text and `?` for one character.
    #[schema(value_type = String, example = "prefix")]
    pub matching: ExecMatch,
    /// What it does with those that match: `allow`, `ask` or `refuse`.
    #[schema(value_type = String, example = "allow")]
    pub effect: ExecEffect,
    /// Why there is such a rule.
    pub reason: Option<String>,
    /// Whether it counts now: it is not withdrawn, and its end has not come.
    pub live: bool,
    /// Who made it.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub author_user_id: Option<UserId>,
    /// Who made it, by name.
    pub author_name: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From then on it does not count.
    pub expires_at: Option<Timestamp>,
    /// When somebody withdrew it.
    pub revoked_at: Option<Timestamp>,
    /// Who did.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub revoked_by_user_id: Option<UserId>,
}

impl ExecPolicyRead {
    /// A rule as it is at `now`, with the name of its author.
    pub fn new(policy: ExecPolicy, author_name: Option<String>, now: Timestamp) -> Self {
        Self {
            live: policy.is_live(now),
            author_name,
            id: policy.id,
            organization_id: policy.organization_id,
            board_id: policy.board_id,
            agent_id: policy.agent_id,
            host: policy.host,
            pattern: policy.pattern,
            matching: policy.matching,
            effect: policy.effect,
            reason: policy.reason,
            author_user_id: policy.author_user_id,
            created_at: policy.created_at,
            expires_at: policy.expires_at,
            revoked_at: policy.revoked_at,
            revoked_by_user_id: policy.revoked_by_user_id,
        }
    }
}

/// What a rule would have done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExecPolicyTrial {
    /// Commands since then were looked at.
    pub since: Timestamp,
    /// How many were asked about by the agents that it is for.
    pub considered: i64,
    /// Whether those are all; else they are the last ones.
    pub complete: bool,
    /// Those that it would have allowed.
    pub allowed: ExecTrialGroup,
    /// Those that it would have refused.
    pub refused: ExecTrialGroup,
    /// Those that it does not decide: people would be asked, as they were.
    pub asked: ExecTrialGroup,
    /// Those that another rule decides.
    pub by_others: ExecTrialGroup,
    /// Those that it would have allowed and people did not, or refused and people allowed.
    pub otherwise: ExecTrialGroup,
}

/// Commands of a trial.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExecTrialGroup {
    /// How many.
    pub count: i64,
    /// The last of them.
    pub examples: Vec<ExecTrialExample>,
}

/// A command of a trial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExecTrialExample {
    /// The command that waited.
    #[schema(value_type = uuid::Uuid)]
    pub exec_approval_id: ExecApprovalId,
    /// The agent.
    #[schema(value_type = uuid::Uuid)]
    pub agent_id: AgentId,
    /// The beginning of the command, without secrets.
    pub command: String,
    /// What became of it.
    #[schema(value_type = String, example = "allowed")]
    pub state: ExecApprovalState,
    /// When it was asked about.
    pub created_at: Timestamp,
}

impl ExecTrialExample {
    /// A command, of which `command` is shown.
    pub fn new(exec: &ExecApproval, command: String) -> Self {
        Self {
            exec_approval_id: exec.id,
            agent_id: exec.agent_id,
            command,
            state: exec.state,
            created_at: exec.created_at,
        }
    }
}
