//! Boards, as far as gateways and agents are concerned.

mod create;
mod delete;
mod group;
pub(crate) mod lead;
mod notify;
pub(crate) mod pause;
mod readable;
pub(crate) mod update;

pub use create::create;
pub use delete::delete;
pub use lead::{LeadOptions, ensure_lead};
pub use readable::readable;
pub use update::update;
