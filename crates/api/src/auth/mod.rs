//! Who is calling. People show an access token or, in a browser, the cookie of a [`web_session`], which they get for that token
//! for the password of their account ([`account`]), or by an identity provider ([`provider`]); programs that act for a member
//! show an API token, whose scope `scopes` compares with the route. Handlers say in their arguments who may call them:
//!
//! | argument | lets in |
//! |---|---|
//! | [`User`] | a signed-in person |
//! | [`Person`] | a person who has signed in, and no program that acts for one; or a service account |
//! | [`OrgMember`] | a person, with the organization they work in |
//! | [`OrgAdmin`] | an admin or owner of it |
//! | [`Agent`] | an agent (`X-Agent-Token`, or `Authorization: Bearer` with an agent's token) |
//! | [`Actor`] | a person or an agent |
//! | [`MemberOrAgent`] | a person, with the organization they work in, or an agent |
//! | [`AdminOrAgent`] | an admin or owner, or an agent |
//! | [`BoardRead`], [`BoardWrite`] | a member who may see, or change, the board of the path |
//! | [`BoardActorRead`], [`BoardActorWrite`] | the same, or an agent of the board |
//! | [`AgentBoard`] | an agent of the board of the path |
//! | [`GroupRead`], [`GroupWrite`] | a member who may see, or change, the board group of the path |

pub mod account;
mod acting;
mod actor;
mod agent;
mod board;
mod board_actor;
mod board_group;
mod credentials;
mod failures;
mod identity;
mod local_token;
mod principal;
pub mod provider;
mod scopes;
mod user;
pub mod web_session;
mod work;
mod write_budget;
pub(crate) mod writes;

pub use actor::{Actor, AdminOrAgent, MemberOrAgent};
pub use agent::Agent;
pub(crate) use agent::is_agent;
pub use board::{BoardRead, BoardWrite};
pub(crate) use board_actor::board_of_agent;
pub use board_actor::{AgentBoard, BoardActorRead, BoardActorWrite, Party};
pub(crate) use board_group::open_boards;
pub use board_group::{GroupRead, GroupWrite};
pub(crate) use credentials::{SESSION_COOKIE, bearer, proofs};
pub use identity::Proof;
pub use local_token::{LocalToken, SetUpCode, kept_local_token};
pub(crate) use principal::{Principal, principal};
pub use scopes::Scopes;
pub use user::{OrgAdmin, OrgMember, Person, User};
pub(crate) use work::Right;
pub use write_budget::WriteBudgets;
