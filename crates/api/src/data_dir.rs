//! The directory that holds what is kept on disk.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;

use mission_control_fleet::failure::{Exit, Failure};

/// Makes the directory, for its owner only, unless it is there.
///
/// # Errors
/// The operating system's.
pub(crate) fn create(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// The failure of a command that could not use the directory.
pub(crate) fn failure(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    let fix = "make it writable, or set MISSION_CONTROL_DATA_DIR";
    Failure::new(Exit::Usage, format!("cannot use the data directory {path}: {error}; {fix}"))
}
