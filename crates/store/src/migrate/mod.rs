//! The schema: embedded migrations for both back ends, and taking over a database of the reference.
//!
//! Every command runs in one transaction under a lock, so several processes that start at once migrate once, and a
//! failed migration leaves the schema as it was.

mod adopt;

use std::time::Duration;

use diesel::backend::Backend as DieselBackend;
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::db::blocking;
use crate::error::{StoreError, StoreResult, first_line};
use crate::manager;
use crate::options::DbOptions;
use schema::__diesel_schema_migrations;

const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// Key of the advisory lock under which PostgreSQL migrates.
const MIGRATION_LOCK: i64 = 0x6d63_6d69_6700;

/// How long one process waits for another's migration.
const PATIENCE: Duration = Duration::from_secs(600);

mod schema {
    diesel::table! {
        __diesel_schema_migrations (version) {
            version -> Text,
            run_on -> Timestamp,
        }
    }
}

/// A migration that the database has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its version, e.g. `00000000000001`.
    pub version: String,
    /// Its name, e.g. `00000000000001_baseline`; the version when it came with a newer release.
    pub name: String,
    /// When it was applied.
    pub run_on: Timestamp,
}

/// What the database has and lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Applied migrations, oldest first.
    pub applied: Vec<Applied>,
    /// Names of those still to apply, in order.
    pub pending: Vec<String>,
}

/// Applies every pending migration and returns their names. A database of the reference is taken over: its tables
/// count as the baseline.
///
/// # Errors
/// [`StoreError::Unavailable`], [`StoreError::Migration`]; the schema is then as before.
pub async fn up(options: &DbOptions) -> StoreResult<Vec<String>> {
    let options = options.clone();
    blocking(move || {
        manager::prepare(&options)?;
        exclusively(
            &options,
            |pg| {
                adopt::adopt(pg, &baseline()?)?;
                run_pending(pg, POSTGRES)
            },
            |sqlite| run_pending(sqlite, SQLITE),
        )
    })
    .await
}

/// Reverts the last `steps` migrations and returns their names, newest first.
///
/// # Errors
/// [`StoreError::Migration`] when one cannot be reverted, or when that would drop the tables of the reference.
pub async fn down(options: &DbOptions, steps: usize) -> StoreResult<Vec<String>> {
    let options = options.clone();
    blocking(move || {
        exclusively(
            &options,
            |pg| {
                let applied = pg.applied_migrations().map_err(failed)?.len();
                if steps >= applied && adopt::has_table(pg, "alembic_version")? {
                    return Err(StoreError::Migration(
                        "the baseline is the reference's own schema with its data; it is not reverted"
                            .to_owned(),
                    ));
                }
                revert(pg, || POSTGRES, steps)
            },
            |sqlite| revert(sqlite, || SQLITE, steps),
        )
    })
    .await
}

/// What the database has and lacks. Changes nothing.
///
/// # Errors
/// [`StoreError::Unavailable`]; the database's.
pub async fn status(options: &DbOptions) -> StoreResult<Status> {
    let options = options.clone();
    blocking(move || {
        let mut conn = manager::connect(&options)?;
        let known = known(&conn)?;
        // In one transaction: behind a connection pooler statements belong together in no other way.
        let applied = conn.transaction(applied)?;
        let applied = applied
            .into_iter()
            .map(|(version, run_on)| {
                let name = name_of(&known, &version);
                Applied { version, name, run_on }
            })
            .collect::<Vec<_>>();
        let pending = known
            .into_iter()
            .filter(|(version, _)| !applied.iter().any(|applied| applied.version == *version))
            .map(|(_, name)| name)
            .collect();
        Ok(Status { applied, pending })
    })
    .await
}

/// The names of all migrations of this release, oldest first.
pub fn history() -> Vec<String> {
    names::<Pg>(&POSTGRES).into_iter().map(|(_, name)| name).collect()
}

fn exclusively<T>(
    options: &DbOptions,
    on_postgres: impl FnOnce(&mut PgConnection) -> StoreResult<T>,
    on_sqlite: impl FnOnce(&mut SqliteConnection) -> StoreResult<T>,
) -> StoreResult<T> {
    match manager::connect(options)? {
        Conn::Pg(mut pg) => pg.transaction(|pg| {
            pg.batch_execute(&format!(
                "SET LOCAL statement_timeout = {}; SELECT pg_advisory_xact_lock({MIGRATION_LOCK});",
                PATIENCE.as_millis()
            ))?;
            on_postgres(pg)
        }),
        Conn::Sqlite(mut sqlite) => {
            sqlite.batch_execute(&format!("PRAGMA busy_timeout = {};", PATIENCE.as_millis()))?;
            sqlite.exclusive_transaction(on_sqlite)
        }
    }
}

fn run_pending<DB: DieselBackend, C: MigrationHarness<DB>>(
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

fn revert<DB: DieselBackend, C: MigrationHarness<DB>>(
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
fn names<DB: DieselBackend>(source: &EmbeddedMigrations) -> Vec<(String, String)>
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

fn name_of(names: &[(String, String)], version: &str) -> String {
    names.iter().find(|(known, _)| known == version).map_or(version, |(_, name)| name).to_owned()
}

fn known(conn: &Conn) -> StoreResult<Vec<(String, String)>> {
    Ok(match conn {
        Conn::Pg(_) => names::<Pg>(&POSTGRES),
        Conn::Sqlite(_) => names::<Sqlite>(&SQLITE),
    })
}

fn baseline() -> StoreResult<String> {
    let names = names::<Pg>(&POSTGRES);
    let first =
        names.first().ok_or_else(|| StoreError::Migration("this release has no migrations".to_owned()))?;
    Ok(first.0.clone())
}

/// Version and time of each applied migration; empty for a database that was never migrated.
fn applied(conn: &mut Conn) -> StoreResult<Vec<(String, Timestamp)>> {
    let exists = match conn {
        Conn::Pg(pg) => adopt::has_table(pg, "__diesel_schema_migrations")?,
        Conn::Sqlite(sqlite) => diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(
            "EXISTS (SELECT 1 FROM sqlite_master WHERE name = '__diesel_schema_migrations')",
        ))
        .get_result(sqlite)?,
    };
    if !exists {
        return Ok(Vec::new());
    }
    Ok(__diesel_schema_migrations::table
        .order(__diesel_schema_migrations::version.asc())
        .select((__diesel_schema_migrations::version, __diesel_schema_migrations::run_on))
        .load(conn)?)
}

fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Migration(first_line(&error.to_string()))
}
