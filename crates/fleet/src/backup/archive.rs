//! The form of a backup: a tar archive, compressed, of a manifest, the keys and the database, in this order.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use mission_control_core::limits::{BACKUP_KEY, BACKUP_MANIFEST};
use mission_control_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tar::{Archive, Builder, EntryType, Header};
use zeroize::Zeroizing;

use super::error::BackupError;

/// The key that seals secrets, as a file of the archive and of the data directory.
pub const SECRETS_KEY: &str = "secrets-key";
/// The access token of people, likewise.
pub const TOKEN: &str = "local-auth-token";
const MANIFEST: &str = "manifest.json";
const DATABASE: &str = "mission-control.db";
/// The form that this release writes, and reads.
const FORM: u32 = 1;
/// Bytes that are copied at a time.
const STEP: usize = 64 * 1024;

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the archive.
    pub form: u32,
    /// When the copy was taken.
    pub made_at: Timestamp,
    /// The release that took it.
    pub version: String,
    /// Size of the database in bytes.
    pub bytes: u64,
    /// SHA-256 of the database, in hexadecimal digits.
    pub sha256: String,
    /// The migrations that the database has, oldest first.
    pub migrations: Vec<String>,
    /// How many rows each table has.
    pub rows: BTreeMap<String, i64>,
    /// The keys that the archive has, by the names of their files.
    pub keys: Vec<String>,
}

impl Manifest {
    /// What is to be said of this copy.
    pub(super) fn of(
        database: &Path,
        migrations: Vec<String>,
        rows: BTreeMap<String, i64>,
        keys: &[Key],
    ) -> io::Result<Self> {
        let (bytes, sha256) = hashed(&mut File::open(database)?, &mut io::sink(), u64::MAX)?;
        Ok(Self {
            form: FORM,
            made_at: Timestamp::now(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            bytes,
            sha256,
            migrations,
            rows,
            keys: keys.iter().map(|key| key.name.to_owned()).collect(),
        })
    }
}

/// A small secret file of an installation.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) text: Zeroizing<Vec<u8>>,
}

/// Writes an archive; the caller sees to who may read `file`.
pub(super) fn write(file: &File, manifest: &Manifest, keys: &[Key], database: &Path) -> io::Result<()> {
    let mut archive = Builder::new(GzEncoder::new(file, Compression::fast()));
    let text = serde_json::to_vec_pretty(manifest)?;
    append(&mut archive, MANIFEST, manifest, text.len(), text.as_slice())?;
    for key in keys {
        append(&mut archive, key.name, manifest, key.text.len(), key.text.as_slice())?;
    }
    let bytes = usize::try_from(manifest.bytes).map_err(io::Error::other)?;
    append(&mut archive, DATABASE, manifest, bytes, File::open(database)?)?;
    archive.into_inner()?.finish()?;
    file.sync_all()
}

fn append(
    archive: &mut Builder<impl Write>,
    name: &str,
    manifest: &Manifest,
    bytes: usize,
    content: impl Read,
) -> io::Result<()> {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_size(bytes as u64);
    header.set_mtime(u64::try_from(manifest.made_at.utc().timestamp()).unwrap_or_default());
    archive.append_data(&mut header, name, content)
}

/// What an archive held.
pub(super) struct Unpacked {
    pub(super) manifest: Manifest,
    pub(super) keys: Vec<Key>,
    /// The database, in the directory that it was unpacked into.
    pub(super) database: PathBuf,
}

impl Unpacked {
    /// The key that seals secrets, if the archive has it.
    pub(super) fn secrets_key(&self) -> Option<&str> {
        let key = self.keys.iter().find(|key| key.name == SECRETS_KEY)?;
        std::str::from_utf8(&key.text).ok()
    }
}

/// Unpacks the archive at `path` into a directory for its owner alone. Whatever the archive says, nothing is written but the
/// database, and no more of it than the manifest tells.
pub(super) fn unpack(path: &Path, directory: &Path) -> Result<Unpacked, BackupError> {
    let failed = |error: io::Error| BackupError::damaged(path, error);
    let file = File::open(path).map_err(BackupError::file(path))?;
    let mut archive = Archive::new(GzDecoder::new(file));
    let (mut manifest, mut keys, mut database) = (None::<Manifest>, Vec::new(), None);
    for entry in archive.entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        let name = entry.path().map_err(failed)?.to_string_lossy().into_owned();
        match (name.as_str(), &manifest) {
            (MANIFEST, None) => {
                let text = short(&mut entry, BACKUP_MANIFEST).map_err(failed)?;
                let read: Manifest =
                    serde_json::from_slice(&text).map_err(|error| BackupError::damaged(path, error))?;
                if read.form != FORM {
                    let reason =
                        format!("it has form {}, and this release reads form {FORM} alone", read.form);
                    return Err(BackupError::damaged(path, reason));
                }
                manifest = Some(read);
            }
            (SECRETS_KEY, Some(_)) => {
                keys.push(Key { name: SECRETS_KEY, text: short(&mut entry, BACKUP_KEY).map_err(failed)? });
            }
            (TOKEN, Some(_)) => {
                keys.push(Key { name: TOKEN, text: short(&mut entry, BACKUP_KEY).map_err(failed)? });
            }
            (DATABASE, Some(manifest)) => {
                let target = directory.join(DATABASE);
                let mut copy = File::create_new(&target).map_err(BackupError::file(&target))?;
                let (bytes, sha256) = hashed(&mut entry, &mut copy, manifest.bytes).map_err(failed)?;
                copy.sync_all().map_err(BackupError::file(&target))?;
                if (bytes, &sha256) != (manifest.bytes, &manifest.sha256) {
                    let reason = "the database in it is not the one that its manifest tells of";
                    return Err(BackupError::damaged(path, reason));
                }
                database = Some(target);
            }
            _ => return Err(BackupError::damaged(path, format!("{name} is nothing that a backup has"))),
        }
    }
    let (Some(manifest), Some(database)) = (manifest, database) else {
        return Err(BackupError::damaged(path, "it ends before the database"));
    };
    if keys.iter().map(|key| key.name).ne(manifest.keys.iter().map(String::as_str)) {
        return Err(BackupError::damaged(path, "its keys are not those that its manifest tells of"));
    }
    Ok(Unpacked { manifest, keys, database })
}

/// All of a small file.
fn short(entry: &mut impl Read, most: u64) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut text = Zeroizing::new(Vec::new());
    entry.take(most.saturating_add(1)).read_to_end(&mut text)?;
    if text.len() as u64 > most {
        return Err(io::Error::other("a file in it is longer than any of a backup"));
    }
    Ok(text)
}

/// Copies and hashes; ends with an error behind the `most`th byte.
fn hashed(from: &mut impl Read, to: &mut impl Write, most: u64) -> io::Result<(u64, String)> {
    let (mut hash, mut bytes, mut step) = (Sha256::new(), 0_u64, vec![0; STEP]);
    loop {
        let read = from.read(&mut step)?;
        let part = step.get(..read).unwrap_or_default();
        if part.is_empty() {
            return Ok((bytes, hex::encode(hash.finalize())));
        }
        bytes = bytes.saturating_add(read as u64);
        if bytes > most {
            return Err(io::Error::other("the database in it is longer than its manifest tells"));
        }
        hash.update(part);
        to.write_all(part)?;
    }
}
