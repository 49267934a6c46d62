//! Bringing an agent onto its gateway: create, configuration, files, wake.
//!
//! What to write is planned by pure functions ([`files`], and [`mission_control_gateway_rpc::roster`] for the gateway's
//! configuration); the other modules carry it out.

pub(crate) mod config_write;
pub(crate) mod file_write;
pub mod files;
pub(crate) mod load;
pub(crate) mod remove;
pub(crate) mod run;
pub(crate) mod token;
pub(crate) mod wake;
pub(crate) mod workspace;
