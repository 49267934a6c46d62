//! Jobs about one agent.

use mission_control_core::id::{AgentId, UserId};
use mission_control_core::models::{Agent, AgentStatus};
use serde::{Deserialize, Serialize};

use super::messages::Sender;
use crate::jobs::edit::Edit;
use crate::jobs::kind::{About, Kind, Terms};

/// Brings an agent onto its gateway, or its gateway's copy up to date, and wakes it.
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

impl Attended {
    pub(crate) fn status(&self) -> AgentStatus {
        AgentStatus::from(self.status.as_str())
    }
}

impl Provision {
    /// Brings the gateway's copy of `agent`, as it is now, up to date and wakes it.
    pub(crate) fn of(agent: &Agent) -> Self {
        Self {
            agent: agent.id,
            generation: agent.lifecycle_generation,
            fresh: false,
            user: None,
            edit: Edit::default(),
            force_bootstrap: false,
            reset_session: false,
            wake: true,
            keep_edited: false,
            attended: None,
        }
    }
}

impl Kind for Provision {
    const NAME: &'static str = "agent.provision";

    fn terms(&self) -> Terms {
        match (&self.attended, self.fresh) {
            (Some(_), _) => Terms::ATTENDED,
            (None, true) => Terms::URGENT,
            (None, false) => Terms::BACKGROUND,
        }
    }

    fn about(&self) -> About {
        About::Agent(self.agent)
    }
}

/// Wakes an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wake {
    pub(crate) agent: AgentId,
    /// The agent's lifecycle generation; a newer one makes this job void.
    pub(crate) generation: i32,
    /// Somebody waits and is told at once when it fails: then nothing is tried again.
    pub(crate) attended: bool,
}

impl Kind for Wake {
    const NAME: &'static str = "agent.wake";

    fn terms(&self) -> Terms {
        if self.attended { Terms::ATTENDED } else { Terms::BACKGROUND }
    }

    fn about(&self) -> About {
        About::Agent(self.agent)
    }
}

/// Looks whether a woken agent checked in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CheckIn {
    pub(crate) agent: AgentId,
    /// The agent's lifecycle generation; a newer one makes this job void.
    pub(crate) generation: i32,
}

impl Kind for CheckIn {
    const NAME: &'static str = "agent.check_in";

    fn terms(&self) -> Terms {
        Terms::BACKGROUND
    }

    fn about(&self) -> About {
        About::Agent(self.agent)
    }
}

/// Writes an agent's SOUL.md.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WriteSoul {
    pub(crate) agent: AgentId,
    /// The lead that wants it.
    pub(crate) from: Sender,
    /// What the activity feed says when it is done.
    pub(crate) note: String,
}

impl Kind for WriteSoul {
    const NAME: &'static str = "agent.write_soul";

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Agent(self.agent)
    }
}

/// Removes an agent from its gateway, then its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteAgent {
    pub(crate) agent: AgentId,
    /// Status to go back to when the gateway refuses.
    pub(crate) status: String,
}

impl Kind for DeleteAgent {
    const NAME: &'static str = "agent.delete";

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Agent(self.agent)
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.agent.to_string())
    }
}
