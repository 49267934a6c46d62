//! The members of an organization: their roles, and the boards that they may see and change.

mod manage;
mod rights;

pub use manage::{remove, set_rights, set_role};

pub(crate) use rights::{acting_role, rights_per_board};
