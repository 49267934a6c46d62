//! Taking over a database of the reference: its tables are our baseline.

use std::collections::BTreeSet;

use diesel::migration::MigrationConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use crate::error::{StoreError, StoreResult};

/// `table`, `column`, type and nullability of everything in the reference's schema, one per line.
const REFERENCE: &str = include_str!("reference_columns.tsv");

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

#[derive(QueryableByName)]
struct Exists {
    #[diesel(sql_type = Bool)]
    found: bool,
}

/// Marks the baseline as applied when its tables are there without us having made them.
///
/// A database that an older release of the reference left lacks columns; it is refused, by name, rather than changed.
/// The reference's own `alembic_version` is left alone.
pub(super) fn adopt(pg: &mut PgConnection, baseline: &str) -> StoreResult<()> {
    if has_table(pg, "__diesel_schema_migrations")? {
        return Ok(());
    }
    let present = columns(pg)?;
    let expected = reference_columns();
    let tables: BTreeSet<&str> = present.iter().map(|(table, _)| table.as_str()).collect();
    if !expected.iter().any(|(table, _)| tables.contains(table)) {
        return Ok(());
    }
    let missing = expected
        .iter()
        .filter(|(table, column)| !present.contains(&((*table).to_owned(), (*column).to_owned())))
        .map(|(table, column)| format!("{table}.{column}"))
        .collect::<Vec<_>>();
    if let Some(first) = missing.first() {
        return Err(StoreError::Migration(format!(
            "the database has tables of another schema: {} expected columns are missing, first {first}; \
             upgrade it to the last release of the system that made it, or use an empty database",
            missing.len()
        )));
    }
    pg.setup()?;
    diesel::sql_query("INSERT INTO __diesel_schema_migrations (version) VALUES ($1)")
        .bind::<Text, _>(baseline)
        .execute(pg)?;
    tracing::info!(migration = baseline, "database of the reference taken over");
    Ok(())
}

/// Whether the current schema has a table of this name.
pub(super) fn has_table(pg: &mut PgConnection, name: &str) -> StoreResult<bool> {
    let answer = diesel::sql_query(
        "SELECT EXISTS (SELECT 1 FROM information_schema.tables \
         WHERE table_schema = current_schema() AND table_name = $1) AS found",
    )
    .bind::<Text, _>(name)
    .get_result::<Exists>(pg)?;
    Ok(answer.found)
}

fn columns(pg: &mut PgConnection) -> StoreResult<BTreeSet<(String, String)>> {
    let columns = diesel::sql_query(
        "SELECT table_name::text, column_name::text FROM information_schema.columns \
         WHERE table_schema = current_schema()",
    )
    .load::<Column>(pg)?;
    Ok(columns.into_iter().map(|column| (column.table_name, column.column_name)).collect())
}

fn reference_columns() -> Vec<(&'static str, &'static str)> {
    REFERENCE
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?, fields.next()?))
        })
        .collect()
}
