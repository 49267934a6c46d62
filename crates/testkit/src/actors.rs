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
    /// An owner of the organization who signed in with the password of an account, in a browser.
    AccountOwner,
    /// An owner of the organization who signed in by an identity provider, in a browser.
    OidcOwner,
    /// A program with an API token of the owner's that only reads.
    ReadToken,
    /// A program with an API token of the owner's that writes.
    WriteToken,
    /// A program with an API token of the owner's that administers.
    AdminToken,
    /// A program with an API token of the owner's that writes, and opens the board alone.
    BoardToken,
    /// A service account that may write to the board, by a token that leaves it all of its rights.
    ServiceAccount,
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
    /// All of them, from the least to the most trusted person, then programs that act for members, then the agents.
    pub const ALL: [Self; 19] = [
        Self::Anonymous,
        Self::Stranger,
        Self::Member,
        Self::Reader,
        Self::Writer,
        Self::Admin,
        Self::Owner,
        Self::AccountOwner,
        Self::OidcOwner,
        Self::ReadToken,
        Self::WriteToken,
        Self::AdminToken,
        Self::BoardToken,
        Self::ServiceAccount,
        Self::Agent,
        Self::Lead,
        Self::OtherAgent,
        Self::MainAgent,
        Self::ForeignAgent,
    ];

    /// Whether the credential is a person's, or that of a program which acts as a member.
    pub fn is_person(self) -> bool {
        (Self::Stranger..=Self::ServiceAccount).contains(&self)
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
            Self::AccountOwner => "account-owner",
            Self::OidcOwner => "oidc-owner",
            Self::ReadToken => "read-token",
            Self::WriteToken => "write-token",
            Self::AdminToken => "admin-token",
            Self::BoardToken => "board-token",
            Self::ServiceAccount => "service-account",
            Self::Agent => "agent",
            Self::Lead => "lead",
            Self::OtherAgent => "other-agent",
            Self::MainAgent => "main-agent",
            Self::ForeignAgent => "foreign-agent",
        })
    }
}
