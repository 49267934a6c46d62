//! What boards and groups of boards remember. Messages of a chat are also said to the agents that they are for, in the
//! same transaction.

mod board;
mod group;

use mission_control_core::id::{AgentId, UserId};
use mission_control_core::models::{Agent, User};

pub use board::{list, post};
pub use group::{list_of_group, post_to_group};

/// Who writes, by the credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person, and what they are called.
    Person(UserId, String),
    /// An agent, and its name.
    Agent(AgentId, String),
}

impl From<&Agent> for Author {
    fn from(agent: &Agent) -> Self {
        Self::Agent(agent.id, agent.name.clone())
    }
}

impl From<&User> for Author {
    fn from(user: &User) -> Self {
        Self::Person(user.id, user.shown_name().to_owned())
    }
}

impl Author {
    fn name(&self) -> &str {
        match self {
            Self::Person(_, name) | Self::Agent(_, name) => name,
        }
    }

    fn agent(&self) -> Option<AgentId> {
        match self {
            Self::Person(..) => None,
            Self::Agent(id, _) => Some(*id),
        }
    }

    fn person(&self) -> Option<UserId> {
        match self {
            Self::Person(id, _) => Some(*id),
            Self::Agent(..) => None,
        }
    }
}

/// Something to remember.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMemory {
    /// The text, not blank.
    pub content: String,
    /// Words; `chat` makes it a message of the chat, `broadcast` one to every agent of a group.
    pub tags: Option<Vec<String>>,
    /// What it is said to come from; messages come from their author when nothing is said.
    pub source: Option<String>,
}

impl NewMemory {
    fn words(&self) -> &[String] {
        self.tags.as_deref().unwrap_or_default()
    }

    /// Where it comes from, when it is a `message`. People may say so; what an agent writes comes from that agent, by name,
    /// whatever else it says: `Ada (user_via_gateway_main)`.
    fn source(&self, author: &Author, message: bool) -> Option<String> {
        let given = self.source.as_deref().map(str::trim).filter(|source| !source.is_empty());
        match (author, given) {
            (Author::Person(..), Some(_)) => self.source.clone(),
            (Author::Agent(_, name), Some(given)) if given != name => Some(format!("{name} ({given})")),
            (author, Some(_)) => Some(author.name().to_owned()),
            (author, None) if message => Some(author.name().to_owned()),
            (_, None) => self.source.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::nothing_said(None, [Some("Sam"), Some("Ada")])]
    #[case::blank(Some(" "), [Some("Sam"), Some("Ada")])]
    #[case::somebody_else(Some("Local User"), [Some("Local User"), Some("Ada (Local User)")])]
    #[case::itself(Some("Ada"), [Some("Ada"), Some("Ada")])]
    fn what_an_agent_writes_comes_from_that_agent(
        #[case] given: Option<&str>,
        #[case] source: [Option<&str>; 2],
    ) {
        let new = NewMemory { content: "x".to_owned(), tags: None, source: given.map(str::to_owned) };
        let authors = [
            Author::Person(UserId::random(), "Sam".to_owned()),
            Author::Agent(AgentId::random(), "Ada".to_owned()),
        ];
        assert_eq!(
            authors.map(|author| new.source(&author, true)),
            source.map(|text| text.map(str::to_owned))
        );
    }
}
