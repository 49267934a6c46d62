//! The schema: embedded migrations for both back ends, and taking over a database of the reference.
//!
//! Every command runs in one transaction under a lock, so several processes that start at once migrate once, and a
//! failed migration leaves the schema as it was.

mod adopt;
mod copy;
mod reference;
mod schema;
mod steps;

use std::path::{Path, PathBuf};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_migrations::MigrationHarness;
use mission_control_core::time::Timestamp;

use crate::conn::Conn;
use crate::db::blocking;
use crate::error::{StoreError, StoreResult};
use crate::manager;
use crate::options::DbOptions;
use crate::{backup, private};
use schema::{__diesel_schema_migrations, adopted_tables};
use steps::{POSTGRES, SQLITE, failed, known, name_of, names, revert, run_pending};

pub use reference::Reference;

/// Key of the advisory lock under which PostgreSQL migrates.
const MIGRATION_LOCK: i64 = 0x6d63_6d69_6700;

/// How long one process waits for another's migration.
const PATIENCE: Duration = Duration::from_secs(600);

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
                let kept = adopt::adopt(pg, &baseline()?)?;
                let applied = run_pending(pg, POSTGRES)?;
                diesel::insert_into(adopted_tables::table).values(&kept).execute(pg)?;
                Ok(applied)
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
                if steps >= applied && reference::is_of_reference(pg)? {
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

/// The database of the reference that this is; `None` for any other, one that was taken over included. Changes nothing.
///
/// # Errors
/// [`StoreError::Migration`] with the reason when it is one that cannot be taken over; [`StoreError::Unavailable`].
pub async fn reference(options: &DbOptions) -> StoreResult<Option<Reference>> {
    let options = options.clone();
    blocking(move || match manager::connect(&options)? {
        Conn::Pg(mut pg) => {
            pg.transaction(|pg| match reference::has_table(pg, "__diesel_schema_migrations")? {
                true => Ok(None),
                false => reference::recognise(pg),
            })
        }
        Conn::Sqlite(_) => Ok(None),
    })
    .await
}

/// Copies the database of the reference at `from` into a new SQLite database of ours at `to`. The original is only read, as it
/// is at one moment.
///
/// # Errors
/// [`StoreError::Migration`] with the reason when it cannot be taken over; [`StoreError::Unwritable`] when there is a database
/// at `to`. Nothing is left there then.
pub async fn copy_reference(from: &DbOptions, to: &Path) -> StoreResult<Reference> {
    let (from, to) = (from.clone(), to.to_owned());
    blocking(move || {
        let unwritable = |error: std::io::Error| StoreError::Unwritable(format!("{}: {error}", to.display()));
        let is_there = to.exists();
        if is_there && !backup::is_empty(&to)? {
            let reason = "there is a database already; move it away, or name another in DATABASE_URL";
            return Err(unwritable(std::io::Error::other(reason)));
        }
        let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        private::missing_directory(parent).map_err(unwritable)?;
        let scratch = tempfile::Builder::new().prefix(".mission-control-adopt-").tempdir_in(parent);
        let scratch = scratch.map_err(unwritable)?;
        let draft: PathBuf = scratch.path().join("copy.db");
        let found = match manager::connect(&from)? {
            Conn::Pg(mut pg) => pg.build_transaction().repeatable_read().read_only().run(|pg| {
                pg.batch_execute(&format!("SET LOCAL statement_timeout = {};", PATIENCE.as_millis()))?;
                copy::into_sqlite(pg, &draft)
            })?,
            Conn::Sqlite(_) => {
                return Err(StoreError::Migration("the reference has no database of SQLite".to_owned()));
            }
        };
        if is_there {
            drop(backup::alone(&to)?);
            std::fs::remove_file(&to).map_err(unwritable)?;
        }
        std::fs::hard_link(&draft, &to).map_err(unwritable)?;
        private::sync_directory(parent).map_err(unwritable)?;
        Ok(found)
    })
    .await
}

/// Makes a database that was taken over the reference's again, as long as nothing was written to the reference's tables since.
/// Returns how many migrations were taken back. What is in tables of ours goes.
///
/// # Errors
/// [`StoreError::Migration`] with the reason; the database is then as it was.
pub async fn give_back(options: &DbOptions) -> StoreResult<usize> {
    let options = options.clone();
    blocking(move || {
        let nothing =
            "there is nothing to give back: a copy of the reference's database was made, which is as it was";
        exclusively(
            &options,
            |pg| {
                adopt::give_back(pg, |pg| {
                    let ours = pg.applied_migrations().map_err(failed)?.len().saturating_sub(1);
                    Ok(revert(pg, || POSTGRES, ours)?.len())
                })
            },
            |_| Err(StoreError::Migration(nothing.to_owned())),
        )
    })
    .await
}

/// Name and statement of every index that the migrations of this release make, in SQLite's words: they are made in memory.
pub(crate) fn indexes() -> StoreResult<Vec<(String, String)>> {
    #[derive(QueryableByName)]
    struct Index {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
        #[diesel(sql_type = diesel::sql_types::Text)]
        statement: String,
    }
    let unavailable = |error: ConnectionError| StoreError::Unavailable(error.to_string());
    let mut sqlite = SqliteConnection::establish(":memory:").map_err(unavailable)?;
    run_pending(&mut sqlite, SQLITE)?;
    let made: Vec<Index> = diesel::sql_query(
        "SELECT name, sql AS statement FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
    )
    .load(&mut sqlite)?;
    Ok(made.into_iter().map(|Index { name, statement }| (name, statement)).collect())
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

fn baseline() -> StoreResult<String> {
    let names = names::<Pg>(&POSTGRES);
    let first =
        names.first().ok_or_else(|| StoreError::Migration("this release has no migrations".to_owned()))?;
    Ok(first.0.clone())
}

/// Version and time of each applied migration; empty for a database that was never migrated.
fn applied(conn: &mut Conn) -> StoreResult<Vec<(String, Timestamp)>> {
    let exists = match conn {
        Conn::Pg(pg) => reference::has_table(pg, "__diesel_schema_migrations")?,
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
