//! Why a backup was not taken, is none, or was not restored.

use std::io;
use std::path::{Path, PathBuf};

use mission_control_store::StoreError;

/// Why there is no backup, or no restored installation. What was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The installation has no SQLite database.
    #[error("the database is {0}, and only SQLite is backed up and restored by this program")]
    NotSqlite(String),
    /// There is a file of that name.
    #[error("{} is there already; name another file", .0.display())]
    Exists(PathBuf),
    /// A file or directory cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file is no backup, or not a whole one.
    #[error("{} is no whole backup: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A newer release made the backup.
    #[error(
        "{} was made by release {version}, whose migration {migration} this program does not know; restore it with \
         that release or a later one",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The release.
        version: String,
        /// Its migration.
        migration: String,
    },
    /// Somebody uses the database that is to be replaced.
    #[error("{} is in use: stop the server, the worker and the gateway link first", .0.display())]
    InUse(PathBuf),
    /// There is something where the backup is to be restored.
    #[error(
        "{} is there already; with --force it is kept aside and the backup takes its place",
        .0.display()
    )]
    Occupied(PathBuf),
    /// The settings name another key than the one that the secrets of the backup are sealed with.
    #[error(
        "SECRETS_KEY is set to another key than the backup's, and its secrets would not open; take SECRETS_KEY out of the \
         settings, and the key of the backup is used"
    )]
    OtherKey,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BackupError {
    /// What went wrong with this file.
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// What is wrong with this archive.
    pub(super) fn damaged(path: &Path, reason: impl ToString) -> Self {
        Self::Damaged { path: path.to_owned(), reason: reason.to_string() }
    }
}
