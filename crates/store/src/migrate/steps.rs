//! The steps of the schema, as they are embedded, and taking them.

use diesel::backend::Backend as DieselBackend;
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult, first_line};

pub(super) const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
pub(super) const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

pub(super) fn run_pending<DB: DieselBackend, C: MigrationHarness<DB>>(
    conn: &mut C,
    source: EmbeddedMigrations,
) -> StoreResult<Vec<String>>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let names = names::<DB>(&source);
    let versions = conn.run_pending_migrations(source).map_err(failed)?;
    Ok(versions.iter().map(|version| name_of(&names, &version.to_string())).collect())
}

pub(super) fn revert<DB: DieselBackend, C: MigrationHarness<DB>>(
    conn: &mut C,
    source: impl Fn() -> EmbeddedMigrations,
    steps: usize,
) -> StoreResult<Vec<String>>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let names = names::<DB>(&source());
    let steps = steps.min(conn.applied_migrations().map_err(failed)?.len());
    (0..steps)
        .map(|_| {
            conn.revert_last_migration(source())
                .map(|version| name_of(&names, &version.to_string()))
                .map_err(failed)
        })
        .collect()
}

/// Version and name of each migration, in order.
pub(super) fn names<DB: DieselBackend>(source: &EmbeddedMigrations) -> Vec<(String, String)>
where
    EmbeddedMigrations: MigrationSource<DB>,
{
    let mut migrations = MigrationSource::<DB>::migrations(source).unwrap_or_default();
    migrations.sort_by(|a, b| a.name().version().cmp(&b.name().version()));
    migrations
        .iter()
        .map(|migration| (migration.name().version().to_string(), migration.name().to_string()))
        .collect()
}

pub(super) fn name_of(names: &[(String, String)], version: &str) -> String {
    names.iter().find(|(known, _)| known == version).map_or(version, |(_, name)| name).to_owned()
}

pub(super) fn known(conn: &Conn) -> StoreResult<Vec<(String, String)>> {
    Ok(match conn {
        Conn::Pg(_) => names::<Pg>(&POSTGRES),
        Conn::Sqlite(_) => names::<Sqlite>(&SQLITE),
    })
}

pub(super) fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Migration(first_line(&error.to_string()))
}
