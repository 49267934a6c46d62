//! Skills: bringing the catalogue up to date with a pack's repository, installing skills on gateways.

mod error;
mod fetch;
mod git;
mod install;
mod reach;
mod read;
mod sync;

pub use install::{SkillState, set_installed};
pub use sync::{SkillPackSync, sync_pack};

pub(crate) use error::PackError;
pub(crate) use fetch::{Fetched, fetch};
