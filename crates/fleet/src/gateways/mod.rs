//! Gateways: registering, changing, removing them, and how they are.

mod commands;
mod create;
mod delete;
mod probe;
mod reconcile;
pub(crate) mod status;
mod sync_templates;
mod update;

pub(crate) use probe::{Refused, check};

pub use commands::commands;
pub use create::{NewGateway, create};
pub use delete::delete;
pub use reconcile::{plan, reconcile};
pub use status::{Asked, status};
pub use sync_templates::sync_templates;
pub use update::{GatewayPatch, update};
