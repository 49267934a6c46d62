//! The kinds of jobs: their arguments, as they are stored, and what each says of itself.

mod agents;
mod gateways;
mod messages;
mod organizations;
mod runs;

pub use gateways::SyncOptions;
pub(crate) use {agents::*, gateways::*, messages::*, organizations::*, runs::*};
