//! Taking a backup.

use std::io;
use std::path::{Path, PathBuf};

use mission_control_core::config::{DatabaseLocation, LocalSettings, Settings};
use mission_control_core::time::Timestamp;
use mission_control_store::{DbOptions, backup, migrate, private};
use secrecy::ExposeSecret;
use zeroize::Zeroizing;

use super::archive::{self, Key, Manifest, SECRETS_KEY, TOKEN};
use super::check::{Checked, check, scratch_in};
use super::error::BackupError;
use super::shelf;

/// Where a backup goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Into this new file.
    File(PathBuf),
    /// Into a directory, under a name with the time.
    Directory(PathBuf),
    /// The same, as one of those that the clock takes: they make room for each other.
    Shelf(PathBuf),
}

/// Whether the keys of the installation go with its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// They do: whoever has the backup can open every secret in it.
    Included,
    /// They are kept elsewhere.
    LeftOut,
}

/// A backup that was taken, and looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// What it holds.
    pub checked: Checked,
}

/// Takes a backup of the installation that `settings` name, whether it runs or not, and looks at all of it before it gets its
/// name. Only its owner can read it.
///
/// # Errors
/// [`BackupError`]; nothing is left behind then.
pub async fn take(settings: &Settings, to: &Destination, keys: Keys) -> Result<Taken, BackupError> {
    let database = sqlite(settings)?;
    let now = Timestamp::now();
    let path = match to {
        Destination::File(file) => file.clone(),
        Destination::Directory(directory) => directory.join(shelf::name(shelf::BY_HAND, now)),
        Destination::Shelf(directory) => directory.join(shelf::name(shelf::BY_CLOCK, now)),
    };
    if path.exists() {
        return Err(BackupError::Exists(path));
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private::missing_directory(parent).map_err(BackupError::file(parent))?;
    let directory = scratch_in(parent)?;
    let (copy, draft) = (directory.path().join("copy.db"), directory.path().join("draft"));
    let files = match keys {
        Keys::Included => keys_of(settings)?,
        Keys::LeftOut => Vec::new(),
    };
    let (from, target) = (database, copy.clone());
    mission_control_store::blocking(move || backup::copy(&from, &target)).await?;
    let options = DbOptions::new(DatabaseLocation::Sqlite(copy.clone()));
    let migrations = migrate::status(&options).await?.applied;
    let migrations = migrations.into_iter().map(|applied| applied.name).collect();
    let archive = draft.clone();
    mission_control_store::blocking(move || {
        let rows = backup::inspect(&copy)?;
        let written = || {
            let manifest = Manifest::of(&copy, migrations, rows, &files)?;
            archive::write(&private::new_file(&archive)?, &manifest, &files, &copy)?;
            // The look needs the room.
            std::fs::remove_file(&copy)
        };
        written().map_err(BackupError::file(&archive))
    })
    .await?;
    let checked = check(&draft).await?;
    let bytes = std::fs::metadata(&draft).map_err(BackupError::file(&draft))?.len();
    name(&draft, &path)?;
    Ok(Taken { path, bytes, checked })
}

/// Gives the checked archive its name; one that is there stays.
fn name(draft: &Path, path: &Path) -> Result<(), BackupError> {
    std::fs::hard_link(draft, path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(path.to_owned()),
        _ => BackupError::file(path)(error),
    })?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private::sync_directory(parent).map_err(BackupError::file(parent))
}

/// The file of the database.
pub(super) fn sqlite(settings: &Settings) -> Result<PathBuf, BackupError> {
    match &settings.database.location {
        DatabaseLocation::Sqlite(path) => Ok(path.clone()),
        other @ DatabaseLocation::Postgres(_) => Err(BackupError::NotSqlite(other.to_string())),
    }
}

/// The keys that are there: of the settings, else of the data directory. The access token goes along where it is kept there.
fn keys_of(settings: &Settings) -> Result<Vec<Key>, BackupError> {
    let kept = |name: &'static str| {
        let path = settings.data_dir.join(name);
        match std::fs::read(&path) {
            Ok(text) => Ok(Some(Key { name, text: Zeroizing::new(text) })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(BackupError::file(&path)(error)),
        }
    };
    let secrets_key = match &settings.secrets_key {
        Some(key) => {
            let text = key.to_base64().expose_secret().as_bytes().to_vec();
            Some(Key { name: SECRETS_KEY, text: Zeroizing::new(text) })
        }
        None => kept(SECRETS_KEY)?,
    };
    let token = match &settings.auth.local {
        Some(LocalSettings { token: None }) => kept(TOKEN)?,
        _ => None,
    };
    Ok(secrets_key.into_iter().chain(token).collect())
}
