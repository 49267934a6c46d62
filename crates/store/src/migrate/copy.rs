//! Copying a database of the reference into a SQLite file of ours. The original is only read.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::migration::{MigrationConnection, MigrationSource};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::Sqlite;
use diesel_migrations::MigrationHarness;
use mission_control_core::config::DatabaseLocation;

use super::adopt::{self, Kept};
use super::reference::{self, Reference, Table};
use super::schema::adopted_tables;
use super::steps::{SQLITE, failed, run_pending};
use crate::backup;
use crate::conn::Conn;
use crate::error::{StoreError, StoreResult};
use crate::manager;
use crate::options::DbOptions;

/// Rows that are in memory at a time.
const BATCH: u32 = 100;

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

/// Writes all of the reference's database at `from` into the new file `to`, with our schema. The file is whole, or not of use.
pub(super) fn into_sqlite(pg: &mut PgConnection, to: &Path) -> StoreResult<Reference> {
    if reference::has_table(pg, "__diesel_schema_migrations")? {
        return Err(StoreError::Migration(
            "the database was taken over by Mission Control already; it is not copied".to_owned(),
        ));
    }
    let Some(found) = reference::recognise(pg)? else {
        return Err(StoreError::Migration("the database is none of the reference".to_owned()));
    };
    let kept = adopt::fingerprints(pg, found.revision.as_deref())?;
    let options = DbOptions::new(DatabaseLocation::Sqlite(to.to_owned()));
    let Conn::Sqlite(mut sqlite) = manager::connect(&options)? else {
        return Err(StoreError::Unavailable("it is no file".to_owned()));
    };
    // Rows come before those that they refer to; at the end all references are looked at.
    sqlite.batch_execute("PRAGMA foreign_keys = OFF;")?;
    sqlite.exclusive_transaction(|sqlite| {
        let migrations = MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(failed)?;
        let baseline = migrations.into_iter().min_by(|a, b| a.name().version().cmp(&b.name().version()));
        let baseline =
            baseline.ok_or_else(|| StoreError::Migration("this release has no migrations".to_owned()))?;
        sqlite.setup()?;
        sqlite.run_migration(&baseline).map_err(failed)?;
        for table in &reference::tables() {
            rows(pg, sqlite, table)?;
        }
        for Kept { name, row_count, .. } in &kept {
            let count = format!("SELECT count(*) AS count FROM \"{name}\"");
            let copied = diesel::sql_query(count).get_result::<Count>(sqlite)?.count;
            if copied != *row_count {
                let reason = format!("{copied} of {row_count} rows of {name} arrived");
                return Err(StoreError::Migration(reason));
            }
        }
        run_pending(sqlite, SQLITE).map(drop)
    })?;
    diesel::insert_into(adopted_tables::table).values(&kept).execute(&mut sqlite)?;
    drop(sqlite);
    backup::inspect(to)?;
    Ok(found)
}

/// Copies the rows of a table, a few at a time: PostgreSQL writes them as a JSON array of texts, and SQLite reads that.
fn rows(pg: &mut PgConnection, sqlite: &mut SqliteConnection, table: &Table) -> StoreResult<()> {
    let Table { name, columns } = table;
    let values: Vec<_> = columns.iter().map(|(column, kind)| as_text(column, kind)).collect();
    pg.batch_execute(&format!(
        "DECLARE adopted NO SCROLL CURSOR FOR SELECT json_build_array({})::text AS line FROM \"{name}\";",
        values.join(", ")
    ))?;
    let names: Vec<_> = columns.iter().map(|(column, _)| format!("\"{column}\"")).collect();
    let parts: Vec<_> = (0..columns.len()).map(|at| format!("value ->> {at}")).collect();
    let insert = format!(
        "INSERT INTO \"{name}\" ({}) SELECT {} FROM json_each(?)",
        names.join(", "),
        parts.join(", ")
    );
    loop {
        let lines: Vec<Line> = diesel::sql_query(format!("FETCH {BATCH} FROM adopted")).load(pg)?;
        if lines.is_empty() {
            return Ok(pg.batch_execute("CLOSE adopted;")?);
        }
        let lines: Vec<String> = lines.into_iter().map(|row| row.line).collect();
        diesel::sql_query(&insert).bind::<Text, _>(format!("[{}]", lines.join(","))).execute(sqlite)?;
    }
}

/// SQL for a value as the text that SQLite keeps it as; its columns make numbers of numerals.
fn as_text(column: &str, kind: &str) -> String {
    match kind {
        "boolean" => format!("(\"{column}\"::int)::text"),
        "timestamp without time zone" => format!("to_char(\"{column}\", 'YYYY-MM-DD HH24:MI:SS.US')"),
        _ => format!("\"{column}\"::text"),
    }
}
