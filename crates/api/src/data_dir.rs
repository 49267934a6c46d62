//! The directory that holds what is kept on disk.

use std::io;
use std::path::Path;

use mission_control_process::{Exit, Failure};

/// The failure of a command that could not use the directory.
pub(crate) fn failure(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    let fix = "make it writable, or set MISSION_CONTROL_DATA_DIR";
    Failure::new(Exit::Usage, format!("cannot use the data directory {path}: {error}; {fix}"))
}
