//! The directory that the clock puts backups into.

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use mission_control_core::time::Timestamp;
use mission_control_store::private;

use super::error::BackupError;

/// How the names of backups begin that people take.
pub(super) const BY_HAND: &str = "mission-control-";
/// How those begin that the clock takes: none of the others is ever removed.
pub(super) const BY_CLOCK: &str = "mission-control-scheduled-";
const END: &str = ".tar.gz";
const TIME: &str = "%Y%m%dT%H%M%S%3fZ";

/// A backup in the directory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shelved {
    /// When.
    pub at: Timestamp,
    /// The file.
    pub path: PathBuf,
}

/// The name of a backup that is taken at this time.
pub(super) fn name(beginning: &str, at: Timestamp) -> String {
    format!("{beginning}{}{END}", at.utc().format(TIME))
}

/// The newest backup, whoever took it; none where there is no such directory.
///
/// # Errors
/// The directory cannot be read.
pub fn newest(directory: &Path) -> Result<Option<Shelved>, BackupError> {
    let all = shelved(directory, BY_CLOCK)?.into_iter().chain(shelved(directory, BY_HAND)?);
    Ok(all.max())
}

/// Removes all but the newest `keep` of those that the clock took, and says how many.
///
/// # Errors
/// One cannot be removed.
pub fn prune(directory: &Path, keep: usize) -> Result<usize, BackupError> {
    let all = shelved(directory, BY_CLOCK)?;
    let old = all.len().saturating_sub(keep);
    for backup in all.iter().take(old) {
        std::fs::remove_file(&backup.path).map_err(BackupError::file(&backup.path))?;
    }
    private::sync_directory(directory).map_err(BackupError::file(directory))?;
    Ok(old)
}

/// Those whose names begin so, oldest first.
fn shelved(directory: &Path, beginning: &str) -> Result<Vec<Shelved>, BackupError> {
    let failed = |error| BackupError::file(directory)(error);
    let entries = match std::fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let time = name.to_str().and_then(|name| name.strip_prefix(beginning)?.strip_suffix(END));
        let at = time.and_then(|time| NaiveDateTime::parse_from_str(time, TIME).ok());
        all.extend(at.map(|at| Shelved { at: Timestamp::from_utc(at.and_utc()), path: entry.path() }));
    }
    all.sort();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn those_of_the_clock_make_room_for_each_other_and_for_nothing_else() {
        let directory = tempfile::tempdir().unwrap();
        let now = Timestamp::parse("2026-11-29T03:00:00").unwrap();
        let day = |days: u32| now.minus(Duration::from_secs(24 * 3600) * days);
        for days in 0..5 {
            std::fs::write(directory.path().join(name(BY_CLOCK, day(days))), "").unwrap();
        }
        let others = [name(BY_HAND, day(9)), "notes.tar.gz".to_owned(), format!("{BY_CLOCK}x{END}")];
        for other in &others {
            std::fs::write(directory.path().join(other), "").unwrap();
        }
        assert_eq!(prune(directory.path(), 2).unwrap(), 3);
        assert_eq!(prune(directory.path(), 2).unwrap(), 0);
        let kept: Vec<_> =
            shelved(directory.path(), BY_CLOCK).unwrap().into_iter().map(|kept| kept.at).collect();
        assert_eq!(kept, [day(1), day(0)]);
        assert_eq!(newest(directory.path()).unwrap().unwrap().at, now);
        assert!(others.iter().all(|other| directory.path().join(other).exists()));
        assert_eq!(newest(&directory.path().join("nowhere")).unwrap(), None);
    }
}
