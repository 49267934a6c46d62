//! The commands, one a file.

pub(crate) mod agents;
pub(crate) mod api;
pub(crate) mod approvals;
pub(crate) mod boards;
pub(crate) mod context;
pub(crate) mod given;
pub(crate) mod login;
pub(crate) mod runs;
pub(crate) mod status;
pub(crate) mod tasks;
pub(crate) mod watch;
