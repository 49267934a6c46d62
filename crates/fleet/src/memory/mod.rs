//! What boards and groups of boards remember. Messages of a chat are also said to the agents that they are for, in the
//! same transaction.

mod board;
mod group;
mod read;

use mission_control_core::id::AgentId;
use mission_control_core::models::{Agent, User};

pub use board::{list, post};
pub use group::{list_of_group, post_to_group};
pub use read::{BoardGroupMemoryRead, BoardMemoryRead};

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// How the author is called.
    pub name: String,
    /// The agent that it is; none for a person.
    pub agent: Option<AgentId>,
}

impl From<&Agent> for Author {
    fn from(agent: &Agent) -> Self {
        Self { name: agent.name.clone(), agent: Some(agent.id) }
    }
}

impl From<&User> for Author {
    fn from(user: &User) -> Self {
        Self { name: user.shown_name().to_owned(), agent: None }
    }
}

/// Something to remember.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMemory {
    /// The text, not blank.
    pub content: String,
    /// Words; `chat` makes it a message of the chat, `broadcast` one to every agent of a group.
    pub tags: Option<Vec<String>>,
    /// Who or what it comes from; messages come from their author when nothing is said.
    pub source: Option<String>,
}

impl NewMemory {
    fn words(&self) -> &[String] {
        self.tags.as_deref().unwrap_or_default()
    }

    /// Where it comes from, when it is a `message`.
    fn source(&self, author: &Author, message: bool) -> Option<String> {
        let given = self.source.clone();
        if message {
            given.filter(|source| !source.is_empty()).or_else(|| Some(author.name.clone()))
        } else {
            given
        }
    }
}
