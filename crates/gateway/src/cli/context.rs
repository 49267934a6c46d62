//! What commands work with, and end with.

use std::collections::BTreeMap;
use std::path::PathBuf;

use mission_control_core::config::Settings;

/// What commands work with.
pub(super) struct Context {
    pub(super) settings: Settings,
    pub(super) variables: BTreeMap<String, String>,
    /// The file that completes the environment, if one does.
    pub(super) file: Option<PathBuf>,
}
