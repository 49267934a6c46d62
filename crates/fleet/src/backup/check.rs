//! Looking whether a backup is a whole one.

use std::path::Path;
use std::sync::Arc;

use mission_control_core::config::{DatabaseLocation, SecretsKey};
use mission_control_core::models::DeviceIdentity;
use mission_control_store::vault::Vault;
use mission_control_store::{Db, DbOptions, backup, device_identities, migrate};
use tempfile::TempDir;
use tokio::sync::mpsc;

use super::archive::{self, Manifest, Unpacked};
use super::error::BackupError;
use crate::audit;
use crate::fleet::IDENTITY;

/// What a look at a backup found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What the archive says of itself, and holds.
    pub manifest: Manifest,
    /// How many records of who did what were followed from end to end; `None` where the backup is of an older release, or
    /// has no key to open their seals.
    pub audit_chains: Option<usize>,
}

/// Unpacks a backup beside itself and looks at all of it: hash, pages and references of the database, migrations, rows, whether
/// its key opens its secrets, and the record of who did what. Nothing of it stays.
///
/// # Errors
/// [`BackupError`] with the first fault.
pub async fn check(path: &Path) -> Result<Checked, BackupError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let directory = scratch_in(parent)?;
    let (checked, _) = unpacked(path, directory.path()).await?;
    Ok(checked)
}

/// The same, for who needs what was unpacked.
pub(super) async fn unpacked(path: &Path, directory: &Path) -> Result<(Checked, Arc<Unpacked>), BackupError> {
    let (archive, target) = (path.to_owned(), directory.to_owned());
    let unpacked = mission_control_store::blocking(move || {
        let unpacked = archive::unpack(&archive, &target)?;
        match backup::inspect(&unpacked.database) {
            Ok(rows) if rows == unpacked.manifest.rows => Ok(Arc::new(unpacked)),
            Ok(_) => {
                Err(BackupError::damaged(&archive, "its tables have other rows than its manifest tells"))
            }
            Err(error) => Err(BackupError::damaged(&archive, error)),
        }
    })
    .await?;
    let options =
        DbOptions { pool_size: 1, ..DbOptions::new(DatabaseLocation::Sqlite(unpacked.database.clone())) };
    let status = migrate::status(&options).await?;
    let known = migrate::history();
    if let Some(unknown) = status.applied.iter().find(|applied| !known.contains(&applied.name)) {
        return Err(BackupError::Newer {
            path: path.to_owned(),
            version: unpacked.manifest.version.clone(),
            migration: unknown.name.clone(),
        });
    }
    let key = unpacked.secrets_key().and_then(SecretsKey::parse);
    let audit_chains = match key {
        Some(key) if status.pending.is_empty() => Some(look_inside(path, options, &Vault::new(&key)).await?),
        _ => None,
    };
    Ok((Checked { manifest: unpacked.manifest.clone(), audit_chains }, unpacked))
}

/// Whether the key opens what the database holds, and the record of who did what is whole.
async fn look_inside(path: &Path, options: DbOptions, vault: &Vault) -> Result<usize, BackupError> {
    let (nobody, _) = mpsc::unbounded_channel();
    let db = Db::open(options, nobody).await?;
    let identity = db.read(|conn| device_identities::find(conn, IDENTITY)).await?;
    if let Some(row) = identity {
        vault
            .open(DeviceIdentity::KEY_COLUMN, &row.name, &row.private_key)
            .map_err(|_| BackupError::damaged(path, "its key does not open its secrets"))?;
    }
    let records = audit::verify_in(&db, vault).await?;
    match records.iter().find_map(|record| record.broken.as_ref().map(|link| (record.organization, link))) {
        None => Ok(records.len()),
        Some((organization, link)) => {
            Err(BackupError::damaged(path, format!("the record of organization {organization}: {link}")))
        }
    }
}

/// A directory for the owner alone, which goes with the value.
pub(super) fn scratch_in(parent: &Path) -> Result<TempDir, BackupError> {
    tempfile::Builder::new()
        .prefix(".mission-control-backup-")
        .tempdir_in(parent)
        .map_err(BackupError::file(parent))
}
