//! Whose agents something is about: one agent, those of a board, or all of an organization.

use serde::{Deserialize, Serialize};

use crate::id::{AgentId, BoardId, OrganizationId};
use crate::models::Agent;

/// Whose agents something is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Every agent of the organization.
    Organization(OrganizationId),
    /// The agents of this board.
    Board(BoardId),
    /// This agent.
    Agent(AgentId),
}

impl Whom {
    /// Whether an agent of `organization` is meant.
    pub fn includes(self, organization: OrganizationId, agent: &Agent) -> bool {
        match self {
            Self::Organization(id) => id == organization,
            Self::Board(id) => agent.board_id == Some(id),
            Self::Agent(id) => agent.id == id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::GatewayId;

    #[test]
    fn an_agent_is_meant_by_itself_with_its_board_and_with_its_organization() {
        let organization = OrganizationId::random();
        let board = BoardId::random();
        let agent = Agent { board_id: Some(board), ..Agent::new(GatewayId::random(), "Ada") };
        for whom in [Whom::Organization(organization), Whom::Board(board), Whom::Agent(agent.id)] {
            assert!(whom.includes(organization, &agent), "{whom:?}");
        }
        let others = [
            Whom::Organization(OrganizationId::random()),
            Whom::Board(BoardId::random()),
            Whom::Agent(AgentId::random()),
        ];
        for whom in others {
            assert!(!whom.includes(organization, &agent), "{whom:?}");
        }
    }
}
