//! The members of an organization: their roles, the boards that they may see and change, and how they are invited.

pub mod invites;
mod manage;
mod rights;

pub(crate) use manage::give_role;
pub use manage::{remove, set_rights, set_role};

pub(crate) use rights::{acting_role, may_have, rights_per_board};
