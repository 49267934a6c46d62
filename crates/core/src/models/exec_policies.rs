//! Rules that decide about commands before a person is asked.

use diesel::prelude::*;

use super::text_enum::text_enum;
use crate::id::{AgentId, BoardId, ExecPolicyId, OrganizationId, UserId};
use crate::rules::whom::Whom;
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// What a rule does with the commands that it matches.
    stored ExecEffect {
        /// They run without a question.
        Allow = "allow",
        /// People are asked, whatever rules of a wider scope say.
        Ask = "ask",
        /// They do not run.
        Refuse = "refuse",
    }
}

text_enum! {
    /// How the pattern of a rule is held against a command.
    stored ExecMatch {
        /// The command is the pattern.
        Exact = "exact",
        /// The command begins with the pattern.
        Prefix = "prefix",
        /// The whole command fits the pattern, in which `*` stands for any text and `?` for one character.
        Glob = "glob",
    }
}

/// A rule for the commands of an organization, of a board, or of one agent.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::exec_policies, treat_none_as_default_value = false)]
pub struct ExecPolicy {
    /// Key.
    pub id: ExecPolicyId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// Only commands of agents of this board.
    pub board_id: Option<BoardId>,
    /// Only commands of this agent.
    pub agent_id: Option<AgentId>,
    /// Only commands that would run there, in the gateway's word.
    pub host: Option<String>,
    /// What commands are held against.
    pub pattern: String,
    /// How they are.
    pub matching: ExecMatch,
    /// What it does with those that match.
    pub effect: ExecEffect,
    /// Why there is such a rule.
    pub reason: Option<String>,
    /// Who made it.
    pub author_user_id: Option<UserId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From then on it does not count.
    pub expires_at: Option<Timestamp>,
    /// When somebody withdrew it.
    pub revoked_at: Option<Timestamp>,
    /// Who did.
    pub revoked_by_user_id: Option<UserId>,
}

impl ExecPolicy {
    /// A rule for all commands of an organization, without an end.
    pub fn new(
        organization_id: OrganizationId,
        effect: ExecEffect,
        matching: ExecMatch,
        pattern: &str,
    ) -> Self {
        Self {
            id: ExecPolicyId::random(),
            organization_id,
            board_id: None,
            agent_id: None,
            host: None,
            pattern: pattern.to_owned(),
            matching,
            effect,
            reason: None,
            author_user_id: None,
            created_at: Timestamp::now(),
            expires_at: None,
            revoked_at: None,
            revoked_by_user_id: None,
        }
    }

    /// Whose commands it is about.
    pub const fn whom(&self) -> Whom {
        match (self.agent_id, self.board_id) {
            (Some(agent), _) => Whom::Agent(agent),
            (None, Some(board)) => Whom::Board(board),
            (None, None) => Whom::Organization(self.organization_id),
        }
    }

    /// Whether it counts at `now`.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| end > now)
    }
}
