//! Backups of an installation with SQLite: one archive with the database and the keys that it cannot be read without.
//!
//! A backup is taken while the server runs, and looked at as a whole before it gets its name. [`restore()`] makes an
//! installation of it and keeps what was there. Of PostgreSQL its own tools take backups.

mod archive;
mod check;
mod error;
mod restore;
mod shelf;
mod take;

pub use archive::{Manifest, SECRETS_KEY, TOKEN};
pub use check::{Checked, check};
pub use error::BackupError;
pub use restore::{Restored, restore};
pub use shelf::{Shelved, newest, prune};
pub use take::{Destination, Keys, Taken, take};
