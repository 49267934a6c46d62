//! Skills: the packs that they come from, the organization's catalogue of them, bringing it up to date with a pack's
//! repository, installing skills on gateways.

pub mod catalogue;
mod error;
mod fetch;
mod git;
mod install;
pub mod packs;
mod reach;
mod read;
mod sync;

pub use install::set_installed;
pub use sync::sync_pack;

pub(crate) use error::PackError;
pub(crate) use fetch::{Fetched, fetch};
