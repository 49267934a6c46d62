//! The product's own schema.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::thread;

use mission_control_store::{DbOptions, migrate};

use super::schema::{Created, Schema};
use super::{Backend, ScratchDatabase};

impl ScratchDatabase {
    /// A database with every migration applied, as a server leaves it that started on it once: in a few milliseconds, where
    /// the migrations themselves take a good part of a second. May be called on a runtime's thread.
    pub fn migrated(backend: Backend) -> Self {
        Self::new(backend, &Schema { fingerprint: &fingerprint(), create: &migrate_all })
    }
}

/// Migrating is asynchronous and making a scratch database is not: a thread of its own has its own runtime.
fn migrate_all(url: &str) -> Created {
    let migrated = thread::scope(|scope| {
        let migrating = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(|error| error.to_string())?;
            let options = DbOptions::parse(url).map_err(|error| error.to_string())?;
            runtime.block_on(migrate::up(&options)).map_err(|error| error.to_string())
        });
        migrating.join().expect("the migrations do not panic")
    });
    Ok(migrated.map(|_applied| ())?)
}

/// Changes with the text of any migration.
fn fingerprint() -> String {
    let mut hasher = DefaultHasher::new();
    for backend in ["postgres", "sqlite"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(backend);
        let entries = std::fs::read_dir(root).expect("the repository has migrations");
        let mut files: Vec<_> =
            entries.map(|entry| entry.expect("read the migrations").path().join("up.sql")).collect();
        files.sort();
        for file in files {
            std::fs::read(file).expect("read a migration").hash(&mut hasher);
        }
    }
    format!("migrated-{:016x}", hasher.finish())
}
