//! Who calls the API.

use std::fmt;

/// Everybody who may come to a [`Scene`](crate::scene::Scene), and what they are to its board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    /// Somebody without a credential.
    Anonymous,
    /// An owner, of another organization.
    Stranger,
    /// A member without access to the board.
    Member,
    /// A member who may read the board.
    Reader,
    /// A member who may write to the board.
    Writer,
    /// An admin of the organization, without access to the board: the role alone opens none.
    Admin,
    /// An owner of the organization.
    Owner,
    /// An agent that works on the board.
    Agent,
    /// The agent that leads the board.
    Lead,
    /// An agent that works on another board of the organization.
    OtherAgent,
    /// The main agent of the organization's gateway.
    MainAgent,
    /// The main agent of another organization's gateway.
    ForeignAgent,
}

impl Actor {
    /// All of them, from the least to the most trusted person, then the agents.
    pub const ALL: [Self; 12] = [
        Self::Anonymous,
        Self::Stranger,
        Self::Member,
        Self::Reader,
        Self::Writer,
        Self::Admin,
        Self::Owner,
        Self::Agent,
        Self::Lead,
        Self::OtherAgent,
        Self::MainAgent,
        Self::ForeignAgent,
    ];

    /// Whether the credential is a person's.
    pub fn is_person(self) -> bool {
        (Self::Stranger..=Self::Owner).contains(&self)
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Anonymous => "anonymous",
            Self::Stranger => "stranger",
            Self::Member => "member",
            Self::Reader => "reader",
            Self::Writer => "writer",
            Self::Admin => "admin",
            Self::Owner => "owner",
            Self::Agent => "agent",
            Self::Lead => "lead",
            Self::OtherAgent => "other-agent",
            Self::MainAgent => "main-agent",
            Self::ForeignAgent => "foreign-agent",
        })
    }
}
