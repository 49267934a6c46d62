//! Agents: creating, changing, deleting them, and their heartbeats.

pub(crate) mod check;
mod check_in;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod edit;
mod input;
mod inspect;
mod lifecycle;
pub(crate) mod pause;
pub mod presence;
mod read;
mod update;

use mission_control_core::id::AgentId;
use mission_control_core::models::Agent;
use mission_control_store::agents;

pub use check_in::{heartbeat, heartbeat_by_name};
pub use create::create;
pub use delete::delete;
pub use input::{AgentPatch, CreatedBy, NewAgent, normalize_profile, normalize_template};
pub use inspect::{AgentFileContent, AgentFileRead, file, files, sessions};
pub use lifecycle::{Reprovision, reprovision, wake};
pub use pause::{pause, resume};
pub use read::AgentRead;
pub use update::update;

use crate::error::FleetError;
use crate::fleet::Fleet;

/// The agent as it is now.
pub(crate) async fn current(fleet: &Fleet, id: AgentId) -> Result<Agent, FleetError> {
    let agent: Result<Option<Agent>, FleetError> =
        fleet.db().read(move |conn| agents::find(conn, id).map_err(FleetError::from)).await;
    agent?.ok_or(FleetError::not_found("Agent"))
}
