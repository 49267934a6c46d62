//! Names on a gateway. Deterministic, so that a repeated provisioning meets its own work, and equal to the
//! reference's, so that its agents stay where they are.

use mission_control_core::id::{AgentId, BoardId, GatewayId};
use mission_control_core::models::{Agent, Gateway};
use mission_control_core::rules::slug::slugify;
use mission_control_gateway_rpc::{STATE_DIR, agent_of_session, main_session_of};

/// With this begins what a gateway calls a turn that wakes an agent.
pub(crate) const WAKE: &str = "wake:";
/// The same of a turn that a schedule of the gateway starts.
pub(crate) const CRON: &str = "cron:";

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
    main_session_of(&main_agent_key(gateway))
}

/// The session of a board's lead.
pub fn lead_session_key(board: BoardId) -> String {
    main_session_of(&format!("lead-{board}"))
}

/// The session of an agent that works on a board.
pub fn worker_session_key(agent: AgentId) -> String {
    main_session_of(&format!("mc-{agent}"))
}

/// The session key that `agent` has by its role.
pub fn session_key(agent: &Agent) -> String {
    main_session_of(&agent_key(agent))
}

/// The place of an agent on its gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnGateway {
    /// Its id there.
    pub key: String,
    /// Its session.
    pub session: String,
    /// Its folder.
    pub workspace: String,
    /// The folder that the folders of the gateway's agents are in.
    pub root: String,
}

impl OnGateway {
    /// The place of `agent` on `gateway`, which keeps its state in `state_dir`, as far as it says so.
    pub fn of(agent: &Agent, gateway: &Gateway, state_dir: Option<&str>) -> Self {
        let root = match gateway.workspace_root.trim() {
            "" => state_dir.unwrap_or(STATE_DIR),
            chosen => chosen,
        };
        let key = agent_key(agent);
        // A main agent's folder is `workspace-gateway-<id>`, without `mc-`.
        let folder = match key.strip_prefix("mc-gateway-") {
            Some(id) => slugify(&format!("gateway-{id}")),
            None => slugify(&key),
        };
        let workspace = format!("{}/workspace-{folder}", root.trim_end_matches('/'));
        Self { session: main_session_of(&key), workspace, root: root.to_owned(), key }
    }
}

fn agent_key(agent: &Agent) -> String {
    match (agent.board_id, agent.is_board_lead) {
        (None, _) => main_agent_key(agent.gateway_id),
        (Some(board), true) => format!("lead-{board}"),
        (Some(_), false) => format!("mc-{}", agent.id),
    }
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
        Self::of_key(agent_of_session(session)?)
    }

    /// Reads an agent's id on its gateway; `None` for agents that no Mission Control made.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        if let Some(gateway) = key.strip_prefix("mc-gateway-") {
            return gateway.parse().ok().map(Self::Main);
        }
        if let Some(board) = key.strip_prefix("lead-") {
            return board.parse().ok().map(Self::Lead);
        }
        key.strip_prefix("mc-")?.parse().ok().map(Self::Worker)
    }
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
