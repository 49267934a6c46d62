//! Bringing an agent onto its gateway: create, configuration, files, wake.
//!
//! What to write is planned by pure functions ([`config_patch`], [`files`], [`shape`]); the other modules carry it out.

pub mod config_patch;
pub(crate) mod config_write;
pub(crate) mod file_write;
pub mod files;
pub(crate) mod load;
pub(crate) mod run;
pub mod shape;
pub(crate) mod token;
pub(crate) mod wake;
