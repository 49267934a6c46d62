//! Files that only their owner may read, whatever the umask and whoever made them.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

const FILE: u32 = 0o600;
const DIRECTORY: u32 = 0o700;
/// What others than the owner may do.
const OTHERS: u32 = 0o077;
/// Set on directories that everybody shares, such as `/tmp`.
const SHARED: u32 = 0o1000;

/// Makes a directory for its owner alone, with those above it; one that is there is closed to others. Where that cannot be
/// done, it is told in the log.
///
/// # Errors
/// The directory cannot be made.
pub fn directory(path: &Path) -> io::Result<()> {
    missing_directory(path)?;
    close(path, DIRECTORY);
    Ok(())
}

/// Makes a directory for its owner alone, with those above it; one that is there may serve others too, and stays.
///
/// # Errors
/// The directory cannot be made.
pub fn missing_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(DIRECTORY).create(path)
}

/// Closes a file to others, if it is there. Where that cannot be done, it is told in the log.
pub fn file(path: &Path) {
    close(path, FILE);
}

/// Makes the file of a SQLite database for its owner alone before SQLite would by the umask, and closes what is there of it:
/// the files beside it get the rights of the database when SQLite makes them.
///
/// # Errors
/// The file cannot be made.
pub(crate) fn sqlite(path: &Path) -> io::Result<()> {
    match new_file(path) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    file(path);
    for path in &beside(path) {
        file(path);
    }
    Ok(())
}

/// The files that SQLite keeps beside the one of a database.
pub fn beside(path: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

/// Makes a file for its owner alone.
///
/// # Errors
/// It is there already, or cannot be made.
pub fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(FILE).open(path)
}

/// Sees to it that the names in a directory outlast a loss of power.
///
/// # Errors
/// The disk's.
pub fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

fn close(path: &Path, mode: u32) {
    let Ok(found) = fs::metadata(path) else { return };
    if found.mode() & OTHERS == 0 {
        return;
    }
    let closed = match found.mode() & SHARED {
        0 => fs::set_permissions(path, Permissions::from_mode(mode)),
        _ => Err(io::Error::other("the directory is shared by everybody")),
    };
    let (path, mode) = (path.display(), format!("{mode:o}"));
    match closed {
        Ok(()) => tracing::info!(%path, mode, "closed to others"),
        Err(error) => tracing::warn!(%path, mode, %error, "others may read this, change its mode by hand"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().mode() & 0o7777
    }

    #[test]
    fn what_is_made_and_what_was_there_is_for_the_owner_alone() {
        let parent = tempfile::tempdir().unwrap();
        let new = parent.path().join("a/b");
        directory(&new).unwrap();
        assert_eq!((mode(&new), mode(new.parent().unwrap())), (DIRECTORY, DIRECTORY));
        fs::set_permissions(&new, Permissions::from_mode(0o755)).unwrap();
        directory(&new).unwrap();
        assert_eq!(mode(&new), DIRECTORY);

        let database = new.join("mc.db");
        sqlite(&database).unwrap();
        assert_eq!(mode(&database), FILE);
        let wal = new.join("mc.db-wal");
        fs::write(&wal, "").unwrap();
        for path in [&database, &wal] {
            fs::set_permissions(path, Permissions::from_mode(0o644)).unwrap();
        }
        sqlite(&database).unwrap();
        assert_eq!((mode(&database), mode(&wal)), (FILE, FILE));
    }

    #[test]
    fn a_directory_that_everybody_shares_stays_as_it_is() {
        let parent = tempfile::tempdir().unwrap();
        fs::set_permissions(parent.path(), Permissions::from_mode(0o1777)).unwrap();
        directory(parent.path()).unwrap();
        assert_eq!(mode(parent.path()), 0o1777);
    }
}
