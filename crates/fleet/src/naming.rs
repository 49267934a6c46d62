//! Names on a gateway. Deterministic, so that a repeated provisioning meets its own work, and equal to the
//! reference's, so that its agents stay where they are.

use mission_control_core::id::{AgentId, BoardId, GatewayId};
use mission_control_core::models::Agent;
use mission_control_core::rules::slug::slugify;

/// What an agent is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Belongs to a gateway.
    Main,
    /// Leads a board.
    Lead,
    /// Works on a board.
    Worker,
}

impl Role {
    /// The role of `agent`.
    pub fn of(agent: &Agent) -> Self {
        match (agent.board_id, agent.is_board_lead) {
            (None, _) => Self::Main,
            (Some(_), true) => Self::Lead,
            (Some(_), false) => Self::Worker,
        }
    }
}

/// The gateway's agent id of its main agent.
pub fn main_agent_key(gateway: GatewayId) -> String {
    format!("mc-gateway-{gateway}")
}

/// The session of a gateway's main agent.
pub fn main_session_key(gateway: GatewayId) -> String {
    session_of(&main_agent_key(gateway))
}

/// The session of a board's lead.
pub fn lead_session_key(board: BoardId) -> String {
    session_of(&format!("lead-{board}"))
}

/// The session of an agent that works on a board.
pub fn worker_session_key(agent: AgentId) -> String {
    session_of(&format!("mc-{agent}"))
}

/// The session key that `agent` has by its role.
pub fn session_key(agent: &Agent) -> String {
    match (agent.board_id, agent.is_board_lead) {
        (None, _) => main_session_key(agent.gateway_id),
        (Some(board), true) => lead_session_key(board),
        (Some(_), false) => worker_session_key(agent.id),
    }
}

/// The id of `agent` on its gateway.
pub fn agent_key(agent: &Agent) -> String {
    match (agent.board_id, agent.is_board_lead) {
        (None, _) => main_agent_key(agent.gateway_id),
        (Some(board), true) => format!("lead-{board}"),
        (Some(_), false) => format!("mc-{}", agent.id),
    }
}

/// The folder of `agent` below `root`. A main agent's folder is `workspace-gateway-<id>`, without `mc-`.
pub fn workspace_path(agent: &Agent, root: &str) -> String {
    let key = agent_key(agent);
    let folder = key.strip_prefix("mc-gateway-").map_or_else(|| key.clone(), |id| format!("gateway-{id}"));
    format!("{}/workspace-{}", root.trim_end_matches('/'), slugify(&folder))
}

/// The agent that a session belongs to, as far as its key tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// The main agent of this gateway.
    Main(GatewayId),
    /// The lead of this board.
    Lead(BoardId),
    /// The worker of this id.
    Worker(AgentId),
}

impl Named {
    /// Reads a session key, of an agent's main session or of any other; `None` for agents that are not ours.
    pub(crate) fn of_session(session: &str) -> Option<Self> {
        let key = session.strip_prefix("agent:")?.split(':').next()?;
        if let Some(gateway) = key.strip_prefix("mc-gateway-") {
            return gateway.parse().ok().map(Self::Main);
        }
        if let Some(board) = key.strip_prefix("lead-") {
            return board.parse().ok().map(Self::Lead);
        }
        key.strip_prefix("mc-")?.parse().ok().map(Self::Worker)
    }
}

fn session_of(key: &str) -> String {
    format!("agent:{key}:main")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn session_keys_are_those_of_the_reference() {
        let gateway: GatewayId = "6f9619ff-8b86-4011-b42d-00c04fc964ff".parse().unwrap();
        assert_eq!(main_session_key(gateway), format!("agent:mc-gateway-{gateway}:main"));
        let agent = AgentId::random();
        assert_eq!(worker_session_key(agent), format!("agent:mc-{agent}:main"));
        let board = BoardId::random();
        assert_eq!(lead_session_key(board), format!("agent:lead-{board}:main"));
        assert_eq!(Named::of_session(&main_session_key(gateway)), Some(Named::Main(gateway)));
        assert_eq!(Named::of_session(&worker_session_key(agent)), Some(Named::Worker(agent)));
        assert_eq!(Named::of_session(&format!("agent:lead-{board}:heartbeat")), Some(Named::Lead(board)));
        assert_eq!(Named::of_session("agent:main:main"), None);
    }
}
