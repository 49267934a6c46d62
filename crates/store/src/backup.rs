//! Copies of a SQLite database: taken while others write to it, and looked at before anybody relies on them.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, SqliteConnection};
use mission_control_core::config::DatabaseLocation;

use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::manager;
use crate::options::DbOptions;
use crate::private;

/// How long somebody who is just leaving the database is waited for.
const LEAVING: Duration = Duration::from_secs(2);

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Writes the newest committed state of the database at `from` into the new file `to`. Others go on writing meanwhile.
///
/// # Errors
/// The database's; a file is there already.
pub fn copy(from: &Path, to: &Path) -> StoreResult<()> {
    let target =
        to.to_str().ok_or_else(|| StoreError::Unwritable("the path of the copy is not UTF-8".to_owned()))?;
    let mut source = open(from)?;
    diesel::sql_query("VACUUM INTO ?").bind::<Text, _>(target).execute(&mut source)?;
    private::file(to);
    Ok(())
}

/// How many rows each table of the database has, after a look at all of its pages, indexes and references.
///
/// # Errors
/// [`StoreError::Corrupt`] with the first fault; the database's.
pub fn inspect(path: &Path) -> StoreResult<BTreeMap<String, i64>> {
    let mut conn = open(path)?;
    let faults: Vec<Line> =
        diesel::sql_query("SELECT integrity_check AS line FROM pragma_integrity_check LIMIT 1")
            .load(&mut conn)?;
    if let Some(fault) = faults.into_iter().find(|fault| fault.line != "ok") {
        return Err(StoreError::Corrupt(fault.line));
    }
    let dangling: Vec<Line> = diesel::sql_query(
        "SELECT \"table\" || ' refers to a row of ' || parent || ' that is not there' AS line \
         FROM pragma_foreign_key_check LIMIT 1",
    )
    .load(&mut conn)?;
    if let Some(fault) = dangling.into_iter().next() {
        return Err(StoreError::Corrupt(fault.line));
    }
    let tables: Vec<Line> = diesel::sql_query(
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .load(&mut conn)?;
    tables
        .into_iter()
        .map(|Line { line: table }| {
            let count = format!("SELECT count(*) AS count FROM \"{}\"", table.replace('"', "\"\""));
            Ok((table, diesel::sql_query(count).get_result::<Count>(&mut conn)?.count))
        })
        .collect()
}

/// Whether the database has nothing in it yet: commands make an empty one where there was none.
///
/// # Errors
/// The database's.
pub(crate) fn is_empty(path: &Path) -> StoreResult<bool> {
    let count = diesel::sql_query("SELECT count(*) AS count FROM sqlite_master");
    Ok(count.get_result::<Count>(&mut open(path)?)?.count == 0)
}

/// A database that nobody else has open, nor can open, while this lives. All of it is in one file.
pub struct Alone(#[expect(dead_code, reason = "its locks are what counts")] SqliteConnection);

/// Makes sure that nobody uses the database, and brings what waits beside it into its file.
///
/// # Errors
/// [`StoreError::Busy`] while a process has it open; the database's, where the file is damaged.
pub fn alone(path: &Path) -> StoreResult<Alone> {
    let mut conn = open(path)?;
    conn.batch_execute("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE;")?;
    // Leaving WAL needs the database for oneself: every process that has it open holds a lock, also one that rests.
    manager::patiently(LEAVING, || conn.batch_execute("PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;"))?;
    Ok(Alone(conn))
}

fn open(path: &Path) -> StoreResult<SqliteConnection> {
    if !path.exists() {
        return Err(StoreError::Unavailable(format!("there is no database at {}", path.display())));
    }
    match manager::connect(&DbOptions::new(DatabaseLocation::Sqlite(path.to_owned())))? {
        Conn::Sqlite(conn) => Ok(conn),
        Conn::Pg(_) => Err(StoreError::Unavailable("it is no file".to_owned())),
    }
}
