//! Who does something with tasks.

use mission_control_core::id::{AgentId, UserId};
use mission_control_core::models::{ActivityEvent, Agent};
use mission_control_core::rules::task_status::Mover;

/// Who acts on a task. That they may act on its board is checked before.
#[derive(Debug, Clone)]
pub enum Actor {
    /// A person.
    Person(UserId),
    /// An agent.
    Agent(Box<Agent>),
}

impl Actor {
    pub(super) fn agent(&self) -> Option<&Agent> {
        match self {
            Self::Person(_) => None,
            Self::Agent(agent) => Some(agent),
        }
    }

    pub(super) fn agent_id(&self) -> Option<AgentId> {
        self.agent().map(|agent| agent.id)
    }

    /// The event, done by this actor.
    pub(super) fn signs(&self, event: ActivityEvent) -> ActivityEvent {
        match self {
            Self::Person(id) => event.user(*id),
            Self::Agent(agent) => event.agent(agent.id),
        }
    }

    pub(super) fn lead(&self) -> Option<&Agent> {
        self.agent().filter(|agent| agent.is_board_lead)
    }

    pub(super) fn mover(&self) -> Mover {
        match self {
            Self::Person(_) => Mover::Person,
            Self::Agent(agent) if agent.is_board_lead => Mover::Lead,
            Self::Agent(agent) => Mover::Worker(agent.id),
        }
    }
}
