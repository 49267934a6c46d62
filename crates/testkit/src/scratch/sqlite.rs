//! SQLite files, copied from a template in the directory of temporary files.
//!
//! A template is named for the hash of its schema. It is put there whole, by a rename, so tests in many processes need no lock:
//! who comes too early makes the schema itself, and the last to put a template there wins.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

use super::schema::Schema;

/// Age after which a template of another schema is removed.
const STALE_AFTER: Duration = Duration::from_secs(3_600);

const PREFIX: &str = "mctest_template_";

/// Makes the schema in the new file `database`.
pub(super) fn fill(database: &Path, schema: &Schema<'_>) {
    let template = template(schema);
    if fs::copy(&template, database).is_ok() {
        return;
    }
    // Of a copy that failed half way nothing may stay; mostly there is nothing.
    drop(fs::remove_file(database));
    let url = format!("sqlite://{}", database.display());
    (schema.create)(&url).unwrap_or_else(|error| panic!("create the schema on SQLite: {error}"));
    // Without room for it, or in a directory that others keep, the next test makes its schema itself again.
    drop(keep(database, &template));
}

fn template(schema: &Schema<'_>) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    schema.fingerprint.hash(&mut hasher);
    std::env::temp_dir().join(format!("{PREFIX}{:016x}.db", hasher.finish()))
}

/// Copies the database to the template's place. What is still in a write-ahead log would be missing: then it is no template.
fn keep(database: &Path, template: &Path) -> std::io::Result<()> {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    if fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        return Ok(());
    }
    let directory = std::env::temp_dir();
    sweep(&directory)?;
    let draft = NamedTempFile::new_in(directory)?;
    fs::copy(database, draft.path())?;
    draft.persist(template)?;
    Ok(())
}

/// Removes templates that nobody has made for long. Whoever is copying one keeps reading it.
fn sweep(directory: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let is_template = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        let made = entry.metadata().and_then(|metadata| metadata.modified());
        let is_old =
            made.is_ok_and(|made| SystemTime::now().duration_since(made).is_ok_and(|age| age > STALE_AFTER));
        if is_template && is_old {
            // Another process may sweep it at this moment.
            drop(fs::remove_file(entry.path()));
        }
    }
    Ok(())
}
