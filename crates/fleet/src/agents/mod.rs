//! Agents: creating, changing, deleting them, and their heartbeats.

pub(crate) mod check;
mod check_in;
pub(crate) mod create;
pub(crate) mod delete;
mod input;
pub(crate) mod inspect;
pub(crate) mod main_agent;
mod orders;
pub(crate) mod pause;
pub mod presence;
mod update;

pub use check_in::{heartbeat, heartbeat_by_name, heartbeat_of};
pub use create::create;
pub use delete::delete;
pub use input::{AgentPatch, CreatedBy, NewAgent, normalize_profile, normalize_template};
pub use inspect::{file, files, sessions};
pub use orders::{Reprovision, reprovision, wake};
pub use pause::{pause, resume};
pub use update::update;
