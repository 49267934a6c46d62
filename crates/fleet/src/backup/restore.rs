//! Making an installation of a backup.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use mission_control_core::config::{SecretsKey, Settings};
use mission_control_core::time::Timestamp;
use mission_control_store::backup::alone;
use mission_control_store::{StoreError, private};

use super::archive::{Key, SECRETS_KEY};
use super::check::{Checked, scratch_in, unpacked};
use super::error::BackupError;
use super::take::sqlite;

/// An installation that was made of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the backup holds.
    pub checked: Checked,
    /// The database.
    pub database: PathBuf,
    /// Where each file went that was there before.
    pub aside: Vec<PathBuf>,
}

/// Puts the database and the keys of a backup where `settings` say, after a look at all of it. With `force` what is there goes
/// into a folder beside.
///
/// # Errors
/// [`BackupError`]; what was there is then where it was.
pub async fn restore(settings: &Settings, archive: &Path, force: bool) -> Result<Restored, BackupError> {
    let database = sqlite(settings)?;
    let place = database.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    private::missing_directory(place).map_err(BackupError::file(place))?;
    private::missing_directory(&settings.data_dir).map_err(BackupError::file(&settings.data_dir))?;
    let scratch = scratch_in(place)?;
    let (checked, unpacked) = unpacked(archive, scratch.path()).await?;
    if let (Some(ours), Some(theirs)) =
        (&settings.secrets_key, unpacked.secrets_key().and_then(SecretsKey::parse))
        && ours.expose() != theirs.expose()
    {
        return Err(BackupError::OtherKey);
    }
    // A key of the settings is in effect; a file beside it would only confuse.
    let keys: Vec<&Key> = unpacked
        .keys
        .iter()
        .filter(|key| key.name != SECRETS_KEY || settings.secrets_key.is_none())
        .filter(|key| fs::read(settings.data_dir.join(key.name)).ok().as_ref() != Some(&*key.text))
        .collect();
    let is_used = fs::metadata(&database).is_ok_and(|found| found.len() > 0);
    let in_the_way = is_used
        .then(|| database.clone())
        .or_else(|| keys.iter().map(|key| settings.data_dir.join(key.name)).find(|path| path.exists()));
    if let Some(path) = in_the_way.filter(|_| !force) {
        return Err(BackupError::Occupied(path));
    }
    let held = match is_used.then(|| alone(&database)) {
        Some(Err(StoreError::Busy(_))) => return Err(BackupError::InUse(database)),
        Some(Ok(alone)) => Some(alone),
        // Nobody works with a file that cannot be read as a database: that may be why there is a backup.
        Some(Err(_)) | None => None,
    };
    // The look may have left part of it in a file beside.
    drop(alone(&unpacked.database)?);
    let stamp = format!("before-restore-{}", Timestamp::now().utc().format("%Y%m%dT%H%M%S%3fZ"));
    let mut moves = Moves::default();
    let placed = (|| {
        for path in [database.clone()].into_iter().chain(private::beside(&database)) {
            moves.aside(&path, &place.join(&stamp))?;
        }
        for key in &keys {
            let path = settings.data_dir.join(key.name);
            moves.aside(&path, &settings.data_dir.join(&stamp))?;
            moves.write(&path, &key.text)?;
        }
        moves.rename(&unpacked.database, &database)?;
        private::sync_directory(place).map_err(BackupError::file(place))
    })();
    drop(held);
    match placed {
        Ok(()) => Ok(Restored { checked, database, aside: moves.put_aside }),
        Err(error) => {
            moves.undo();
            Err(error)
        }
    }
}

/// What was done to files, to be taken back as a whole.
#[derive(Default)]
struct Moves {
    done: Vec<(PathBuf, PathBuf)>,
    written: Vec<PathBuf>,
    put_aside: Vec<PathBuf>,
}

impl Moves {
    /// Moves a file, if it is there, into a folder for its owner alone.
    fn aside(&mut self, path: &Path, folder: &Path) -> Result<(), BackupError> {
        let Some(name) = path.file_name().filter(|_| path.exists()) else { return Ok(()) };
        private::directory(folder).map_err(BackupError::file(folder))?;
        let kept = folder.join(name);
        self.rename(path, &kept)?;
        self.put_aside.push(kept);
        Ok(())
    }

    fn rename(&mut self, from: &Path, to: &Path) -> Result<(), BackupError> {
        fs::rename(from, to).map_err(BackupError::file(to))?;
        self.done.push((from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn write(&mut self, path: &Path, text: &[u8]) -> Result<(), BackupError> {
        let written = || {
            let mut file = private::new_file(path)?;
            file.write_all(text)?;
            file.sync_all()
        };
        self.written.push(path.to_owned());
        written().map_err(BackupError::file(path))
    }

    /// As far as it can be done: each step went the other way a moment ago.
    fn undo(self) {
        for path in self.written {
            let _ = fs::remove_file(path);
        }
        for (from, to) in self.done.into_iter().rev() {
            let _ = fs::rename(to, from);
        }
    }
}
